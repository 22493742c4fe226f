"""The commands: each builds what it needs, does one thing, prints it, and returns the exit code."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from kiosk.app.demo import run_demo
from kiosk.app.hatch import ask, message_of
from kiosk.app.office import Office
from kiosk.app.opening import open_office
from kiosk.app.places import Places, places
from kiosk.app.reports import as_run_table, as_run_values, plan_table, plan_values
from kiosk.config.load import check_site, load_site
from kiosk.config.site import Site
from kiosk.desks.messages import PageAsked
from kiosk.display.preparation import Preparation
from kiosk.errors import KioskError, Problem
from kiosk.rules.broadcast.page_check import Refused
from kiosk.rules.broadcast.page_check import check as check_page

if TYPE_CHECKING:
    from kiosk.ledger.store import Ledger

DONE, PROBLEMS, DEVICE = 0, 1, 3
HOLE_S = 0.5  # of silence in a simulated day: more than the last song before the doors close may leave


def demo(arguments: argparse.Namespace) -> int:
    """The demo store, twenty seconds before opening."""
    where = _places(arguments)
    where = Places(where.site, where.state / "demo")
    office = _office(where)
    return run_demo(office, where, arguments.minutes)


def press(arguments: argparse.Namespace) -> int:
    """Press a button of the running role."""
    _ask(arguments, {"do": "press", "button": arguments.button, "held_s": arguments.hold})
    return DONE


def page(arguments: argparse.Namespace) -> int:
    """Page somebody through the running role; a page that is not right is told with the form that would be (B12)."""
    asked = {
        "do": "page",
        "to": arguments.whom,
        "title": arguments.title,
        "name": arguments.name,
        "reason": arguments.reason,
        "place": arguments.place,
        "plate": arguments.plate,
        "zones": arguments.zone,
    }
    message = message_of(asked)
    zones = {zone.id for zone in load_site(_places(arguments).site).zones}
    if isinstance(message, PageAsked) and isinstance(verdict := check_page(message.request, zones=zones), Refused):
        sys.stderr.write(f"kiosk: {verdict.field}: {verdict.why}\n")
        return PROBLEMS
    _ask(arguments, asked)
    return DONE


def _ask(arguments: argparse.Namespace, asked: dict[str, object]) -> None:
    """Ask the role that runs with this state directory, else the demo's."""
    where = _places(arguments)
    demo = Places(where.site, where.state / "demo")
    hatch = demo.hatch if demo.hatch.exists() and not where.hatch.exists() else where.hatch
    ask(hatch, {**asked, "operator": getpass.getuser()})


def check(arguments: argparse.Namespace) -> int:
    """Every problem of the site: its files, and every sound decoded to its end."""
    where = _places(arguments)
    today = datetime.now().astimezone().date()
    site, problems = check_site(where.site, today)
    if site is not None:
        problems = (*problems, *_sound_problems(where, site, today))
    errors = sum(problem.severity == "error" for problem in problems)
    if arguments.json:
        _print_json([_problem_values(problem) for problem in problems])
    else:
        _print_problems(problems, where, site)
    return PROBLEMS if errors else DONE


def plan(arguments: argparse.Namespace) -> int:
    """A day as it would be planned before opening."""
    office = _office(_places(arguments))
    day = arguments.date or datetime.now(office.site.zone_info).date()
    business_day, programme = office.whole_day(day)
    if arguments.png is not None:
        from kiosk.app.pictures import day_picture

        _write(arguments.png, day_picture(office, business_day, programme))
        sys.stderr.write(f"{arguments.png}: the day's picture\n")
    if arguments.json:
        _print_json(plan_values(programme))
    elif arguments.png is None:
        Console().print(plan_table(programme, business_day, office.titles))
    return DONE


def render(arguments: argparse.Namespace) -> int:
    """A day, or a stretch of it, as a sound file, with its as-run log."""
    from kiosk.app.events import read_events
    from kiosk.app.opening import speak_page
    from kiosk.app.render import Stretch, render, stretch_of
    from kiosk.ledger.memory import MemoryAsRun

    where = _places(arguments)
    office = _office(where)
    site = office.site
    business_day, _ = office.business_day(arguments.date)
    begin, end = (None if at is None else business_day.moment(at) for at in (arguments.begin, arguments.end))
    stretch = stretch_of(office, arguments.date, begin, end)
    if stretch.end <= stretch.begin:
        sys.stderr.write(f"kiosk: --to {stretch.end:%H:%M:%S} is not after --from {stretch.begin:%H:%M:%S}\n")
        return 2
    stretch = Stretch(stretch.begin, stretch.end)
    reset = next((button.id for button in site.buttons if button.action.value == "reset"), "reset")
    happenings = (
        read_events(arguments.events, arguments.date, site.zone_info, reset) if arguments.events is not None else ()
    )
    log = MemoryAsRun(site.zone_info)
    with _bar(f"rendering {arguments.out.name}") as progress:
        seconds = render(
            office,
            arguments.date,
            stretch,
            arguments.out,
            log,
            speak=lambda asked: speak_page(office, where, asked),
            happenings=happenings,
            progress=progress,
        )
    lines = [line for line in log.of_day(arguments.date) if line.real_end is None or line.real_end >= stretch.begin]
    if arguments.json:
        _print_json([as_run_values(line) for line in lines])
    else:
        Console().print(as_run_table(lines, office.titles))
        sys.stderr.write(f"{arguments.out}: {seconds:.0f} s\n")
    return DONE


def simulate(arguments: argparse.Namespace) -> int:
    """Days in virtual time."""
    from kiosk.app.reports import simulation_table
    from kiosk.app.simulate import simulate_days

    office = _office(_places(arguments))
    with _bar(f"simulating {arguments.days} days") as progress:
        days = simulate_days(office, arguments.begin, arguments.days, progress)
    if arguments.json:
        _print_json({"from": arguments.begin.isoformat(), "days": [day.as_json() for day in days]})
    else:
        Console().print(simulation_table(days))
    return PROBLEMS if any(day.silence_s > HOLE_S or day.failed for day in days) else DONE


def as_run(arguments: argparse.Namespace) -> int:
    """What was on the air on a business day."""
    from kiosk.ledger.as_run import AsRunPages

    where = _places(arguments)
    site = load_site(where.site)
    day = arguments.date or datetime.now(site.zone_info).date()
    with _ledger(where) as ledger:
        lines = tuple(AsRunPages(ledger, site.zone_info).of_day(day))
    if arguments.json:
        _print_json([as_run_values(line) for line in lines])
    else:
        Console().print(as_run_table(lines, {}))
    return DONE


def audit(arguments: argparse.Namespace) -> int:
    """The audit chain, or whether it is whole."""
    from kiosk.app.reports import audit_table, audit_values
    from kiosk.ledger.audit import lines as audit_lines
    from kiosk.ledger.verify import Broken, verify

    where = _places(arguments)
    site = load_site(where.site)
    with _ledger(where) as ledger:
        if arguments.verify:
            verdict = verify(ledger)
            broken = isinstance(verdict, Broken)
            if arguments.json:
                _print_json({"intact": not broken, "verdict": str(verdict)})
            else:
                sys.stdout.write(f"{verdict}\n")
            return PROBLEMS if broken else DONE
        with ledger.read() as connection:
            found = list(audit_lines(connection, site.zone_info))
    if arguments.json:
        _print_json([audit_values(line) for line in found])
    else:
        Console().print(audit_table(found))
    return DONE


def _places(arguments: argparse.Namespace) -> Places:
    return places(arguments.site, arguments.state)


def _ledger(where: Places) -> Ledger:
    """The ledger to read in. Whoever reads begins none: an empty one would only look like a lost one."""
    from kiosk.ledger.store import open_ledger

    if not where.ledger.exists():
        raise KioskError(f"there is no ledger at {where.ledger}: nothing was broadcast with this --state yet")
    return open_ledger(where.ledger)


def _office(where: Places) -> Office:
    """The office of a site, with a progress bar while its files are listened to for the first time."""
    site = load_site(where.site)
    with ExitStack() as stack:
        shown: list[Preparation] = []

        def progress(done: int, of: int, path: str) -> None:
            if not shown:
                name = next(name for name in site.name.values() if name)
                shown.append(stack.enter_context(Preparation(name, Console(stderr=True))))
                shown[0].begin("Listening to the library", of)
            if done:
                shown[0].advance(path)

        return open_office(where, site=site, progress=progress)


def _sound_problems(where: Places, site: Site, today: date) -> Iterator[Problem]:
    """What only listening tells: files that do not decode, recordings without level, scripts nobody can speak."""
    office = _office(where)
    for path, sound in office.sounds.items():
        if sound.fault:
            yield Problem(
                path, "", sound.fault.replace(f"{Path(path).name} ", "", 1), "the programme goes on without it"
            )
        elif sound.lufs is None:
            yield Problem(path, "", "is silent", "record it again", "warning")
    for warning in office.whole_day(today)[1].warnings:
        if warning not in office.material.faults:
            yield Problem("schedules", today.isoformat(), warning, severity="warning")


def _problem_values(problem: Problem) -> dict[str, str]:
    return {
        "file": problem.file,
        "place": problem.place,
        "what": problem.what,
        "remedy": problem.remedy,
        "severity": problem.severity,
    }


def _print_problems(problems: Iterable[Problem], where: Places, site: Site | None) -> None:
    console = Console(highlight=False)
    count = {"error": 0, "warning": 0}
    for problem in problems:
        count[problem.severity] += 1
        style = "bold red" if problem.severity == "error" else "yellow"
        console.print(f"[{style}]{problem.severity}[/]", end=" ")
        console.print(str(problem), markup=False, soft_wrap=True)
    verdict = "cannot be used" if site is None else "can be used"
    console.print(
        f"{where.site}: {count['error']} errors, {count['warning']} warnings; the site {verdict}",
        markup=False,
        soft_wrap=True,
    )


@contextmanager
def _bar(text: str) -> Iterator[Any]:
    """A progress bar on stderr; called with 0 to 1."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(text, total=1.0)
        yield lambda share: progress.update(task, completed=share)


def _write(file: Path, content: bytes) -> None:
    from kiosk.errors import DeviceFault

    try:
        file.write_bytes(content)
    except OSError as error:
        raise DeviceFault(f"{file} cannot be written: {error.strerror}; name a folder that exists") from error


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
