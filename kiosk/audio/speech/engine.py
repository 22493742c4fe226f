"""What every voice is to the kiosk: a sentence goes in, mono sound comes out, or "no", or a fault, within a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kiosk.rules.speech.tokens import ENGLISH, Pause, Speakable, Token, Word
from kiosk.units import Language

Wave = NDArray[np.float32]

SENTENCE_MARKS = frozenset("。！？")
_VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True, slots=True)
class Voiced:
    """wave: mono, full scale is 1.0."""

    wave: Wave
    rate_hz: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said in one breath group, and how long the rest after it is."""

    said: Speakable
    pause_ms: int = 0


class Engine(Protocol):
    """A voice. One thread at a time; a deadline is kept by the engine itself."""

    @property
    def name(self) -> str:
        """What the log calls it."""

    def mark(self, language: Language) -> str:
        """Whatever changes the sound that this engine makes of the same text: voice, speed, version."""

    def knows(self, sentence: Sentence) -> bool:
        """Whether it would try, told without trying. Raises DeviceFault where it cannot even tell."""

    def say(self, sentence: Sentence, *, limit_s: float) -> Voiced | None:
        """The sound; None where this engine has no words for it. Raises DeviceFault, at the latest after `limit_s`."""

    def close(self) -> None:
        """Give back processes and memory; twice does no harm, and `say` may follow."""


def sentences(speakable: Speakable) -> tuple[Sentence, ...]:
    """The text cut after each full stop, question or exclamation mark; the pause after the last one is left out."""
    cut: list[Sentence] = []
    tokens: list[Token] = []
    for token in (*speakable.tokens, Pause("。", 0)):
        tokens.append(token)
        if isinstance(token, Pause) and token.mark in SENTENCE_MARKS:
            if any(isinstance(one, Word) for one in tokens):
                cut.append(Sentence(Speakable(speakable.language, tuple(tokens)), token.ms))
            tokens = []
    return tuple(cut)


def syllables(said: Speakable) -> int:
    """How many syllables are said; those of Latin words are estimated from their vowels."""
    return sum(syllables_of(token, said.language) for token in said.tokens if isinstance(token, Word))


def syllables_of(word: Word, language: Language) -> int:
    """The syllables of one word; capitals inside Mandarin are read letter by letter."""
    if word.pinyin:
        return len(word.pinyin)
    if language != ENGLISH and word.text.isupper():
        return len(word.text)
    return max(1, len(_VOWELS.findall(word.text.lower().removesuffix("e"))))
