"""`kiosk check`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from rich.console import Console

from kiosk.app.binder_pages import pages_of
from kiosk.app.commands.owner import as_owner_of
from kiosk.app.commands.share import (
    DONE,
    PROBLEMS,
    latest_releases,
    ledger_to_read,
    office_of,
    places_of,
    print_json,
)
from kiosk.app.places import Places
from kiosk.config.joins import left_out
from kiosk.config.load import check_site
from kiosk.config.site import Site
from kiosk.errors import Problem
from kiosk.hw.mounts import forgets
from kiosk.rules.broadcast.releases import Standing, remedy, standing
from kiosk.rules.broadcast.rights import works_here
from kiosk.rules.people.person import Person, Right

NOTE = "note"  # nothing is wrong: it is as the site says, for whoever did not mean that
_STYLES = {"error": "bold red", "warning": "yellow", NOTE: "dim"}


def check(arguments: argparse.Namespace) -> int:
    """Every problem of the site: its files, and every sound decoded to its end."""
    where = places_of(arguments)
    with as_owner_of(where.state):
        site, problems = found_in(where)
    tell_problems(problems, where, site, as_json=arguments.json)
    return PROBLEMS if any(problem.severity == "error" for problem in problems) else DONE


def found_in(where: Places) -> tuple[Site | None, tuple[Problem, ...]]:
    """The site, None where it cannot be used, and all there is to say about it."""
    today = datetime.now().astimezone().date()
    site, problems = check_site(where.site, today)
    if site is not None:
        problems = (*problems, *_sound_problems(where, site, today), *_people_problems(where, site, today))
        problems = (*problems, *_played_lockers(site), *_memory_problems(where), *_joined_days(site, today))
    return site, problems


def tell_problems(problems: Iterable[Problem], where: Places, site: Site | None, *, as_json: bool) -> None:
    """To people, or as JSON."""
    if as_json:
        print_json([_problem_values(problem) for problem in problems])
    else:
        _print_problems(problems, where, site)


def _sound_problems(where: Places, site: Site, today: date) -> Iterator[Problem]:
    """What only listening tells: files that do not decode, recordings without level, scripts nobody can speak."""
    office = office_of(where)
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


def _played_lockers(site: Site) -> Iterator[Problem]:
    """A demo's site is as it should be; whoever wires a real bank should not believe that it works already."""
    if site.lockers is not None and not site.lockers.banks:
        what = "no [[lockers.bank]] is wired: the lockers are simulated, and no door opens"
        yield Problem("site.toml", "lockers", what, "docs/wiring-lockers.md tells how to wire one", NOTE)


def _joined_days(site: Site, today: date) -> Iterator[Problem]:
    """What is not aired where one day goes on into the next."""
    for id, what in left_out(site.day_types, site.calendar, site.zone_info, today):
        remedy = "nothing is to be done, if it is meant so"
        yield Problem("schedules/day_types.toml", f'day type "{id}"', f"does not air {what}", remedy, NOTE)


def _memory_problems(where: Places) -> Iterator[Problem]:
    """Whether what the kiosk remembers outlasts the power."""
    if why := forgets(where.state):
        what = f"{why}: what the kiosk remembers is gone with the power"
        yield Problem(str(where.state), "", what, "put it on a disk: docs/read-only-root.md", "warning")


def _people_problems(where: Places, site: Site, today: date) -> Iterator[Problem]:
    """Whether anybody can use the desk as the site wants it (B14), and which policy pages are drafts again (B13)."""
    from kiosk.ledger.people import PeoplePages

    ever: list[Person] = []
    if where.ledger.exists():
        with ledger_to_read(where) as ledger:
            ever = list(PeoplePages(ledger, b"").everybody().values())
    people = [one for one in ever if not one.removed]
    required = any(map(works_here, ever)) if site.announcers.required is None else site.announcers.required
    trained = [one for one in people if Right.ANNOUNCER in one.rights and one.trained(today)]
    if required and not trained:
        what = "only registered people may use the desk, and no announcer is registered whose training is valid"
        yield Problem("site.toml", "announcers", what, "kiosk people add NAME --right announcer --trained D", "warning")
    if (
        required
        and site.badge is None
        and site.panel.key_switch is None
        and any(b.pin is not None for b in site.buttons)
    ):
        what = "nothing at the panel tells who stands there: its buttons work after kiosk sign-in only"
        yield Problem("site.toml", "panel", what, "add [badge] or panel.key_switch", "warning")
    last = latest_releases(where, site)
    for page in pages_of(site):
        if standing(page, last.get(page.script)) is Standing.CHANGED:
            what = f"was changed since {last[page.script].by} released it: it is a draft again"
            place = f'script "{page.script}"'
            yield Problem("schedules/binder.toml", place, what, remedy(page), "warning")


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
    count = {"error": 0, "warning": 0, NOTE: 0}
    for problem in problems:
        count[problem.severity] += 1
        style = _STYLES[problem.severity]
        console.print(f"[{style}]{problem.severity}[/]", end=" ")
        console.print(str(problem), markup=False, soft_wrap=True)
    verdict = "cannot be used" if site is None else "can be used"
    console.print(
        f"{where.site}: {count['error']} errors, {count['warning']} warnings; the site {verdict}",
        markup=False,
        soft_wrap=True,
    )
