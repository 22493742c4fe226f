"""Cuts what readers send into frames: bytes in, frames out; splitting a read anywhere gives the same result.

Readers end what they read in one of two ways, told apart by themselves: a line that CR, LF or both end; or STX, the
content, perhaps CR and LF, and ETX. A stray STX costs one line, not all that follow: nothing but ETX may come after the
CR of a frame.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from operator import xor

STX, ETX = 0x02, 0x03
_LINE_ENDS = b"\r\n"
_RFID = re.compile(rb"[0-9A-Fa-f]{12}")


@dataclass(frozen=True, slots=True)
class Frame:
    """What stood between two ends. framed: between STX and ETX. whole: neither cut off nor too long."""

    content: bytes
    framed: bool
    whole: bool


class Frames:
    """longest: bytes of a frame, 1 or more; what is longer is thrown away up to its end."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._held = bytearray()
        self._framed = False
        self._ending = False  # within a frame, behind its CR or LF
        self._lost = False  # within something too long

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that these bytes complete, in order."""
        found: list[Frame] = []
        for byte in data:
            self._take(byte, found)
        return found

    def rest(self) -> list[Frame]:
        """The reader has been silent: what it had begun will not be ended any more."""
        found: list[Frame] = []
        self._break_off(found)
        return found

    def _take(self, byte: int, found: list[Frame]) -> None:
        if byte == STX:
            self._break_off(found)
            self._framed = True
        elif byte == ETX:
            self._end(found, whole=self._framed)
        elif byte in _LINE_ENDS:
            if self._framed:
                self._ending = True
            else:
                self._end(found, whole=True)
        else:
            if self._ending:
                self._break_off(found)
            self._hold(byte)

    def _hold(self, byte: int) -> None:
        if len(self._held) < self._longest:
            self._held.append(byte)
        else:
            self._lost = True

    def _break_off(self, found: list[Frame]) -> None:
        if self._held:
            found.append(Frame(bytes(self._held), self._framed, whole=False))
        self._begin()

    def _end(self, found: list[Frame], *, whole: bool) -> None:
        if self._held or self._framed:  # else CR LF, or empty lines
            found.append(Frame(bytes(self._held), self._framed, whole and not self._lost))
        self._begin()

    def _begin(self) -> None:
        self._held.clear()
        self._framed = self._ending = self._lost = False


def rfid_number(content: bytes) -> str | None:
    """The number in an RFID reader's frame: ten hexadecimal digits and two of a checksum, the five bytes XORed."""
    if not _RFID.fullmatch(content):
        return None
    *number, checksum = bytes.fromhex(content.decode("ascii"))
    return content[:10].decode("ascii").upper() if reduce(xor, number) == checksum else None
