"""The wire formats of badge readers: bytes in, numbers out; splitting a read anywhere gives the same result.

Two are told apart by themselves: RFID readers send STX, ten hexadecimal digits, two of a checksum (the five bytes
XORed), perhaps CR LF, then ETX; others send a line of letters, digits and "-" that ends with CR, LF or both.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import xor

STX, ETX = 0x02, 0x03
_LINE_ENDS = b"\r\n"
_LONGEST = 64
_TAG = re.compile(rb"[0-9A-Fa-f]{12}")
_NUMBER = re.compile(rb"[0-9A-Za-z-]{4,64}")


class BadgeFrames:
    """Cuts what a reader sends into numbers. garbled: how many frames made no sense so far."""

    def __init__(self) -> None:
        self.garbled = 0
        self._held = bytearray()
        self._framed = False
        self._lost = False  # within something too long: until its end

    def feed(self, data: bytes) -> list[str]:
        """The numbers that these bytes complete, in order."""
        found = []
        for byte in data:
            number = self._take(byte)
            if number is not None:
                found.append(number)
        return found

    def _take(self, byte: int) -> str | None:
        if byte == STX:
            if self._held:  # a frame that was cut off
                self.garbled += 1
            self._begin(framed=True)
            return None
        if self._framed and byte != ETX:
            self._hold(byte)
            return None
        if self._framed or byte in _LINE_ENDS:
            return self._complete()
        self._hold(byte)
        return None

    def _hold(self, byte: int) -> None:
        if len(self._held) < _LONGEST:
            self._held.append(byte)
        else:
            self._lost = True

    def _complete(self) -> str | None:
        held, framed, lost = bytes(self._held), self._framed, self._lost
        self._begin(framed=False)
        if not held and not framed:
            return None  # CR LF, or empty lines
        number = None if lost else _tag(held) if framed else _line(held)
        if number is None:
            self.garbled += 1
        return number

    def _begin(self, *, framed: bool) -> None:
        self._held.clear()
        self._framed, self._lost = framed, False


def _tag(held: bytes) -> str | None:
    digits = held.strip(_LINE_ENDS)
    if not _TAG.fullmatch(digits):
        return None
    *content, checksum = bytes.fromhex(digits.decode("ascii"))
    return digits[:10].decode("ascii").upper() if reduce(xor, content) == checksum else None


def _line(held: bytes) -> str | None:
    number = held.strip(b" \t")
    return number.decode("ascii").upper() if _NUMBER.fullmatch(number) else None
