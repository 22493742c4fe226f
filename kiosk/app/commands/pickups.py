"""Pick-ups: `kiosk returns pickup issue|test|test-return|hand-out|void|show|list|print` (R17)."""

from __future__ import annotations

import argparse
import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kiosk.app.commands.share import DONE, PROBLEMS, print_json, write
from kiosk.app.commands.store_counter import StoreCounter
from kiosk.app.slip_counter import Find, no_receipt, pickup_book, pickup_desk, receipts_at
from kiosk.desks.returns.pickup_desk import PickupDesk
from kiosk.errors import KioskError
from kiosk.rules.returns.clause import Paper
from kiosk.rules.returns.pickup import Card, Trial, Tried, Trying, numbered
from kiosk.rules.returns.slip import Refused
from kiosk.rules.returns.slip_rights import Deed as Right
from kiosk.rules.returns.slip_rights import may


def issue(arguments: argparse.Namespace) -> int:
    """A card for a line of a receipt."""
    with StoreCounter(arguments) as counter:
        by = counter.acting()
        with receipts_at(counter.site, counter.where) as find:
            return _said(_desk(counter, find).issue(arguments.receipt, arguments.line, by, counter.now))


def test(arguments: argparse.Namespace) -> int:
    """What was tried of a card's goods."""
    with StoreCounter(arguments) as counter:
        by = counter.acting()
        return _said(_desk(counter).test(arguments.card, _testing(arguments), by, counter.now))


def test_return(arguments: argparse.Namespace) -> int:
    """What was tried of an article that comes back."""
    with StoreCounter(arguments) as counter:
        by = counter.acting()
        with receipts_at(counter.site, counter.where) as find:
            receipt = find(arguments.receipt)
        if receipt is None:
            raise KioskError(f"there is no receipt {arguments.receipt} of this store: look at its number again")
        return _said(_desk(counter).test_here(receipt, arguments.line, _testing(arguments), by, counter.now))


def hand_out(arguments: argparse.Namespace) -> int:
    """The goods are the shopper's."""
    came = {Paper.RECEIPT: arguments.receipt, Paper.INVOICE: arguments.invoice}
    papers = frozenset(paper for paper, here in came.items() if here)
    with StoreCounter(arguments) as counter:
        by = counter.acting()
        return _said(_desk(counter).hand_out(arguments.card, papers, by, counter.now))


def void(arguments: argparse.Namespace) -> int:
    """The card is worth nothing."""
    with StoreCounter(arguments) as counter:
        by = counter.acting()
        return _said(_desk(counter).void(arguments.card, arguments.why, by, counter.now))


def show(arguments: argparse.Namespace) -> int:
    """One card with its tests."""
    with StoreCounter(arguments) as counter:
        _looking(counter)
        card = _card(counter, arguments.card)
        tests = _desk(counter).tests(card)
        values: dict[str, object] = {
            **_values(card),
            "tests": [
                {
                    "record": one.number,
                    "at": one.at.isoformat(timespec="minutes"),
                    "by": counter.name_of(one.by),
                    "serial": one.serial,
                    "tried": [tried.value for tried in Tried if tried in one.tried],
                    "found": [tried.value for tried in Tried if tried in one.found],
                    "result": one.result.value,
                    "note": one.note,
                }
                for one in tests
            ],
        }
    if arguments.json:
        print_json(values)
        return DONE
    table = Table(show_header=False)
    for name, value in values.items():
        table.add_row(Text(name), Text(str(value)))
    Console().print(table)
    return DONE


def listed(arguments: argparse.Namespace) -> int:
    """Cards whose goods still wait."""
    with StoreCounter(arguments) as counter:
        _looking(counter)
        cards = pickup_book(counter.where, lambda: counter.ledger, counter.zone).waiting()
    if arguments.json:
        print_json([_values(card) for card in cards])
        return DONE
    table = Table(title="pick-ups", title_justify="left")
    for heading in ("card", "issued", "article", "pieces", "stage"):
        table.add_column(heading)
    for card in cards:
        cells = (numbered(card.number), f"{card.at:%m-%d %H:%M}", card.name, str(card.pieces), card.stage.value)
        table.add_row(*map(Text, cells))
    Console().print(table)
    return DONE


def printed(arguments: argparse.Namespace) -> int:
    """The card and its test records as PDF."""
    from kiosk.display.sheet_paint import roll_pdf

    with StoreCounter(arguments) as counter:
        _looking(counter)
        card, desk = _card(counter, arguments.card), _desk(counter)
        made = desk.again(card)
        choice = next((one for one in counter.site.printers if one.id == made.printer), None)
        paper_mm, dots = (80, 576) if choice is None else (choice.paper_mm, choice.dots)
        write(arguments.pdf, roll_pdf(made.sheets, paper_mm, dots))
    return DONE


def _testing(arguments: argparse.Namespace) -> Trying:
    tried, found = (frozenset(Tried(one) for one in named) for named in (arguments.tried, arguments.found))
    return Trying(arguments.serial, tried, found, arguments.note)


def _desk(counter: StoreCounter, find: Find = no_receipt) -> PickupDesk:
    return pickup_desk(counter.site, counter.where, lambda: counter.ledger, find)


def _card(counter: StoreCounter, number: int) -> Card:
    card = pickup_book(counter.where, lambda: counter.ledger, counter.zone).card(number)
    if card is None:
        raise KioskError(f"there is no pick-up card {numbered(number)}: kiosk returns pickup list")
    return card


def _looking(counter: StoreCounter) -> None:
    if why := may(counter.acting(), Right.PICK_UP, counter.now.date()):
        raise KioskError(f"refused: {why}")


def _values(card: Card) -> dict[str, object]:
    return {
        "card": card.number,
        "issued": card.at.isoformat(timespec="minutes"),
        "receipt": card.receipt,
        "line": card.line,
        "name": card.name,
        "pieces": card.pieces,
        "serial": card.serial,
        "stage": card.stage.value,
        "papers": sorted(one.value for one in card.papers),
        "void_why": card.void_why,
    }


def _said(done: Card | Trial | Refused) -> int:
    match done:
        case Refused(why):
            sys.stderr.write(f"kiosk: refused: {why}\n")
            return PROBLEMS
        case Card():
            sys.stdout.write(f"pick-up card {numbered(done.number)}: {done.stage.value}\n")
        case Trial():
            sys.stdout.write(f"test record {numbered(done.number)}: {done.result.value}\n")
    return DONE
