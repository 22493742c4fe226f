"""Collects what is wrong with a site, each finding with a path that a person can follow."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kiosk.errors import Problem

Loc = tuple[str | int, ...]

_SINGULAR = {
    "zones": "zone",
    "outputs": "output",
    "buttons": "button",
    "scanners": "scanner",
    "printers": "printer",
    "day_types": "day_type",
    "dayparts": "daypart",
    "calls": "call",
    "scripts": "script",
    "playlists": "playlist",
    "files": "file",
    "rows": "row",
    "floors": "floor",
    "areas": "area",
    "facilities": "facility",
    "brands": "brand",
    "promotions": "promotion",
    "clauses": "clause",
    "categories": "category",
}


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the site as it was read. lines: where its tables and keys stand, counted from 1."""

    file: str
    table: Mapping[str, object]
    lines: Mapping[Loc, int] = field(default_factory=dict)

    def place(self, loc: Loc) -> str:
        """A path for people: entries count from 1 and carry their id, and the line is named where it is known."""
        words = ""
        here: object = self.table
        for step, after in zip(loc, (*loc[1:], ""), strict=True):
            here = _inside(here, step)
            if isinstance(step, int):
                name = _inside(here, "id")
                words += f"[{step + 1}]" + (f" {shown(name)}" if isinstance(name, str) and name else "")
            else:
                words += ("." if words else "") + (_SINGULAR.get(step, step) if isinstance(after, int) else step)
        line = self.line(loc)
        return f"{words} (line {line})".strip() if line else words

    def line(self, loc: Loc) -> int | None:
        """The line of the nearest thing above `loc` whose line is known."""
        while loc:
            for known in (loc, (*loc, 0)):
                if known in self.lines:
                    return self.lines[known]
            loc = loc[:-1]
        return None


class Findings:
    """Every problem found so far. blocked: whether one of them stops a start."""

    def __init__(self) -> None:
        self._found: list[Problem] = []
        self.blocked = False

    def error(self, source: Source | str, loc: Loc, what: str, remedy: str) -> None:
        """Something that a person must mend before anything starts."""
        self.blocked = True
        self._add(source, loc, what, remedy, "error")

    def missing_sound(self, source: Source, loc: Loc, what: str, remedy: str) -> None:
        """An error to mend, but something stands in for the sound, so the store does not stay silent for it (B03)."""
        self._add(source, loc, what, remedy, "error")

    def warning(self, source: Source | str, loc: Loc, what: str, remedy: str) -> None:
        """Something that a person should look at; nothing stops for it."""
        self._add(source, loc, what, remedy, "warning")

    def problems(self) -> tuple[Problem, ...]:
        """Every problem, errors first, otherwise in the order of the files; the same thing is told once."""
        return tuple(sorted(dict.fromkeys(self._found), key=lambda problem: problem.severity != "error"))

    def _add(self, source: Source | str, loc: Loc, what: str, remedy: str, severity: str) -> None:
        file, place = (source, "") if isinstance(source, str) else (source.file, source.place(loc))
        self._found.append(Problem(file, place, what, remedy, severity))


def did_you_mean(wrong: str, known: Iterable[str], *, kind: str) -> str:
    """A remedy that names the likeliest right name and then all of them. kind: their plural ("zones")."""
    names = list(dict.fromkeys(known))
    if not names:
        return f"there are no {kind} yet"
    folded = {name.casefold(): name for name in names}
    close = difflib.get_close_matches(wrong.casefold()[:80], folded, n=1, cutoff=0.5)
    listed = f"The {kind} are {', '.join(names)}." if len(names) <= 16 else ""
    guess = f'did you mean "{folded[close[0]]}"?' if close else ""
    return " ".join(part for part in (guess, listed) if part) or f"there are {len(names)} {kind}"


def shown(value: object) -> str:
    """A value of the file in a few words, cut short where it is long."""
    text = str(value)
    return f'"{text if len(text) <= 40 else text[:37] + "..."}"'


def _inside(value: object, step: str | int) -> object:
    if isinstance(value, dict) and isinstance(step, str):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
        return value[step]
    return None
