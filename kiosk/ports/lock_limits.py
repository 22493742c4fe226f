"""What coils, expanders and lock boards can take: limits that the site's file is checked by and drivers keep to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

SHORTEST_PULSE_S, LONGEST_PULSE_S = 0.05, 2.0  # a shorter one moves no latch, a longer one burns its coil
SHORTEST_REST_S = 0.5  # between two pulses of one coil

EXPANDER_ADDRESSES = range(0x20, 0x28)  # of an MCP23017, by its pins A0 to A2
EXPANDER_PINS = range(16)  # A0 to A7, then B0 to B7
EXPANDER_OUTPUTS_ONLY = (7, 15)  # A7 and B7 read nothing reliable (data sheet DS20001952, 2022)


def bounded_pulse_s(pulse_s: float) -> float:
    """A pulse that harms no coil, whatever was configured."""
    return min(max(pulse_s, SHORTEST_PULSE_S), LONGEST_PULSE_S)


class BoardKind(Enum):
    """Which language a lock board on RS-485 speaks; the values are what site.toml says."""

    GENERIC_8A = "8a"
    KERONG = "kerong"
    WINNSEN = "winnsen"


@dataclass(frozen=True, slots=True)
class BoardLimits:
    """addresses: that a board can be set to. locks: the most it has. baud: as it leaves the factory. exchange_bytes: a
    question about its doors and the longest answer. blocks_line: nobody else at its line is asked while it opens one.

    An address or a lock outside of them may mean every board or every lock to it, and would open the whole bank.
    """

    addresses: range
    locks: int
    baud: int
    exchange_bytes: int
    blocks_line: bool = False


BOARDS = {
    BoardKind.GENERIC_8A: BoardLimits(range(1, 32), 24, 9600, 12, True),  # lock 0 is all of them
    BoardKind.KERONG: BoardLimits(range(15), 16, 19200, 14),  # address 15 is every board
    BoardKind.WINNSEN: BoardLimits(range(128), 16, 9600, 14),
}


ASKED_HZ = 5.0  # so often every board is to be asked, lest a door that opens be seen late
OVERHEAD_S = 0.006  # of an exchange: the board thinks, the adapter waits for its turn on the USB
_BITS = 10  # on the wire for each byte


def asked_hz(kind: BoardKind, baud: int, boards: int) -> float:
    """How often each of so many boards at one line can be asked, while none opens a lock."""
    return 1.0 / (boards * (BOARDS[kind].exchange_bytes * _BITS / baud + OVERHEAD_S))
