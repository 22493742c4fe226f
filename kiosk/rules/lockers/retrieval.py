"""Fetching something: from the tag that was shown to the door that was closed (L02, L06), as one total table.

What a sensor did not see is never taken for done: such a locker stays as it is, its tag still counts, and staff look.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from kiosk.rules.lockers.unhurried import lengthened


class Step(Enum):
    """How far it is; the values name its screens. The last three are ends."""

    OPENING = "opening"
    TAKE_OUT = "take out"  # the door is open: take everything, hang the tag back, close it
    HELD = "held"  # it has been open for long: please close it
    BLIND = "blind"  # its sensor does not tell: pull the door, and say when it is closed again
    GRACE = "grace"  # closed; check your things (L06): the same tag opens it once more for a while
    DONE = "done"
    JAMMED = "jammed"  # the door does not open: staff are told, and the tag still counts
    UNSURE = "unsure"  # nobody saw it: staff are told, and the tag still counts


class Event(Enum):
    """What can happen to a retrieval."""

    SHOWN = "shown"  # its tag, once more
    CONFIRMED = "confirmed"  # the shopper says that everything is out and the door is closed
    TIMED_OUT = "timed out"
    OPENED = "opened"
    CLOSED = "closed"
    OVERDUE = "overdue"
    STUCK = "stuck"
    UNSEEN = "unseen"


OVER = frozenset((Step.DONE, Step.JAMMED, Step.UNSURE))

_P, _O, _H, _B, _G = Step.OPENING, Step.TAKE_OUT, Step.HELD, Step.BLIND, Step.GRACE
_D, _J, _U = Step.DONE, Step.JAMMED, Step.UNSURE

# A step's row: the step after each event, in the order of Event.
_ROWS = {
    _P: (_P, _P, _P, _O, _P, _P, _J, _B),
    _O: (_O, _O, _O, _O, _G, _H, _O, _B),
    _H: (_H, _H, _H, _H, _U, _H, _H, _B),  # whoever closes it after so long need not be whoever fetched
    _B: (_P, _D, _U, _O, _B, _B, _B, _B),
    _G: (_P, _D, _D, _O, _G, _G, _G, _G),
    **{end: (end,) * len(Event) for end in OVER},
}
TRANSITIONS: Mapping[Step, Mapping[Event, Step]] = MappingProxyType(
    {step: MappingProxyType(dict(zip(Event, row, strict=True))) for step, row in _ROWS.items()}
)


@dataclass(frozen=True, slots=True)
class RetrievalTimes:
    """Seconds. grace_s: after the door was closed the first time, so long the same tag opens it again. again: at most
    so often. blind_s: so long the shopper has to say that all is out where the sensor does not tell."""

    grace_s: float = 60.0
    again: int = 2
    blind_s: float = 120.0

    def unhurried(self) -> RetrievalTimes:
        """For who asked for more time; the grace, in which the tag opens once more, stays as it is (L02)."""
        return RetrievalTimes(self.grace_s, self.again, lengthened(self.blind_s))
