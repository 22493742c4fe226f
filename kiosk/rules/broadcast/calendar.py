"""Which kind of business day a date is: a date the store named, then public holidays, then the weekday."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache

import chinese_calendar

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# What the law fixes to a date of the solar calendar; all that is left to go by beyond the end of the table.
FIXED_HOLIDAYS = {
    (1, 1): "New Year's Day",
    (5, 1): "Labour Day",
    (5, 2): "Labour Day",
    (10, 1): "National Day",
    (10, 2): "National Day",
    (10, 3): "National Day",
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which day type rules on which date: a named date first, then public holidays and make-up workdays, then weekdays.

    weekdays: seven ids, Monday first. holiday, workday: None where the store keeps its weekdays on them.
    """

    weekdays: tuple[str, ...]
    holiday: str | None
    workday: str | None
    dates: Mapping[date, str]


class PublicKind(Enum):
    """What the country makes of a date; a weekend that nobody moved is ordinary."""

    ORDINARY = "ordinary"
    HOLIDAY = "public holiday"
    WORKDAY = "make-up workday"


@dataclass(frozen=True, slots=True)
class PublicDay:
    """A date in the country's own calendar. name: of the holiday, "" on ordinary days. warning: "" or a sentence."""

    kind: PublicKind
    name: str = ""
    warning: str = ""


Holidays = Callable[[date], PublicDay]


@dataclass(frozen=True, slots=True)
class DayTypeChoice:
    """The day type that rules a date, and why, for a person. warning: "" or a sentence about what is not known."""

    id: str
    reason: str
    warning: str = ""


def day_type_for(day: date, calendar: Calendar, holidays: Holidays) -> DayTypeChoice:
    """The day type of a date; `holidays` is asked only when the store treats those days differently."""
    named = calendar.dates.get(day)
    if named is not None:
        return DayTypeChoice(named, f"the calendar names {day.isoformat()}")
    weekday = DayTypeChoice(calendar.weekdays[day.weekday()], WEEKDAYS[day.weekday()].capitalize())
    if calendar.holiday is None and calendar.workday is None:
        return weekday
    public = holidays(day)
    by_kind = {PublicKind.HOLIDAY: calendar.holiday, PublicKind.WORKDAY: calendar.workday, PublicKind.ORDINARY: None}
    chosen = by_kind[public.kind]
    if chosen is None:
        return DayTypeChoice(weekday.id, weekday.reason, public.warning)
    return DayTypeChoice(chosen, f"{public.kind.value}: {public.name}", public.warning)


def chinese_holidays(day: date) -> PublicDay:
    """Mainland China's public holidays and the weekends worked in return, as the State Council publishes them.

    The table knows whole years. Outside it, fixed dates and weekdays stand in, with a warning that says so.
    """
    try:
        off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return _by_fixed_date(day)
    if name is None:
        return PublicDay(PublicKind.ORDINARY)
    return PublicDay(PublicKind.HOLIDAY if off else PublicKind.WORKDAY, name)


@cache
def last_holiday_year() -> int:
    """The last year that the installed table of public holidays knows."""
    return int(max(chinese_calendar.holidays).year)


def _by_fixed_date(day: date) -> PublicDay:
    last = last_holiday_year()
    warning = (
        f"the public-holiday table ends with {last}: update the chinesecalendar package"
        if day.year > last
        else f"the public-holiday table does not reach back to {day.year}"
    )
    name = FIXED_HOLIDAYS.get((day.month, day.day))
    if name is None:
        return PublicDay(PublicKind.ORDINARY, warning=warning)
    return PublicDay(PublicKind.HOLIDAY, name, warning)
