"""Events for a virtual day: JSON lines that say when somebody presses, pages or asks, checked as strictly as a site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from kiosk.config.plain import sentences
from kiosk.config.values import named, refusal
from kiosk.desks.broadcast.messages import Message, PageAsked, Pressed, ScriptAsked
from kiosk.errors import Problem, SiteError
from kiosk.rules.broadcast.paging import PageRequest, Reason, Title, Whom
from kiosk.units import Language, ScriptId, ZoneId

OPERATOR = "events"
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,6}))?)?", re.ASCII)


def _moment(value: object) -> time:
    found = _TIME.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise refusal(f"is {named(value)}, not a time of day")
    hour, minute, second, fraction = found.groups()
    return time(int(hour), int(minute), int(second or 0), int((fraction or "").ljust(6, "0")))


class _Event(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    at: Annotated[time, BeforeValidator(_moment)] = Field(description='the store\'s time, "10:03:20.500" or "10:03"')


class _Press(_Event):
    do: Literal["press"]
    button: str = Field(description="the id of a button of site.toml")


class _Page(_Event):
    do: Literal["page"]
    to: Literal["guest", "staff"] = Field(description='"guest" or "staff"')
    title: Literal["mr", "ms"] = Field(description='"mr" or "ms"')
    name: Annotated[str, Field(min_length=1, max_length=30)] = Field(description="a name of 1 to 30 characters")
    reason: Literal["friend", "call", "vehicle", "child", "property"] | None = Field(
        default=None, description='"friend", "call", "vehicle", "child" or "property"'
    )
    place: Annotated[str, Field(max_length=40)] = Field(default="", description="where to come to")
    plate: str = Field(default="", description='a number plate, with the reason "vehicle"')
    language: Literal["zh-CN", "zh-TW", "en"] = Field(default="zh-CN", description='"zh-CN", "zh-TW" or "en"')
    zones: list[str] = Field(default_factory=list, description="a list of ids of zones of site.toml")


class _Script(_Event):
    do: Literal["urgent", "evacuate", "script"]
    script: str = Field(description="the id of a page of binder.toml")


class _Reset(_Event):
    do: Literal["reset"]


_EVENTS: Mapping[str, type[_Press | _Page | _Script | _Reset]] = {
    "press": _Press,
    "page": _Page,
    "urgent": _Script,
    "evacuate": _Script,
    "script": _Script,
    "reset": _Reset,
}
_KINDS = ", ".join(f'"{name}"' for name in _EVENTS)


@dataclass(frozen=True, slots=True)
class Happening:
    """A message to the desk at a moment of the virtual day."""

    at: datetime
    message: Message


def read_events(file: Path, day: date, zone: tzinfo, reset_button: str) -> tuple[Happening, ...]:
    """The events of a file in the order of time. Raises SiteError with every line that is wrong."""
    problems: list[Problem] = []
    happenings = []
    for number, raw in _lines(file, problems):
        found, event = _event(raw)
        problems.extend(_problem(file, number, what, remedy) for what, remedy in found)
        if event is None:
            continue
        at = datetime.combine(day, event.at, tzinfo=zone)
        happenings.append(Happening(at, _message(event, reset_button)))
    if problems:
        raise SiteError(tuple(problems))
    return tuple(sorted(happenings, key=lambda happening: happening.at))


def _lines(file: Path, problems: list[Problem]) -> Iterator[tuple[int, object]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem(str(file), "", "is not text in UTF-8", "save it as UTF-8"))
        return
    except OSError as error:
        problems.append(Problem(str(file), "", f"cannot be read: {error.strerror}", "name a file of JSON lines"))
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (json.JSONDecodeError, RecursionError):
                problems.append(_problem(file, number, "is not JSON", 'write {"at":"10:03:20","do":…} on a line'))


def _problem(file: Path, number: int, what: str, remedy: str) -> Problem:
    return Problem(file.name, f"line {number}", what, remedy)


def _event(raw: object) -> tuple[list[tuple[str, str]], _Press | _Page | _Script | _Reset | None]:
    """The event of a line; None with what is wrong about it and what would be right."""
    kind = raw.get("do") if isinstance(raw, dict) else None
    table = _EVENTS.get(kind) if isinstance(kind, str) else None
    if not isinstance(raw, dict):
        return [(f"is {named(raw)}, not an event", 'write {"at":"10:03:20","do":…} on a line')], None
    if table is None:
        what = "do is missing" if "do" not in raw else f"do is {named(kind)}, which is nothing that happens"
        return [(what, f"one of {_KINDS}")], None
    try:
        return [], table.model_validate(raw)
    except ValidationError as error:
        return [
            (what if what.startswith("unknown key") else f"{'.'.join(map(str, loc))} {what}", remedy)
            for loc, what, remedy in sentences(error, table, raw)
        ], None


def _message(event: _Press | _Page | _Script | _Reset, reset_button: str) -> Message:
    match event:
        case _Press():
            return Pressed(event.button, OPERATOR)
        case _Page():
            request = PageRequest(
                Whom(event.to),
                Title(event.title),
                event.name,
                None if event.reason is None else Reason(event.reason),
                event.place,
                Language(event.language),
                event.plate,
                tuple(ZoneId(zone) for zone in event.zones),
            )
            return PageAsked(request, OPERATOR)
        case _Script():
            return ScriptAsked(ScriptId(event.script), OPERATOR)
        case _Reset():
            return Pressed(reset_button, OPERATOR)
