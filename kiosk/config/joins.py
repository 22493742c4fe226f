"""Checks how the kinds of day follow each other: where the doors stay open, and where they close without a farewell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta, tzinfo

from kiosk.config.days import clock
from kiosk.config.findings import Findings, Source
from kiosk.rules.broadcast.calendar import Calendar, chinese_holidays, day_type_for
from kiosk.rules.broadcast.day import BusinessDay, DayType, joins

SAID = ("welcome", "closing")  # keys of a day type
LOOK_AHEAD_DAYS = 400  # every date that the store has named, and every holiday that is known


def tell_joins(
    source: Source, day_types: Mapping[str, DayType], calendar: Calendar, zone: tzinfo, today: date, findings: Findings
) -> None:
    """What cannot be: days that overlap, an opening that nobody is welcomed to, a closing that nobody is told of (B05,
    B19). Each is told once of a kind of day, with the first date on which it is so."""
    places = {id: at for at, id in enumerate(day_types)}
    told: set[tuple[str, str]] = set()
    before = _on(today - timedelta(days=1), day_types, calendar, zone)
    for ahead in range(LOOK_AHEAD_DAYS):
        day = _on(today + timedelta(days=ahead), day_types, calendar, zone)
        for key, id, what, remedy in () if before is None or day is None else _wrong(before, day):
            if (key, id) not in told:
                told.add((key, id))
                loc = ("day_types", places[id], key) if key in SAID else ("day_types", places[id])
                findings.error(source, loc, what, remedy)
        before = day


def left_out(
    day_types: Mapping[str, DayType], calendar: Calendar, zone: tzinfo, today: date
) -> tuple[tuple[str, str], ...]:
    """What of a day type is not aired where it joins another: its id, and in words what and from when on."""
    found: dict[tuple[str, str], str] = {}
    before = _on(today - timedelta(days=1), day_types, calendar, zone)
    for ahead in range(LOOK_AHEAD_DAYS):
        day = _on(today + timedelta(days=ahead), day_types, calendar, zone)
        if before is not None and day is not None and joins(before, day):
            ends, begins = before.day_type, day.day_type
            what = "its closing music" + "".join(f", {one.script} at {clock(one.at)}" for one in ends.farewell)
            if ends.closing is not None:
                found.setdefault((ends.id, "closing"), f"{what} on {before.date}: the doors stay open")
            if begins.welcome is not None:
                found.setdefault((begins.id, "welcome"), f"its welcome music on {day.date}: the doors are open already")
        before = day
    return tuple((id, what) for (id, _), what in sorted(found.items()))


def _on(day: date, day_types: Mapping[str, DayType], calendar: Calendar, zone: tzinfo) -> BusinessDay | None:
    found: DayType | None = day_types.get(day_type_for(day, calendar, chinese_holidays).id)
    return None if found is None else BusinessDay(day, found, zone)


def _wrong(before: BusinessDay, day: BusinessDay) -> Iterator[tuple[str, str, str, str]]:
    """Which key of which day type is wrong where these follow each other, what is, and what to do."""
    first, second = before.day_type, day.day_type
    ends, begins = clock(first.ends), clock(second.begins)
    if before.closes.timestamp() > day.opens.timestamp():
        what = f"the day goes on until {ends} of {day.date}, when {second.id} has begun at {begins} already"
        yield "overlaps", first.id, what, f"let {first.id} end at {begins}, or {second.id} begin at {ends}"
    if joins(before, day):
        return
    if first.closing is None:
        what = f"is missing, and on {before.closes:%Y-%m-%d} at {ends} the doors close"
        yield "closing", first.id, what, f"give it one, or let {second.id}, which follows, begin at {ends}"
    if second.welcome is None:
        what = f"is missing, and on {day.date} at {begins} the doors open"
        yield "welcome", second.id, what, f"give it one, or let {first.id}, which comes before, end at {begins}"
