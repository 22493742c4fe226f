"""What the lockers' desk acts through: the bank of latches and door sensors, the scanner, the ledger's pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Protocol

from kiosk.rules.lockers.deposit import Deposit
from kiosk.rules.lockers.locker import Locker
from kiosk.rules.lockers.shown_tag import TagVerdict
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


class TagCheck(Protocol):
    """Whether a text is a tag of this store that counts: form, check digit, signature, generation, still issued, today.

    The desk's thread only; takes microseconds. It counts guesses and gives alarm by itself.
    """

    def __call__(self, text: str, seat: str, now: datetime) -> TagVerdict:
        """The tag, or the refusal. seat: where it was shown; guesses are counted there.

        Raises LedgerFault where the ledger has to be asked and cannot.
        """


@dataclass(frozen=True, slots=True)
class Note:
    """A line for the audit chain: who did what to what. No names of shoppers."""

    actor: str
    action: str
    subject: str
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One step, durable as a whole or not at all: lockers and deposits as they stand from now on, and what to note.

    happened: it is so already, whether it can be written down or not; room that is kept for such may be used for it.
    """

    at: datetime
    lockers: tuple[Locker, ...] = ()
    deposits: tuple[Deposit, ...] = ()
    notes: tuple[Note, ...] = ()
    happened: bool = False


class LockerBook(Protocol):
    """The ledger's pages of the lockers; the front role alone writes them. Every call may raise LedgerFault."""

    def lockers(self) -> tuple[Locker, ...]:
        """Every locker as it stands, in the order of their positions."""

    def deposits(self) -> tuple[Deposit, ...]:
        """Those that are not over, oldest first."""

    def next_deposit(self) -> int:
        """The number of the next deposit: numbers are used strictly in order and none is missing."""

    def write(self, entry: Entry) -> None:
        """Make a step durable: on the disk when this returns, and never happened if it raises."""
