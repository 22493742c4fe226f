"""`kiosk report broadcast|service`: a day as it was against how it was planned; what came to the service desk."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import datetime, time, timedelta

from rich.console import Console
from rich.table import Table

from kiosk.app.commands.share import DONE, ledger_to_read, office_of, places_remembered, print_json, write
from kiosk.app.day_report import gathered, page, table, values
from kiosk.config.load import load_site
from kiosk.errors import KioskError
from kiosk.rules.service.desk_figures import DeskFigures
from kiosk.units import Language

LONGEST_DAYS = 1100


def broadcast(arguments: argparse.Namespace) -> int:
    """The report as a table, as JSON, or as a page to print."""
    where = places_remembered(arguments)
    with closing(ledger_to_read(where)) as book:
        office = office_of(where)
        now = datetime.now(office.site.zone_info)
        language = Language(arguments.language)
        try:
            day, report = gathered(office, book, arguments.date or now.date(), now)
        except ValueError as error:
            raise KioskError(str(error)) from error
    if arguments.html is not None:
        write(arguments.html, page(report, day, office, language).encode("utf-8"))
        sys.stderr.write(f"{arguments.html}: the day's report\n")
    if arguments.json:
        print_json(values(report))
    elif arguments.html is None:
        Console().print(table(report, office, language))
    return DONE


def service(arguments: argparse.Namespace) -> int:
    """The service desk's figures, without anything personal (S19, S21)."""
    from kiosk.app.sealing_key import sealing_key
    from kiosk.app.service_wiring import services_of
    from kiosk.display.service_page import minutes, service_page
    from kiosk.ledger.open_questions import LedgerOpenQuestions
    from kiosk.ledger.queue_tickets import LedgerQueue
    from kiosk.ledger.return_reasons import LedgerReturnReasons
    from kiosk.ledger.service_records import LedgerServiceRecords
    from kiosk.rules.returns.slip_words import REASONS
    from kiosk.rules.service.choices import titled
    from kiosk.rules.service.desk_figures import desk_figures
    from kiosk.rules.service.figures import figures

    where = places_remembered(arguments)
    site = load_site(where.site)
    zone, language = site.zone_info, Language(arguments.language)
    until = arguments.until or datetime.now(zone).date()
    since = arguments.since or until - timedelta(days=29)
    if not 0 <= (until - since).days <= LONGEST_DAYS:
        raise KioskError(f"from {since} to {until}: write the first day before the last, at most {LONGEST_DAYS} days")
    with closing(ledger_to_read(where)) as book:
        records = LedgerServiceRecords(lambda: book, zone, sealing_key(where.service_key))
        services = services_of(site)
        begin = datetime.combine(since, time(), zone)
        kept = [one for id in services for one in records.since(id, begin)]
        found = figures(kept, services, since, until)
        turns = LedgerQueue(lambda: book, zone).turns(since, until)
        questions = LedgerOpenQuestions(lambda: book).between(since, until)
        slips = LedgerReturnReasons(lambda: book, zone, REASONS).since(begin)
        more = desk_figures(kept, turns, questions, slips, since, until)
    if arguments.html is not None:
        page = service_page(found, services, titled(site.name, language), language, more)
        write(arguments.html, page.encode("utf-8"))
        sys.stderr.write(f"{arguments.html}: the service desk's report\n")
    if arguments.json:
        told = asdict(found) | {"since": since.isoformat(), "until": until.isoformat(), "mean_mark": found.mean_mark}
        for name in ("per_day", "per_day_mark"):
            told[name] = [(day.isoformat(), value) for day, value in told[name]]
        beside = asdict(more)
        told |= {name: beside[name] for name in ("queue", "returns", "unanswered", "others", "per_week", "per_seat")}
        told["weeks"] = [day.isoformat() for day in more.weeks]
        print_json(told)
    elif arguments.html is None:
        shown = Table(title=f"the service desk, {since} to {until}", title_justify="left")
        for heading in ("service", "cases", "until answered", "late", "open", "most often"):
            shown.add_column(heading, justify="left" if heading in ("service", "most often") else "right")
        for one in found.services:
            often = ", ".join(f"{cause} ({count})" for cause, count in one.causes[:3])
            shown.add_row(one.service, str(one.count), minutes(one.answered_s), str(one.late), str(one.open), often)
        marks = "  ".join(f"{mark}: {count}" for mark, count in found.marks)
        console = Console()
        console.print(shown)
        for line in (f"ratings  {marks}", *_beside(more)):
            console.print(line, highlight=False, markup=False, soft_wrap=True)
    return DONE


def _beside(more: DeskFigures) -> Iterator[str]:
    """Queue, returns and open questions, a line each."""
    from kiosk.display.service_page import minutes

    for one in more.queue:
        waits = f"waited {minutes(one.median_s)}, nine of ten at most {minutes(one.p90_s)}"
        yield f"queue for {one.topic}  {one.taken} numbers, {one.served} served, {one.missed} did not come; {waits}"
    if more.returns.count or more.returns.slips:
        decided = ", ".join(f"{outcome}: {count}" for outcome, count in more.returns.decided)
        reasons = ", ".join(f"{reason} ({count})" for reason, count in more.returns.reasons)
        yield f"returns  {more.returns.slips} slips; at the touchscreen {decided}; {reasons}"
    if more.unanswered:
        yield "asked and not found  " + ", ".join(f"{words} ({count})" for words, count in more.unanswered)
