"""What shoppers chose at the kiosk and now wait with, for the clerk who takes them over, by their tickets (S07)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.desks.service.messages import DeedAsked
from kiosk.desks.service.service_desk import ServiceDesk
from kiosk.ports.queue import QueueBook
from kiosk.rules.people.person import Person
from kiosk.rules.service.queue import Stage, Ticket
from kiosk.rules.service.record import Record
from kiosk.rules.service.returning import ID, WAITS, lapsed
from kiosk.rules.service.service import BY_ITSELF

_TICKET = re.compile(r"ticket ([A-Z]\d{3,})")


@dataclass(frozen=True, slots=True)
class Waiting:
    """record: of the kiosk. ticket: of the queue, None where it is not known any more."""

    record: Record
    ticket: Ticket | None

    @property
    def shown(self) -> str:
        """The number that the shopper holds."""
        return ticket_of(self.record) or str(self.record.number)

    @property
    def called(self) -> bool:
        """Whether the shopper has been called to a desk."""
        return self.ticket is not None and self.ticket.stage is Stage.CALLED


def ticket_of(record: Record) -> str:
    """The number of the queue with which a record goes, "" for none."""
    found = (_TICKET.fullmatch(done.deed) for done in record.history if done.by == BY_ITSELF)
    return next((one[1] for one in found if one), "")


@dataclass(slots=True)
class ReturnRecords:
    """services: the desk whose records they are. day_of: the business day that numbers of the queue are of."""

    services: ServiceDesk
    queue: QueueBook
    day_of: Callable[[datetime], date] = datetime.date

    def waiting(self, now: datetime) -> tuple[Waiting, ...]:
        """Those that nobody attends to yet, whoever was called first before the others."""
        records = [one for one in self.services.book.waiting() if one.service == ID and one.stage == WAITS]
        tickets = self.queue.of_day(self.day_of(now)) if records else ()
        found = [Waiting(one, self._matching(one, tickets)) for one in records]
        return tuple(sorted(found, key=lambda one: (not one.called, one.record.at)))

    def waiting_as(self, number: int, now: datetime) -> Waiting | None:
        """One of them; None where somebody attends to it."""
        return next((one for one in self.waiting(now) if one.record.number == number), None)

    def lapsed(self, number: int) -> bool:
        """Whether a ticket ended because nobody did anything; 0 is none."""
        record = self.services.book.record(ID, number) if number else None
        return record is not None and lapsed(record)

    def move(self, number: int, deed: str, who: Person, told: Mapping[str, str]) -> str:
        """A deed on a record, decided by its service; why it was not done, "" for done."""
        answers: list[str] = []
        self.services.handle(DeedAsked(ID, number, deed, who, dict(told), answers.append))
        return answers[-1] if answers else ""

    def _matching(self, record: Record, tickets: Iterable[Ticket]) -> Ticket | None:
        shown = ticket_of(record)
        same_day = (one for one in tickets if one.day == self.day_of(record.at))
        return next((one for one in same_day if one.shown == shown), None)
