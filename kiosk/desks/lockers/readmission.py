"""An attendant that lets codes and chips count again, once staff have looked who was guessing (L02)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desks.lockers.attendant import Desk
from kiosk.desks.lockers.messages import AdmitAsked, Answer, Message
from kiosk.desks.lockers.tag_check import TagCheck
from kiosk.errors import LedgerFault
from kiosk.sentences import tell


@dataclass(slots=True)
class Readmission:
    """seats: where guesses are counted."""

    check: TagCheck
    seats: frozenset[str]
    _desk: Desk = field(init=False)

    def join(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, message: Message, now: datetime) -> None:
        if isinstance(message, AdmitAsked):
            message.reply(self._admitted(message, now))

    def _admitted(self, asked: AdmitAsked, now: datetime) -> Answer:
        if asked.seat and asked.seat not in self.seats:
            return Answer(
                tell(
                    "nobody can scan at {seat}: there is {seats}",
                    seat=repr(asked.seat),
                    seats=tuple(sorted(self.seats)),
                ),
                refused=True,
            )
        tried = []
        try:
            for seat in sorted(self.seats):
                if asked.seat in ("", seat) and self.check.admit(seat, asked.operator, now):
                    tried.append(seat)
                    self._desk.withdraw(f"{seat}: ")  # what was told of who was guessing there
        except LedgerFault as fault:
            return Answer(tell("it cannot be written down, so it is not done: {fault}", fault=str(fault)), refused=True)
        if not tried:
            return Answer(tell("codes and chips count again"))
        return Answer(tell("codes and chips count again at {seats}", seats=tuple(tried)))

    def pass_to(self, now: datetime) -> None:
        pass

    def next_wake(self, now: datetime) -> datetime | None:
        return None
