"""Cutting typed letters into syllables: whole ones, and begun ones that stand for every syllable that begins so."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import lru_cache

LONGEST = 6  # zhuang, shuang, chuang
WAYS = 6
APART = "'"

Split = tuple[tuple[str, int], ...]
"""Syllables, each with the number of letters up to its end."""

WHOLE, SHORT, BEGUN, ALIEN = 10, 13, 27, 100


class Splitter:
    """syllables: all that there are. Asked with one letter more each time, it works out only what is new."""

    def __init__(self, syllables: AbstractSet[str]) -> None:
        self._whole = frozenset(syllables)
        self._heads = frozenset(head for one in syllables for head in _heads(one))
        self._begun = frozenset(one[:end] for one in syllables for end in range(1, len(one))) - self._whole
        self._known = lru_cache(maxsize=512)(self._ways)

    def forget(self) -> None:
        """What was cut is forgotten."""
        self._known.cache_clear()

    def whole(self, piece: str) -> bool:
        """Whether it is a syllable, not the beginning of some."""
        return piece in self._whole

    def splits(self, letters: str) -> tuple[Split, ...]:
        """The likeliest ways to read the letters, the best first: few syllables, few of them begun only."""
        found = list(self._known(letters))
        for length in range(1, min(LONGEST, len(letters)) + 1):
            piece = letters[-length:]
            if piece in self._begun and piece not in self._heads and APART not in piece:
                found += self._longer(letters, piece, BEGUN)
        found.sort(key=lambda way: way[0])
        least = found[0][0] if found else 0
        return tuple(dict.fromkeys(split for cost, split in found[:WAYS] if cost < least + BEGUN))

    def _ways(self, letters: str) -> tuple[tuple[int, Split], ...]:
        """With what they cost; the cheapest first."""
        if not letters:
            return ((0, ()),)
        if letters[-1] == APART:
            return self._known(letters[:-1])
        found: list[tuple[int, Split]] = []
        for length in range(1, min(LONGEST, len(letters)) + 1):
            piece = letters[-length:]
            if APART in piece:
                break
            if piece in self._whole:
                found += self._longer(letters, piece, WHOLE if length > 1 else SHORT)
            elif piece in self._heads:
                found += self._longer(letters, piece, BEGUN)
        if not found:
            found += self._longer(letters, letters[-1], ALIEN)
        found.sort(key=lambda way: way[0])
        return tuple(found[:WAYS])

    def _longer(self, letters: str, piece: str, cost: int) -> list[tuple[int, Split]]:
        end = len(letters)
        return [(before + cost, (*split, (piece, end))) for before, split in self._known(letters[: -len(piece)])]


def _heads(syllable: str) -> tuple[str, ...]:
    """What people type for a syllable when they type but its beginning."""
    return (syllable[0], syllable[:2]) if syllable[1:2] == "h" else (syllable[0],)
