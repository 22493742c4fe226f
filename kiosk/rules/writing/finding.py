"""Finding what is meant in a list: by its words, its pinyin, or the first letters of its pinyin ("mz" is a hat)."""

from __future__ import annotations

from collections.abc import Callable

Readings = Callable[[str], tuple[str, ...]]
"""The syllables of a character, none for what is no Chinese character: book.Book.readings."""

EXACT, BEGINS, WORD, WITHIN, LETTERS, LATER = range(6)


def initials(text: str, readings: Readings) -> str:
    """The first letters of a text, its Latin words and digits as they are: 1楼女装 is 1lnz."""
    return "".join(_first(character, readings) for character in text.casefold())


def _first(character: str, readings: Readings) -> str:
    read = readings(character)
    if read:
        return read[0][0]
    return character if character.isalnum() else ""


def rank(query: str, text: str, readings: Readings) -> int | None:
    """How well a text is meant by what was typed, 0 is best; None for not at all. Any reading counts."""
    wanted, known = _plain(query), _plain(text)
    if not wanted:
        return None
    if wanted in known:
        if wanted == known:
            return EXACT
        if known.startswith(wanted):
            return BEGINS
        return WORD if f" {wanted}" in f" {' '.join(text.casefold().split())}" else WITHIN
    if not wanted.isascii():
        return None
    for start in range(len(known)):
        if _spelled(wanted, known, start, readings):
            return LATER if start else LETTERS
    return None


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _spelled(wanted: str, text: str, start: int, readings: Readings) -> bool:
    """Whether the letters are the beginnings of the characters from there on, one after the other."""
    open_at = {0}  # how many letters are used up, before the character at hand
    for character in text[start:]:
        further: set[int] = set()
        for used in open_at:
            rest = wanted[used:]
            for syllable in readings(character) or (character,):
                length = 0
                while length < min(len(rest), len(syllable)) and rest[length] == syllable[length]:
                    length += 1
                    if used + length == len(wanted):
                        return True
                    further.add(used + length)
        open_at = further
        if not open_at:
            return False
    return False
