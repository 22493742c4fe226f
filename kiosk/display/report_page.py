"""The report of a broadcast day as one page to print: no script, nothing from elsewhere, every word escaped."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from html import escape

from kiosk.display.markup import Markup, whole_page
from kiosk.display.markup import join as _join
from kiosk.display.markup import section as _section
from kiosk.display.markup import tag as _tag
from kiosk.display.report_words import NAMES, words_of
from kiosk.display.wording import clock, printable, signed, span, title_of
from kiosk.rules.broadcast.as_run import AsRun
from kiosk.rules.broadcast.checks import WHO_NAMES
from kiosk.rules.broadcast.day_report import DayReport, Noted, late_s
from kiosk.rules.broadcast.selfcheck import Finding, Report, Result
from kiosk.units import Language

PUNCTUAL_S, LATE_S = 1.0, 10.0
SIGNS = {Result.OK: "✓", Result.FAULT: "✗", Result.UNKNOWN: "–"}
_TONES = {Result.OK: "good", Result.FAULT: "bad", Result.UNKNOWN: "warn"}


@dataclass(frozen=True, slots=True)
class Setting:
    """store, day_type: as the store calls them. titles: of scripts, by id. picture: the timeline as PNG."""

    store: str
    day_type: str
    language: Language
    zone: tzinfo
    titles: Mapping[str, str]
    picture: bytes


def report_page(report: DayReport, setting: Setting) -> str:
    """The whole page; the same for the same report."""
    return _Page(report, setting).whole()


class _Page:
    def __init__(self, report: DayReport, setting: Setting) -> None:
        self.report = report
        self.setting = setting
        self.say = words_of(setting.language)
        self.names = NAMES[setting.language]

    def whole(self) -> str:
        say, report = self.say, self.report
        title = f"{self.setting.store} · {say['report']} {report.date.isoformat()}"
        body = [
            self._head(),
            self._tiles(),
            self._figure(),
            _section(say["announcements"], self._announcements(report.announcements), "announcements"),
            _section(say["unheard"], self._unheard(), "unheard"),
            _section(say["self_check"], self._self_checks(), "self-check"),
            _section(say["refusals"], self._notes(report.refusals), "refusals"),
            _section(say["events"], self._notes(report.events), "events"),
            _section(say["per_hour"], self._songs(), "songs"),
            _section(say["holes"], self._holes(), "holes"),
            _section(say["all_items"], self._announcements(report.lines), "items"),
        ]
        return whole_page(title, self._language(), *body)

    def _language(self) -> str:
        return str(self.setting.language)

    def _head(self) -> Markup:
        say, report, zone = self.say, self.report, self.setting.zone
        hours = say["hours"].format(f"{report.opens.astimezone(zone):%H:%M}", f"{report.until.astimezone(zone):%H:%M}")
        return _tag(
            "header",
            _join(
                _tag("p", say["report"], "eyebrow"),
                _tag("h1", self.setting.store),
                _tag("p", f"{report.date.isoformat()} · {self.setting.day_type} · {hours}", "sub"),
            ),
        )

    def _tiles(self) -> Markup:
        say, report = self.say, self.report
        late = report.lateness
        checks = [check for check in report.self_checks if check.faults]
        latest = report.self_checks[-1] if report.self_checks else None
        checked = "–" if latest is None else SIGNS[latest.verdict]
        tiles = [
            (str(len(report.announcements)), say["announcements"], ""),
            (str(report.rotation.songs), say["songs"], ""),
            (
                "–" if late is None else f"{late.median_s:.1f} s",
                say["lateness"],
                _late_tone(late.median_s if late else None),
            ),
            ("–" if late is None else f"{late.max_s:.1f} s", say["largest"], _late_tone(late.max_s if late else None)),
            (f"{report.silence_s:.0f} s", say["silence"], "bad" if report.holes else "good"),
            (str(len(report.unheard)), say["unheard"], "warn" if report.unheard else "good"),
            (str(len(report.refusals)), say["refusals"], "warn" if report.refusals else "good"),
            (checked, say["self_check"], "bad" if checks else "good" if latest else "warn"),
        ]
        return _tag(
            "div",
            _join(
                *(
                    _tag("div", _join(_tag("b", value, tone), _tag("span", label)), "tile")
                    for value, label, tone in tiles
                )
            ),
            "tiles",
        )

    def _figure(self) -> Markup:
        data = b64encode(self.setting.picture).decode("ascii")
        image = Markup(f'<img alt="{escape(self.say["timeline"])}" src="data:image/png;base64,{data}">')
        return _tag("figure", _join(image, _tag("figcaption", self.say["timeline"])))

    def _announcements(self, lines: Sequence[AsRun]) -> Markup:
        say = self.say
        headings = [
            say[key] for key in ("due", "planned", "real", "late", "kind", "what", "outcome", "operator", "level")
        ]
        return self._table(headings, (self._item(line) for line in lines), right={3, 8})

    def _item(self, line: AsRun) -> list[str]:
        late = late_s(line)
        outcome = self._named(line.outcome.value)
        return [
            self._clock(line.due),
            self._clock(line.planned_start),
            self._clock(line.real_start),
            "" if late is None else _tag("span", f"{signed(late)} s", _late_tone(abs(late))),
            self._named(line.kind.value),
            title_of(line.id, self.setting.titles),
            outcome if line in self._fine else _tag("span", outcome, "bad"),
            line.operator or self.say["desk"],
            "" if line.level_dbfs is None else f"{line.level_dbfs:.0f} dBFS",
        ]

    @property
    def _fine(self) -> frozenset[AsRun]:
        return frozenset(self.report.lines) - frozenset(self.report.unheard)

    def _unheard(self) -> Markup:
        say = self.say
        if not self.report.unheard:
            return _tag("p", f"✓ {say['all_well']}", "good")
        rows = (
            [
                self._clock(line.due or line.planned_start or line.real_start),
                title_of(line.id, self.setting.titles),
                self._named(line.outcome.value),
                line.phase,
                printable(line.reason),
            ]
            for line in self.report.unheard
        )
        return self._table([say["at"], say["what"], say["outcome"], "", say["reason"]], rows)

    def _self_checks(self) -> Markup:
        if not self.report.self_checks:
            return _tag("p", self.say["no_check"], "warn")
        return _join(*(self._self_check(check) for check in self.report.self_checks))

    def _self_check(self, check: Report) -> Markup:
        say = self.say
        count = len(check.faults)
        verdict = say["faults"].format(count) if count else say["all_fine"]
        title = f"{self._clock(check.ended)} · {self._named(check.occasion.value)} · {verdict}"
        rows = (self._finding(finding) for finding in check.findings)
        table = self._table(["", say["check"], say["found"], say["to_do"]], rows)
        return _join(_tag("h3", title, "bad" if count else "good"), table)

    def _finding(self, finding: Finding) -> list[str]:
        check, language = finding.check, self.setting.language
        mend = finding.result is Result.FAULT
        return [
            _tag("span", SIGNS[finding.result], _TONES[finding.result]),
            check.title[language],
            printable(finding.what),
            f"{WHO_NAMES[check.who][language]}: {check.remedy[language]}" if mend else "",
        ]

    def _notes(self, notes: Sequence[Noted]) -> Markup:
        say = self.say
        rows = (
            [
                self._clock(note.at),
                printable(note.actor),
                printable(note.action),
                printable(note.subject),
                printable(", ".join(f"{name}: {value}" for name, value in note.details.items())),
            ]
            for note in notes
        )
        return self._table([say["at"], say["who"], say["did"], say["what"], say["details"]], rows)

    def _songs(self) -> Markup:
        rotation = self.report.rotation
        rest = "–" if rotation.shortest_rest_s is None else span(rotation.shortest_rest_s)
        summary = _tag("p", self.say["repeats"].format(rotation.songs, rotation.different, rest))
        most = max((count for _, count in rotation.per_hour), default=1)
        bars = _join(
            *(
                _tag(
                    "li",
                    _join(
                        _tag("b", str(count)),
                        Markup(f'<i style="height:{round(100 * count / most)}%"></i>'),
                        _tag("span", f"{hour:02}"),
                    ),
                )
                for hour, count in rotation.per_hour
            )
        )
        return _join(summary, _tag("ol", bars, "bars"))

    def _holes(self) -> Markup:
        rows = ([self._clock(hole.start), f"{hole.seconds:.1f} s"] for hole in self.report.holes)
        return self._table([self.say["from"], self.say["length"]], rows)

    def _table(self, headings: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> Markup:
        """Cells that are Markup stand as they are; nothing to show is said."""
        sides = ["r" if place in set(right) else "" for place in range(len(headings))]
        body = _join(
            *(
                _tag("tr", _join(*(_tag("td", cell, side) for cell, side in zip(row, sides, strict=True))))
                for row in rows
            )
        )
        if not body:
            return _tag("p", self.say["nothing"], "none")
        head = _tag("tr", _join(*(_tag("th", text, side) for text, side in zip(headings, sides, strict=True))))
        return _tag("table", _join(_tag("thead", head), _tag("tbody", body)))

    def _named(self, value: str) -> str:
        return self.names.get(value, value)

    def _clock(self, at: datetime | None) -> str:
        return "" if at is None else clock(at, self.setting.zone)


def _late_tone(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return "good" if seconds <= PUNCTUAL_S else "warn" if seconds <= LATE_S else "bad"
