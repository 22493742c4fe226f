"""An attendant that knows which of the front role's devices are away: lock boards and readers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desks.lockers.attendant import Desk
from kiosk.desks.lockers.messages import Message
from kiosk.ports.lockers import BoardReport, ReaderReport


@dataclass(slots=True)
class DeviceWatch:
    """faults: of each that is away, why; any thread may read it."""

    faults: tuple[str, ...] = ()
    _away: dict[str, str] = field(default_factory=dict)

    def join(self, desk: Desk) -> None:
        pass

    def take(self, message: Message, now: datetime) -> None:
        match message:
            case BoardReport(name, why):
                self._hear(f"lock board {name}", why)
            case ReaderReport(name, why):
                self._hear(f"reader {name}", why)
            case _:
                pass

    def pass_to(self, now: datetime) -> None:
        """Nothing waits for a time."""

    def next_wake(self, now: datetime) -> datetime | None:
        return None

    def _hear(self, device: str, why: str) -> None:
        if why:
            self._away[device] = why
        else:
            self._away.pop(device, None)
        self.faults = tuple(f"{device}: {why}" for device, why in self._away.items())
