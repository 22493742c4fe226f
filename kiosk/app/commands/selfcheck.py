"""`kiosk selfcheck`: by the running role, or by this process where none runs."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from kiosk.app.commands.share import DEVICE, DONE, PROBLEMS, ledger_to_read, office_of, places_of, print_json
from kiosk.app.hatch import ask, listens
from kiosk.app.places import Places
from kiosk.config.load import load_site
from kiosk.config.site import Site
from kiosk.errors import KioskError
from kiosk.hw.clock import SystemClock
from kiosk.ledger.selfchecks import SelfChecks
from kiosk.rules.broadcast.checks import WHO_NAMES
from kiosk.rules.broadcast.selfcheck import DEVICES, Report, Result
from kiosk.units import Language

SIGNS = {Result.OK: ("✓", "green"), Result.FAULT: ("✗", "bold red"), Result.UNKNOWN: ("–", "yellow")}
LONGEST_S = 900.0  # of a role's check: a whole new library is listened to
LOOK_S = 0.5

Say = Callable[[str], None]


def selfcheck(arguments: argparse.Namespace) -> int:
    """Check now; 0 all well, 1 somebody has to mend something, 3 a device failed."""
    where = places_of(arguments)
    site = load_site(where.site)
    role = next((one for one in (where, where.demo) if listens(one.hatch)), None)
    report = _by_hand(where, arguments) if role is None else _by_the_role(role, site, arguments)
    if arguments.json:
        print_json(report_values(report))
    else:
        Console().print(report_table(report, Language(arguments.language)))
    return code_of(report)


def code_of(report: Report) -> int:
    """The exit code of a report."""
    if not report.faults:
        return DONE
    return DEVICE if any(finding.topic in DEVICES for finding in report.faults) else PROBLEMS


def _by_the_role(where: Places, site: Site, arguments: argparse.Namespace) -> Report:
    """The role is asked: it alone may touch the equipment, and knows what it may do now."""
    if arguments.tone:
        raise KioskError(
            "a broadcast role runs, and it alone sounds: it plays the tone itself before opening; leave --tone out"
        )
    clock = SystemClock(site.zone_info)
    asked_at = clock.now()
    ask(where.hatch, {"do": "selfcheck", "operator": getpass.getuser()})
    deadline_s = clock.mono_s() + LONGEST_S
    with _telling() as tell, ledger_to_read(where) as book:
        tell("the broadcast role checks itself")
        pages = SelfChecks(book, site.zone_info)
        while clock.mono_s() < deadline_s:
            report = pages.latest()
            if report is not None and report.ended >= asked_at:
                return report
            clock.sleep(LOOK_S)
    raise KioskError(f"the broadcast role did not end its self-check within {LONGEST_S / 60:.0f} minutes: see its log")


def _by_hand(where: Places, arguments: argparse.Namespace) -> Report:
    from kiosk.app.hand_check import HandCheck

    office = office_of(where)
    site = office.site
    clock = SystemClock(site.zone_info)
    with _telling() as tell:
        check = HandCheck(
            office=office,
            places=where,
            clock=clock,
            with_tone=arguments.tone,
            new_reference=arguments.new_reference,
            tell=tell,
        )
        report = check.run(office.day_at(clock.now()).date)
    if where.ledger.exists():
        with closing(ledger_to_read(where)) as book:
            SelfChecks(book, site.zone_info).keep(report)
    return report


@contextmanager
def _telling() -> Iterator[Say]:
    """What is being done, on stderr while it is done."""
    with Console(stderr=True).status("self-check") as status:
        yield lambda text: status.update(f"self-check: {text}")


def report_values(report: Report) -> dict[str, object]:
    """The report for JSON."""
    return {
        "day": report.day.isoformat(),
        "occasion": report.occasion.value,
        "begun": _iso(report.begun),
        "ended": _iso(report.ended),
        "verdict": report.verdict.value,
        "findings": [
            {
                "check": finding.topic.value,
                "result": finding.result.value,
                "what": finding.what,
                "who": finding.check.who.value,
                "remedy": dict(finding.check.remedy) if finding.result is Result.FAULT else {},
            }
            for finding in report.findings
        ],
    }


def report_table(report: Report, language: Language) -> RenderableType:
    """The report as a table, worst first; each fault says who does what."""
    table = Table(
        title=f"self-check {report.day}  {report.occasion.value}  {report.ended:%H:%M:%S}", title_justify="left"
    )
    for heading in ("", "check", "found"):
        table.add_column(heading, no_wrap=heading != "found")
    for finding in report.findings:
        sign, style = SIGNS[finding.result]
        check = finding.check
        found = Text(finding.what)
        if finding.result is Result.FAULT:
            found.append(f"\n→ {WHO_NAMES[check.who][language]}: {check.remedy[language]}", "bold")
        table.add_row(Text(sign, style), Text(check.title[language]), found)
    faults, unchecked = len(report.faults), len(report.unchecked)
    fine = len(report.findings) - faults - unchecked
    return Group(table, Text(f"✓ {fine}   ✗ {faults}   – {unchecked}"))


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
