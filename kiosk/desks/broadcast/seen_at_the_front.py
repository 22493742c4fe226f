"""An attendant that takes down what staff at the front have seen to: they meet in the ledger alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desks.broadcast.attendant import Desk
from kiosk.desks.broadcast.messages import Message
from kiosk.errors import LedgerFault
from kiosk.ports.seen_warnings import SeenWarnings
from kiosk.sentences import N_, tell

LOOK_S = 2.0
UNREAD = N_("what staff have seen to cannot be read")


@dataclass(slots=True)
class SeenAtTheFront:
    """An attendant. What happens again is told again; what is not mended, nobody takes down."""

    seen: SeenWarnings
    _desk: Desk = field(init=False)
    _looked_s: float = float("-inf")

    def join(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, message: Message, now: datetime) -> None:
        pass

    def pass_to(self, now: datetime) -> None:
        mono_s = self._desk.clock.mono_s()
        if mono_s - self._looked_s < LOOK_S:
            return
        self._looked_s = mono_s
        try:
            for n, mark in self.seen.waiting():
                self._desk.seen(mark)
                self.seen.taken_down(n)
        except LedgerFault as fault:
            self._desk.warn(tell("{what}: {fault}", what=tell(UNREAD), fault=fault))
        else:
            self._desk.withdraw(UNREAD)

    def next_wake(self, now: datetime) -> datetime | None:
        return None
