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
    """seats: where guesses are counted."""

    check: TagCheck
    seats: frozenset[str]

    def join(self, desk: Desk) -> None:
        pass

    def take(self, message: Message, now: datetime) -> None:
        if isinstance(message, AdmitAsked):
            message.reply(self._admitted(message, now))

    def _admitted(self, asked: AdmitAsked, now: datetime) -> Answer:
        if asked.seat and asked.seat not in self.seats:
            return Answer(f"nobody can scan at {asked.seat!r}: there is {', '.join(sorted(self.seats))}", refused=True)
        tried = []
        try:
            for seat in sorted(self.seats):
                if asked.seat in ("", seat) and self.check.admit(seat, asked.operator, now):
                    tried.append(seat)
        except LedgerFault as fault:
            return Answer(f"it cannot be written down, so it is not done: {fault}", refused=True)
        return Answer(f"codes and chips count again{' at ' + ', '.join(tried) if tried else ''}")

    def pass_to(self, now: datetime) -> None:
        pass

    def next_wake(self, now: datetime) -> datetime | None:
        return None
