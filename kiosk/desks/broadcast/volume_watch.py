"""The desk's hand on the zones' volumes: the mixer hears of every change, once, when it is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desks.broadcast.attendant import Desk
from kiosk.desks.broadcast.messages import Message
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.on_air import OnAir
from kiosk.rules.broadcast.volume import RAMP_S, Volume, VolumePlan
from kiosk.units import ZoneId


@dataclass(slots=True)
class VolumeWatch:
    """An attendant of the desk. An announcement that sounds is not made louder or softer midway (B10)."""

    plan: VolumePlan
    told: Mapping[ZoneId, Volume] = field(default_factory=dict)
    _desk: Desk = field(init=False)
    _day: BusinessDay | None = None
    _looked: datetime | None = None
    _next: datetime | None = None

    def join(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, message: Message, now: datetime) -> None:
        """Whatever happens, volumes go by the clock."""

    def pass_to(self, now: datetime) -> None:
        """Tell the mixer if the time for another volume has come, or if the day or the clock was changed."""
        day = self._desk.day()
        if day is self._day and self._looked is not None and not self._is_due(now):
            return
        if _speaks(self._desk.line.air):
            return
        self._day, self._looked, self._next = day, now, self.plan.next_change(day, now)
        volumes = self.plan.at(day, now)
        if volumes != self.told:
            self._desk.line.mixer.set_volumes(volumes, over_s=RAMP_S if self.told else 0.0)
            self.told = volumes

    def next_wake(self, now: datetime) -> datetime | None:
        if self._next is None or self._next.timestamp() <= now.timestamp():
            return None  # it waits for the end of an announcement
        return self._next

    def _is_due(self, now: datetime) -> bool:
        """Whether a change is due, or the clock was set back behind the last one."""
        assert self._looked is not None
        now_s = now.timestamp()
        return now_s < self._looked.timestamp() or (self._next is not None and now_s >= self._next.timestamp())


def _speaks(air: OnAir) -> bool:
    live = (air.current, air.over, air.beside)
    return any(item is not None and item.air_class is not AirClass.MUSIC for item in live)
