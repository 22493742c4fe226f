"""The queue at the desks: who is called, who comes next, and who did not come (S07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.ports.queue import QueueBook
from kiosk.rules.people.person import Person
from kiosk.rules.service.queue import Event, Ticket, Topic, ahead_of, board, may_call, next_for, too_early


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

    def __init__(self, book: QueueBook) -> None:
        self._book = book

    def take(self, topic: Topic, now: datetime) -> tuple[Ticket, int]:
        """A new number, and how many wait before it."""
        ticket = self._book.take(topic, now.date(), now)
        return ticket, ahead_of(ticket, self._book.of_day(now.date()))

    def call_next(self, desk: int, topics: frozenset[Topic], by: Person, now: datetime) -> Called | NotSo:
        """The one who waits longest comes to the desk; whoever was there before is served."""
        if why := may_call(by, now.date()):
            return NotSo(why)
        ticket = self._book.call_next(desk, topics, now.date(), now, by.id)
        return NotSo("nobody waits") if ticket is None else self._called(ticket, topics, now)

    def do(self, topic: Topic, number: int, event: Event, by: Person, now: datetime) -> Called | NotSo:
        """Somebody is called again, did not come, came back, was served or left."""
        if why := may_call(by, now.date()):
            return NotSo(why)
        found = [one for one in self._book.of_day(now.date()) if (one.topic, one.number) == (topic, number)]
        if not found:
            return NotSo("nobody has that number today")
        if event is Event.NO_SHOW and (why := too_early(found[0], now)):
            return NotSo(why)
        ticket = self._book.note(found[0].n, event, now, by.id)
        if ticket is None:
            return NotSo(f"{found[0].shown} is {found[0].stage.value}")
        return self._called(ticket, frozenset(Topic), now)

    def shown(self, now: datetime) -> tuple[tuple[Ticket, ...], tuple[Ticket, ...]]:
        """Who is called, the newest call first, and who waits, the first first."""
        return board(self._book.of_day(now.date()))

    def _called(self, ticket: Ticket, topics: frozenset[Topic], now: datetime) -> Called:
        return Called(ticket, next_for(self._book.of_day(now.date()), topics))
