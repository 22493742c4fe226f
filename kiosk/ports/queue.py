"""What the queue before the desks is written into."""

from __future__ import annotations

from collections.abc import Mapping
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

    def standing(self, day: date) -> tuple[Ticket, ...]:
        """Those of a day that wait, are called or did not come, in the order in which they were taken. Cheap: looked
        at every second."""

    def turns_s(self, day: date, newest: int) -> tuple[float, ...]:
        """How long each of those took who were served last, from the call to the end, seconds."""

    def open_desk(self, desk: int, topics: frozenset[Topic], at: datetime, by: str) -> None:
        """From now on a desk serves these; none: it is closed."""

    def desks(self) -> Mapping[int, frozenset[Topic]]:
        """What each desk serves that was opened or closed ever; nothing where it is closed."""
