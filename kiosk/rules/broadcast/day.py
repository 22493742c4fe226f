"""The clockwork of a business day: welcome, dayparts, closing, staffed hours, and how store time becomes moments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

from kiosk.units import Language, PlaylistId, ScriptId, ZoneId


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the day with music of its own, store time; an end not after the start lies in the night after it.

    volumes: of the zones that are louder or softer than usual meanwhile, decibels.
    """

    start: time
    end: time
    playlist: PlaylistId
    volumes: Mapping[ZoneId, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """An announcement at a fixed time of the day, outside the binder's intervals (closing calls, B19)."""

    at: time
    script: ScriptId


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch in which an announcer staffs the room, store time (B18). end None: until the doors close."""

    start: time
    end: time | None = None


USUAL_SHIFTS = (Shift(time(8, 30), time(12)), Shift(time(14)))


@dataclass(frozen=True, slots=True)
class DayType:
    """One kind of business day (B05, B19): welcome, dayparts without gap, closing music until the doors close.

    welcome.start is when broadcasting begins, closing.end is when the doors close and silence begins. staffed: when an
    announcer is in the room (B18), () for never.
    """

    id: str
    title: Mapping[Language, str]
    welcome: Phase
    dayparts: tuple[Phase, ...]
    closing: Phase
    calls: tuple[Call, ...] = ()
    staffed: tuple[Shift, ...] = USUAL_SHIFTS

    def phases(self) -> tuple[Phase, ...]:
        """Every phase in order, from the welcome to the closing music."""
        return (self.welcome, *self.dayparts, self.closing)


@dataclass(frozen=True, slots=True)
class BusinessDay:
    """A day type on a date in the store's time zone."""

    date: date
    day_type: DayType
    zone: tzinfo

    def moment(self, at: time) -> datetime:
        """The moment of a store time on this business day; times before the welcome belong to the night after it."""
        shift = timedelta(days=1) if at < self.day_type.welcome.start else timedelta(0)
        return datetime.combine(self.date + shift, at, tzinfo=self.zone)

    def near_moment(self, at: time) -> datetime:
        """The moment of a store time, within the broadcast hours or not: on the day on which it is nearer to them."""
        late, early = self.moment(at), datetime.combine(self.date, at, tzinfo=self.zone)
        after_s, before_s = late.timestamp() - self.closes.timestamp(), self.opens.timestamp() - early.timestamp()
        return early if after_s > before_s else late

    def end_moment(self, phase: Phase) -> datetime:
        """When a phase ends; one that ends at the very time the welcome begins ends a day later."""
        end = self.moment(phase.end)
        return end if end > self.moment(phase.start) else end + timedelta(days=1)

    @property
    def opens(self) -> datetime:
        return self.moment(self.day_type.welcome.start)

    @property
    def closes(self) -> datetime:
        return self.end_moment(self.day_type.closing)

    def is_staffed(self, moment: datetime) -> bool:
        """Whether an announcer is in the room then (B18)."""
        return any(begin <= moment < end for begin, end in map(self._hours, self.day_type.staffed))

    def _hours(self, shift: Shift) -> tuple[datetime, datetime]:
        """From when to when. A shift may begin before the welcome; only in a day that ends after midnight, a start
        before the doors close lies in the night."""
        night = self.closes.date() > self.date and shift.start < min(self.closes.time(), self.day_type.welcome.start)
        begin = datetime.combine(self.date + timedelta(days=night), shift.start, tzinfo=self.zone)
        if shift.end is None:
            return begin, self.closes
        end = datetime.combine(begin.date(), shift.end, tzinfo=self.zone)
        return begin, end if end > begin else end + timedelta(days=1)
