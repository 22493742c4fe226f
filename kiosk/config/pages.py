"""Checks the binder: what a page says, when it may air, and whether it ever will (B06, B07, B09)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.config.days import clock, hours, seconds_from, span
from kiosk.config.findings import Findings, Loc, Source
from kiosk.config.names import Names
from kiosk.config.schema import BinderDefaultsTable, ScriptTable
from kiosk.config.sections import Entry, Sections
from kiosk.config.sounds import sound_fault
from kiosk.config.words import complete, fit_to_say, titled
from kiosk.rules.broadcast.binder import dues
from kiosk.rules.broadcast.day import BusinessDay, DayType
from kiosk.rules.broadcast.material import AirClass, Script, Window
from kiosk.units import LANGUAGES, Language, ScriptId, ZoneId

_ANY_DAY = date(2026, 6, 15)  # for asking on which of the day types a window is reached; no clock change near it


@dataclass(frozen=True, slots=True)
class Binder:
    """The pages in their order, and the light music round those that name none."""

    scripts: tuple[Script, ...]
    prelude: str | None
    postlude: str | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a page is checked against. today: None leaves out what depends on the date.

    languages: those of pages that name none.
    """

    root: Path
    names: Names
    day_types: Mapping[str, DayType]
    zone: ZoneInfo
    today: date | None
    languages: tuple[Language, ...] = LANGUAGES[:1]


def binder_of(sections: Sections, around: Surroundings, findings: Findings) -> Binder:
    """The binder; whether it may be used, the findings say."""
    source = sections.source
    sections.tell_duplicates("scripts")
    defaults = sections.one("defaults", BinderDefaultsTable, BinderDefaultsTable)
    entries = sections.many("scripts", ScriptTable)
    sections.finish()
    prelude = postlude = None
    if defaults is not None:
        prelude = _sound(source, ("defaults", "prelude"), defaults.prelude, around.root, findings)
        postlude = _sound(source, ("defaults", "postlude"), defaults.postlude, around.root, findings)
    scripts = tuple(_PageCheck(source, around, findings, entry).script() for entry in entries)
    if defaults is not None:
        framed = (defaults.prelude is not None, defaults.postlude is not None)
        for entry in entries:
            _tell_bare(source, entry, framed, findings)
    return Binder(scripts, prelude, postlude)


def _sound(source: Source, loc: Loc, path: str | None, root: Path, findings: Findings) -> str | None:
    """The path when its file is there; otherwise None, and the announcement airs without it."""
    fault = sound_fault(root, path) if path else None
    if fault is None:
        return path
    findings.missing_sound(source, loc, *fault)
    return None


def _tell_bare(source: Source, entry: Entry[ScriptTable], framed: tuple[bool, bool], findings: Findings) -> None:
    """An announcement opens with light music and is closed by music again (B09)."""
    table = entry.value
    if table.air_class == "evacuation":
        return
    for key, own, default in (("prelude", table.prelude, framed[0]), ("postlude", table.postlude, framed[1])):
        if own is None and not default:
            remedy = f'name a {key} here or under [defaults], or write {key} = "" if none is wanted'
            findings.warning(source, entry.loc, f"has no {key}, and neither have the defaults (B09)", remedy)


class _PageCheck:
    """One page of the binder, checked against its surroundings."""

    def __init__(self, source: Source, around: Surroundings, findings: Findings, entry: Entry[ScriptTable]) -> None:
        self._source = source
        self._around = around
        self._findings = findings
        self._table = entry.value
        self._loc = entry.loc
        own = entry.value.languages
        self._languages = around.languages if own is None else tuple(Language(one) for one in dict.fromkeys(own))

    def script(self) -> Script:
        """The page; whether it may be used, the findings say."""
        table = self._table
        window = None if table.window is None else Window(table.window.start, table.window.end)
        script = Script(
            id=ScriptId(table.id),
            title=table.title.by_language(),
            text=table.text.by_language(),
            air_class=AirClass(table.air_class),
            recordings=self._recordings(),
            languages=self._languages,
            valid_from=table.valid_from,
            valid_until=table.valid_until,
            window=window,
            interval_s=table.interval,
            zones=tuple(ZoneId(zone) for zone in dict.fromkeys(table.zones)),
            policy=table.policy,
            prelude=_sound(self._source, (*self._loc, "prelude"), table.prelude, self._around.root, self._findings),
            postlude=_sound(self._source, (*self._loc, "postlude"), table.postlude, self._around.root, self._findings),
        )
        self._words()
        self._validity()
        for at, zone in enumerate(table.zones):
            self._around.names.check_zone(self._source, (*self._loc, "zones", at), zone, self._findings)
        if table.zones and table.air_class == "evacuation":
            what = "names zones, but an evacuation is heard in the whole store"
            self._findings.warning(self._source, (*self._loc, "zones"), what, "take the line out")
        if window is not None:
            self._window(script, window)
        elif table.interval is not None:
            self._error(
                ("interval",), "has no window to repeat in", "add window = { start = 10:00:00, end = 20:00:00 }"
            )
        return script

    def _recordings(self) -> dict[Language, str]:
        """The recordings whose files are there; a text stands in for one that is not."""
        named = self._table.recording.by_language(self._languages[0])
        found = {}
        for language, path in named.items():
            fault = sound_fault(self._around.root, path)
            if fault is None:
                found[language] = path
                continue
            what, remedy = fault
            inner = ("recording",) if len(named) == 1 else ("recording", language)
            if self._table.text.by_language():
                what = f"{what}; the text is spoken instead"
                self._findings.missing_sound(self._source, (*self._loc, *inner), what, remedy)
            else:
                self._error(inner, what, remedy)
        return found

    def _words(self) -> None:
        table = self._table
        titled(self._source, (*self._loc, "title"), table.title, self._findings)
        texts, recordings = table.text.by_language(), table.recording.by_language(self._languages[0])
        if not texts and not recordings:
            self._error((), "has neither a recording nor a text", 'add text.zh-CN = "…" or recording = "…"')
            return
        complete(self._source, (*self._loc, "text"), table.text, self._findings)
        fit_to_say(self._source, (*self._loc, "text"), table.text, self._findings)
        for language in self._languages:
            if language not in texts and language not in recordings:
                what = f"is to be heard in {language}, but has neither a recording nor a text in it"
                remedy = f'add text.{language} = "…", or write languages without it'
                self._findings.warning(self._source, (*self._loc, "languages"), what, remedy)

    def _validity(self) -> None:
        start, end, today = self._table.valid_from, self._table.valid_until, self._around.today
        if start is not None and end is not None and end < start:
            what = f"is valid from {start.isoformat()} but only until {end.isoformat()}"
            self._error(("valid_until",), what, "choose an end on or after the start")
        elif end is not None and today is not None and end < today:
            what = f"expired on {end.isoformat()} and airs no more (B07)"
            remedy = "take the page out of the binder or set a later date"
            self._findings.warning(self._source, (*self._loc, "valid_until"), what, remedy)

    def _window(self, script: Script, window: Window) -> None:
        if script.air_class is not AirClass.ROUTINE:
            what = (
                f"has a window although it is {script.air_class.value}: such a page airs only when a person asks for it"
            )
            self._error(("window",), what, 'take the window out, or write class = "routine"')
            return
        if window.start == window.end:
            what = f"starts and ends at {clock(window.start)}"
            self._error(("window",), what, "give it an end after its start; a page without interval airs at the start")
            return
        if self._around.day_types:
            self._reach(script, window)

    def _reach(self, script: Script, window: Window) -> None:
        """Whether there is a kind of day on which the page comes up at all."""
        always = replace(script, valid_from=None, valid_until=None)
        days = [BusinessDay(_ANY_DAY, day_type, self._around.zone) for day_type in self._around.day_types.values()]
        if any(dues(always, day) for day in days):
            return
        when = span(window.start, window.end)
        if not any(_overlaps(window, day) for day in self._around.day_types.values()):
            what = f"{when} lies outside the broadcast hours of every day type"
        else:
            again = "" if script.interval_s is None else f" and every {script.interval_s / 60:g} min after"
            what = f"comes up at {clock(window.start)}{again}, which is never within the broadcast hours"
        self._error(("window",), what, f"the broadcast hours are: {hours(self._around.day_types)}")

    def _error(self, inner: tuple[str, ...], what: str, remedy: str) -> None:
        self._findings.error(self._source, (*self._loc, *inner), what, remedy)


def _overlaps(window: Window, day: DayType) -> bool:
    """Whether a window and the broadcast hours share a moment of the clock."""
    opens, closes = day.begins, day.ends
    return _within(window.start, opens, closes) or _within(opens, window.start, window.end)


def _within(at: time, start: time, end: time) -> bool:
    return seconds_from(start, at) < (seconds_from(start, end) or 24 * 3600)
