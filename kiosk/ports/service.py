"""What the service desk writes its records in."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kiosk.rules.service.record import Record
from kiosk.rules.service.service import Others, Refused


@dataclass(frozen=True, slots=True)
class Beside:
    """What a new record has to agree with. objects: sees the others, in the moment in which it would be written: those
    of its service that are not over, and all since a moment; None for whatever they are. once: no other that counts may
    say it, "" for nothing.
    """

    objects: Callable[[Others], Refused | None] | None
    since: datetime
    once: str = ""


class OpenQuestions(Protocol):
    """What the store guide could not answer, counted. Any thread may call; raises LedgerFault."""

    def count(self, words: str, day: date) -> None:
        """Somebody asked that; `words` went through `desk_figures.countable`."""


class RecordBook(Protocol):
    """The book of every service. Any thread may call; each raises LedgerFault, and then nothing was written."""

    def enter(self, record: Record, *, over: bool, beside: Beside | None = None) -> Record | Refused:
        """A new line: durable, with the next number of its service, when this returns. over: nothing happens to it."""

    def keep(self, record: Record, *, was: Record, over: bool, once: str = "", has: str = "") -> bool:
        """How the record stands now, where it still stood as it was; whether it did. over: nothing more happens. has:
        what else it is found by."""

    def record(self, service: str, number: int) -> Record | None:
        """The record of that number."""

    def waiting(self, at_rest: Collection[tuple[str, str]] = ()) -> tuple[Record, ...]:
        """Every record that is not over, oldest first. at_rest: but for those of a service that stand at a stage."""

    def waiting_of(self, service: str) -> tuple[Record, ...]:
        """A service's records that are not over, oldest first."""

    def since(self, service: str, moment: datetime) -> tuple[Record, ...]:
        """A service's records from a moment on, oldest first."""

    def said_once(self, service: str, once: str) -> int:
        """The number of the record that says what may be said once only; 0 for none."""

    def that_has(self, service: str, has: str) -> int:
        """The number of the newest record that is found by that; 0 for none, or "" for nothing."""

    def learn(self, service: str, stages: Collection[str], has: Callable[[Record], str], most: int) -> int:
        """Have so many records at these stages found by what they have, where nobody noted it yet; of how many."""

    def looked(self, at: datetime, by: str, about: str) -> None:
        """Somebody has seen what is personal: that stays written (S20)."""

    def purge(self, service: str, before: datetime) -> int:
        """Take what is personal out of a service's records that were over before then; how many."""
