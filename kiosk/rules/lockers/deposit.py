"""What is left in a locker, from the reservation to the end: a number, a tag, and how it came out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from kiosk.units import LockerId


class Outcome(Enum):
    """How a deposit ended; the values are what the ledger says."""

    OPEN = ""  # it has not
    FETCHED = "fetched"  # against its tag (L02)
    HANDED_OUT = "handed out"  # by the supervisor (L04, L07)
    GIVEN_UP = "given up"  # nothing was left
    JAMMED = "jammed"  # the door did not open
    EMPTY = "empty"  # a person looked, and nothing was in it


@dataclass(frozen=True, slots=True)
class Deposit:
    """n: its number, 1 or more, used strictly in order. number, generation: of the tag that its owner gets.

    began: the locker was reserved. stored: the door was closed on it. kept: its tag was shown, so somebody holds it.
    over: when it ended. by: who handed it out, for the log; "" for the tag.
    """

    n: int
    locker: LockerId
    number: int
    generation: int
    began: datetime
    stored: datetime | None = None
    kept: datetime | None = None
    over: datetime | None = None
    outcome: Outcome = Outcome.OPEN
    by: str = ""
