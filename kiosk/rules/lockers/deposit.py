"""Leaving something: from the size that is wanted to the tag that was shown once (L01, L05, L06), as one total table.

No door opens before the shopper has agreed to leave no valuables and has checked the things, and nothing is believed to
be in good hands before the tag was scanned. Once the door was closed, the tag alone opens it again. Whatever the
shopper does, or does not do, ends in a free locker or in one that staff are told of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from types import MappingProxyType

from kiosk.rules.lockers.shown_tag import TagKind
from kiosk.rules.lockers.unhurried import lengthened
from kiosk.units import LockerId


class Step(Enum):
    """How far a deposit is; the values name its screens. The last six are ends."""

    SIZE = "size"
    VALUABLES = "valuables"  # none are taken: the shopper agrees (L05)
    CHECK = "check"  # the shopper looks whether all is there (L06)
    OPENING = "opening"
    PUT_IN = "put in"  # the door is open
    HELD = "held"  # it has been open for long: please close it
    BLIND = "blind"  # its sensor does not tell: the shopper says when it is closed
    TAKE_BACK = "take back"  # the shopper gives up: take everything, close the door
    TAG = "tag"  # it is closed: take the tag, and show it once
    TAG_BACK = "tag back"  # the shopper gives up, but things are in it: the tag opens it
    KEPT = "kept"
    BACK = "back"  # the tag was shown to get the things back: it is kept, and opens at once
    GONE = "gone"  # nothing was left
    ANOTHER = "another"  # that door does not open: another locker is offered
    FULL = "full"  # no locker can be given now
    LEFT = "left"  # the shopper went away: staff are told, and the tag still counts


class Event(Enum):
    """What can happen to a deposit."""

    CHOSEN = "chosen"  # a size
    CONFIRMED = "confirmed"  # yes, to what the step asks
    GAVE_UP = "gave up"
    TIMED_OUT = "timed out"
    NO_ROOM = "no room"  # no locker of that size, or the ledger cannot take a new deposit
    OPENED = "opened"
    CLOSED = "closed"
    OVERDUE = "overdue"  # open for longer than anybody needs
    JAMMED = "jammed"
    UNSEEN = "unseen"  # the sensor does not tell how the door stands
    PROVED = "proved"  # its tag was shown


OVER = frozenset((Step.KEPT, Step.BACK, Step.GONE, Step.ANOTHER, Step.FULL, Step.LEFT))

_S, _V, _C, _P, _I, _H = Step.SIZE, Step.VALUABLES, Step.CHECK, Step.OPENING, Step.PUT_IN, Step.HELD
_B, _R, _T, _G = Step.BLIND, Step.TAKE_BACK, Step.TAG, Step.TAG_BACK
_K, _Y, _0, _A, _F, _L = Step.KEPT, Step.BACK, Step.GONE, Step.ANOTHER, Step.FULL, Step.LEFT

# A step's row: the step after each event, in the order of Event.
_ROWS = {
    _S: (_V, _S, _0, _0, _F, _S, _S, _S, _S, _S, _S),
    _V: (_V, _C, _0, _0, _F, _V, _V, _V, _V, _V, _V),
    _C: (_C, _P, _0, _0, _F, _C, _C, _C, _C, _C, _C),
    _P: (_P, _P, _P, _P, _P, _I, _P, _P, _A, _B, _P),
    _I: (_I, _I, _R, _I, _I, _I, _T, _H, _I, _B, _I),
    _H: (_H, _H, _R, _L, _H, _H, _T, _H, _H, _B, _H),
    _B: (_B, _T, _0, _L, _B, _I, _T, _B, _B, _B, _B),
    _R: (_R, _R, _R, _L, _R, _R, _0, _R, _R, _0, _R),
    _T: (_T, _T, _G, _L, _T, _I, _T, _T, _T, _T, _K),
    _G: (_G, _T, _G, _L, _G, _R, _G, _G, _G, _G, _Y),
    **{end: (end,) * len(Event) for end in OVER},
}
TRANSITIONS: Mapping[Step, Mapping[Event, Step]] = MappingProxyType(
    {step: MappingProxyType(dict(zip(Event, row, strict=True))) for step, row in _ROWS.items()}
)


@dataclass(frozen=True, slots=True)
class DepositTimes:
    """How long a step waits for the shopper, in seconds. asked_s: for an answer on the screen. close_s: for the door,
    once it has been open too long. tag_s: for the tag to be shown."""

    asked_s: float = 60.0
    close_s: float = 120.0
    tag_s: float = 90.0

    def unhurried(self) -> DepositTimes:
        """For who asked for more time."""
        return DepositTimes(lengthened(self.asked_s), lengthened(self.close_s), lengthened(self.tag_s))


def patience_s(step: Step, times: DepositTimes) -> float | None:
    """How long after it began a step times out, None for never: the door's own time runs then."""
    match step:
        case Step.SIZE | Step.VALUABLES | Step.CHECK:
            return times.asked_s
        case Step.HELD | Step.BLIND | Step.TAKE_BACK:
            return times.close_s
        case Step.TAG | Step.TAG_BACK:
            return times.tag_s
        case _:
            return None


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
    """What the ledger keeps of it. n: its number, 1 or more, used strictly in order. number, generation: of its tag.

    began: the locker was reserved. stored: the door was closed on it. kept: its tag was shown, so somebody holds it.
    over: when it ended. by: who handed it out, for the log; "" for the tag. tag: what kind its owner gets; the other
    kind, though it has the same number, is worth nothing.
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
    tag: TagKind = TagKind.PLAQUE
