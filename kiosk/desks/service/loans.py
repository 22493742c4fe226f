"""The clerk for loans: knows how many are left, for the cards of the screen (S10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.desks.service.clerk import Said
from kiosk.ports.service import RecordBook
from kiosk.rules.service.choices import Lendable
from kiosk.rules.service.loan import SERVICE, Stock, left_of
from kiosk.rules.service.record import Done, Record

LOOK_EVERY = timedelta(minutes=1)  # commands write into the same book


@dataclass(slots=True)
class LoanClerk:
    """Implements Clerk."""

    book: RecordBook
    things: tuple[Lendable, ...]
    service: str = SERVICE.id
    _stock: Stock | None = None
    _looked: datetime | None = None

    def objects(self, record: Record, now: datetime) -> Said | None:
        """The book itself sees that the last one is lent once."""
        return None

    def entered(self, record: Record, now: datetime) -> None:
        self._stock = None

    def done(self, record: Record, done: Done, now: datetime) -> None:
        self._stock = None

    def said(self, record: Record, now: datetime) -> Said:
        return Said(SERVICE.sentence(record), (("number", str(record.number)),))

    def facts(self, now: datetime) -> tuple[object, ...]:
        if self._stock is None or self._looked is None or abs(now - self._looked) >= LOOK_EVERY:
            self._stock, self._looked = left_of(self.things, self.book.waiting_of(SERVICE.id)), now
        return (self._stock,)

    def pass_to(self, now: datetime) -> None:
        """Nothing but the clock changes what is left, and the desk minds that."""
