"""What goes over a receipt printer's wire, in ESC/POS: sheets as bands of dots, questions, and what answers mean.

After each band stands a question that the printer answers in its turn (GS r), so that its answer says that the band
was worked off; how it is at this moment it tells at any time, even while it stands still (DLE EOT).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.ports.printer import Raster
from kiosk.rules.printing.jobs import Condition

START = b"\x1b@\x1da\x00"  # begin anew, and tell nothing without being asked
IN_TURN = b"\x1dr\x01"
CLEAR = b"\x10\x05\x02\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"  # recover from a fault, throw away what waits
END = b"\x1bd\x04\x1dV\x42\x00"  # out of the way of the blade, then cut
HOW_IT_IS, WHY_NOT, PAPER = 1, 2, 4
BAND_DOTS = 48  # 6 mm: what can be lost sight of at most, and what the smallest buffers hold
QUIET = frozenset(b"\x11\x13")  # XON, XOFF
CLEARED = b"\x37\x25\x00"


def question(about: int) -> bytes:
    """DLE EOT: about HOW_IT_IS, WHY_NOT or PAPER."""
    return bytes((0x10, 0x04, about))


@dataclass(frozen=True, slots=True)
class Heard:
    """What the bytes of a moment hold. status: of an answer to DLE EOT, None for none. in_turn: answers to GS r.

    rubbish: bytes that mean nothing.
    """

    status: int | None = None
    in_turn: int = 0
    rubbish: int = 0


def heard(data: bytes) -> Heard:
    """What the printer said. Where it said more than one status, the last one counts."""
    status, in_turn, rubbish = None, 0, 0
    for byte in data.replace(CLEARED, b""):
        if byte in QUIET:
            continue
        if byte & 0b10010011 == 0b00010010:
            status = byte
        elif byte in (0x00, 0x03):  # enough paper, or near its end: at its very end nothing is worked off
            in_turn += 1
        else:
            rubbish += 1
    return Heard(status, in_turn, rubbish)


def condition_of(how: int, why: int, paper: int) -> Condition:
    """How the printer is, from its answers about HOW_IT_IS, WHY_NOT and PAPER."""
    if why & 0x04:
        return Condition.COVER_OPEN
    if paper & 0x60 or why & 0x20:
        return Condition.PAPER_OUT
    if why & 0x40:
        return Condition.CUTTER
    if how & 0x08:
        return Condition.BUSY
    return Condition.PAPER_LOW if paper & 0x0C else Condition.READY


def bands(raster: Raster, dots: int = BAND_DOTS) -> Iterator[Raster]:
    """The sheet in strips."""
    length = raster.width // 8 * dots
    for at in range(0, len(raster.rows), length):
        yield Raster(raster.width, raster.rows[at : at + length])


def dots_of(strip: Raster) -> bytes:
    """A band as the printer takes it: GS v 0."""
    across, down = strip.width // 8, strip.height
    return b"\x1dv0\x00" + across.to_bytes(2, "little") + down.to_bytes(2, "little") + strip.rows
