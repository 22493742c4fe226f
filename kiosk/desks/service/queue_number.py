"""Who gives out numbers for the service desk at the touchscreen, and tells how each stands (S07)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.desks.service.clerk import Said
from kiosk.desks.service.queue_desk import QueueDesk
from kiosk.rules.service.queue import Ticket, Topic
from kiosk.rules.service.queue_board import Board
from kiosk.rules.service.queue_number import ANOTHER, SERVICE, NumberOfLate, of_late, told_before
from kiosk.rules.service.record import Done, Record

LOOK_EVERY = timedelta(seconds=2)
FORGOTTEN_AFTER = timedelta(hours=1)  # nobody stands at the screen so long

Print = Callable[[Ticket, int, datetime], None]


@dataclass(slots=True)
class _Given:
    """A number that was given out. said: how it stood when it was last seen. back: it was given back."""

    ticket: Ticket
    said: Said
    back: bool = False


@dataclass(slots=True)
class QueueClerk:
    """Implements Clerk and TakesBack. desks: how many the store has. prints: has a ticket printed."""

    queue: QueueDesk
    desks: int
    prints: Print
    service: str = SERVICE.id
    _board: Board | None = None  # None while the ledger cannot be read
    _looked: datetime | None = None
    _given: dict[int, _Given] = field(default_factory=dict)  # number of the record -> what came of it
    _newest: dict[str, Ticket] = field(default_factory=dict)  # seat -> the number that was taken there last

    def objects(self, record: Record, now: datetime) -> Said | None:
        """No number for a desk that serves nobody, and no second one by a slip of the finger."""
        board = self._look(now)
        if not told_before(board).open:
            return Said("queue.closed")
        newest = self._newest.get(record.by)
        if newest is not None and ANOTHER not in record.answers and of_late(newest, board, now):
            return Said("queue.second", (("ticket", newest.shown),))
        return None

    def entered(self, record: Record, now: datetime) -> None:
        ticket, ahead = self.queue.take(Topic.SERVICE, now)
        self._given[record.number] = _Given(ticket, _waits(ticket, ahead))
        self._newest[record.by] = ticket
        self._looked = None  # the board of a moment ago does not know it
        self.prints(ticket, ahead, now)

    def done(self, record: Record, done: Done, now: datetime) -> None:
        """The queue's own desk goes on with the number."""

    def take_back(self, record: Record, now: datetime) -> None:
        """Whoever still looks at the number needs it no more: nobody is called in vain."""
        given = self._given.get(record.number)
        if given is not None and self.queue.give_back(given.ticket, record.by, now):
            given.back = True
            self._looked = None

    def said(self, record: Record, now: datetime) -> Said:
        given = self._given.get(record.number)
        if given is None:
            return Said("service.later")
        if given.back:
            return Said("queue.back", (("ticket", given.ticket.shown),))
        return given.said

    def facts(self, now: datetime) -> tuple[object, ...]:
        board = self._board
        if board is None:
            return ()
        late = (NumberOfLate(seat, one.shown) for seat, one in self._newest.items() if of_late(one, board, now))
        return (told_before(board), *late)

    def pass_to(self, now: datetime) -> None:
        if self._looked is None or abs(now - self._looked) >= LOOK_EVERY:
            self._look(now)
            self._given = {n: one for n, one in self._given.items() if abs(now - one.ticket.at) < FORGOTTEN_AFTER}
            self._newest = {id: one for id, one in self._newest.items() if abs(now - one.at) < FORGOTTEN_AFTER}

    def _look(self, now: datetime) -> Board:
        self._looked, self._board = now, None  # until it has been read, nothing is known
        self._board = board = self.queue.board(self.desks, now)
        for given in self._given.values():
            given.said = _stands(given.ticket, board) or given.said
        return board


def _stands(ticket: Ticket, board: Board) -> Said | None:
    """What the board says of a number; None where it is there no more."""
    for place in board.places:
        if place.ticket is not None and place.ticket.n == ticket.n:
            return Said("queue.called", (("ticket", ticket.shown), ("desk", str(place.desk))))
    waiting = [one.n for one in board.waiting]
    return _waits(ticket, waiting.index(ticket.n)) if ticket.n in waiting else None


def _waits(ticket: Ticket, ahead: int) -> Said:
    return Said("queue.ticket" if ahead else "queue.next", (("ticket", ticket.shown), ("ahead", str(ahead))))
