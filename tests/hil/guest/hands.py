"""A touch panel and a scanner that types, made of nothing (uinput); told what to do through /run/hands.

tap X Y | scan TEXT
"""

from __future__ import annotations

import fcntl
import os
import struct
import threading
from pathlib import Path

SYNC, KEY, ABSOLUTE = 0, 1, 3
TOUCH, X, Y, SLOT, MT_X, MT_Y, TRACKING = 0x14A, 0x00, 0x01, 0x2F, 0x35, 0x36, 0x39
DIRECT = 1
WIDTH, HEIGHT = 1024, 600
ENTER, SHIFT = 28, 42
TYPED = {
    **dict(zip("1234567890-=", range(2, 14), strict=True)),
    **dict(zip("qwertyuiop", range(16, 26), strict=True)),
    **dict(zip("asdfghjkl;'", range(30, 41), strict=True)),
    **dict(zip("zxcvbnm,./", range(44, 54), strict=True)),
}
SHIFTED = dict(zip("!@#$%^&*()_+:", "1234567890-=;", strict=True))
ORDERS = Path("/run/hands")
PAUSE = threading.Event()


def order(number: int, size: int = 0) -> int:
    return (1 << 30 if size else 0) | (size << 16) | (ord("U") << 8) | number


SET_KINDS, SET_KEY, SET_ABSOLUTE, SET_PROPERTY = order(100, 4), order(101, 4), order(103, 4), order(110, 4)
ABSOLUTE_SETUP, SETUP, CREATE = order(4, 28), order(3, 92), order(1)


class Device:
    """One input device. axes: each with its greatest value."""

    def __init__(self, name: str, keys: list[int], axes: dict[int, int]) -> None:
        self._file = os.open("/dev/uinput", os.O_WRONLY | os.O_NONBLOCK)
        for kind in (KEY, ABSOLUTE) if axes else (KEY,):
            fcntl.ioctl(self._file, SET_KINDS, kind)
        for key in keys:
            fcntl.ioctl(self._file, SET_KEY, key)
        if axes:
            fcntl.ioctl(self._file, SET_PROPERTY, DIRECT)
        for axis, most in axes.items():
            fcntl.ioctl(self._file, SET_ABSOLUTE, axis)
            fcntl.ioctl(self._file, ABSOLUTE_SETUP, struct.pack("HHiiiiii", axis, 0, 0, 0, most, 0, 0, 0))
        fcntl.ioctl(self._file, SETUP, struct.pack("HHHH80sI", 3, 0x1234, 0x5678, 1, name.encode(), 0))
        fcntl.ioctl(self._file, CREATE)

    def tell(self, *events: tuple[int, int, int]) -> None:
        for kind, code, value in (*events, (SYNC, 0, 0)):
            os.write(self._file, struct.pack("qqHHi", 0, 0, kind, code, value))


def tap(panel: Device, x: int, y: int) -> None:
    at = [(ABSOLUTE, axis, value) for axis, value in ((MT_X, x), (MT_Y, y), (X, x), (Y, y))]
    panel.tell((ABSOLUTE, SLOT, 0), (ABSOLUTE, TRACKING, 7), *at, (KEY, TOUCH, 1))
    PAUSE.wait(0.08)
    panel.tell((ABSOLUTE, TRACKING, -1), (KEY, TOUCH, 0))


def scan(scanner: Device, text: str) -> None:
    for letter in text:
        plain = SHIFTED.get(letter, letter.lower())
        strike(scanner, TYPED[plain], shifted=plain != letter)
    strike(scanner, ENTER)


def strike(scanner: Device, key: int, *, shifted: bool = False) -> None:
    """One key; scanners leave some milliseconds between two."""
    for code in (SHIFT, key) if shifted else (key,):
        scanner.tell((KEY, code, 1))
    for code in (key, SHIFT) if shifted else (key,):
        scanner.tell((KEY, code, 0))
    PAUSE.wait(0.02)


def main() -> None:
    axes = {X: WIDTH - 1, Y: HEIGHT - 1, SLOT: 9, MT_X: WIDTH - 1, MT_Y: HEIGHT - 1, TRACKING: 65535}
    panel = Device("kiosk hil touch panel", [TOUCH], axes)
    scanner = Device("kiosk hil scanner", [*TYPED.values(), ENTER, SHIFT], {})
    os.mkfifo(ORDERS)
    while True:
        for words in ORDERS.read_text().splitlines():
            verb, _, rest = words.partition(" ")
            if verb == "tap":
                tap(panel, *(int(number) for number in rest.split()))
            else:
                scan(scanner, rest)


if __name__ == "__main__":
    main()
