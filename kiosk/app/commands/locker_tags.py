"""The lockers' tags: `kiosk lockers tags print`, `list`, `withdraw`, `chip`, `rotate`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kiosk.app.commands import who
from kiosk.app.commands.share import DONE, places_in_use, print_json
from kiosk.app.commands.who import RegisterDesk, pin_of
from kiosk.app.tag_keys import KeyRing, make_keys, rotate
from kiosk.config.load import load_site
from kiosk.errors import DeviceFault, KioskError
from kiosk.ledger import audit
from kiosk.ledger.people import Refusal
from kiosk.ledger.tags import PlaqueRow, TagPages
from kiosk.rules.broadcast.roster import Roster
from kiosk.rules.lockers.tags import LAST_GENERATION, Plaque
from kiosk.rules.people.person import Person, Right
from kiosk.units import LANGUAGES

PRIVATE = 0o600


class TagDesk:
    """A command's view of the tags: the ledger and the keys of this state directory, and who is acting."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        where = places_in_use(arguments)
        self.site = load_site(where.site)
        self.desk = RegisterDesk(arguments, self.site, where=where)
        self.key_file = where.tag_keys
        self.ring = KeyRing(self.key_file, lambda: self.desk.now)
        self.pages = TagPages(lambda: self.desk.ledger, self.ring.accepted)
        self._as = str(getattr(arguments, "as_person", None) or "")
        self._pin_file: Path | None = getattr(arguments, "as_pin_file", None)

    def acting(self, subject: str) -> str:
        """Whom the audit is to name: the supervisor; before there is one, whoever installs. Raises KioskError."""
        known = self.desk.people.everybody()
        login = who.login_name()
        person: Person | None = Roster(known).of_login(login)
        if self._as:
            proven = self.desk.people.prove(self._as, pin_of(self._pin_file, f"PIN of {self._as}: "), self.desk.now)
            if isinstance(proven, Refusal):
                raise KioskError(f"refused: {proven.why}")
            person = proven
        operator = login if person is None else person.id
        if person is not None and Right.SUPERVISOR in person.rights:
            return operator
        supervised = any(Right.SUPERVISOR in one.rights and not one.removed for one in known.values())
        if not supervised and who.owns(self.desk.where):
            return operator
        why = f"{operator} may not deal with the lockers' tags: the supervisor may"
        with self.desk.ledger.write() as connection:
            audit.append(connection, audit.Fact(self.desk.now, operator, "is refused", subject, {"why": why}))
        raise KioskError(f"refused: {why}")

    def issued(self) -> dict[int, PlaqueRow]:
        """The newest plaque of each number, by number."""
        return {row.plaque.number: row for row in self.pages.plaques()}


def printed(arguments: argparse.Namespace) -> int:
    """Plaque sheets, as PDF or on a printer: new ones, or those that there are once more."""
    from kiosk.display.plaque_sheet import Paper, PlaquePrint, Size, plaque_sheets

    desk = TagDesk(arguments)
    with desk.desk.ledger:
        by = desk.acting("plaques")
        make_keys(desk.key_file, in_use=desk.pages.keys_in_use())
        known = desk.issued()
        numbers = arguments.numbers or sorted(number for number, row in known.items() if not row.withdrawn)
        if not numbers:
            raise KioskError("there are no plaques yet: name their numbers, as --numbers 1-24")
        plaques = []
        for number in numbers:
            plaque = _wanted(known.get(number), number, new=arguments.new_generation)
            before = known.get(number)
            if arguments.new_generation and before is not None and not before.withdrawn:
                desk.pages.withdraw_plaque(before.plaque, arguments.why or "a new generation", by, desk.desk.now)
            plaques.append((plaque, desk.pages.issue_plaque(plaque, by, desk.desk.now)))
    wanted = [PlaquePrint(one.number, one.generation, text) for one, text in plaques for _ in range(arguments.copies)]
    name = next(desk.site.name[language] for language in LANGUAGES if desk.site.name.get(language))
    content = plaque_sheets(wanted, name, Size[arguments.size.upper()], Paper[arguments.paper.upper()])
    if arguments.printer is not None:
        _print(content, arguments.printer)
    else:
        _keep(arguments.out, content)
        sys.stdout.write(f"{arguments.out}: print it at 100 %, then keep it like a key or delete it\n")
    for plaque, _ in plaques:
        sys.stdout.write(f"{plaque}\n")
    return DONE


def listed(arguments: argparse.Namespace) -> int:
    """Which plaques there are, and which are to be printed anew after a rotation."""
    desk = TagDesk(arguments)
    with desk.desk.ledger:
        rows = [row for row in desk.pages.plaques() if arguments.all or not row.withdrawn]
        signs = desk.ring.accepted()[0].id if desk.key_file.exists() else None
    if arguments.json:
        print_json([_values(row, signs) for row in rows])
    else:
        Console().print(_table(rows, signs))
    return DONE


def withdraw(arguments: argparse.Namespace) -> int:
    """A plaque is lost or broken: from now on it opens nothing."""
    desk = TagDesk(arguments)
    with desk.desk.ledger:
        by = desk.acting(f"plaque {arguments.number}")
        row = desk.issued().get(arguments.number)
        if row is None or not desk.pages.withdraw_plaque(row.plaque, arguments.why, by, desk.desk.now):
            raise KioskError(f"no plaque {arguments.number} is issued: see kiosk lockers tags list")
    sys.stdout.write(f"{row.plaque} opens nothing any more\n")
    return DONE


def chip(arguments: argparse.Namespace) -> int:
    """An RFID chip stands for a plaque from now on."""
    desk = TagDesk(arguments)
    with desk.desk.ledger:
        by = desk.acting(f"plaque {arguments.number}")
        make_keys(desk.key_file, in_use=desk.pages.keys_in_use())
        row = desk.issued().get(arguments.number)
        if row is None:
            raise KioskError(f"no plaque {arguments.number} is issued: see kiosk lockers tags list")
        if why := desk.pages.enrol_chip(row.plaque, arguments.chip, by, desk.desk.now):
            raise KioskError(why)
    sys.stdout.write(f"the chip stands for {row.plaque}\n")
    return DONE


def rotated(arguments: argparse.Namespace) -> int:
    """A new key signs from now on; what the old one signed counts a while longer."""
    overlap = timedelta(0) if arguments.at_once else timedelta(days=arguments.overlap)
    desk = TagDesk(arguments)
    with desk.desk.ledger:
        by = desk.acting("the key of the tags")
        new = rotate(desk.key_file, desk.desk.now, overlap)
        details = {"key": str(new.id), "overlap": f"{overlap.days} days"}
        with desk.desk.ledger.write() as connection:
            audit.append(connection, audit.Fact(desk.desk.now, by, "rotates", "the key of the tags", details))
        left = sum(not row.withdrawn for row in desk.pages.plaques())
    until = "count no more" if arguments.at_once else f"count until {desk.desk.now + overlap:%Y-%m-%d}"
    sys.stdout.write(f"key {new.id} signs from now on\n")
    if left:
        sys.stdout.write(f"{left} plaques and their chips {until}: print them again, then tie the chips anew\n")
    return DONE


def _wanted(before: PlaqueRow | None, number: int, *, new: bool) -> Plaque:
    """Which plaque to print for a number: what there is, or its next generation. Raises KioskError."""
    if before is None:
        return Plaque(number, 1)
    if not new and not before.withdrawn:
        return before.plaque
    if before.plaque.generation == LAST_GENERATION:
        raise KioskError(f"plaque {number} had {LAST_GENERATION} generations: give its locker another number")
    return Plaque(number, before.plaque.generation + 1)


def _keep(file: Path, content: bytes) -> None:
    """For this user alone: whoever has it can make tags."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
        with os.fdopen(handle, "wb") as out:
            os.fchmod(out.fileno(), PRIVATE)
            out.write(content)
    except OSError as error:
        raise DeviceFault(f"{file} cannot be written: {error.strerror}; name a folder that exists") from error


def _print(content: bytes, printer: str) -> None:
    """On a printer of this machine (CUPS), at its real size. printer: its name, "" for the usual one."""
    command = ["lp", "-t", "plaques", "-o", "print-scaling=none", *(["-d", printer] if printer else [])]
    try:
        done = subprocess.run(command, input=content, capture_output=True, check=False)
    except OSError as error:
        raise DeviceFault("nothing can be printed from here: install cups-client, or use --out plaques.pdf") from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip() or f"exit code {done.returncode}"
        raise DeviceFault(f"the printer takes nothing: {said} (lpstat -p lists them; or use --out plaques.pdf)")


def _table(rows: Sequence[PlaqueRow], signs: int | None) -> Table:
    table = Table(title="plaques", title_justify="left")
    for heading in ("number", "generation", "chip", "key", ""):
        table.add_column(heading)
    for row in rows:
        old = "print again: signed by an older key" if row.key != signs else ""
        cells = (row.plaque.number, row.plaque.generation, "yes" if row.has_chip else "", row.key, row.withdrawn or old)
        table.add_row(*(Text(str(cell)) for cell in cells), style="dim" if row.withdrawn else "")
    return table


def _values(row: PlaqueRow, signs: int | None) -> dict[str, object]:
    return {
        "number": row.plaque.number,
        "generation": row.plaque.generation,
        "chip": row.has_chip,
        "key": row.key,
        "newest_key": row.key == signs,
        "withdrawn": row.withdrawn,
    }
