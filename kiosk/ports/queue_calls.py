"""Where the broadcast role finds the numbers that are to be called aloud."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from kiosk.rules.service.queue import Ticket
from kiosk.rules.service.queue_calls import Call, Heard


class QueueCalls(Protocol):
    """The calls of the ledger; any thread. Raises LedgerFault."""

    def unheard(self) -> tuple[Call, ...]:
        """What nobody has heard yet, oldest first. Cheap: looked at every second."""

    def following(self, day: date) -> Ticket | None:
        """Who waits longest."""

    def close(self, n: int, became: Heard, at: datetime) -> None:
        """What became of a call; one that is over stays as it is."""
