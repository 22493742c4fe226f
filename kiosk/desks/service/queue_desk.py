"""The queue at the desks: who is called, who comes next, and who did not come (S07)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.ports.queue import QueueBook
from kiosk.rules.people.person import Person
from kiosk.rules.service.queue import (
    Event,
    Stage,
    Ticket,
    Topic,
    ahead_of,
    board,
    may_call,
    next_for,
    stage_told,
    too_early,
    topics_told,
)
from kiosk.rules.service.queue_board import EVERYTHING, TURNS, Board, board_of
from kiosk.sentences import N_, tell


@dataclass(frozen=True, slots=True)
class Called:
    """Who comes to which desk. following: who is to get ready meanwhile, None where nobody else waits."""

    ticket: Ticket
    following: Ticket | None


@dataclass(frozen=True, slots=True)
class NotSo:
    """It cannot be; why: a sentence."""

    why: str


class QueueDesk:
    """One of these for each place where numbers are taken or called. Raises LedgerFault."""

    def __init__(self, book: QueueBook, day_of: Callable[[datetime], date] = datetime.date) -> None:
        """day_of: the business day that numbers are of; a night may belong to the day before."""
        self._book = book
        self._day_of = day_of

    def take(self, topic: Topic, now: datetime) -> tuple[Ticket, int]:
        """A new number, and how many wait before it."""
        ticket = self._book.take(topic, self._day_of(now), now)
        return ticket, ahead_of(ticket, self._book.of_day(self._day_of(now)))

    def give_back(self, ticket: Ticket, by: str, now: datetime) -> bool:
        """Whoever took a number needs it no more; False where it is over already. by: the screen."""
        return self._book.note(ticket.n, Event.LEFT, now, by) is not None

    def call_next(self, desk: int, topics: frozenset[Topic], by: Person, now: datetime) -> Called | NotSo:
        """The one who waits longest comes to the desk; whoever was there before is served."""
        if why := may_call(by, now.date()):
            return NotSo(why)
        served = self.serves(desk)
        if not served:
            return NotSo(tell("desk {desk} is closed: open it first", desk=desk))
        if not topics & served:
            return NotSo(tell("desk {desk} serves {topics} only", desk=desk, topics=topics_told(served)))
        ticket = self._book.call_next(desk, topics & served, self._day_of(now), now, by.id)
        return NotSo(N_("nobody waits")) if ticket is None else self._called(ticket, topics & served, now)

    def do(self, topic: Topic, number: int, event: Event, by: Person, now: datetime) -> Called | NotSo:
        """Somebody is called again, did not come, came back, was served or left."""
        if why := may_call(by, now.date()):
            return NotSo(why)
        found = [one for one in self._book.of_day(self._day_of(now)) if (one.topic, one.number) == (topic, number)]
        if not found:
            return NotSo(N_("nobody has that number today"))
        if event is Event.NO_SHOW and (why := too_early(found[0], now)):
            return NotSo(why)
        ticket = self._book.note(found[0].n, event, now, by.id)
        if ticket is None:
            return NotSo(tell("{number}: {stage}", number=found[0].shown, stage=stage_told(found[0].stage)))
        return self._called(ticket, frozenset(Topic), now)

    def open(self, desk: int, topics: frozenset[Topic], by: Person, now: datetime) -> NotSo | None:
        """A desk serves these from now on; none: it closes, once nobody is called to it any more."""
        if why := may_call(by, now.date()):
            return NotSo(why)
        if not topics and (there := self.at(desk, now)) is not None:
            return NotSo(
                tell("{number} is called to desk {desk}: say first what became of it", number=there.shown, desk=desk)
            )
        self._book.open_desk(desk, topics, now, by.id)
        return None

    def serves(self, desk: int) -> frozenset[Topic]:
        """What for a desk calls; nothing where it is closed."""
        return self._book.desks().get(desk, EVERYTHING)

    def at(self, desk: int, now: datetime) -> Ticket | None:
        """Who is called to a desk."""
        called = (one for one in self._book.standing(self._day_of(now)) if one.stage is Stage.CALLED)
        return next((one for one in called if one.desk == desk), None)

    def board(self, desks: int, now: datetime) -> Board:
        """What everybody may see. Cheap: looked at every second."""
        book = self._book
        return board_of(
            book.standing(self._day_of(now)), book.desks(), desks, book.turns_s(self._day_of(now), TURNS), now
        )

    def shown(self, now: datetime) -> tuple[tuple[Ticket, ...], tuple[Ticket, ...]]:
        """Who is called, the newest call first, and who waits, the first first."""
        return board(self._book.of_day(self._day_of(now)))

    def _called(self, ticket: Ticket, topics: frozenset[Topic], now: datetime) -> Called:
        return Called(ticket, next_for(self._book.of_day(self._day_of(now)), topics))
