"""Invoices: one for each receipt, from a book whose numbers have no gap (rule S12)."""

from __future__ import annotations

from datetime import timedelta

from kiosk.rules.forms.form import Always, Choice, Form, Option, Page, Words
from kiosk.rules.forms.money import LONGEST, wrong_price
from kiosk.rules.service.asking import a_number, remark
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import DESK, LEADS, Deed, Lapse, Others, Refused, Service
from kiosk.rules.writing.writing import Kind
from kiosk.sentences import N_, tell

BOOK = (Option("goes-on", N_("The same book")), Option("new", N_("A new book")))


_ASKED: tuple[Page, ...] = (
    Words("receipt", N_("Number of the receipt"), kind=Kind.LETTERS, longest=40),
    Words("invoice", N_("Number of the invoice"), kind=Kind.DIGITS, longest=20, check=a_number),
    Choice("book", N_("From which book?"), BOOK),
    Words("amount", N_("Amount in yuan"), kind=Kind.AMOUNT, longest=LONGEST, check=wrong_price),
    Words("buyer", N_("Made out to"), longest=80, private=True),
)


def objects(record: Record, others: Others) -> Refused | None:
    """The next number of the book; a void one stays used."""
    number, used = int(record.answers["invoice"]), [int(one.answers.get("invoice", "0")) for one in others]
    if number in used:
        return Refused(tell("invoice {number} is used already", number=number))
    if record.answers["book"] == "goes-on" and used and number != used[-1] + 1:
        return Refused(tell("the next invoice of the book is {number}", number=used[-1] + 1))
    return None


def once(record: Record) -> str:
    """One for each receipt, as long as it is not void."""
    return "" if record.stage == "void" else record.answers.get("receipt", "")


SERVICE = Service(
    "invoice",
    Form("invoice", N_("Invoice"), Always(_ASKED)),
    (
        Deed("void", N_("Make it void"), frozenset(("issued",)), "void", remark("invoice"), LEADS),
        Deed("file", N_("To the office"), frozenset(("issued",)), "filed", rights=DESK),
    ),
    begins="issued",
    over=frozenset(("void", "filed")),
    keep_days=400,
    once=once,
    stays=True,
    objects=objects,
    sees=timedelta(days=7),
    lapses=(Lapse("issued", timedelta(days=31), "filed"),),
    writes=DESK,
    offered=False,
    icon="cash-register",
)
