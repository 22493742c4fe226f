"""Putting text into speech: engines behind one port (`engine`), tried in order by a `speaker`, finished and kept.

`recorded` is the announcer's own voice, `kokoro` the default, `command` whatever the store installs, `espeak` the last
resort. A sentence comes as words with readings (`kiosk.rules.speech`); `mandarin`, `english` and `phonemes` spell it
for Kokoro, whose model runs in a process of its own (`kokoro_child`). `finishing` trims, joins and levels, `delivery`
measures, `shelf` keeps. All of it belongs into the back office, never beside the mixer.
"""

from __future__ import annotations

from pathlib import Path

from kiosk.audio.speech.speaker import Speaker, Spoken, speaker
from kiosk.rules.speech.normaliser import normalise
from kiosk.rules.speech.settings import SpeechSettings
from kiosk.rules.speech.tokens import Speakable
from kiosk.units import Language

__all__ = ["Speaker", "SpeechSettings", "Spoken", "read", "speaker", "voices"]


def voices(settings: SpeechSettings, folder: Path) -> Speaker:
    """The store's voices, as its settings want them; close them. folder: where speech is kept."""
    return speaker(settings, folder, read)


def read(text: str, language: Language) -> Speakable:
    """The text as a voice takes it."""
    return normalise(text, language=language)
