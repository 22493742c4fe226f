"""An attendant that keeps what happened until staff at the front have seen to it: they meet in the ledger alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desks.broadcast.attendant import Desk
from kiosk.desks.broadcast.messages import Message
from kiosk.desks.unseen import Unseen
from kiosk.errors import LedgerFault
from kiosk.ports.seen_warnings import SeenWarnings, UnseenBook
from kiosk.sentences import N_, tell

LOOK_S = 2.0
UNREAD = N_("what staff have seen to cannot be read")


@dataclass(slots=True)
class SeenAtTheFront:
    """An attendant. What happens again is told again; what is not mended, nobody takes down. book: what happened, for
    the next start of the role."""

    seen: SeenWarnings
    book: UnseenBook
    _desk: Desk = field(init=False)
    _unseen: Unseen = field(init=False)
    _looked_s: float = float("-inf")

    def join(self, desk: Desk) -> None:
        self._desk = desk
        self._unseen = Unseen(self.book, desk.recall, lambda one: desk.seen(one.mark))

    def take(self, message: Message, now: datetime) -> None:
        pass

    def pass_to(self, now: datetime) -> None:
        desk = self._desk
        mono_s = desk.clock.mono_s()
        try:
            kept = self._unseen.keep(desk.warned(), now, mono_s)
            if not kept or mono_s - self._looked_s < LOOK_S:
                return
            self._looked_s = mono_s
            for n, mark in self.seen.waiting():
                desk.seen(mark)
                self._unseen.keep(desk.warned(), now, mono_s)  # first, lest a crash between them tells it once more
                self.seen.taken_down(n)
        except LedgerFault as fault:
            desk.warn(tell("{what}: {fault}", what=tell(UNREAD), fault=fault))
        else:
            desk.withdraw(UNREAD)

    def next_wake(self, now: datetime) -> datetime | None:
        return None
