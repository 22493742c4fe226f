"""An attendant that shows at the broadcast desk what a person must know: tags that are missing, say (L10)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desks.broadcast.attendant import Desk
from kiosk.desks.broadcast.messages import Message
from kiosk.errors import LedgerFault
from kiosk.ports.bag_day import NoticeBoard
from kiosk.sentences import N_, tell

LOOK_S = 2.0
UNREAD = N_("the notices of the house cannot be read")


@dataclass(slots=True)
class HouseNotices:
    """An attendant: what hangs on the board is a warning at the desk, until it is taken down."""

    board: NoticeBoard
    _desk: Desk = field(init=False)
    _looked_s: float = float("-inf")
    _shown: frozenset[str] = frozenset()

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
            texts = frozenset(
                tell("for the {whom}: {text}", whom=one.for_whom.value, text=one.text) for one in self.board.hanging()
            )
        except LedgerFault as fault:
            self._desk.warn(tell("{what}: {fault}", what=tell(UNREAD), fault=fault))
            return
        self._desk.withdraw(UNREAD)
        for text in sorted(self._shown - texts):
            self._desk.withdraw(text)
        for text in sorted(texts):
            self._desk.warn(text)
        self._shown = texts

    def next_wake(self, now: datetime) -> datetime | None:
        return None
