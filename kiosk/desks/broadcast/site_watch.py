"""The desk's eye on the store's site: another version of it is taken up by a new beginning, when nobody can hear it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desks.broadcast.attendant import Desk
from kiosk.desks.broadcast.messages import Message, StopAsked

LOOK_S = 10.0
WAITS = "another site waits"
DO = "systemctl restart kiosk-broadcast"


@dataclass(slots=True)
class SiteWatch:
    """An attendant of the desk. other: the name of the version that is to be taken up, "" while there is none."""

    other: Callable[[], str]
    _desk: Desk = field(init=False)
    _looked_s: float = float("-inf")
    _waits: str = ""

    def join(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, message: Message, now: datetime) -> None:
        """Nothing anybody says concerns it."""

    def pass_to(self, now: datetime) -> None:
        """Closed, silent and switched off: whoever starts the role begins it anew, with the other site."""
        desk = self._desk
        mono_s = desk.clock.mono_s()
        if mono_s - self._looked_s >= LOOK_S:
            self._looked_s = mono_s
            found = self.other()
            if found != self._waits:
                desk.withdraw(WAITS)
                self._waits = found
                if found:
                    desk.warn(f"{WAITS}: {found} is taken up {self._when()}")
        air = desk.line.air
        if self._waits and not air.stopping and desk.equipment.is_off and not desk.is_open(now):
            desk.handle(StopAsked(f"the site {self._waits} is to be taken up"))

    def next_wake(self, now: datetime) -> datetime | None:
        return None

    def _when(self) -> str:
        day = self._desk.day()
        if day is None or not day.joins_after:
            return "tonight, once the store is closed and all is off"
        return f"once the store is closed, which it is not tonight: at a quiet hour, {DO}"
