"""Checks the kinds of day and the calendar: a day without gap or overlap, and a day type for every date (B05, B19)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from itertools import pairwise

from kiosk.config.findings import Findings, Loc, Source, shown
from kiosk.config.names import Names
from kiosk.config.schema import (
    CallTable,
    DatesTable,
    DayTypeTable,
    PhaseTable,
    PublicHolidaysTable,
    ShiftTable,
    StaffingTable,
    WeekdaysTable,
)
from kiosk.config.sections import Entry, Sections
from kiosk.config.words import titled
from kiosk.rules.broadcast.calendar import WEEKDAYS, Calendar
from kiosk.rules.broadcast.day import USUAL_SHIFTS, Call, DayType, Phase, Shift
from kiosk.rules.broadcast.material import AirClass
from kiosk.units import PlaylistId, ScriptId, ZoneId

DAY_S = 24 * 3600


def day_types_of(sections: Sections, names: Names, findings: Findings) -> dict[str, DayType]:
    """The kinds of day that can be broadcast."""
    sections.tell_duplicates("day_types")
    entries = sections.many("day_types", DayTypeTable)
    staffing = sections.one("staffing", StaffingTable, StaffingTable)
    usual = None if staffing is None else staffing.hours
    if "day_types" not in sections.source.table:
        findings.error(sections.source, ("day_types",), "names no day type", "begin each day type with [[day_types]]")
    sections.finish()
    _check_shifts(sections.source, ("staffing", "hours"), usual, findings)
    return {entry.value.id: _DayCheck(sections, names, findings, entry).day_type(usual) for entry in entries}


def calendar_of(sections: Sections, names: Names, findings: Findings) -> Calendar | None:
    """Which day type rules on which date, or None after telling why there is no answer."""
    source = sections.source
    weekdays = sections.one("weekdays", WeekdaysTable, None, "name the day type of each weekday under [weekdays]")
    public = sections.one("public_holidays", PublicHolidaysTable, PublicHolidaysTable)
    entries = sections.many("dates", DatesTable)
    sections.finish()
    dates = _named_dates(sections, entries, names, findings)
    if weekdays is None or public is None:
        return None
    by_weekday = tuple(str(getattr(weekdays, weekday)) for weekday in WEEKDAYS)
    for weekday, day_type in zip(WEEKDAYS, by_weekday, strict=True):
        names.check_day_type(source, ("weekdays", weekday), day_type, findings)
    for key, special in (("holiday", public.holiday), ("workday", public.workday)):
        if special is not None:
            names.check_day_type(source, ("public_holidays", key), special, findings)
    return Calendar(by_weekday, public.holiday, public.workday, dates)


def _named_dates(
    sections: Sections, entries: tuple[Entry[DatesTable], ...], names: Names, findings: Findings
) -> dict[date, str]:
    source = sections.source
    dates: dict[date, str] = {}
    for entry in entries:
        names.check_day_type(source, (*entry.loc, "day_type"), entry.value.day_type, findings)
        for at, day in enumerate(entry.value.days):
            if day in dates:
                what = f"{day.isoformat()} has the day type {shown(dates[day])} already"
                findings.error(source, (*entry.loc, "days", at), what, "name each date once")
            dates.setdefault(day, entry.value.day_type)
    return dates


def clock(at: time) -> str:
    """A time of day as people write it."""
    return at.isoformat(timespec="minutes" if not (at.second or at.microsecond) else "auto")


def span(start: time, end: time) -> str:
    """A stretch of the day as people write it."""
    return f"{clock(start)} to {clock(end)}"


def hours(day_types: Mapping[str, DayType]) -> str:
    """The broadcast hours of every day type, for messages."""
    return ", ".join(f"{name} {span(day.begins, day.ends)}" for name, day in day_types.items())


def seconds_from(earlier: time, later: time) -> float:
    """How long it takes on the clock from one time of day to the next occurrence of another, 0 when they are equal."""
    return (_second_of_day(later) - _second_of_day(earlier)) % DAY_S


def _second_of_day(at: time) -> float:
    return at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6


class _DayCheck:
    """One day type's phases and calls, checked against each other."""

    def __init__(self, sections: Sections, names: Names, findings: Findings, entry: Entry[DayTypeTable]) -> None:
        self._source = sections.source
        self._names = names
        self._findings = findings
        self._table = entry.value
        self._loc = entry.loc
        dayparts = [((*self._loc, "dayparts", at), part) for at, part in enumerate(self._table.dayparts)]
        welcome, closing = self._table.welcome, self._table.closing
        self._phases: list[tuple[Loc, PhaseTable, str]] = [
            *([] if welcome is None else [((*self._loc, "welcome"), welcome, "the welcome music")]),
            *((loc, part, f"daypart {at}") for at, (loc, part) in enumerate(dayparts, start=1)),
            *([] if closing is None else [((*self._loc, "closing"), closing, "the closing music")]),
        ]

    def day_type(self, usual: list[ShiftTable] | None) -> DayType:
        """The day type; whether it may be used, the findings say. usual: the store's staffed hours, None: not said."""
        table = self._table
        _check_shifts(self._source, (*self._loc, "staffed"), table.staffed, self._findings)
        titled(self._source, (*self._loc, "title"), table.title, self._findings)
        for loc, phase, name in self._phases:
            self._names.check_playlist(self._source, (*loc, "playlist"), phase.playlist, self._findings)
            for zone in phase.volume:
                self._names.check_zone(self._source, (*loc, "volume", zone), zone, self._findings)
            if phase.start == phase.end and len(self._phases) > 1:  # alone it lasts round the clock
                what = f"{name} starts and ends at {clock(phase.start)}, so it has no length"
                self._error(loc, what, "give it an end after its start, or take it out")
        for (_, before, before_name), (loc, after, after_name) in pairwise(self._phases):
            self._join(loc, (before, before_name), (after, after_name))
        lasts_s = sum(seconds_from(phase.start, phase.end) for _, phase, _ in self._phases)
        if lasts_s > DAY_S and all(a.end == b.start for (_, a, _), (_, b, _) in pairwise(self._phases)):
            backwards = next(name for _, phase, name in self._phases if phase.end < phase.start)
            what = f"the day would last {lasts_s / 3600:.1f} hours: {backwards} ends before it starts"
            self._error(self._loc, what, "a business day lasts 24 hours at most")
        for at, call in enumerate(table.calls):
            self._call((*self._loc, "calls", at), call)
        return DayType(
            table.id,
            table.title.by_language(),
            None if table.welcome is None else _phase(table.welcome),
            tuple(_phase(part) for part in table.dayparts),
            None if table.closing is None else _phase(table.closing),
            tuple(Call(call.at, ScriptId(call.script)) for call in table.calls),
            _shifts(usual if table.staffed is None else table.staffed),
        )

    def _join(self, loc: Loc, before: tuple[PhaseTable, str], after: tuple[PhaseTable, str]) -> None:
        """Whether one phase starts exactly where the one before it ends."""
        first, first_name = before
        second, second_name = after
        if first.end == second.start:
            return
        both = f"{first_name} ({span(first.start, first.end)}) and {second_name} ({span(second.start, second.end)})"
        # Of the two ways round the clock, the shorter one is what the store meant.
        if seconds_from(first.end, second.start) <= DAY_S / 2:
            what = f"nothing plays from {span(first.end, second.start)}, between {both}"
        else:
            what = f"{both} overlap from {span(second.start, first.end)}"
        remedy = f"let {second_name} start at {clock(first.end)}, or {first_name} end at {clock(second.start)}"
        self._error(loc, what, remedy)

    def _call(self, loc: Loc, call: CallTable) -> None:
        opens, closes = self._phases[0][1].start, self._phases[-1][1].end
        if self._names.check_script(self._source, (*loc, "script"), call.script, self._findings):
            air_class = self._names.classes.get(call.script, AirClass.ROUTINE)
            if air_class is not AirClass.ROUTINE:
                what = f"calls {shown(call.script)}, which is {air_class.value}: it airs only when a person asks for it"
                self._error((*loc, "script"), what, "call routine pages only")
        if opens != closes and seconds_from(opens, call.at) >= seconds_from(opens, closes):
            what = f"{clock(call.at)} lies outside the day, which lasts from {span(opens, closes)}"
            self._error((*loc, "at"), what, "choose a time at which the store broadcasts")

    def _error(self, loc: Loc, what: str, remedy: str) -> None:
        self._findings.error(self._source, loc, what, remedy)


def _check_shifts(source: Source, loc: Loc, shifts: list[ShiftTable] | None, findings: Findings) -> None:
    for at, shift in enumerate(shifts or ()):
        if shift.start == shift.end:
            what = f"starts and ends at {clock(shift.start)}, so it has no length"
            findings.error(source, (*loc, at), what, "give it another end, or none: until the doors close")


def _shifts(tables: list[ShiftTable] | None) -> tuple[Shift, ...]:
    """When the room is staffed (B18); as the handbook says where the store says nothing."""
    return USUAL_SHIFTS if tables is None else tuple(Shift(table.start, table.end) for table in tables)


def _phase(table: PhaseTable) -> Phase:
    volumes = {ZoneId(zone): volume_db for zone, volume_db in table.volume.items()}
    return Phase(table.start, table.end, PlaylistId(table.playlist), volumes)
