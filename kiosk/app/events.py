"""Events for a virtual day: JSON lines that say when somebody presses, pages or asks, checked as strictly as a site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from kiosk.desks.messages import Message, PageAsked, Pressed, ScriptAsked
from kiosk.errors import Problem, SiteError
from kiosk.rules.broadcast.paging import PageRequest, Title, Whom
from kiosk.units import ScriptId

OPERATOR = "events"


class _Event(BaseModel):
    model_config = ConfigDict(extra="forbid")
    at: time


class _Press(_Event):
    do: Literal["press"]
    button: str


class _Page(_Event):
    do: Literal["page"]
    to: Whom
    title: Title
    name: Annotated[str, Field(min_length=1, max_length=30)]


class _Script(_Event):
    do: Literal["urgent", "evacuate", "script"]
    script: str


class _Reset(_Event):
    do: Literal["reset"]


_ANY: TypeAdapter[_Press | _Page | _Script | _Reset] = TypeAdapter(
    Annotated[_Press | _Page | _Script | _Reset, Field(discriminator="do")]
)


@dataclass(frozen=True, slots=True)
class Happening:
    """A message to the desk at a moment of the virtual day."""

    at: datetime
    message: Message


def read_events(file: Path, day: date, zone: tzinfo, reset_button: str) -> tuple[Happening, ...]:
    """The events of a file in the order of time. Raises SiteError with every line that is wrong."""
    problems: list[Problem] = []
    happenings = []
    for number, line in _lines(file, problems):
        try:
            event = _ANY.validate_json(line)
        except ValidationError as error:
            for detail in error.errors():
                place = ".".join(str(part) for part in detail["loc"][1:])
                what = f"{place}: {detail['msg']}" if place else str(detail["msg"])
                problems.append(Problem(file.name, f"line {number}", what, "see kiosk render --help"))
            continue
        at = datetime.combine(day, event.at, tzinfo=zone)
        happenings.append(Happening(at, _message(event, reset_button)))
    if problems:
        raise SiteError(tuple(problems))
    return tuple(sorted(happenings, key=lambda happening: happening.at))


def _lines(file: Path, problems: list[Problem]) -> Iterator[tuple[int, str]]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(str(file), "", f"cannot be read: {error}", "name a UTF-8 file of JSON lines"))
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                json.loads(line)
            except json.JSONDecodeError as error:
                problems.append(Problem(file.name, f"line {number}", f"is not JSON: {error.msg}", "one object a line"))
            else:
                yield number, line


def _message(event: _Press | _Page | _Script | _Reset, reset_button: str) -> Message:
    match event:
        case _Press():
            return Pressed(event.button, OPERATOR)
        case _Page():
            return PageAsked(PageRequest(event.to, event.title, event.name), OPERATOR)
        case _Script():
            return ScriptAsked(ScriptId(event.script), OPERATOR)
        case _Reset():
            return Pressed(reset_button, OPERATOR)
