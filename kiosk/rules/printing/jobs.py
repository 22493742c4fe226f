"""What may become of a print job: one total table, so that nothing is printed twice by itself and nothing is lost.

Intent, commit, print, observe, commit. A job whose end nobody saw is not printed again before a person has looked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from types import MappingProxyType

from kiosk.sentences import N_


class Stage(Enum):
    """How far a job has come; the values are what the ledger says."""

    WAITING = N_("waiting")
    PRINTING = N_("printing")
    PRINTED = N_("printed")
    UNSURE = N_("unsure")  # perhaps on paper: a person looks
    WITHDRAWN = N_("withdrawn")


class Event(Enum):
    """What happens to a job; the values are what the audit chain says."""

    BEGUN = "begins to print"
    DONE = "has printed"
    NOT_BEGUN = "printed nothing of"  # nothing of it came onto paper
    BROKE_OFF = "broke off"  # its end surely did not come onto paper
    LOST_SIGHT = "lost sight of"  # nobody knows
    SEEN = "has seen on paper"
    COPIED = "had copied"
    WITHDRAWN = "withdraws"


OVER = frozenset({Stage.PRINTED, Stage.WITHDRAWN})

TRANSITIONS: Mapping[tuple[Stage, Event], Stage] = MappingProxyType(
    {
        (Stage.WAITING, Event.BEGUN): Stage.PRINTING,
        (Stage.WAITING, Event.WITHDRAWN): Stage.WITHDRAWN,
        (Stage.PRINTING, Event.DONE): Stage.PRINTED,
        (Stage.PRINTING, Event.NOT_BEGUN): Stage.WAITING,
        (Stage.PRINTING, Event.BROKE_OFF): Stage.WAITING,
        (Stage.PRINTING, Event.LOST_SIGHT): Stage.UNSURE,
        (Stage.UNSURE, Event.SEEN): Stage.PRINTED,
        (Stage.UNSURE, Event.COPIED): Stage.PRINTED,
        (Stage.UNSURE, Event.WITHDRAWN): Stage.WITHDRAWN,
        (Stage.PRINTED, Event.COPIED): Stage.PRINTED,
    }
)
"""Whatever is not in it changes nothing."""


def after(stage: Stage, event: Event) -> Stage | None:
    """The next stage; None where that cannot happen to such a job."""
    return TRANSITIONS.get((stage, event))


class Condition(Enum):
    """How a printer is; the values complete "the printer … " for people."""

    READY = N_("is ready")
    PAPER_LOW = N_("has little paper left: have a new roll at hand")
    PAPER_OUT = N_("has no paper: put in a new roll")
    COVER_OPEN = N_("has its cover open: close it")
    BUSY = N_("is held up: let go of its feed button, or switch it off and on")
    CUTTER = N_("has a jammed cutter or another fault: switch it off, clear the paper, switch it on")
    OFFLINE = N_("does not answer: look at its power and its cable")
    GARBLED = N_("answers nonsense: check its baud and its connection in [[printers]]")

    @property
    def prints(self) -> bool:
        """Whether it takes a job so."""
        return self in (Condition.READY, Condition.PAPER_LOW)


@dataclass(frozen=True, slots=True)
class Job:
    """A job of the queue, without its content. copy_of: the job that it repeats, 0 for none. why: what staff read.

    subject: what it is, in words that name nobody. attempt: how often it was begun.
    """

    n: int
    printer: str
    subject: str
    at: datetime
    stage: Stage
    since: datetime
    attempt: int = 0
    copy_of: int = 0
    why: str = ""
