"""A locker is two things: whose it is (its assignment), and how its door stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from kiosk.sentences import N_
from kiosk.units import LockerId


class Size(Enum):
    """How large a locker is; the values are what site.toml says."""

    SMALL = N_("small")
    MEDIUM = N_("medium")
    LARGE = N_("large")


class Assignment(Enum):
    """Whose a locker is; the values are what the ledger says."""

    FREE = N_("free")
    RESERVED = N_("reserved")  # a shopper is about to put something in
    OCCUPIED = N_("occupied")  # somebody's things are in it, and somebody holds its tag
    OVERNIGHT = N_("overnight")  # things stayed beyond closing: the supervisor alone hands them out (L04)
    QUARANTINED = N_("quarantined")  # its tag is lost or doubtful: given to nobody until it has a new one (L09)
    OUT_OF_SERVICE = N_("out of service")  # broken, or taken out by staff


class Door(Enum):
    """How a door stands, as far as its sensor and our orders tell; the values are what the ledger says."""

    CLOSED = N_("closed")
    OPENING = N_("opening")  # its latch was ordered open, and the sensor has not said so yet
    OPEN = N_("open")
    HELD_OPEN = N_("held open")  # open for longer than anybody needs
    FORCED = N_("forced")  # open, and nobody had ordered it
    JAMMED = N_("jammed")  # ordered open, and it stays closed
    UNKNOWN = N_("unknown")  # the sensor or its board does not tell


@dataclass(frozen=True, slots=True)
class Locker:
    """A locker as the store knows it at one moment: a plain value, so that it survives a restart in the ledger.

    number: what its tag says: its own position, or a substitute (L09). generation: of its tag, 1 or more; a tag of an
    earlier one is worth nothing. deposit: the number of what lies in it, 0 for nothing. unconfirmed: the power went, or
    something else happened, between an order and its proof: staff are to look. why: it is quarantined, out of service
    or unconfirmed.
    """

    id: LockerId
    size: Size
    number: int
    generation: int
    assignment: Assignment
    door: Door
    since: datetime
    deposit: int = 0
    unconfirmed: bool = False
    why: str = ""
