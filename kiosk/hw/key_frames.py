"""What scanners send that pretend to be keyboards: the kernel's input events in, codes out, wherever a read is split.

The events are those of linux/input.h, the keys those of linux/input-event-codes.h on a keyboard of the United States,
which is what such scanners pretend to be unless somebody set them otherwise.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from types import MappingProxyType

EVENT = struct.Struct("llHHi")  # two longs of time, type, code, value: native sizes and alignment, as the kernel writes
EV_SYN, EV_KEY = 0, 1
SYN_REPORT, SYN_DROPPED = 0, 3
RELEASED, PRESSED = 0, 1
KEY_ENTER, KEY_SHIFT, KEY_CTRL = 28, 42, 29
LONGEST = 512

_ENDS = frozenset((KEY_ENTER, 96, 15))  # Enter, Enter of the keypad, Tab
_SHIFTS = frozenset((KEY_SHIFT, 54))
_CTRLS = frozenset((KEY_CTRL, 97))
_SILENT = _SHIFTS | _CTRLS | {58, 69}  # Caps Lock and Num Lock move lamps only: nobody applies them to a grabbed device
_LINE_FEEDS = frozenset((36, 50))  # J and M, with Ctrl: how some scanners say LF and CR


def _rows() -> dict[int, tuple[str, str]]:
    rows = {
        2: ("1234567890-=", "!@#$%^&*()_+"),
        16: ("qwertyuiop[]", "QWERTYUIOP{}"),
        30: ("asdfghjkl;'`", 'ASDFGHJKL:"~'),
        43: ("\\zxcvbnm,./", "|ZXCVBNM<>?"),
        71: ("789-456+1230.", "789-456+1230."),
        55: ("*", "*"),
        57: (" ", " "),
        98: ("/", "/"),
    }
    return {first + at: pair for first, row in rows.items() for at, pair in enumerate(zip(*row, strict=True))}


KEYS: Mapping[int, tuple[str, str]] = MappingProxyType(_rows())
"""What a key types, without and with Shift."""


class KeyFrames:
    """Cuts the events of a scanner into codes. garbled: how many codes made no sense so far."""

    def __init__(self) -> None:
        self.garbled = 0
        self._bytes = bytearray()
        self._begin()
        self._held: set[int] = set()
        self._dropped = False  # the kernel lost events: until its next report

    def feed(self, data: bytes) -> list[str]:
        """The codes that these bytes complete, in order: printable ASCII, 1 to 512 characters."""
        self._bytes += data
        whole = len(self._bytes) - len(self._bytes) % EVENT.size
        events = EVENT.iter_unpack(bytes(self._bytes[:whole]))
        del self._bytes[:whole]
        codes = [self._event(kind, code, value) for _, _, kind, code, value in events]
        return [code for code in codes if code]

    def rest(self) -> None:
        """The scanner has been silent for a while: what it began is no beginning of the next code."""
        if self._text or self._lost:
            self.garbled += 1
        self._begin()

    def _event(self, kind: int, code: int, value: int) -> str:
        if kind == EV_SYN:
            if code == SYN_DROPPED:
                self._dropped = self._lost = True
                self._held.clear()
            elif code == SYN_REPORT:
                self._dropped = False
        elif kind == EV_KEY and not self._dropped:
            if code in _SILENT:
                (self._held.discard if value == RELEASED else self._held.add)(code)
            elif value == PRESSED:
                return self._pressed(code)
        return ""

    def _pressed(self, key: int) -> str:
        ctrl = bool(self._held & _CTRLS)
        if key in _ENDS or (ctrl and key in _LINE_FEEDS):
            return self._complete()
        typed = KEYS.get(key)
        if typed is None or ctrl or len(self._text) >= LONGEST:
            self._lost = True
        else:
            self._text += typed[bool(self._held & _SHIFTS)]
        return ""

    def _complete(self) -> str:
        text, lost = self._text, self._lost
        self._begin()
        if lost:
            self.garbled += 1
        return "" if lost else text

    def _begin(self) -> None:
        self._text = ""
        self._lost = False
