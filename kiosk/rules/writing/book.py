"""The dictionary of the pinyin keyboard: characters, words and names by their syllables, and what Taiwan writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from kiosk.rules.writing.syllables import Splitter

Entry = tuple[int, str]
"""A weight, 10 ln of how often; and what is written."""

MANY = 80  # words of the same spelling; nobody leafs further
_ENTRY = re.compile(r"([^\d\s]+)(\d+)")
PARTS = ("characters", "words", "surnames", "given", "pairs", "taiwan", "taiwan surnames")


class Book:
    """text: as tools/pinyin_book.py writes it. Compared by identity; what was looked up is kept for a while."""

    def __init__(self, text: str) -> None:
        parts = dict(_parts(text))
        self._characters = _by_reading(parts["characters"])
        self._words = {line.partition("\t")[0]: line for line in parts["words"]}
        self._names = {name: _by_reading(parts[name]) for name in ("surnames", "given", "pairs")}
        self._taiwan = _by_word(parts["taiwan"])
        self._taiwan_surnames = _by_word(parts["taiwan surnames"])
        self.splitter = Splitter(self._characters.keys())
        self.words = lru_cache(maxsize=1024)(self._spelled)
        self.named = lru_cache(maxsize=512)(self._named)
        self._readings: dict[str, tuple[str, ...]] | None = None

    def forget(self) -> None:
        """What was looked up is forgotten."""
        for kept in (self.words, self.named):
            kept.cache_clear()
        self.splitter.forget()

    def _spelled(self, pieces: tuple[str, ...]) -> tuple[Entry, ...]:
        """The characters of a syllable, or the words of several, the most usual first."""
        if len(pieces) == 1:
            return self._single(self._characters, pieces[0])
        line = self._words.get("".join(piece[0] for piece in pieces), "")
        if all(map(self.splitter.whole, pieces)):
            at = line.find(f"\t{' '.join(pieces)} ")
            return _entries(line[line.rindex(" ", at, end) : end]) if (end := _end(line, at)) else ()
        found: list[Entry] = []
        for group in line.split("\t"):
            if group.startswith(pieces[0]):
                *reading, entries = group.split(" ")
                if self._fits(pieces, reading):
                    found += _entries(entries)
        found.sort(key=lambda entry: -entry[0])
        return tuple(found[:MANY])

    def _named(self, part: str, pieces: tuple[str, ...]) -> tuple[Entry, ...]:
        """Of "surnames", "given" or "pairs"."""
        names = self._names[part]
        if len(pieces) == 1:
            return self._single(names, pieces[0])
        if all(map(self.splitter.whole, pieces)):
            return _entries(names.get(" ".join(pieces), ""))
        found: list[Entry] = []
        for reading, entries in names.items():
            if reading.startswith(pieces[0]) and self._fits(pieces, reading.split(" ")):
                found += _entries(entries)
        return tuple(sorted(found, key=lambda entry: -entry[0]))

    def _single(self, entries: Mapping[str, str], piece: str) -> tuple[Entry, ...]:
        if self.splitter.whole(piece):
            return _entries(entries.get(piece, ""))
        begun = (found for reading, found in entries.items() if reading.startswith(piece) and " " not in reading)
        ordered = sorted((entry for found in begun for entry in _entries(found)), key=lambda entry: -entry[0])
        return tuple({word: (often, word) for often, word in reversed(ordered)}.values())[::-1][:MANY]

    def _fits(self, pieces: tuple[str, ...], reading: list[str]) -> bool:
        if len(reading) != len(pieces):
            return False
        return all(
            syllable == piece or (not self.splitter.whole(piece) and syllable.startswith(piece))
            for piece, syllable in zip(pieces, reading, strict=True)
        )

    def in_taiwan(self, word: str) -> str:
        """As Taiwan writes a word."""
        whole = self._taiwan.get(word) if len(word) > 1 else None
        return whole or "".join(self._taiwan.get(character, character)[0] for character in word)

    def forms_in_taiwan(self, character: str) -> str:
        """Every way in which Taiwan writes a character, the most usual first."""
        return self._taiwan.get(character, character)

    def surname_in_taiwan(self, surname: str) -> str:
        return self._taiwan_surnames.get(surname, surname)

    def readings(self, character: str) -> tuple[str, ...]:
        """The syllables of a character, simplified or not; none for what is no Chinese character."""
        if self._readings is None:
            self._readings = self._all_readings()
        return self._readings.get(character, ())

    def _all_readings(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[tuple[int, str]]] = {}
        for reading, entries in self._characters.items():
            for often, character in _entries(entries):
                found.setdefault(character, []).append((-often, reading))
        known = {character: tuple(reading for _, reading in sorted(ways)) for character, ways in found.items()}
        for plain, forms in self._taiwan.items():
            if plain in known:
                known.update({form: known[plain] for form in forms if form not in known})
        return known


def _end(line: str, at: int) -> int:
    """Where the group of a line that begins there ends; 0 for none."""
    if at < 0:
        return 0
    end = line.find("\t", at + 1)
    return len(line) if end < 0 else end


def _parts(text: str) -> Iterator[tuple[str, list[str]]]:
    """The lines of each part; a part that is missing has none."""
    lines: dict[str, list[str]] = {part: [] for part in PARTS}
    part = ""
    for line in text.splitlines():
        if line.startswith("["):
            part = line[1:-1]
        elif line and not line.startswith("#"):
            lines[part].append(line)
    yield from lines.items()


def _by_reading(lines: Iterable[str]) -> dict[str, str]:
    return {reading: entries for reading, _, entries in (line.rpartition(" ") for line in lines)}


def _by_word(lines: Iterable[str]) -> dict[str, str]:
    return {word: forms for word, _, forms in (line.partition(" ") for line in lines) if forms}


def _entries(text: str) -> tuple[Entry, ...]:
    return tuple((int(often), word) for word, often in _ENTRY.findall(text))


EMPTY = Book("")
"""Knows nothing: letters stay letters."""
