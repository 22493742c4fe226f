"""The desk's eye on the music library: what was added joins the rest of the day, at the latest the next one (B04)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk.desks.broadcast.attendant import Desk
from kiosk.desks.broadcast.messages import Message, MusicChanged


@dataclass(slots=True)
class MusicWatch:
    """An attendant of the desk. read: has the playlists read anew; the answer, if they changed, is Stocked."""

    read: Callable[[], None]
    _desk: Desk = field(init=False)
    _day: date | None = None

    def join(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, message: Message, now: datetime) -> None:
        if isinstance(message, MusicChanged):
            self.read()

    def pass_to(self, now: datetime) -> None:
        """Another day begins: somebody may have added music without telling."""
        day = self._desk.day()
        if day is None or day.date == self._day:
            return
        known, self._day = self._day, day.date
        if known is not None:  # a role that starts has just read them
            self.read()

    def next_wake(self, now: datetime) -> datetime | None:
        return None
