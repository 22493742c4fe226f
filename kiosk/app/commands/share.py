"""What the commands share: where things are, the office with its progress bar, and how answers are printed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from kiosk.app.office import Office
from kiosk.app.opening import open_office
from kiosk.app.places import Places, places
from kiosk.config.load import load_site
from kiosk.config.site import Site
from kiosk.display.preparation import Preparation
from kiosk.errors import DeviceFault, KioskError
from kiosk.rules.broadcast.releases import Release, held_back
from kiosk.rules.forms.money import NoAmount, amount
from kiosk.units import ScriptId

if TYPE_CHECKING:
    from kiosk.ledger.store import Ledger

DONE, PROBLEMS, USAGE, DEVICE = 0, 1, 2, 3


def places_of(arguments: argparse.Namespace) -> Places:
    """Site and state directory, as --site and --state say."""
    return places(arguments.site, arguments.state)


def places_in_use(arguments: argparse.Namespace) -> Places:
    """Where the role works that runs with this state directory, else the demo's; else where one would."""
    where = places_of(arguments)
    return where.demo if where.demo.hatch.exists() and not where.hatch.exists() else where


def places_remembered(arguments: argparse.Namespace) -> Places:
    """Where something is remembered that can be read: with this state directory, else with the demo's."""
    where = places_of(arguments)
    return where.demo if where.demo.ledger.exists() and not where.ledger.exists() else where


def latest_releases(where: Places, site: Site) -> dict[ScriptId, Release]:
    """The last word on each page of the binder; none where there is no ledger yet."""
    from kiosk.ledger.releases import ReleasePages

    if not where.ledger.exists():
        return {}
    with ledger_to_read(where) as ledger:
        return ReleasePages(ledger, site.zone_info).latest()


def ledger_to_read(where: Places) -> Ledger:
    """The ledger to read in. Whoever reads begins none: an empty one would only look like a lost one."""
    from kiosk.ledger.store import open_ledger

    if not where.ledger.exists():
        raise KioskError(f"there is no ledger at {where.ledger}: nothing was broadcast with this --state yet")
    return open_ledger(where.ledger)


def office_of(where: Places) -> Office:
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

        office = open_office(where, site=site, progress=progress)
    held = held_back(office.pages, latest_releases(where, site), site.announcers.release)
    return replace(office, held=held) if held else office


@contextmanager
def bar(text: str) -> Iterator[Callable[[float], None]]:
    """A progress bar on stderr; called with 0 to 1."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(text, total=1.0)
        yield lambda share: progress.update(task, completed=share)


def fen_typed(text: str) -> int:
    """An amount that somebody typed, in yuan with two decimals at most. Raises KioskError."""
    found = amount(text)
    if isinstance(found, NoAmount):
        raise KioskError(f"{text!r} is no amount: {found.value}")
    return found


def write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise DeviceFault(f"{file} cannot be written: {error.strerror}; name a folder that exists") from error


def print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
