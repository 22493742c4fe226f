"""Which characters a font file has, read from its own table: pygame measures a box for those that it has not."""

from __future__ import annotations

from bisect import bisect_right
from pathlib import Path
from struct import error, unpack_from

MOST_GROUPS = 100_000


class Coverage:
    """path: a TrueType or OpenType font, or the first of a collection. One that cannot be read has no characters."""

    def __init__(self, path: Path) -> None:
        try:
            ranges = sorted(_ranges(path.read_bytes()))
        except (OSError, error, ValueError):
            ranges = []
        self._firsts = [first for first, _ in ranges]
        self._lasts = [last for _, last in ranges]

    def __contains__(self, character: str) -> bool:
        place = bisect_right(self._firsts, ord(character)) - 1
        return place >= 0 and ord(character) <= self._lasts[place]


def _ranges(data: bytes) -> set[tuple[int, int]]:
    """First and last code point of each run. Raises ValueError or struct.error for what is no such font."""
    start = unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
    tables = unpack_from(">H", data, start + 4)[0]
    for place in range(start + 12, start + 12 + 16 * tables, 16):
        if data[place : place + 4] == b"cmap":
            return _of_table(data, unpack_from(">I", data, place + 8)[0])
    raise ValueError("there is no table of characters")


def _of_table(data: bytes, table: int) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for number in range(unpack_from(">H", data, table + 2)[0]):
        at = table + unpack_from(">I", data, table + 4 + 8 * number + 4)[0]
        kind = unpack_from(">H", data, at)[0]
        if kind == 12:
            groups = unpack_from(">I", data, at + 12)[0]
            if groups > MOST_GROUPS:
                raise ValueError("more runs than a font can have")
            found |= {unpack_from(">II", data, at + 16 + 12 * group) for group in range(groups)}
        elif kind == 4:
            half = unpack_from(">H", data, at + 6)[0]
            ends = unpack_from(f">{half // 2}H", data, at + 14)
            starts = unpack_from(f">{half // 2}H", data, at + 16 + half)
            found |= {(first, last) for first, last in zip(starts, ends, strict=True) if first < 0xFFFF}
    return found
