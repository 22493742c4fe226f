"""How things are called and timed before people: titles for ids, clock times, lengths, lateness."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime, tzinfo
from functools import partial
from types import MappingProxyType

from rich.cells import cell_len

LACKING = "\ufffd"
NO_TITLES: Mapping[str, str] = MappingProxyType({})
MINUTE_S = 60
HOUR_S = 3600


def printable(text: str) -> str:
    """The text without anything that could move a terminal's cursor or break a line; what no font has is a "\ufffd"."""
    return text if text.isprintable() else "".join(map(_printable, text))


def _printable(char: str) -> str:
    if char.isprintable():
        return char
    return LACKING if unicodedata.category(char) in ("Co", "Cn", "Cs") else " "


def written_in(text: str, encoding: str) -> str:
    """The text with a question mark for each cell of what an encoding cannot write."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(map(partial(_written, encoding), text)) if len(text) > 1 else "?" * cell_len(text)
    return text


def _written(encoding: str, char: str) -> str:
    return written_in(char, encoding)


def title_of(id: str, titles: Mapping[str, str]) -> str:
    """The title a store gave to an id, else the id made readable: "music/morning_tea" is "Morning tea"."""
    if title := titles.get(id):
        return printable(title)
    name = printable(id.rsplit("/", 1)[-1].replace("_", " ")).strip() or printable(id)
    return name[:1].upper() + name[1:]


def clock(at: datetime, zone: tzinfo | None) -> str:
    """A moment as the store's clocks show it, with seconds."""
    return f"{at.astimezone(zone):%H:%M:%S}"


def short_clock(at: datetime, zone: tzinfo | None) -> str:
    """A moment in hours and minutes, with seconds only where they are not zero."""
    local = at.astimezone(zone)
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def length(seconds: float) -> str:
    """A length as players show it: 0:07, 3:05, 1:02:03."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, HOUR_S)
    minutes, left = divmod(rest, MINUTE_S)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def span(seconds: float) -> str:
    """A length in words: 40 s, 12 min, 3 h 05 min."""
    whole = max(0, int(seconds))
    if whole < MINUTE_S:
        return f"{whole} s"
    hours, rest = divmod(whole, HOUR_S)
    return f"{hours} h {rest // MINUTE_S:02} min" if hours else f"{rest // MINUTE_S} min"


def signed(seconds: float, digits: int = 1) -> str:
    """How late in seconds, with its sign: +0.3, −12, 0.0; minutes from a hundred seconds on."""
    size = abs(seconds)
    if size < 0.5 * 10.0**-digits:
        return f"{0:.{digits}f}"
    sign = "+" if seconds > 0 else "−"
    if size < 9.95:
        return f"{sign}{size:.{digits}f}"
    return f"{sign}{size:.0f}" if size < 99.5 else f"{sign}{length(size)}"
