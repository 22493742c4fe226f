"""The values a site's files are made of: durations, times of day, names, paths, words; each refusal is a sentence."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, FiniteFloat
from pydantic_core import PydanticCustomError

from kiosk.config.findings import shown
from kiosk.units import duration_s

PLAIN = "plain"  # the type of the errors below: their context already is a sentence

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
_TIME_REMEDY = 'write a time of day as 09:00:00 or "09:00"'


def refusal(what: str, remedy: str = "") -> PydanticCustomError:
    """The error with which a value is turned down; without a remedy the field's own description is shown."""
    return PydanticCustomError(PLAIN, "{what}", {"what": what, "remedy": remedy})


def named(value: object) -> str:
    """A value as a person would call it, for "is ..."."""
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return f"the number {shown_number(value)}"
        case str():
            return f"the text {shown(value)}"
        case datetime():
            return f"the moment {value.isoformat(sep=' ')}"
        case date():
            return f"the date {value.isoformat()}"
        case time():
            return f"the time {value.isoformat()}"
        case list() | tuple():
            return f"a list of {len(value)}" if value else "an empty list"
        case dict():
            return "a table of keys and values"
        case _:
            return "something else"


def shown_number(value: float) -> str:
    """A number as it was probably written, cut where it is absurd."""
    if isinstance(value, int):
        return str(value) if abs(value) < 10**15 else "with far too many digits"
    return f"{value:g}"


def _time_of_day(value: object) -> object:
    if isinstance(value, time):
        return value
    if isinstance(value, str):
        found = _TIME.fullmatch(value.strip())
        if found:
            return time(int(found[1]), int(found[2]), int(found[3] or 0))
        hint = "midnight is 00:00:00" if value.strip().startswith("24:") else _TIME_REMEDY
        raise refusal(f"is {named(value)}, not a time of day", hint)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 24 * 60:
        meant = f"{value // 60:02}:{value % 60:02}"
        raise refusal(f"is the number {value}, not a time of day", f"if you mean {meant}, write {meant}:00")
    raise refusal(f"is {named(value)}, not a time of day", _TIME_REMEDY)


def _calendar_date(value: object) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        raise refusal(f"is {named(value)}, not a date", "write a date without quotes, as 2026-11-21")
    raise refusal(f"is {named(value)}, not a date", "write a date as 2026-11-21")


def _duration(value: object) -> object:
    if isinstance(value, str):
        try:
            return duration_s(value)
        except ValueError:
            raise refusal(f"is {named(value)}, not a duration") from None
    if isinstance(value, int) and not isinstance(value, bool):
        number = shown_number(value)
        raise refusal(f"is the number {number}, which has no unit", f'write "{number}min", "{number}s" or "{number}ms"')
    raise refusal(f"is {named(value)}, not a duration")


def _not_blank(value: str) -> str:
    if not value.strip():
        raise refusal("is empty")
    return value.strip()


def _id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise refusal(
            f"is {shown(value)}, which cannot be an id",
            'an id is 1 to 64 of the letters a-z, digits, "-" and "_", such as "member-day"',
        )
    return value


def _guard(value: str) -> str:
    if value == "hold" or (value.startswith("with:") and _ID.fullmatch(value.removeprefix("with:"))):
        return value
    raise refusal(f"is {shown(value)}, which is no guard")


def site_path(value: str) -> str:
    """A path that stays inside the site directory, in its plainest form."""
    if "\\" in value:
        raise refusal(f"is {shown(value)}, with backslashes", "write paths with /, as sounds/music/song.mp3")
    parts = PurePosixPath(value).parts
    if not parts or value.startswith(("/", "~")) or ".." in parts or not value.isprintable():
        raise refusal(
            f"is {shown(value)}, which does not stay inside the site directory",
            "write the path from the site directory on, as sounds/music/song.mp3",
        )
    return str(PurePosixPath(value))


def _path_or_none(value: str) -> str:
    return site_path(value) if value else value


TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]
CalendarDate = Annotated[date, BeforeValidator(_calendar_date)]
DurationS = Annotated[FiniteFloat, BeforeValidator(_duration)]
Line = Annotated[str, AfterValidator(_not_blank)]
LineOrNone = Annotated[str, AfterValidator(lambda text: _not_blank(text) if text else "")]  # "" says so on purpose
Id = Annotated[str, AfterValidator(_id)]
GuardText = Annotated[str, AfterValidator(_guard)]
SitePath = Annotated[str, AfterValidator(site_path)]
SitePathOrNone = Annotated[str, AfterValidator(_path_or_none)]  # "" says "none, on purpose"
