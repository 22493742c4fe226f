"""The report of a broadcast day, from the ledger and the site: as values, as a table, as a page with its picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kiosk.app.office import Office
from kiosk.app.reports import as_run_table, as_run_values
from kiosk.display.day_picture import DayNotes, Daypart, draw_day
from kiosk.display.report_page import Setting, report_page
from kiosk.display.report_words import PICTURE, words_of
from kiosk.display.wording import title_of
from kiosk.ledger import audit
from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.selfchecks import SelfChecks
from kiosk.ledger.store import Ledger
from kiosk.rules.broadcast.as_run import AsRun
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.day_report import DayReport, Noted, late_s, report_on, span_of
from kiosk.rules.broadcast.programme import Item, Kind, Programme
from kiosk.rules.broadcast.selfcheck import state_line
from kiosk.units import LANGUAGES, Language


def gathered(office: Office, book: Ledger, day: date, now: datetime) -> tuple[BusinessDay, DayReport]:
    """What the ledger says of a business day, summed up. Raises LedgerFault, ValueError for an unknown day type."""
    zone = office.site.zone_info
    business_day, _ = office.business_day(day)
    begin, end = span_of(business_day)
    with book.read() as connection:
        noted = [
            Noted(line.at, line.actor, line.action, line.subject, line.details)
            for line in audit.between(connection, zone, begin, end)
        ]
    pages = AsRunPages(book, zone)
    before = pages.of_day(day - timedelta(days=1)) if business_day.joins_before else ()
    checks = SelfChecks(book, zone).of_day(day)
    return business_day, report_on(business_day, pages.of_day(day), noted, checks, now, before)


def values(report: DayReport) -> dict[str, Any]:
    """For JSON."""
    late = report.lateness
    return {
        "date": report.date.isoformat(),
        "opens": _iso(report.opens),
        "until": _iso(report.until),
        "announcements": len(report.announcements),
        "lateness_s": None if late is None else {name: round(value, 3) for name, value in asdict(late).items()},
        "silence_s": round(report.silence_s, 3),
        "holes": [{"start": _iso(hole.start), "seconds": round(hole.seconds, 3)} for hole in report.holes],
        "songs": {
            "plays": report.rotation.songs,
            "different": report.rotation.different,
            "per_hour": [list(pair) for pair in report.rotation.per_hour],
            "shortest_rest_s": report.rotation.shortest_rest_s,
        },
        "items": [as_run_values(line) | {"late_s": _rounded(late_s(line))} for line in report.lines],
        "unheard": [as_run_values(line) for line in report.unheard],
        "refusals": [_note_values(note) for note in report.refusals],
        "events": [_note_values(note) for note in report.events],
        "self_checks": [
            {
                "occasion": check.occasion.value,
                "ended": _iso(check.ended),
                "verdict": check.verdict.value,
                "faults": [finding.what for finding in check.faults],
            }
            for check in report.self_checks
        ],
    }


def table(report: DayReport, office: Office, language: Language) -> RenderableType:
    """For a terminal: announcements and what was not as planned, then the figures."""
    say, titles = words_of(language), office.titles
    late = report.lateness
    figures = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    rows = [
        (say["announcements"], str(len(report.announcements))),
        (say["lateness"], "–" if late is None else f"{late.median_s:.2f} s   p95 {late.p95_s:.2f} s"),
        (say["largest"], "–" if late is None else f"{late.max_s:.2f} s"),
        (say["silence"], f"{report.silence_s:.1f} s"),
        (say["unheard"], str(len(report.unheard))),
        (say["refusals"], str(len(report.refusals))),
        (say["songs"], " ".join(f"{hour:02}:{count}" for hour, count in report.rotation.per_hour) or "–"),
        (say["self_check"], "; ".join(state_line(check) for check in report.self_checks) or say["no_check"]),
    ]
    for name, value in rows:
        figures.add_row(Text(name, "bold"), Text(value))
    refusals = [
        Text(f"{note.at:%H:%M:%S} {note.actor}: {note.subject}: {note.details.get('why', '')}", "yellow")
        for note in report.refusals
    ]
    wanted = {*report.announcements, *report.unheard}
    lines = [line for line in report.lines if line in wanted]
    return Group(as_run_table(lines, titles), *refusals, figures)


def page(report: DayReport, day: BusinessDay, office: Office, language: Language) -> str:
    """The page to print."""
    site = office.site
    setting = Setting(
        store=_in(site.name, language),
        day_type=_in(day.day_type.title, language) or day.day_type.id,
        language=language,
        zone=day.zone,
        titles=titles_in(office, language),
        picture=picture(report, day, office, language),
    )
    return report_page(report, setting)


def titles_in(office: Office, language: Language) -> dict[str, str]:
    """What people call the scripts in a language."""
    return {script.id: _in(script.title, language) or script.id for script in office.site.binder}


def picture(report: DayReport, day: BusinessDay, office: Office, language: Language) -> bytes:
    """What was heard as a picture, what had been planned as a thin line below it."""
    titles, say = titles_in(office, language), words_of(language)
    heard = [
        _heard(line, report.until)
        for line in report.lines
        if line.real_start is not None and line.kind is not Kind.TEST_TONE  # it would cost the picture a row of its own
    ]
    heard.sort(key=lambda item: item.start)
    told = tuple(f"{title_of(line.id, titles)}: {line.outcome.value}, {line.reason}" for line in report.unheard)
    notes = DayNotes(
        titles=titles,
        dayparts=tuple(
            Daypart(str(phase.playlist), day.moment(phase.start), day.end_moment(phase))
            for phase in day.day_type.dayparts
        ),
        zone=day.zone,
        planned=tuple(item for line in report.lines if (item := _planned(line)) is not None),
        not_aired=tuple(line.due for line in report.unheard if line.due is not None and line.real_start is None),
        words={**PICTURE[language], "No warnings: the whole day is planned.": say["all_well"]},
    )
    title = f"{report.date.isoformat()}  {_in(day.day_type.title, language)}"
    return draw_day(Programme(report.date, tuple(heard), told), title=title, subtitle=say["timeline"], notes=notes)


def _heard(line: AsRun, until: datetime) -> Item:
    assert line.real_start is not None
    end = line.real_end or max(until, line.real_start)
    return Item(line.key, line.kind, line.id, line.air_class, (), (), line.real_start, end, due=line.due)


def _planned(line: AsRun) -> Item | None:
    if line.planned_start is None or line.planned_end is None:
        return None
    return Item(line.key, line.kind, line.id, line.air_class, (), (), line.planned_start, line.planned_end)


def _note_values(note: Noted) -> dict[str, Any]:
    return {
        "at": _iso(note.at),
        "actor": note.actor,
        "action": note.action,
        "subject": note.subject,
        "details": dict(note.details),
    }


def _in(words: Mapping[Language, str], language: Language) -> str:
    return next((words[one] for one in (language, *LANGUAGES) if words.get(one)), "")


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
