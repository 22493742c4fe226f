"""What desks need of a printer, and of the queue before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.rules.printing.document import Document
from kiosk.rules.printing.jobs import Condition, Event, Job


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of printing. end: DONE, NOT_BEGUN, BROKE_OFF or LOST_SIGHT. condition: how the printer is now."""

    end: Event
    condition: Condition


@dataclass(frozen=True, slots=True)
class Raster:
    """A painted sheet. rows: one after another, a bit for each dot, 1 is black. width: dots, in eights."""

    width: int
    rows: bytes

    @property
    def height(self) -> int:
        """In dots."""
        return len(self.rows) * 8 // self.width


class Printer(Protocol):
    """A printer of slips. One thread at a time; calls wait for the device. Nothing raises: "no paper" is a value."""

    def look(self) -> Condition:
        """How it is now; a device that is not there is looked for again."""

    def print(self, document: Document) -> Outcome:
        """Print one sheet and cut it off. It is told as DONE only where the printer itself said so, after its end."""

    def close(self) -> None:
        """Let go of the device. Twice does no harm."""


class PrintQueue(Protocol):
    """The print jobs of the ledger: each is kept until it is on paper. Any thread. Raises LedgerFault."""

    def add(self, printer: str, document: Document, at: datetime, *, by: str, secret: bool = False) -> int:
        """A new job, durable with its number when this returns. secret: its content is forgotten once it is printed."""

    def add_all(self, printer: str, documents: Iterable[Document], at: datetime, *, by: str) -> tuple[int, ...]:
        """Jobs that belong together: all of them, or none."""

    def begin(self, printer: str, at: datetime) -> tuple[Job, Document] | None:
        """The oldest job that waits for that printer; it counts as being printed when this returns. None for none."""

    def note(self, n: int, event: Event, at: datetime, *, by: str = "", why: str = "") -> Job | None:
        """What happened to a job; None where that cannot happen to it as it stands."""

    def copy(self, n: int, at: datetime, *, by: str, stamp: str) -> Job | None:
        """A new job that repeats one under a stamp; None where its content is forgotten or it is not yet printed."""

    def lost_sight(self, printer: str, at: datetime, why: str) -> tuple[Job, ...]:
        """Jobs that a start finds begun, each now unsure: nobody saw their end."""

    def waits(self, printer: str) -> bool:
        """Whether a job waits for it. Cheap: looked at every second."""

    def open_jobs(self) -> tuple[Job, ...]:
        """What waits, is being printed, or is unsure; oldest first."""

    def recent(self, since: datetime) -> tuple[Job, ...]:
        """Every job since then, and all that are open; oldest first."""

    def report(self, printer: str, condition: Condition, at: datetime) -> None:
        """How a printer is, for whoever asks."""

    def conditions(self) -> dict[str, tuple[Condition, datetime]]:
        """How each printer was when it last changed, and since when."""

    def purge(self, before: datetime) -> int:
        """Forget the content of jobs that were over before then; returns of how many."""
