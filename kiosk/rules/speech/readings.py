"""Hanzi cut into words, each with its reading: our word list first, then pypinyin's phrases, then single characters.

The cut is the one with the fewest words (a small maximum matching over data): jieba would write a cache file and log
when imported. pypinyin is used as data only, and loaded when the first text needs it: it takes 0.2 s and 50 MB.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from kiosk.rules.speech.folding import folded
from kiosk.rules.speech.lexicon import ALONE, LONGEST, WORDS
from kiosk.rules.speech.surnames import SURNAMES, names_in, surname_of
from kiosk.rules.speech.tokens import Word

_LONGEST_PHRASE = 5  # longer phrases of the dictionary are proverbs
_NUMERALS = "零一二三四五六七八九十百千万亿两半几每数"
_BEFORE_WEI = re.compile(r"[零一二三四五六七八九十两上下中早晚凌免全]")
_ADVERBS = re.compile(
    r"(?:(.)\1|安全|愉快|有序|耐心|热情|顺利|免费|放心|平稳|迅速|安静|轻松|细心|认真|及时|不断|积极|大声|小心|舒适|自由|尽情)$"
)
_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}


@cache
def _characters() -> Mapping[int, str]:
    from pypinyin.constants import PINYIN_DICT  # reads its data: only when something is to be said

    return PINYIN_DICT


@cache
def _phrases() -> Mapping[str, list[list[str]]]:
    from pypinyin.constants import PHRASES_DICT

    return PHRASES_DICT


def sayable(char: str) -> bool:
    """Whether a hanzi has a reading."""
    return ord(char) in _characters()


def is_word(text: str) -> bool:
    """Whether simplified characters spell a word that is known."""
    return text in WORDS or (len(text) > 1 and text in _phrases())


def words(
    run: str, *, names: tuple[str, ...] = (), readings: Mapping[str, tuple[str, ...]] | None = None
) -> list[Word]:
    """A run of hanzi as words with their readings.

    names: people's names that occur in it, as written. readings: the store's own words and their syllables.
    """
    own = readings or {}
    spans = [span.span() for name in names if name for span in re.finditer(re.escape(name), run)]
    spans += [(start, end) for start, end in names_in(run, is_word) if all(end <= a or b <= start for a, b in spans)]
    found: list[Word] = []
    at = 0
    for start, end in sorted(spans):
        if start < at:
            continue
        found += _cut(run[at:start], own)
        found += _name(run[start:end], own)
        at = end
    return found + _cut(run[at:], own)


def _name(name: str, own: Mapping[str, tuple[str, ...]]) -> list[Word]:
    if name in own:
        return [Word(name, own[name])]
    surname = surname_of(folded(name))
    if not surname:
        return _cut(name, own)
    known = [Word(name[: len(surname)], SURNAMES[surname])]
    return known + _cut(name[len(surname) :], own)


def _cut(run: str, own: Mapping[str, tuple[str, ...]]) -> list[Word]:
    """The cut with the fewest words; among equals, our words before the dictionary's and the longer one first."""
    text = folded(run)
    longest = max(LONGEST, max(map(len, own), default=0))
    best: list[tuple[float, int]] = [(0.0, 0)] * (len(text) + 1)  # from here to the end: cost, length of the first word
    for start in range(len(text) - 1, -1, -1):
        best[start] = (best[start + 1][0] + 1.2, 1)
        for length in range(2, min(longest, len(text) - start) + 1):
            word = text[start : start + length]
            cost = 0.9 if word in own or run[start : start + length] in own else 1.0 if word in WORDS else None
            if cost is None and length <= _LONGEST_PHRASE and word in _phrases():
                cost = 1.05
            if cost is not None and best[start + length][0] + cost <= best[start][0]:
                best[start] = (best[start + length][0] + cost, length)
    cut: list[Word] = []
    at = 0
    while at < len(text):
        length = best[at][1]
        cut.append(Word(run[at : at + length], _read(text, at, at + length, own.get(run[at : at + length]), own)))
        at += length
    return cut


def _read(
    text: str, start: int, end: int, known: tuple[str, ...] | None, own: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    word = text[start:end]
    listed = known or own.get(word) or WORDS.get(word)
    if listed:
        return listed
    if len(word) == 1:
        return (_in_context(text, start) or _alone(word),)
    if word not in WORDS and word in _phrases():
        return _of_phrase(word)
    return tuple(_alone(char) for char in word)


def _in_context(text: str, at: int) -> str:
    """The reading that a lone character takes from its neighbours, "" for none."""
    char, before, behind = text[at], text[max(0, at - 2) : at], text[at + 1 : at + 2]
    if char == "只" and before[-1:] and before[-1] in _NUMERALS:
        return "zhi1"
    if char == "行" and before[-1:] and before[-1] in _NUMERALS:
        return "hang2"
    if char == "重" and before[-1:] and before[-1] in "一二三四五六七八九两几多双":
        return "chong2"
    if char == "为" and _BEFORE_WEI.match(behind):
        return "wei2"
    if char == "地" and _ADVERBS.search(before):
        return "de5"
    return ""


@lru_cache(maxsize=4096)
def _alone(char: str) -> str:
    if char in ALONE:
        return ALONE[char]
    return numbered(_characters().get(ord(char), "").split(",")[0])


@lru_cache(maxsize=4096)
def _of_phrase(word: str) -> tuple[str, ...]:
    """The dictionary's reading, with 一 and 不 as by themselves: it writes some of them as they sound."""
    read = (numbered(choices[0]) for choices in _phrases()[word])
    return tuple({"一": "yi1", "不": "bu4"}.get(char, syllable) for char, syllable in zip(word, read, strict=True))


def numbered(syllable: str) -> str:
    """A syllable with its tone as a number at the end: lǜ is lv4, ma is ma5."""
    plain, tone = "", "5"
    for char in unicodedata.normalize("NFD", syllable):
        if char in _TONES:
            tone = _TONES[char]
        elif char == "\u0308":  # the dots of ü
            plain = plain[:-1] + "v"
        elif char.isalpha():
            plain += char
    return plain.replace("ɡ", "g") + tone
