"""What a voice is given: words with their readings, and pauses."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from kiosk.rules.speech.sandhi import as_spoken
from kiosk.units import Language

ENGLISH = Language("en")

PAUSES_MS = MappingProxyType({"、": 150, "，": 250, "：": 300, "；": 350, "。": 450, "！": 450, "？": 450})
"""Every mark a voice may meet, and how long an unhurried announcer rests there (B21)."""

LATIN_MARKS = MappingProxyType({"、": ",", "，": ",", "：": ":", "；": ";", "。": ".", "！": "!", "？": "?"})


@dataclass(frozen=True, slots=True)
class Word:
    """Something to say: hanzi or Latin letters.

    pinyin: its syllables with the tones 1 to 5 as dictionaries give them; () where a voice reads Latin by itself.
    """

    text: str
    pinyin: tuple[str, ...] = ()

    @property
    def latin(self) -> bool:
        return self.text.isascii()


@dataclass(frozen=True, slots=True)
class Pause:
    """A rest. mark: one of PAUSES_MS, which also carries the tone of the sentence. ms: its length."""

    mark: str
    ms: int


Token = Word | Pause


@dataclass(frozen=True, slots=True)
class Speakable:
    """A text ready for a voice. lost: what no voice can say and was left out, in order."""

    language: Language
    tokens: tuple[Token, ...]
    lost: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """For a voice that reads text: hanzi or words, and punctuation; normalising it again changes nothing."""
        said = ""
        for token in self.tokens:
            if isinstance(token, Pause):
                said += LATIN_MARKS[token.mark] if self.language == ENGLISH else token.mark
            else:
                apart = self.language == ENGLISH or (token.latin and said[-1:].isascii())
                said += (" " if apart and said else "") + token.text
        return said

    def pinyin(self, *, sandhi: bool = False) -> str:
        """For a voice that reads pinyin: syllables with tone numbers. sandhi: tones as they are spoken."""
        said = ""
        for syllables, mark in self.phrases(sandhi=sandhi):
            said += (" " if said else "") + " ".join(syllables) + LATIN_MARKS.get(mark, "")
        return said

    def phrases(self, *, sandhi: bool = False) -> tuple[tuple[tuple[str, ...], str], ...]:
        """Breath by breath: the syllables, and the mark of the pause after them ("" at an open end)."""
        breaths: list[tuple[tuple[str, ...], str]] = []
        words: list[Word] = []
        for token in (*self.tokens, None):
            if isinstance(token, Word):
                words.append(token)
                continue
            if words:
                breaths.append((_syllables(words, sandhi=sandhi), "" if token is None else token.mark))
                words = []
        return tuple(breaths)


def _syllables(words: list[Word], *, sandhi: bool) -> tuple[str, ...]:
    spelled = [(word.text, word.pinyin or (word.text,)) for word in words]
    if sandhi:
        spelled = as_spoken(spelled)
    return tuple(syllable for _, syllables in spelled for syllable in syllables)
