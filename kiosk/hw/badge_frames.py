"""What badge readers send: the number of an RFID chip in a frame, or a line of letters, digits and "-"."""

from __future__ import annotations

import re

from kiosk.hw.frames import Frame, Frames, rfid_number

_LONGEST = 64
_NUMBER = re.compile(rb"[0-9A-Za-z-]{4,64}")


class BadgeFrames:
    """Cuts what a reader sends into numbers. garbled: how many frames made no sense so far."""

    def __init__(self) -> None:
        self.garbled = 0
        self._frames = Frames(_LONGEST)

    def feed(self, data: bytes) -> list[str]:
        """The numbers that these bytes complete, in order."""
        numbers = [_number(frame) for frame in self._frames.feed(data)]
        self.garbled += numbers.count(None)
        return [number for number in numbers if number is not None]


def _number(frame: Frame) -> str | None:
    if not frame.whole:
        return None
    return rfid_number(frame.content) if frame.framed else _line(frame.content)


def _line(held: bytes) -> str | None:
    number = held.strip(b" \t")
    return number.decode("ascii").upper() if _NUMBER.fullmatch(number) else None
