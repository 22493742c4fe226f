"""How files of sound are called."""

from __future__ import annotations

AUDIO_ENDINGS = (".aac", ".flac", ".m4a", ".mp3", ".ogg", ".opus", ".wav")
