"""Who minds a service for which keeping its records is not all that it takes: pages are called, umbrellas counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from kiosk.rules.service.record import Done, Record


@dataclass(frozen=True, slots=True)
class Said:
    """What a shopper is told: the key of a sentence, and what is filled into it."""

    sentence: str
    values: tuple[tuple[str, str], ...] = ()


class Clerk(Protocol):
    """Called by the desk's thread only; never waits; may raise LedgerFault."""

    @property
    def service(self) -> str:
        """The id of the service that it minds."""

    def objects(self, record: Record, now: datetime) -> Said | None:
        """Why a new record cannot be kept now, None where it can: asked before it is written."""

    def entered(self, record: Record, now: datetime) -> None:
        """A record has been kept."""

    def done(self, record: Record, done: Done, now: datetime) -> None:
        """Staff have done something to a record, and that was kept."""

    def said(self, record: Record, now: datetime) -> Said:
        """How it stands, for the shopper who still looks at it."""

    def facts(self, now: datetime) -> tuple[object, ...]:
        """What its screens are told: frozen values, each of a type of its own."""

    def pass_to(self, now: datetime) -> None:
        """Time passed."""


@runtime_checkable
class TakesBack(Protocol):
    """A clerk of what can be taken back by whoever asked for it, as long as they look at it."""

    def take_back(self, record: Record, now: datetime) -> None:
        """It is wanted no more; how it stands then, `said` tells. May raise LedgerFault."""


@runtime_checkable
class LooksUp(Protocol):
    """A clerk that finds something for a screen: what, its facts tell."""

    def look_up(self, seat: str, words: str, now: datetime) -> None:
        """Have it looked up; never waits for it."""
