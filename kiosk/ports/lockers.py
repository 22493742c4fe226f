"""What the lockers' desk acts through: the bank of latches and door sensors, the scanner, the slip printer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from kiosk.units import LockerId


class Reading(Enum):
    """What a door's sensor says."""

    CLOSED = "closed"
    OPEN = "open"
    UNKNOWN = "unknown"  # its wire, or the board that reads it, tells nothing that can be believed


@dataclass(frozen=True, slots=True)
class DoorRead:
    """How a door stands: posted when it changes, and for every door after `report`. mono_s: monotonic seconds."""

    locker: LockerId
    reading: Reading
    mono_s: float


@dataclass(frozen=True, slots=True)
class Energised:
    """The coil has current since mono_s: the driver's word that the order reached the wire, not that it opened."""

    locker: LockerId
    mono_s: float


@dataclass(frozen=True, slots=True)
class Pulsed:
    """The pulse is over and the coil is off. It says nothing about the door: DoorRead does."""

    locker: LockerId
    mono_s: float


@dataclass(frozen=True, slots=True)
class NotPulsed:
    """The latch got no pulse, or nobody can say. why: names the thing and the remedy."""

    locker: LockerId
    why: str


@dataclass(frozen=True, slots=True)
class BoardReport:
    """A board fell silent, or answers again (why is ""). Its doors are read UNKNOWN meanwhile."""

    board: str
    why: str = ""


BankReport = DoorRead | Energised | Pulsed | NotPulsed | BoardReport


class LockBank(Protocol):
    """The latches and door sensors. Any thread may call, nothing waits, reports come through the driver's inbox.

    One coil at a time over the whole bank; a pulse is bounded by the driver, whatever it was built with; a latch that
    was pulsed rests for its cool-down before the next. Every coil is off at the start, at the end, and on any error.
    An order that was not begun when the driver closes is dropped and never replayed.
    """

    def unlock(self, locker: LockerId) -> None:
        """Give one pulse to one latch, in the order of asking: Energised and Pulsed follow, or NotPulsed.

        NotPulsed may also follow Energised: the order went out, and nobody can say what came of it. A latch that rests
        lets others go first. Asked again before it has begun, it stays one order.
        """

    def drop(self, locker: LockerId) -> None:
        """Forget an order that has not begun: no report follows. Harmless where there is none."""

    def report(self) -> None:
        """Post DoorRead for every door as it stands now."""

    def close(self) -> None:
        """Every coil off, every thread ended. Twice does no harm."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A code was read, exactly as the reader gave it, without its framing. reader: its name in site.toml."""

    reader: str
    text: str
    mono_s: float


@dataclass(frozen=True, slots=True)
class ReaderReport:
    """A reader was lost, or is there again (why is ""). why: names the device and the remedy."""

    reader: str
    why: str = ""
