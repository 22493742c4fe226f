"""What readers hang on: a serial port by a real pty pair, an input device by a pipe of the kernel's events."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from kiosk.hw.key_frames import (
    EV_KEY,
    EV_SYN,
    EVENT,
    KEY_ENTER,
    KEY_SHIFT,
    KEYS,
    PRESSED,
    RELEASED,
    SYN_REPORT,
)


class Port:
    """A serial port by a real pty pair, at a name that stays while the device behind it comes and goes."""

    def __init__(self, folder: Path) -> None:
        self.name = folder / "ttyREADER"
        self._ends: list[int] = []

    def plug_in(self) -> None:
        ours, theirs = os.openpty()
        self._ends = [ours, theirs]
        self.name.symlink_to(os.ttyname(theirs))

    def pull_out(self) -> None:
        self.name.unlink()
        for end in self._ends:
            os.close(end)
        self._ends = []

    def send(self, data: bytes) -> None:
        os.write(self._ends[0], data)

    def close(self) -> None:
        with suppress(OSError):
            self.pull_out()


class InputDevice:
    """A pipe where the kernel would have an input device: the same bytes, but nothing to grab."""

    def __init__(self, folder: Path) -> None:
        self.name = folder / "event-kbd"
        self._end = -1

    def plug_in(self) -> None:
        os.mkfifo(self.name)
        self._end = os.open(self.name, os.O_RDWR | os.O_NONBLOCK)

    def pull_out(self) -> None:
        self.name.unlink()
        os.close(self._end)
        self._end = -1

    def send(self, data: bytes) -> None:
        os.write(self._end, data)

    def close(self) -> None:
        with suppress(OSError):
            self.pull_out()


def event(kind: int, code: int, value: int) -> bytes:
    """One event as the kernel writes it."""
    return EVENT.pack(1_790_000_000, 123_456, kind, code, value)


def stroke(key: int, *, shift: bool = False) -> bytes:
    """A key pressed and let go."""
    strokes = event(EV_KEY, key, PRESSED) + REPORT + event(EV_KEY, key, RELEASED) + REPORT
    if not shift:
        return strokes
    return event(EV_KEY, KEY_SHIFT, PRESSED) + REPORT + strokes + event(EV_KEY, KEY_SHIFT, RELEASED) + REPORT


REPORT = event(EV_SYN, SYN_REPORT, 0)
_ON_KEYPAD = range(71, 84)
_STROKES = {
    pair[shift]: stroke(key, shift=bool(shift))
    for key, pair in KEYS.items()
    if key not in _ON_KEYPAD
    for shift in (1, 0)
}


def typed(text: str, end: bytes = stroke(KEY_ENTER)) -> bytes:
    """What a scanner types for a text: digits on the upper row."""
    return b"".join(_STROKES[letter] for letter in text) + end
