"""Putting text into speech: engines behind one port (`engine`), tried in order by a `speaker`, finished and kept.

`recorded` is the announcer's own voice, `kokoro` the default, `command` whatever the store installs, `espeak` the last
resort. A sentence comes as words with readings (`kiosk.rules.speech`); `mandarin`, `english` and `phonemes` spell it
for Kokoro, whose model runs in a process of its own (`kokoro_child`). `finishing` trims, joins and levels, `delivery`
measures, `shelf` keeps. All of it belongs into the back office, never beside the mixer.
"""

from __future__ import annotations

import atexit
from pathlib import Path

from kiosk.audio.speech.engine import SpeechSettings
from kiosk.audio.speech.speaker import Speaker, speaker
from kiosk.rules.speech.normaliser import normalise
from kiosk.rules.speech.tokens import Speakable
from kiosk.units import Language

__all__ = ["Speaker", "SpeechSettings", "close", "read", "speak", "speaker"]


def speak(text: str, folder: Path, *, language: Language | None = None, names: tuple[str, ...] = ()) -> Path:
    """A sound file in which `text` is said; made once. Raises DeviceFault where no voice can say it.

    language: None judges by the characters. names: of people in the text, so that they are read as names.
    """
    return _speaker_for(folder).speak(normalise(text, language=language, names=names)).path


def read(text: str, language: Language) -> Speakable:
    """The text as a voice takes it."""
    return normalise(text, language=language)


def close() -> None:
    """End what `speak` runs; it may follow."""
    while _speakers:
        _speakers.popitem()[1].close()


_speakers: dict[Path, Speaker] = {}  # at most one, for the folder last asked for: a model takes 300 MB


def _speaker_for(folder: Path) -> Speaker:
    if folder not in _speakers:
        close()
        _speakers[folder] = speaker(SpeechSettings(), folder, read)
        atexit.unregister(close)
        atexit.register(close)
    return _speakers[folder]
