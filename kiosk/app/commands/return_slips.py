"""Return slips: `kiosk returns slip fill|sign|approve|stamp|pay|redeem|check|void|show|list|print` (R07-R12).

Every step is written down by itself, with a person and a PIN. What is personal is asked for on the terminal, never
taken from the command line, where everybody on this machine could read it.
"""

from __future__ import annotations

import argparse
import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kiosk.app.commands.share import DONE, PROBLEMS, fen_typed, print_json, write
from kiosk.app.commands.store_counter import StoreCounter
from kiosk.app.slip_counter import Find, no_receipt, receipts_at, slip_book, slip_desk
from kiosk.desks.returns.slip_desk import SlipDesk, unpersonal
from kiosk.desks.staff.printer_corner import COPY
from kiosk.errors import KioskError
from kiosk.ledger import audit
from kiosk.rules.forms.money import shown_fen
from kiosk.rules.people.person import Person
from kiosk.rules.printing.document import stamped
from kiosk.rules.returns.credit import scanned
from kiosk.rules.returns.receipt import quantity_of, shown_quantity
from kiosk.rules.returns.slip import NEXT, Filling, Goods, Kind, Refused, Slip, SlipField, numbered
from kiosk.rules.returns.slip_deeds import Approve, Check, Deed, Pay, Redeem, ShopperSigns, Stamp, Void
from kiosk.rules.returns.slip_fields import shown
from kiosk.rules.returns.slip_rights import Deed as Right
from kiosk.rules.returns.slip_rights import may

YES = ("y", "yes", "是")


def fill(arguments: argparse.Namespace) -> int:
    """A new slip: the article is scanned, the card and the phone are asked for, the number is taken."""
    quantity_milli = quantity_of(arguments.quantity)
    with StoreCounter(arguments) as counter:
        by = counter.acting()
        filling = Filling(
            line=arguments.line,
            quantity_milli=quantity_milli,
            kind=Kind(arguments.kind),
            reason=arguments.reason,
            goods=Goods(arguments.goods),
            fresh=arguments.fresh,
            serial=arguments.serial,
            spoiled=arguments.spoiled,
            scanned=_asked("scan the article's barcode, or type its item number: "),
            member=_asked("member card of the receipt, empty for none: "),
            phone=_asked("the shopper's phone: "),
            note=_asked("damage, and what else you see; empty for nothing: "),
        )
        with receipts_at(counter.site, counter.where) as find:
            done = _desk(counter, find).fill(arguments.receipt, filling, by, counter.now)
    return _said(done)


def step(arguments: argparse.Namespace) -> int:
    """One step that needs nothing but a person: sign, stamp, pay."""
    deeds: dict[str, Deed] = {"sign": ShopperSigns(), "stamp": Stamp(), "pay": Pay()}
    return _do(arguments, deeds[arguments.verb])


def approve(arguments: argparse.Namespace) -> int:
    """Every field is shown and confirmed one after another, the amount and the receipt first (R10)."""
    with StoreCounter(arguments) as counter:
        by = counter.acting()
        slip = _slip(counter, arguments.slip)
        checked = []
        for field in SlipField:
            value = _value(slip, field, counter)
            if _asked(f"{field.value}: {value} - right? [y] ").casefold() not in YES:
                sys.stderr.write(
                    f"kiosk: not approved: the {field.value} is not right; the slip waits, or becomes void\n"
                )
                return PROBLEMS
            checked.append(field)
        return _said(_desk(counter).do(slip.number, Approve(tuple(checked)), by, counter.now))


def redeem(arguments: argparse.Namespace) -> int:
    """The till takes an exchange slip as cash, once; or the door auditor compares the new goods with it."""
    price_fen = fen_typed(arguments.price)
    code = scanned(arguments.code)
    if code is None:
        raise KioskError(f"{arguments.code} is no code of a slip: scan the square on it, as RS000123-ABCDEFGH")
    with StoreCounter(arguments) as counter:
        by = counter.acting()
        deed: Deed = Redeem(price_fen) if arguments.verb == "redeem" else Check(price_fen)
        done = _desk(counter).do(code.number, deed, by, counter.now, code)
    if isinstance(done, Slip) and isinstance(deed, Redeem):
        sys.stdout.write(f"worth {shown_fen(done.amount_fen)}, to pay {shown_fen(done.top_up_fen)}; no change\n")
    return _said(done)


def void(arguments: argparse.Namespace) -> int:
    """Void, with two signatures: the approver acts, the clerk proves theirs as well (R11)."""
    with StoreCounter(arguments) as counter:
        by = counter.acting()
        clerk = counter.proven(arguments.clerk, arguments.clerk_pin_file)
        return _said(_desk(counter).do(arguments.slip, Void(clerk, arguments.why), by, counter.now))


def show(arguments: argparse.Namespace) -> int:
    """One slip with all that stands on it; that somebody looked stands in the audit chain (S20)."""
    with StoreCounter(arguments) as counter:
        by = _looking(counter)
        slip = _slip(counter, arguments.slip)
        with counter.ledger.write() as connection:
            fact = audit.Fact(counter.now, by.id, "looks at", f"return slip {numbered(slip.number)}", {})
            audit.append(connection, fact)
        values = {field.value: _value(slip, field, counter) for field in SlipField}
        values |= {"kind": slip.kind.value, "goods": slip.goods.value, "stage": slip.stage.value, "note": slip.note}
        values |= {"approved by": counter.name_of(slip.approver), "cashier": counter.name_of(slip.cashier)}
        if arguments.json:
            print_json(values)
        else:
            table = Table(show_header=False)
            for name, value in values.items():
                table.add_row(Text(name), Text(value))
            Console().print(table)
    return DONE


def listed(arguments: argparse.Namespace) -> int:
    """Slips that still wait for a step, without what is personal."""
    with StoreCounter(arguments) as counter:
        _looking(counter)
        slips = [unpersonal(slip) for slip in slip_book(counter.where, lambda: counter.ledger, counter.zone).waiting()]
    if arguments.json:
        print_json([_values(slip) for slip in slips])
        return DONE
    table = Table(title="slips", title_justify="left")
    for heading in ("slip", "filled", "kind", "article", "quantity", "amount", "stage", "next"):
        table.add_column(heading)
    for slip in slips:
        amount = (slip.name, shown_quantity(slip.quantity_milli), shown_fen(slip.amount_fen))
        cells = (numbered(slip.number), f"{slip.filled:%m-%d %H:%M}", slip.kind.value, *amount, slip.stage.value)
        table.add_row(*map(Text, (*cells, NEXT[slip.stage])))
    Console().print(table)
    return DONE


def printed(arguments: argparse.Namespace) -> int:
    """The three copies as PDF, or once more on the printer, marked as copies."""
    with StoreCounter(arguments) as counter:
        by = _looking(counter)
        slip = _slip(counter, arguments.slip)
        if not slip.approver and slip.counts:
            raise KioskError(f"slip {numbered(slip.number)} is not approved yet: its copies are printed then")
        made = _desk(counter).sheets(slip)
        if arguments.pdf is not None:
            from kiosk.display.sheet_paint import roll_pdf

            choice = next((one for one in counter.site.printers if one.id == made.printer), None)
            paper_mm, dots = (80, 576) if choice is None else (choice.paper_mm, choice.dots)
            write(arguments.pdf, roll_pdf(made.sheets, paper_mm, dots))
            return DONE
        printer = counter.printer(arguments.printer)
        copies = (stamped(one, COPY) for one in made.sheets)
        jobs = counter.queue.add_all(printer, copies, counter.now, by=by.id)
    sys.stdout.write(f"jobs {', '.join(map(str, jobs))} wait for the printer {printer}, marked {COPY}\n")
    return DONE


def _do(arguments: argparse.Namespace, deed: Deed) -> int:
    with StoreCounter(arguments) as counter:
        by = counter.acting()
        return _said(_desk(counter).do(arguments.slip, deed, by, counter.now))


def _desk(counter: StoreCounter, find: Find = no_receipt) -> SlipDesk:
    return slip_desk(counter.site, counter.where, lambda: counter.ledger, find)


def _slip(counter: StoreCounter, number: int) -> Slip:
    slip = slip_book(counter.where, lambda: counter.ledger, counter.zone).slip(number)
    if slip is None:
        raise KioskError(f"there is no slip {numbered(number)}: kiosk returns slip list")
    return slip


def _looking(counter: StoreCounter) -> Person:
    by = counter.acting()
    if why := may(by, Right.LOOK, counter.now.date()):
        raise KioskError(f"refused: {why}")
    return by


def _value(slip: Slip, field: SlipField, counter: StoreCounter) -> str:
    """What stands in a field, for the eyes of an approver."""
    return shown(slip, {slip.clerk: counter.name_of(slip.clerk)})[field]


def _values(slip: Slip) -> dict[str, object]:
    return {
        "slip": slip.number,
        "filled": slip.filled.isoformat(),
        "kind": slip.kind.value,
        "receipt": slip.receipt,
        "line": slip.line,
        "name": slip.name,
        "quantity": shown_quantity(slip.quantity_milli),
        "amount": shown_fen(slip.amount_fen),
        "stage": slip.stage.value,
        "next": NEXT[slip.stage],
    }


def _asked(question: str) -> str:
    """An answer from the terminal, or the next line of what is piped in."""
    if sys.stdin.isatty():
        sys.stderr.write(question)
        sys.stderr.flush()
    return sys.stdin.readline().strip()


def _said(done: Slip | Refused) -> int:
    if isinstance(done, Refused):
        sys.stderr.write(f"kiosk: refused: {done.why}\n")
        return PROBLEMS
    sys.stdout.write(f"slip {numbered(done.number)}: {done.stage.value}; next: {NEXT[done.stage]}\n")
    return DONE
