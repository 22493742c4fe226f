"""Receipt printers: `kiosk printers status`, `test`, `reprint`, `seen`, `withdraw`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kiosk.app.commands.share import DEVICE, DONE, PROBLEMS, print_json, write
from kiosk.app.commands.store_counter import StoreCounter
from kiosk.config.roll_printers import RollPrinter
from kiosk.desks.staff.printer_corner import COPY
from kiosk.rules.printing.document import Align, Code, Column, Document, Field, Line, Rule, Sign, Size
from kiosk.rules.printing.document import Table as SheetTable
from kiosk.rules.printing.jobs import Condition, Event, Job, Stage

SHOWN = timedelta(hours=24)


def status(arguments: argparse.Namespace) -> int:
    """How the printers are, and which jobs are open. Exit code 3: a printer cannot print; 1: a job is unsure."""
    with StoreCounter(arguments) as counter:
        known = counter.site.printers
        conditions = counter.queue.conditions()
        jobs = counter.queue.recent(counter.now - SHOWN) if arguments.all else counter.queue.open_jobs()
    if arguments.json:
        print_json({"printers": [_of(one, conditions) for one in known], "jobs": [_job(one) for one in jobs]})
    else:
        console = Console()
        if known:
            console.print(_printers(known, conditions))
        else:
            console.print("site.toml names no [[printers]]: nothing goes onto paper (docs/printers.md)", markup=False)
        if jobs:
            console.print(_jobs(jobs))
    if any(one.id in conditions and not conditions[one.id][0].prints for one in known):
        return DEVICE
    return PROBLEMS if any(job.stage is Stage.UNSURE for job in jobs) else DONE


def test(arguments: argparse.Namespace) -> int:
    """A test sheet."""
    with StoreCounter(arguments) as counter:
        by = counter.acting()
        name = counter.printer(arguments.printer)
        choice = next(one for one in counter.site.printers if one.id == name)
        sheet = test_sheet(choice, counter.now, by.name)
        if arguments.png is not None:
            from kiosk.display.sheet_paint import png

            write(arguments.png, png(sheet, choice.dots))
            return DONE
        n = counter.queue.add(name, sheet, counter.now, by=by.id)
    sys.stdout.write(f"job {n} waits for the printer {name}: kiosk printers status\n")
    return DONE


def reprint(arguments: argparse.Namespace) -> int:
    """A job once more, marked as a copy."""
    with StoreCounter(arguments) as counter:
        by = counter.acting()
        copied = counter.queue.copy(arguments.job, counter.now, by=by.id, stamp=COPY)
    if copied is None:
        why = "there is none, it is still to be printed, or its content is forgotten"
        sys.stderr.write(f"kiosk: job {arguments.job} cannot be printed again: {why} (kiosk printers status --all)\n")
        return PROBLEMS
    sys.stdout.write(f"job {copied.n} repeats job {arguments.job}, marked {COPY}\n")
    return DONE


def settle(arguments: argparse.Namespace) -> int:
    """A person saw a job on paper, or nobody needs it any more."""
    event = Event.SEEN if arguments.verb == "seen" else Event.WITHDRAWN
    with StoreCounter(arguments) as counter:
        by = counter.acting()
        job = counter.queue.note(arguments.job, event, counter.now, by=by.id)
    if job is None:
        sys.stderr.write(f"kiosk: that cannot be said of job {arguments.job}: kiosk printers status --all\n")
        return PROBLEMS
    sys.stdout.write(f"job {job.n} is {job.stage.value}\n")
    return DONE


def test_sheet(choice: RollPrinter, now: datetime, by: str) -> Document:
    """Every kind of line, so that a person sees whether the roll, the width and the head are right."""
    columns = (Column("数量", 1, Align.RIGHT), Column("单价", 2, Align.RIGHT), Column("金额", 2, Align.RIGHT))
    return Document(
        f"test of {choice.id}",
        (
            Line("打印测试 Printer test", Size.LARGE, bold=True, align=Align.CENTRE),
            Line("123", Size.HUGE, bold=True, align=Align.CENTRE),
            Rule(),
            Field("Printer", choice.id),
            Field("Paper", f"{choice.paper_mm} mm, {choice.dots} dots"),
            Field("Time", f"{now:%Y-%m-%d %H:%M:%S}"),
            SheetTable(columns, (("2", "￥ 12.50", "￥ 25.00"),)),
            Line("简体 繁體 English, small", Size.SMALL),
            Code(f"kiosk printer {choice.id} {now:%Y%m%d%H%M%S}"),
            Sign("Asked for by", by),
            Rule(dashed=True),
        ),
    )


def _of(choice: RollPrinter, conditions: dict[str, tuple[Condition, datetime]]) -> dict[str, object]:
    known = conditions.get(choice.id)
    since = None if known is None else known[1].isoformat()
    state = None if known is None else known[0].name.lower().replace("_", "-")
    return {"id": choice.id, "paper_mm": choice.paper_mm, "dots": choice.dots, "condition": state, "since": since}


def _job(job: Job) -> dict[str, object]:
    values = {"n": job.n, "printer": job.printer, "subject": job.subject, "stage": job.stage.value, "why": job.why}
    times = {"at": job.at.isoformat(), "since": job.since.isoformat()}
    return {**values, **times, "attempt": job.attempt, "copy_of": job.copy_of or None}


def _printers(known: Sequence[RollPrinter], conditions: dict[str, tuple[Condition, datetime]]) -> Table:
    table = Table(title="printers", title_justify="left")
    for heading in ("printer", "paper", "how it is", "since"):
        table.add_column(heading)
    for one in known:
        how, since = "nobody has looked yet: is the front role running?", ""
        if one.id in conditions:
            condition, at = conditions[one.id]
            how, since = condition.value, f"{at:%Y-%m-%d %H:%M}"
        table.add_row(*map(Text, (one.id, f"{one.paper_mm} mm", how, since)))
    return table


def _jobs(jobs: Sequence[Job]) -> Table:
    table = Table(title="jobs", title_justify="left")
    for heading in ("job", "printer", "what", "stage", "since", "why"):
        table.add_column(heading)
    for job in jobs:
        what = job.subject + (f" (copy of job {job.copy_of})" if job.copy_of else "")
        cells = (str(job.n), job.printer, what, job.stage.value, f"{job.since:%m-%d %H:%M}", job.why)
        table.add_row(*map(Text, cells))
    return table
