"""A number for the service desk, taken at the touchscreen: what is told before, and who is asked first (S07)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.rules.forms.flow import Act, Back, Chose, Given, Turn
from kiosk.rules.forms.form import Choice, Form, Option, Page
from kiosk.rules.service.queue import Stage, Ticket, Topic
from kiosk.rules.service.queue_board import Board, minutes
from kiosk.rules.service.service import Service
from kiosk.sentences import N_

ID = "queue"
TAKE, ANOTHER = "take", "another"
A_MOMENT = timedelta(minutes=1)  # so long whoever takes a second number at a screen is asked about the first

_BESIDE = Choice(ANOTHER, N_("Another number beside the first?"), (Option("yes", N_("Yes")),))


def pages(answers: Mapping[str, str]) -> tuple[Page, ...]:
    """Nothing is asked of anybody but whether the number of a moment ago is somebody else's."""
    return (_BESIDE,) if ANOTHER in answers else ()


SERVICE = Service(
    ID,
    Form(ID, N_("Service desk number"), pages),
    begins="closed",
    keep_days=1,
    taken=False,
    icon="users-three",
)


@dataclass(frozen=True, slots=True)
class DeskNumbers:
    """What a screen tells before a number is taken. ahead: so many wait. minutes: about so long whoever comes now.

    open: whether any desk serves what the number is for.
    """

    ahead: int
    minutes: int
    open: bool


@dataclass(frozen=True, slots=True)
class NumberOfLate:
    """The number that was taken at this screen a moment ago, and waits."""

    seat: str
    shown: str


def told_before(board: Board) -> DeskNumbers:
    """What the queue's board says to somebody who has no number yet."""
    is_open = any(Topic.SERVICE in place.topics for place in board.places)
    return DeskNumbers(len(board.waiting), minutes(dict(board.waits_s).get(Topic.SERVICE, 0.0)), is_open)


def of_late(ticket: Ticket, board: Board, now: datetime) -> bool:
    """Whether whoever takes another number at that screen is asked first."""
    waits = any(one.n == ticket.n and one.stage is Stage.WAITING for one in board.waiting)
    return waits and abs(now - ticket.at) < A_MOMENT


@dataclass(frozen=True, slots=True)
class Queueing:
    """Implements Flow. sent: the desk has it."""

    sent: bool = False

    @property
    def service(self) -> str:
        return ID

    @property
    def page(self) -> str:
        return f"{ID}.{'sent' if self.sent else TAKE}"

    @property
    def writes(self) -> bool:
        """A scanner's code is for the desks."""
        return False

    def after(self, act: Act) -> Turn:
        if self.sent:
            return Turn(self)
        match act:
            case Back():
                return Turn(None)
            case Chose(id) if id == TAKE:
                return Turn(replace(self, sent=True), Given(ID))
            case Chose(id) if id == ANOTHER:
                return Turn(replace(self, sent=True), Given(ID, ((ANOTHER, "yes"),)))
            case _:
                return Turn(self)
