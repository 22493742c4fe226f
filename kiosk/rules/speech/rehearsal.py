"""Rehearsing a text before it is aired (B17): how long it takes, how it is pronounced, which words are to be minded."""

from __future__ import annotations

from functools import cache

from kiosk.rules.speech.lexicon import ALONE, WORDS
from kiosk.rules.speech.surnames import SURNAMES
from kiosk.rules.speech.tokens import Pause, Speakable, Word

SYLLABLES_A_SECOND = 4.2  # unhurried: the middle of what is asked of an announcer (B21)
_VOWELS = "aeiouv"
_MARKED = {
    "a": "āáǎà",
    "e": "ēéěè",
    "i": "īíǐì",
    "o": "ōóǒò",
    "u": "ūúǔù",
    "v": "ǖǘǚǜ",
}


def marked(syllable: str) -> str:
    """A syllable with its tone as a mark: "lv4" is lǜ, "ma5" is ma; what is no syllable stays as it is."""
    plain, tone = syllable[:-1].lower(), syllable[-1:]
    if tone not in "12345" or not tone:
        return syllable
    if tone != "5":
        vowels = [at for at, char in enumerate(plain) if char in _VOWELS]
        if not vowels:
            return plain  # ng, m
        at = next((at for at in vowels if plain[at] in "ae"), -1)
        if at < 0:
            at = plain.find("ou") if "ou" in plain else vowels[-1]
        plain = plain[:at] + _MARKED[plain[at]][int(tone) - 1] + plain[at + 1 :]
    return plain.replace("v", "ü")


def pinyin(said: Speakable) -> str:
    """All of it as it is read, words together, marks where the voice rests; "" where nothing is Mandarin."""
    if not any(isinstance(token, Word) and token.pinyin for token in said.tokens):
        return ""
    read = ""
    for token in said.tokens:
        if isinstance(token, Pause):
            read += token.mark
        else:
            read += (" " if read else "") + (_joined(token.pinyin) if token.pinyin else token.text)
    return read


def to_mind(said: Speakable) -> tuple[tuple[str, str], ...]:
    """The words with a character that is read differently elsewhere, and how it is read here; each once."""
    words = [token for token in said.tokens if isinstance(token, Word) and token.pinyin]
    minded = {
        word.text: _joined(word.pinyin)
        for word in words
        if any(len(_readings().get(char, ())) > 1 for char in word.text)
    }
    return tuple(minded.items())


def seconds_to_read(said: Speakable, syllables: int) -> float:
    """How long an unhurried announcer takes, the rests within it included."""
    rests = [token.ms for token in said.tokens if isinstance(token, Pause)]
    return syllables / SYLLABLES_A_SECOND + sum(rests[:-1]) / 1000


def _joined(syllables: tuple[str, ...]) -> str:
    """A word; an apostrophe where syllables would run together: xī'ān is no xiān."""
    return "".join(
        ("'" if at and syllable[0] in "aeo" else "") + marked(syllable) for at, syllable in enumerate(syllables)
    )


@cache
def _readings() -> dict[str, frozenset[str]]:
    """Of each character of our word lists its readings; a neutral tone beside a full one is no other reading."""
    found: dict[str, set[str]] = {}
    for word, syllables in (*WORDS.items(), *SURNAMES.items(), *((char, (one,)) for char, one in ALONE.items())):
        if len(word) == len(syllables):
            for char, syllable in zip(word, syllables, strict=True):
                found.setdefault(char, set()).add(syllable)
    return {char: frozenset(one for one in read if one[-1] != "5") or frozenset(read) for char, read in found.items()}
