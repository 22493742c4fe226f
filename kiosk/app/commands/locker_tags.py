"""The lockers' tags: `kiosk lockers tags print`, `list`, `withdraw`, `chip`, `rotate`."""

from __future__ import annotations

import argparse
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
from kiosk.app.slip_printing import keep_private
from kiosk.app.tag_keys import KeyRing, make_keys, rotate
from kiosk.config.load import load_site
from kiosk.errors import DeviceFault, KioskError
from kiosk.hw.printing import print_pdf
from kiosk.ledger import audit
from kiosk.ledger.lockers import LedgerLockers
from kiosk.ledger.people import Refusal
from kiosk.ledger.tags import PlaqueRow, TagPages
from kiosk.rules.broadcast.roster import Roster
from kiosk.rules.lockers.rights import Deed, decide
from kiosk.rules.lockers.tags import LAST_GENERATION, Plaque, Ticket
from kiosk.rules.people.person import Allowed, Person
from kiosk.units import LANGUAGES


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

    def acting(self, deed: Deed, subject: str) -> str:
        """Whom the audit is to name; a PIN proves it. Raises KioskError where it is refused, which is logged.

        Before there is anybody whose right it is, it is that of whoever installs: they own the file.
        """
        known = self.desk.people.everybody()
        login = who.login_name()
        person: Person | None = Roster(known).of_login(login)
        if id := self._as or ("" if person is None else person.id):
            proven = self.desk.people.prove(id, pin_of(self._pin_file, f"PIN of {id}: "), self.desk.now)
            if isinstance(proven, Refusal):
                raise KioskError(f"refused: {proven.why}")
            person = proven
        today = self.desk.now.date()
        permission = decide(person, deed, today, named=login)
        if isinstance(permission, Allowed):
            return permission.operator
        held = any(isinstance(decide(one, deed, today), Allowed) for one in known.values())
        if not held and who.owns(self.desk.where):
            return permission.operator
        fact = audit.Fact(self.desk.now, permission.operator, "is refused", subject, {"why": permission.why})
        with self.desk.ledger.write() as connection:
            audit.append(connection, fact)
        raise KioskError(f"refused: {permission.why}")

    def issued(self) -> dict[int, PlaqueRow]:
        """The newest plaque of each number, by number."""
        return {row.plaque.number: row for row in self.pages.plaques()}

    def ticket_in(self, number: int) -> Ticket | None:
        """The ticket that was printed for what lies in the locker of a number."""
        lockers = LedgerLockers(lambda: self.desk.ledger, self.site.zone_info).lockers()
        deposit = next((one.deposit for one in lockers if one.number == number), 0)
        return self.pages.ticket_of(deposit) if deposit else None

    def wanted(self) -> dict[int, Plaque]:
        """The plaque that each locker of the store wants as it stands, by number."""
        lockers = LedgerLockers(lambda: self.desk.ledger, self.site.zone_info).lockers()
        if lockers or self.site.lockers is None:
            return {one.number: Plaque(one.number, one.generation) for one in lockers}
        return {number: Plaque(number, 1) for number in self.site.lockers.places}  # no front role ran yet


def printed(arguments: argparse.Namespace) -> int:
    """Plaque sheets, as PDF or on a printer: new ones, or those that there are once more."""
    from kiosk.display.plaque_sheet import Paper, PlaquePrint, Size, plaque_sheets

    desk = TagDesk(arguments)
    with desk.desk.ledger:
        by = desk.acting(Deed.PRINT_TAGS, "plaques")
        make_keys(desk.key_file, in_use=desk.pages.keys_in_use())
        plaques = _to_print(desk, arguments.numbers)
        texts = [desk.pages.issue_plaque(plaque, by, desk.desk.now) for plaque in plaques]
    prints = [
        PlaquePrint(plaque.number, plaque.generation, text)
        for plaque, text in zip(plaques, texts, strict=True)
        for _ in range(arguments.copies)
    ]
    name = next(desk.site.name[language] for language in LANGUAGES if desk.site.name.get(language))
    content = plaque_sheets(prints, name, Size[arguments.size.upper()], Paper[arguments.paper.upper()])
    if arguments.printer is not None:
        print_pdf(content, arguments.printer, "plaques")
    else:
        _keep(arguments.out, content)
        sys.stdout.write(f"{arguments.out}: print it at 100 %, then keep it like a key or delete it\n")
    for plaque in plaques:
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
    """A plaque or a ticket is lost: from now on it opens nothing."""
    desk = TagDesk(arguments)
    with desk.desk.ledger:
        if arguments.ticket:
            by = desk.acting(Deed.PRINT_TAGS, f"ticket of locker {arguments.number}")
            ticket = desk.ticket_in(arguments.number)
            if ticket is None or not desk.pages.withdraw_ticket(ticket.deposit, arguments.why, by, desk.desk.now):
                raise KioskError(f"no ticket was printed for what lies in locker {arguments.number}")
            sys.stdout.write(f"{ticket} opens nothing any more; its things are handed out without it (L07)\n")
            return DONE
        by = desk.acting(Deed.PRINT_TAGS, f"plaque {arguments.number}")
        row = desk.issued().get(arguments.number)
        if row is None or not desk.pages.withdraw_plaque(row.plaque, arguments.why, by, desk.desk.now):
            raise KioskError(f"no plaque {arguments.number} is issued: see kiosk lockers tags list")
    sys.stdout.write(f"{row.plaque} opens nothing any more\n")
    return DONE


def chip(arguments: argparse.Namespace) -> int:
    """An RFID chip stands for a plaque from now on."""
    desk = TagDesk(arguments)
    with desk.desk.ledger:
        by = desk.acting(Deed.PRINT_TAGS, f"plaque {arguments.number}")
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
        by = desk.acting(Deed.ROTATE_KEYS, "the key of the tags")
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


def _to_print(desk: TagDesk, numbers: Sequence[int] | None) -> list[Plaque]:
    """The plaques of those numbers, of every locker where none is named. Raises KioskError before any is issued."""
    wanted, issued = desk.wanted(), desk.issued()
    if not (numbers or wanted):
        raise KioskError("the store has no lockers yet: name their numbers, as --numbers 1-24")
    found = []
    for number in numbers or sorted(wanted):
        plaque = wanted.get(number) or _spare(number, issued.get(number))
        known = desk.pages.issued(plaque)
        if known is not None and known.withdrawn:
            why = f"{plaque} was withdrawn ({known.withdrawn})"
            raise KioskError(f"{why}: give its locker another tag first (kiosk lockers renumber)")
        found.append(plaque)
    return found


def _spare(number: int, before: PlaqueRow | None) -> Plaque:
    """A number that no locker has, for a substitute (L09): what there is, or its next generation. KioskError."""
    if before is None:
        return Plaque(number, 1)
    if not before.withdrawn:
        return before.plaque
    if before.plaque.generation == LAST_GENERATION:
        raise KioskError(f"plaque {number} had {LAST_GENERATION} generations: take another number")
    return Plaque(number, before.plaque.generation + 1)


def _keep(file: Path, content: bytes) -> None:
    try:
        keep_private(file, content)
    except OSError as error:
        raise DeviceFault(f"{file} cannot be written: {error.strerror}; name a folder that exists") from error


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
