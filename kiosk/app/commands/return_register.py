"""The end of the return desk's day: `kiosk returns register` and `kiosk returns handover` (R13)."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kiosk.app.commands.share import DONE, PROBLEMS, print_json, write
from kiosk.app.commands.store_counter import StoreCounter
from kiosk.app.slip_counter import day_end, slip_language, stock_desk
from kiosk.desks.returns.day_end import DayEnd
from kiosk.desks.returns.stock_desk import StockDesk
from kiosk.errors import KioskError
from kiosk.rules.forms.money import shown_fen
from kiosk.rules.people.person import Person
from kiosk.rules.returns.receipt import shown_quantity
from kiosk.rules.returns.register import (
    HEADINGS,
    Correction,
    Register,
    corrections,
    handover_sheet,
    rows,
    sheet,
)
from kiosk.rules.returns.slip import Refused, numbered
from kiosk.rules.returns.slip_rights import Deed, may
from kiosk.rules.returns.slip_words import WORDS
from kiosk.rules.returns.stock import Change

STOCK = ("slip", "item", "barcode", "name", "department", "quantity", "goods")


def show(arguments: argparse.Namespace) -> int:
    """The register of a day: on the terminal, as CSV, as PDF; what stock is told. Exit code 1: a number is missing."""
    with StoreCounter(arguments) as counter:
        by = counter.acting()
        _allowed(by, Deed.SIGN_REGISTER if arguments.sign else Deed.LOOK, counter)
        day = arguments.date or counter.now.date()
        desk = day_end(counter.site, counter.where, lambda: counter.ledger)
        if arguments.sign and isinstance(done := desk.sign(day, by, counter.now), Refused):
            sys.stderr.write(f"kiosk: {done.why}\n")
            return PROBLEMS
        stock = stock_desk(counter.site, counter.where, lambda: counter.ledger)
        changes = stock.untold(day)
        found, signatures = desk.register(day), desk.signatures(day)
        names = {id: one.name for id, one in counter.people.everybody().items()}
        if arguments.csv is not None:
            write(arguments.csv, _csv(HEADINGS, rows(found, names)))
        if arguments.stock is not None:
            write(arguments.stock, _csv(STOCK, _changed(changes) if arguments.told else _stock(found)))
        if arguments.pdf is not None:
            from kiosk.display.sheet_paint import page_pdf

            language = slip_language(counter.site)
            signed_by = counter.name_of(signatures[-1].by) if signatures else ""
            document = sheet(found, WORDS[language], counter.site.name[language], names, signed_by)
            write(arguments.pdf, page_pdf([document], across=True))
        if arguments.told or arguments.not_told:
            _tell_stock(changes if arguments.told else None, stock, day, by, counter.now)
    if arguments.json:
        print_json(_values(found, [(one.by, one.at.isoformat(), one.last) for one in signatures]))
    else:
        signed = [f"{names.get(one.by, one.by)} {one.at:%H:%M}, up to {numbered(one.last)}" for one in signatures]
        _print(found, signed)
    return PROBLEMS if found.missing else DONE


def _tell_stock(told: tuple[Change, ...] | None, desk: StockDesk, day: date, by: Person, now: datetime) -> None:
    """Once the file is written. told: what is told now, None where that is taken back. Raises KioskError."""
    done = desk.undo(day, by, now) if told is None else desk.tell(day, told, by, now)
    if isinstance(done, Refused):
        raise KioskError(f"refused: {done.why}")


def handover(arguments: argparse.Namespace) -> int:
    """What each department takes back to its floor; with --sign it signs for its own."""
    with StoreCounter(arguments) as counter:
        by = counter.acting()
        _allowed(by, Deed.RECEIVE if arguments.sign else Deed.LOOK, counter)
        day = arguments.date or counter.now.date()
        desk = day_end(counter.site, counter.where, lambda: counter.ledger)
        if arguments.sign:
            return _received(arguments.department, desk, day, by, counter)
        of = desk.goods(day)
        if arguments.department:
            of = {name: goods for name, goods in of.items() if name == arguments.department}
        if arguments.pdf is not None:
            from kiosk.display.sheet_paint import page_pdf

            language = slip_language(counter.site)
            store = counter.site.name[language]
            made = [handover_sheet(day, name, goods, WORDS[language], store) for name, goods in of.items()]
            if not made:
                raise KioskError(f"nothing goes back to the floor on {day}")
            write(arguments.pdf, page_pdf(made))
        done = desk.received(day)
        names = {id: one.name for id, one in counter.people.everybody().items()}
    table = Table(title=f"handover {day}", title_justify="left")
    for heading in ("department", "slip", "item", "name", "quantity", "signed"):
        table.add_column(heading)
    for name, goods in of.items():
        for one in goods:
            signed = done.get((name, one.number))
            by_whom = "" if signed is None else f"{names.get(signed.by, signed.by)} {signed.at:%H:%M}"
            cells = (name, numbered(one.number), one.item, one.name, shown_quantity(one.quantity_milli), by_whom)
            table.add_row(*map(Text, cells))
    Console().print(table)
    return DONE


def _received(department: str, desk: DayEnd, day: date, by: Person, counter: StoreCounter) -> int:
    if not department:
        raise KioskError("a department signs for its own: name it with --department")
    done = desk.receive(day, department, by, counter.now)
    if isinstance(done, Refused):
        sys.stderr.write(f"kiosk: {done.why}\n")
        return PROBLEMS
    sys.stdout.write(f"{by.name} signs for {department}: slips {', '.join(map(numbered, done.slips))}\n")
    return DONE


def _allowed(by: Person, deed: Deed, counter: StoreCounter) -> None:
    if why := may(by, deed, counter.now.date()):
        raise KioskError(f"refused: {why}")


def _csv(headings: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with its mark, as spreadsheets want it; a cell that begins like a formula is made text."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(headings)
    for line in lines:
        writer.writerow(
            [f"'{cell}" if cell[:1] in ("=", "+", "-", "@") and not _number(cell) else cell for cell in line]
        )
    return file.getvalue().encode("utf-8-sig")


def _number(cell: str) -> bool:
    return cell == "-" or cell.lstrip("-").replace(".", "", 1).isdecimal()


def _stock(found: Register) -> list[tuple[str, ...]]:
    return [_corrected(one, one.quantity_milli) for one in corrections(found.slips)]


def _changed(changes: Iterable[Change]) -> list[tuple[str, ...]]:
    return [_corrected(one.of, -one.of.quantity_milli if one.out else one.of.quantity_milli) for one in changes]


def _corrected(one: Correction, quantity_milli: int) -> tuple[str, ...]:
    quantity = shown_quantity(quantity_milli)
    return (numbered(one.number), one.item, one.barcode, one.name, one.department, quantity, one.goods.value)


def _values(found: Register, signatures: list[tuple[str, str, int]]) -> dict[str, object]:
    return {
        "day": found.day.isoformat(),
        "slips": [dict(zip(HEADINGS, row, strict=True)) for row in rows(found, {})],
        "missing": list(found.missing),
        "void": [slip.number for slip in found.void],
        "open": [slip.number for slip in found.open],
        "totals": [
            {
                "department": one.department,
                "slips": one.slips,
                "returns": shown_fen(one.returns_fen),
                "exchanges": shown_fen(one.exchanges_fen),
            }
            for one in found.totals
        ],
        "unused_credit": shown_fen(found.lost_fen),
        "signed": [{"by": by, "at": at, "last": last} for by, at, last in signatures],
    }


def _print(found: Register, signatures: list[str]) -> None:
    console = Console()
    table = Table(title=f"register {found.day}", title_justify="left")
    for heading in ("slip", "kind", "stage", "receipt", "name", "department", "quantity", "amount"):
        table.add_column(heading)
    for slip in found.slips:
        kind = (numbered(slip.number), slip.kind.value, slip.stage.value, slip.receipt, slip.name, slip.department)
        table.add_row(*map(Text, (*kind, shown_quantity(slip.quantity_milli), shown_fen(slip.amount_fen))))
    console.print(table)
    for one in found.totals:
        shown = f"{one.department}: {one.slips} slips, returns {shown_fen(one.returns_fen)}"
        console.print(Text(f"{shown}, exchanges {shown_fen(one.exchanges_fen)}"))
    if found.missing:
        console.print(Text(f"MISSING: {', '.join(map(numbered, found.missing))}"))
    if found.open:
        console.print(Text(f"open: {', '.join(numbered(slip.number) for slip in found.open)}"))
    for line in signatures:
        console.print(Text(f"signed by {line}"))
