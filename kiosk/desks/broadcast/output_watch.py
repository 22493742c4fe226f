"""The desk's ear at the sound output: what nobody could hear is logged, words heard in part start over."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desks.broadcast.attendant import Desk
from kiosk.desks.broadcast.messages import Message, Output
from kiosk.rules.broadcast.on_air import OutputBack


@dataclass(slots=True)
class OutputWatch:
    """An attendant of the desk."""

    _desk: Desk = field(init=False)

    def join(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, message: Message, now: datetime) -> None:
        if not isinstance(message, Output):
            return
        self._desk.journal.output(now, heard=message.heard, zones=message.zones)
        if message.heard:
            self._desk.line.feed(OutputBack(message.zones), now)

    def pass_to(self, now: datetime) -> None:
        """Nothing waits for a time."""

    def next_wake(self, now: datetime) -> datetime | None:
        return None
