"""Voices for tests: one that hums as many syllables as it is given, little programs, and clips of known samples."""

from __future__ import annotations

import stat
import textwrap
from pathlib import Path

import numpy as np
import soundfile

from kiosk.audio.speech.engine import Sentence, Voiced, Wave, syllables
from kiosk.errors import DeviceFault
from kiosk.rules.speech.normaliser import normalise
from kiosk.rules.speech.tokens import Speakable
from kiosk.units import SAMPLE_RATE_HZ, Language

MANDARIN = Language("zh-CN")
ENGLISH = Language("en")
WELCOME = "各位来宾，早上好！欢迎光临和风百货。"
PAGE = "来宾王小明先生，来宾王小明先生，请您到总服务台，谢谢。"
_HUM_S = 0.24  # a syllable
_HUM_LEVEL = 0.2


def read(text: str, language: Language = MANDARIN) -> Speakable:
    """The normaliser, as the speech package takes it."""
    return normalise(text, language=language)


def hum(count: int, *, hertz: float = 220.0, rate_hz: int = SAMPLE_RATE_HZ, level: float = _HUM_LEVEL) -> Wave:
    """A tone as long as so many syllables of an announcer."""
    moments = np.arange(round(count * _HUM_S * rate_hz)) / rate_hz
    return np.asarray(level * np.sin(2 * np.pi * hertz * moments), dtype=np.float32)


class Hummer:
    """Says every syllable as a hum, until it breaks, or loses its words, or is mended."""

    def __init__(self, name: str, *, hertz: float = 220.0) -> None:
        self.said: list[str] = []
        self.closed = False
        self.edition = 1
        self._name = name
        self._hertz = hertz
        self._fault = ""
        self._wordless = False

    @property
    def name(self) -> str:
        return self._name

    def mark(self, language: Language) -> str:
        return f"{self._hertz}|{self.edition}"

    def knows(self, sentence: Sentence) -> bool:
        return not self._wordless

    def say(self, sentence: Sentence, *, limit_s: float) -> Voiced | None:
        self.said.append(sentence.said.text)
        if self._fault:
            raise DeviceFault(self._fault)
        if self._wordless:
            return None
        return Voiced(hum(syllables(sentence.said), hertz=self._hertz), SAMPLE_RATE_HZ)

    def close(self) -> None:
        self.closed = True

    def breaks(self, why: str) -> None:
        self._fault = why

    def is_mended(self) -> None:
        self._fault = ""

    def loses_its_words(self) -> None:
        self._wordless = True


def program(path: Path, script: str) -> Path:
    """An executable shell script."""
    path.write_text("#!/bin/sh\n" + textwrap.dedent(script), encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def clip(path: Path, wave: Wave, rate_hz: int = SAMPLE_RATE_HZ) -> Wave:
    """A recording on disk; what a reader will find in it comes back."""
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, wave, rate_hz, subtype="PCM_16")
    return heard(path)


def heard(path: Path) -> Wave:
    """The samples of a file, mono."""
    return np.asarray(soundfile.read(path, dtype="float32", always_2d=True)[0][:, 0])
