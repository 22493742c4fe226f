"""What the queue before the desks is written into."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from kiosk.rules.service.queue import Event, Ticket, Topic


class QueueBook(Protocol):
    """The tickets of the ledger; nothing personal is in them. Any thread. Raises LedgerFault."""

    def take(self, topic: Topic, day: date, at: datetime) -> Ticket:
        """A new ticket with the next number of its topic and day, taken in its own transaction."""

    def call_next(self, desk: int, topics: frozenset[Topic], day: date, at: datetime, by: str) -> Ticket | None:
        """The one who waits longest comes to this desk, and whoever was there is served; None where nobody waits.

        In one step: two desks never call the same number.
        """

    def note(self, n: int, event: Event, at: datetime, by: str) -> Ticket | None:
        """What happened to a ticket; None where that cannot happen to it as it stands."""

    def of_day(self, day: date) -> tuple[Ticket, ...]:
        """The tickets of a day, in the order in which they were taken."""
