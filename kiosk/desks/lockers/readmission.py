"""An attendant that lets codes and chips count again, once staff have looked who was guessing (L02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.desks.lockers.attendant import Desk
from kiosk.desks.lockers.messages import AdmitAsked, Answer, Message
from kiosk.desks.lockers.tag_check import TagCheck
from kiosk.errors import LedgerFault


@dataclass(slots=True)
class Readmission:
    """entrance: where the guesses were counted."""

    check: TagCheck
    entrance: str

    def join(self, desk: Desk) -> None:
        pass

    def take(self, message: Message, now: datetime) -> None:
        if isinstance(message, AdmitAsked):
            try:
                self.check.admit(self.entrance, message.operator, now)
            except LedgerFault as fault:
                message.reply(Answer(f"it cannot be written down, so it is not done: {fault}", refused=True))
                return
            message.reply(Answer("codes and chips count again"))

    def pass_to(self, now: datetime) -> None:
        pass

    def next_wake(self, now: datetime) -> datetime | None:
        return None
