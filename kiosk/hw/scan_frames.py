"""What serial scanners send of bar codes, QR codes and RFID chips: any text, in a line or in a frame."""

from __future__ import annotations

from kiosk.hw.frames import Frame, Frames, rfid_number

LONGEST = 512  # bytes: whatever a shopper may hold to the scanner, a payment code for instance
_RFID_DIGITS = 12


class ScanFrames:
    """Cuts what a scanner sends into codes. garbled: how many frames made no sense so far."""

    def __init__(self) -> None:
        self.garbled = 0
        self._frames = Frames(LONGEST)

    def feed(self, data: bytes) -> list[str]:
        """The codes that these bytes complete, in order: printable, 1 to 512 bytes as UTF-8."""
        return self._codes(self._frames.feed(data))

    def rest(self) -> None:
        """The scanner has been silent for a while: what it began is no beginning of the next code."""
        self._codes(self._frames.rest())

    def _codes(self, frames: list[Frame]) -> list[str]:
        codes = [_code(frame) for frame in frames]
        self.garbled += codes.count(None)
        return [code for code in codes if code is not None]


def _code(frame: Frame) -> str | None:
    if not frame.whole:
        return None
    try:
        text = frame.content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if not text or not text.isprintable():
        return None
    if frame.framed and len(text) == _RFID_DIGITS and all(letter in "0123456789ABCDEFabcdef" for letter in text):
        return rfid_number(frame.content)
    return text
