"""What the service desk writes its records in."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from kiosk.rules.service.record import Record


class RecordBook(Protocol):
    """The book of every service. Any thread may call; each raises LedgerFault, and then nothing was written."""

    def enter(self, record: Record, *, over: bool) -> Record:
        """A new line: durable, with the next number of its service, when this returns. over: nothing happens to it."""

    def keep(self, record: Record, *, was: Record, over: bool) -> bool:
        """How the record stands now, where it still stood as it was; whether it did. over: nothing more happens."""

    def record(self, service: str, number: int) -> Record | None:
        """The record of that number."""

    def waiting(self) -> tuple[Record, ...]:
        """Every record that is not over, oldest first."""

    def since(self, service: str, moment: datetime) -> tuple[Record, ...]:
        """A service's records from a moment on, oldest first."""

    def purge(self, service: str, before: datetime) -> int:
        """Take what is personal out of a service's records that were over before then; how many."""
