"""Who minds the store guide: it lies open at the screen, and nothing has to be kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.desks.service.clerk import Said
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.store_plan import StoreGuide


@dataclass(frozen=True, slots=True)
class GuideClerk:
    """Implements Clerk."""

    service: str
    guide: StoreGuide

    def objects(self, record: Record, now: datetime) -> Said | None:
        return None

    def entered(self, record: Record, now: datetime) -> None:
        """A question is answered by the screen, or by a person who is called for it."""

    def done(self, record: Record, done: Done, now: datetime) -> None:
        """Nobody does anything to it."""

    def said(self, record: Record, now: datetime) -> Said:
        return Said("guide.thanks")

    def facts(self, now: datetime) -> tuple[object, ...]:
        return (self.guide,)

    def pass_to(self, now: datetime) -> None:
        """It stays as it is."""
