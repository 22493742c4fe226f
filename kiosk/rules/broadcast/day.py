"""The clockwork of a business day: welcome, dayparts, closing, staffed hours, and how store time becomes moments.

Where one day goes on into the next, the doors do not close: `day_on` makes of each what is broadcast then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
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


AHEAD_S = 1800.0  # so long before a day goes on into the next, the next is planned as well
FAREWELL_S = 3600.0  # so long before the doors close, calls are about it
USUAL_SHIFTS = (Shift(time(8, 30), time(12)), Shift(time(14)))


@dataclass(frozen=True, slots=True)
class DayType:
    """One kind of business day (B05, B19): welcome, dayparts without gap, closing music until the doors close.

    welcome: None where the day goes on from the one before, closing: None where it goes on into the next. staffed: when
    an announcer is in the room (B18), () for never.
    """

    id: str
    title: Mapping[Language, str]
    welcome: Phase | None
    dayparts: tuple[Phase, ...]
    closing: Phase | None
    calls: tuple[Call, ...] = ()
    staffed: tuple[Shift, ...] = USUAL_SHIFTS

    def phases(self) -> tuple[Phase, ...]:
        """Every phase in order, from the welcome to the closing music."""
        return tuple(one for one in (self.welcome, *self.dayparts, self.closing) if one is not None)

    @property
    def begins(self) -> time:
        """When broadcasting begins."""
        return (self.welcome or self.dayparts[0]).start

    @property
    def ends(self) -> time:
        """When the doors close and silence begins, or the next day takes over."""
        return (self.closing or self.dayparts[-1]).end

    @property
    def farewell(self) -> tuple[Call, ...]:
        """The calls that tell that the doors close: those of the last hour before the closing music is over."""
        if self.closing is None:
            return ()
        return tuple(one for one in self.calls if 0 < _seconds_to(one.at, self.ends) <= FAREWELL_S)

    def unwelcomed(self) -> DayType:
        """The same where nobody comes in from a closed store: the first daypart begins with the day."""
        if self.welcome is None:
            return self
        first = replace(self.dayparts[0], start=self.welcome.start)
        return replace(self, welcome=None, dayparts=(first, *self.dayparts[1:]))

    def unclosed(self) -> DayType:
        """The same where nobody has to leave: the last daypart ends with the day, and nothing says farewell."""
        if self.closing is None:
            return self
        calls = tuple(one for one in self.calls if one not in self.farewell)
        last = replace(self.dayparts[-1], end=self.closing.end)
        return replace(self, closing=None, dayparts=(*self.dayparts[:-1], last), calls=calls)


@dataclass(frozen=True, slots=True)
class BusinessDay:
    """A day type on a date in the store's time zone.

    joins_before: the doors stay open from the day before, joins_after: until the next.
    """

    date: date
    day_type: DayType
    zone: tzinfo
    joins_before: bool = False
    joins_after: bool = False

    def moment(self, at: time) -> datetime:
        """The moment of a store time on this business day; times before the welcome belong to the night after it."""
        shift = timedelta(days=1) if at < self.day_type.begins else timedelta(0)
        return datetime.combine(self.date + shift, at, tzinfo=self.zone)

    def near_moment(self, at: time) -> datetime:
        """The moment of a store time, within the broadcast hours or not: on the day on which it is nearer to them."""
        late, early = self.moment(at), datetime.combine(self.date, at, tzinfo=self.zone)
        after_s, before_s = late.timestamp() - self.closes.timestamp(), self.opens.timestamp() - early.timestamp()
        return early if after_s > before_s else late

    def end_moment(self, phase: Phase) -> datetime:
        """When a phase ends; one that ends at the very time the day begins ends a day later."""
        end = self.moment(phase.end)
        return end if end > self.moment(phase.start) else end + timedelta(days=1)

    @property
    def opens(self) -> datetime:
        return self.moment(self.day_type.begins)

    @property
    def closes(self) -> datetime:
        return self.end_moment(self.day_type.phases()[-1])

    def is_staffed(self, moment: datetime) -> bool:
        """Whether an announcer is in the room then (B18)."""
        return any(begin <= moment < end for begin, end in map(self._hours, self.day_type.staffed))

    def _hours(self, shift: Shift) -> tuple[datetime, datetime]:
        """From when to when. A shift may begin before the welcome; only in a day that ends after midnight, a start
        before the doors close lies in the night."""
        night = self.closes.date() > self.date and shift.start < min(self.closes.time(), self.day_type.begins)
        begin = datetime.combine(self.date + timedelta(days=night), shift.start, tzinfo=self.zone)
        if shift.end is None:
            return begin, self.closes
        end = datetime.combine(begin.date(), shift.end, tzinfo=self.zone)
        return begin, end if end > begin else end + timedelta(days=1)


def joins(first: BusinessDay, second: BusinessDay) -> bool:
    """Whether a day goes on into the one after it: its doors would close no sooner than those of the other open."""
    return first.closes.timestamp() >= second.opens.timestamp()


def day_on(on: date, type_on: Callable[[date], DayType | None], zone: tzinfo) -> BusinessDay | None:
    """The business day of a date as it is broadcast between its neighbours; None where it has no type.

    Where two days join, nobody is told that the doors close, and nobody is welcomed.
    """
    types = [(date_, type_on(date_)) for date_ in (on + timedelta(days=shift) for shift in (-1, 0, 1))]
    before, day, after = (None if one is None else BusinessDay(date_, one, zone) for date_, one in types)
    if day is None:
        return None
    day_type, from_before = day.day_type, before is not None and joins(before, day)
    into_next = after is not None and joins(day, after)
    if from_before:
        day_type = day_type.unwelcomed()
    if into_next:
        day_type = day_type.unclosed()
    return BusinessDay(on, day_type, zone, from_before, into_next)


def _seconds_to(earlier: time, later: time) -> float:
    """How long it takes on the clock from one time of day to the next occurrence of another."""
    start, end = (timedelta(hours=at.hour, minutes=at.minute, seconds=at.second) for at in (earlier, later))
    return (end - start).total_seconds() % (24 * 3600)
