"""The service desk from a terminal: `kiosk service list|show|new|do|print|export|birthdays`, each with person and PIN.

It works on the ledger itself, beside a running front role or without one, by the same desk and the same rules.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kiosk.app.commands.lockers import DONE, PROBLEMS
from kiosk.app.commands.proof import proven
from kiosk.app.commands.share import places_in_use, print_json, write
from kiosk.app.printing import print_queue, printer_of
from kiosk.app.service_wiring import service_desk
from kiosk.config.load import load_site
from kiosk.desks.service.messages import DeedAsked
from kiosk.desks.service.service_desk import ServiceDesk
from kiosk.errors import KioskError
from kiosk.hw.clock import SystemClock
from kiosk.ledger.pages import LedgerPages
from kiosk.ledger.people import PeoplePages
from kiosk.ledger.print_jobs import LedgerPrintQueue
from kiosk.ledger.store import open_ledger
from kiosk.rules.broadcast.page_watch import Stage
from kiosk.rules.forms.form import Choice, Form, Notice, problem
from kiosk.rules.people.person import Person
from kiosk.rules.service import member
from kiosk.rules.service.choices import titled
from kiosk.rules.service.printed import form_of, history, in_words, sheet_of, table
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import Service
from kiosk.units import Language

PRIVATE = 0o600
EVER = date(2000, 1, 1)


def _tell(text: str) -> None:
    sys.stderr.write(f"kiosk: {text}\n")


class ServiceCounter:
    """The service desk, and the registered person before it. Raises LedgerFault, DeviceFault, KioskError."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        where = self.where = places_in_use(arguments)
        self.site = load_site(where.site)
        self.ledger = open_ledger(where.ledger)
        self.zone = self.site.zone_info
        clock = SystemClock(self.zone)
        self.desk: ServiceDesk = service_desk(self.site, where, lambda: self.ledger, clock, _tell)
        self._arguments = arguments

    def __enter__(self) -> ServiceCounter:
        return self

    def __exit__(self, *_: object) -> None:
        self.ledger.close()

    @property
    def now(self) -> datetime:
        return datetime.now(self.zone)

    def acting(self) -> Person:
        """Who gives the command, proven by a PIN."""
        return proven(self._arguments, PeoplePages(self.ledger, b""), self.now)

    @property
    def print_queue(self) -> LedgerPrintQueue:
        """What waits to be printed."""
        return print_queue(self.where, lambda: self.ledger, self.zone)

    def printer(self, named: str) -> str:
        """The printer of that name, else the first. Raises KioskError where there is none."""
        return printer_of(self.site, named, "name a PDF with --out")

    def service(self, id: str) -> Service:
        """A service that this store has. Raises KioskError."""
        if (found := self.desk.services.get(id)) is None:
            raise KioskError(f"{id} is no service of this store: it has {', '.join(sorted(self.desk.services))}")
        return found

    def record(self, person: Person) -> Record:
        """The record that the command names, as the person may see it. Raises KioskError."""
        id, number = self._arguments.service, self._arguments.number
        self.service(id)
        if (found := self.desk.book.record(id, number)) is None:
            raise KioskError(f"{id} has no number {number}")
        return self.desk.seen(person, (found,), self.now)[0]

    def between(self, id: str, person: Person) -> tuple[Record, ...]:
        """A service's records of the days that the command names, as the person may see them."""
        first, last = self._arguments.since, self._arguments.until or self.now.date()
        self.service(id)
        begin = datetime.combine(first or EVER, time(), self.zone)
        end = datetime.combine(last + timedelta(days=1), time(), self.zone)
        found = (one for one in self.desk.book.since(id, begin) if one.at < end)
        return self.desk.seen(person, found, self.now)


def listed(arguments: argparse.Namespace) -> int:
    """What waits, and what the person may do to it; message slips of pages too (S18)."""
    with ServiceCounter(arguments) as counter:
        person = counter.acting()
        wanted = arguments.service
        if wanted:
            counter.service(wanted)
        here = counter.desk.book.waiting_of(wanted) if wanted else counter.desk.waiting()
        pages = () if wanted else LedgerPages(lambda: counter.ledger, counter.zone).unfinished()
        slips = [one for one in pages if one.stage is Stage.SLIP]
        if arguments.json:
            print_json({"records": [_values(counter, one, person) for one in here], "message_slips": len(slips)})
            return DONE
        shown = Table(title="the service desk", title_justify="left")
        for heading in ("service", "number", "since", "stage", "responsible", "due", "you can"):
            shown.add_column(heading, justify="right" if heading == "number" else "left")
        for one in here:
            due = "" if one.due is None else f"{one.due:%m-%d %H:%M}"
            late = one.due is not None and one.due <= counter.now
            can = ", ".join(deed.id for deed in counter.service(one.service).may(one, person))
            cells = (one.service, str(one.number), f"{one.since:%m-%d %H:%M}", one.stage, one.owner, due, can)
            shown.add_row(*(Text(cell) for cell in cells), style="red" if late else "")
        Console().print(shown)
        if slips:
            wait = "1 message slip waits" if len(slips) == 1 else f"{len(slips)} message slips wait"
            sys.stdout.write(f"{wait} to be delivered: kiosk page slips\n")
        return DONE


def show(arguments: argparse.Namespace) -> int:
    """All of a record, as the person may see it; that they looked is written down (S20)."""
    with ServiceCounter(arguments) as counter:
        person = counter.acting()
        record = counter.record(person)
        if arguments.json:
            print_json(_values(counter, record, person, whole=True))
            return DONE
        service = counter.service(record.service)
        shown = Table(title=record.name, title_justify="left", show_header=False)
        asked = {page.id: getattr(page, "ask", "") for page in service.form.pages(record.answers)}
        told = in_words(service.form, record.answers)
        for name, said in (
            ("since", f"{record.since:%Y-%m-%d %H:%M}"),
            ("stage", record.stage),
            ("responsible", record.owner),
            ("due", "" if record.due is None else f"{record.due:%Y-%m-%d %H:%M}"),
            *((asked.get(id) or id, said) for id, said in told.items()),
            *history(service, record),
            *counter.desk.computed(record, counter.now),
            ("you can", ", ".join(deed.id for deed in service.may(record, person))),
        ):
            shown.add_row(Text(name), Text(said))
        Console().print(shown)
        return DONE


def new(arguments: argparse.Namespace) -> int:
    """A new record, from a file of answers, else asked for page by page."""
    with ServiceCounter(arguments) as counter:
        person = counter.acting()
        answers = _answers(arguments.answers, counter.service(arguments.service).form)
        kept = counter.desk.enter(arguments.service, answers, person, counter.now)
        if isinstance(kept, str):
            return _refused(kept)
        sys.stdout.write(f"{kept.name}: {kept.stage}\n")
        return DONE


def do(arguments: argparse.Namespace) -> int:
    """Something is done to a record."""
    with ServiceCounter(arguments) as counter:
        person = counter.acting()
        deed = counter.service(arguments.service).deed(arguments.deed)
        told = {} if deed is None or deed.asks is None else _answers(arguments.answers, deed.asks)
        asked = DeedAsked(arguments.service, arguments.number, arguments.deed, person, told)
        if why := counter.desk.do(asked, counter.now):
            return _refused(why)
        record = counter.desk.book.record(arguments.service, arguments.number)
        assert record is not None
        sys.stdout.write(f"{record.name}: {record.stage}\n")
        return DONE


def printed(arguments: argparse.Namespace) -> int:
    """The form of a record on a receipt printer, else on a page of A4; once it is queued it is printed in any case."""
    from kiosk.display.sheet_paint import page_pdf
    from kiosk.display.words import words

    with ServiceCounter(arguments) as counter:
        person = counter.acting()
        record = counter.record(person)
        service, language = counter.service(record.service), Language(arguments.language)
        say = words(language)
        store = titled(counter.site.name, language)
        names = {id: one.name for id, one in PeoplePages(counter.ledger, b"").everybody().items()}
        form = form_of(service, record, store, names, say, counter.desk.computed(record, counter.now))
        sheet = sheet_of(service, record, store, form, say)
        if arguments.out is None:
            job = counter.print_queue.add(
                counter.printer(arguments.printer), sheet, counter.now, by=person.id, secret=True
            )
            sys.stdout.write(f"print job {job}: {record.name}\n")
            return DONE
        titled_sheet = replace(sheet, title=f"{say(service.form.title)} {record.number}")  # at the foot of each page
        write(arguments.out, page_pdf([titled_sheet]))
        arguments.out.chmod(PRIVATE)
        sys.stdout.write(f"{arguments.out}: print it, have it signed, then delete it\n")
        return DONE


def export(arguments: argparse.Namespace) -> int:
    """A service's records as CSV, for a spreadsheet."""
    with ServiceCounter(arguments) as counter:
        found = counter.between(arguments.service, counter.acting())
        return csv_table(table(found), arguments.out)


def birthdays(arguments: argparse.Namespace) -> int:
    """The members whose birthday it is, for the message platform (S08)."""
    with ServiceCounter(arguments) as counter:
        person = counter.acting()
        members = counter.desk.book.waiting_of(member.SERVICE.id)
        wished = member.to_wish(counter.desk.seen(person, members, counter.now), arguments.on or counter.now.date())
        lines = [(one.answers["name"], one.answers["phone"], *member.standing(one)[:2]) for one in wished]
        return csv_table((("name", "phone", "level", "card"), *lines), arguments.out)


def _values(counter: ServiceCounter, record: Record, person: Person, *, whole: bool = False) -> dict[str, Any]:
    told: dict[str, Any] = {
        "service": record.service,
        "number": record.number,
        "at": record.at.isoformat(timespec="seconds"),
        "by": record.by,
        "stage": record.stage,
        "since": record.since.isoformat(timespec="seconds"),
        "owner": record.owner,
        "due": None if record.due is None else record.due.isoformat(timespec="seconds"),
        "can": [deed.id for deed in counter.service(record.service).may(record, person)],
    }
    if whole:
        told["answers"] = dict(record.answers)
        told["history"] = [
            {"at": done.at.isoformat(timespec="seconds"), "by": done.by, "deed": done.deed, "told": dict(done.told)}
            for done in record.history
        ]
        told["computed"] = dict(counter.desk.computed(record, counter.now))
    return told


def _answers(file: Path | None, form: Form) -> Mapping[str, str]:
    """What a file says; without one, each page is asked for, until what is answered will do. Raises KioskError."""
    if file is None:
        return _asked(form)
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig")
        told = json.loads(text)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise KioskError(f"{file}: no answers can be read from it ({error})") from error
    if not isinstance(told, dict) or not all(isinstance(said, str) for said in told.values()):
        raise KioskError(f'{file}: write an object of texts, as {{"thing": "umbrella"}}')
    return told


def _asked(form: Form) -> Mapping[str, str]:
    answers: dict[str, str] = {}
    at = 0
    while at < len(pages := form.pages(answers)):
        page = pages[at]
        match page:
            case Notice(headline=headline):
                sys.stderr.write(f"{headline} (yes) ")
            case Choice(ask=ask, options=options):
                sys.stderr.write(f"{ask} ({', '.join(one.id for one in options)}) ")
            case _:
                sys.stderr.write(f"{page.ask} ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise KioskError("an answer is asked for, and none came: use --answers FILE")
        if wrong := problem(page, line.strip()):
            sys.stderr.write(f"{wrong}\n")
            continue
        answers[page.id] = line.strip()
        at += 1
    return answers


def csv_table(lines: tuple[tuple[str, ...], ...], out: Path | None) -> int:
    """Lines as CSV, into a file that nobody else may read or to the standard output."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    if out is None:
        sys.stdout.write(text.getvalue())
    else:
        write(out, text.getvalue().encode("utf-8-sig"))
        out.chmod(PRIVATE)
        sys.stderr.write(f"{out}: {len(lines) - 1} records\n")
    return DONE


def _refused(why: str) -> int:
    sys.stderr.write(f"refused: {why}\n")
    return PROBLEMS
