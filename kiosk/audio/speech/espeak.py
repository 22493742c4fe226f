"""The voice of last resort, espeak-ng: it reads hanzi badly, so Mandarin is given to it as pinyin."""

from __future__ import annotations

import tempfile
from pathlib import Path

from kiosk.audio.speech.engine import Sentence, Voiced
from kiosk.audio.speech.programs import read_voiced, run
from kiosk.rules.speech.tokens import ENGLISH
from kiosk.units import Language

MANDARIN_VOICE = "cmn-latn-pinyin"
ENGLISH_VOICE = "en-us"
WORDS_PER_MINUTE = {MANDARIN_VOICE: 205, ENGLISH_VOICE: 165}  # unhurried (B21)
PAUSE_10MS = 2  # between words
REMEDY = "install the package espeak-ng"


class Espeak:
    """Always there where the package is, at once, and hard to understand."""

    @property
    def name(self) -> str:
        return "espeak"

    def mark(self, language: Language) -> str:
        voice = _voice(language)
        return f"{voice}|{WORDS_PER_MINUTE[voice]}|{PAUSE_10MS}"

    def knows(self, sentence: Sentence) -> bool:
        return True

    def say(self, sentence: Sentence, *, limit_s: float) -> Voiced | None:
        said = sentence.said
        voice = _voice(said.language)
        text = said.text if said.language == ENGLISH else said.pinyin(sandhi=True)
        with tempfile.TemporaryDirectory(prefix="kiosk-voice-") as folder:
            path = Path(folder) / "said.wav"
            manner = ["-v", voice, "-s", str(WORDS_PER_MINUTE[voice]), "-g", str(PAUSE_10MS)]
            run(["espeak-ng", *manner, "-w", str(path), "--stdin"], text, limit_s=limit_s, remedy=REMEDY)
            return read_voiced(path)

    def close(self) -> None:
        """Nothing stays open."""


def _voice(language: Language) -> str:
    return ENGLISH_VOICE if language == ENGLISH else MANDARIN_VOICE
