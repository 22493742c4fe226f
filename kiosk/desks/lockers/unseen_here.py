"""An attendant that keeps what happened in the front role until somebody has seen to it, through its restarts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desks.lockers.attendant import Desk
from kiosk.desks.lockers.messages import Message
from kiosk.desks.unseen import Unseen
from kiosk.errors import LedgerFault
from kiosk.ports.seen_warnings import UnseenBook
from kiosk.sentences import N_, tell

UNKEPT = N_("what happened cannot be kept for the next start")


@dataclass(slots=True)
class UnseenHere:
    """An attendant. Staff see to it at the screen, which takes it down at the desk; the ledger follows."""

    book: UnseenBook
    _desk: Desk = field(init=False)
    _unseen: Unseen = field(init=False)

    def join(self, desk: Desk) -> None:
        self._desk = desk
        self._unseen = Unseen(self.book, desk.recall, lambda one: desk.seen(one.text))

    def take(self, message: Message, now: datetime) -> None:
        pass

    def pass_to(self, now: datetime) -> None:
        desk = self._desk
        try:
            if self._unseen.keep(desk.warned(), now, desk.clock.mono_s()):
                desk.withdraw(UNKEPT)
        except LedgerFault as fault:
            desk.warn(tell("{what}: {fault}", what=tell(UNKEPT), fault=fault))

    def next_wake(self, now: datetime) -> datetime | None:
        return None
