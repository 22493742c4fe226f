"""Bulk orders: the customer's form, line by line, confirmed and delivered (rule S15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from kiosk.rules.forms.form import Choice, Form, Notice, Option, Page, Words
from kiosk.rules.forms.money import fen_of, shown_fen, wrong_price
from kiosk.rules.service.asking import NAME, PHONE, remark
from kiosk.rules.service.printed import in_english, in_words
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import DESK, LEADS, Deed, Rows, Say, Service
from kiosk.sentences import N_

PAYMENT = (
    Option("transfer", N_("By transfer")),
    Option("cheque", N_("By cheque")),
    Option("cash", N_("In cash")),
    Option("card", N_("By card")),
)


class Line(NamedTuple):
    """item: five digits. price_fen: of one."""

    item: str
    name: str
    quantity: int
    price_fen: int

    @property
    def amount_fen(self) -> int:
        return self.quantity * self.price_fen


def line_of(text: str) -> Line | None:
    """As "12345 cola 24 3.50"; None for what is no line."""
    words = text.split()
    if len(words) < 4:
        return None
    item, *name, quantity, price = words
    if not (item.isascii() and item.isdigit() and len(item) == 5) or wrong_price(price):
        return None
    if not (quantity.isascii() and quantity.isdigit() and int(quantity)):
        return None
    return Line(item, " ".join(name), int(quantity), fen_of(price))


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines that are well written, between semicolons."""
    return tuple(line for part in text.split(";") if (line := line_of(part)) is not None)


def lines(answer: str) -> str:
    """What is wrong with the lines of an order."""
    wanted = [part for part in answer.split(";") if part.strip()]
    whole = len(lines_of(answer)) == len(wanted)
    return "" if whole else N_("Please write each line as 12345 name 24 3.50; next line")


def a_day(answer: str) -> str:
    """What is wrong with a date."""
    try:
        date.fromisoformat(answer)
    except ValueError:
        return N_("Please write a date such as 2026-11-23")
    return ""


def pages(_: Mapping[str, str]) -> tuple[Page, ...]:
    """The form of the house, in its order."""
    return (
        Words("customer", N_("The customer, as its account is named"), longest=80),
        replace(NAME, id="contact", ask=N_("Who takes the delivery?")),
        replace(PHONE, id="contact_phone", ask=N_("Telephone for the delivery")),
        Words("store_contact", N_("Who looks after it in the store?")),
        replace(PHONE, id="store_phone", ask=N_("Telephone in the store"), private=False),
        Choice("payment", N_("How is it paid?"), PAYMENT),
        Words("planned", N_("When is it delivered?"), longest=10, check=a_day),
        Words("lines", N_("What is ordered?"), N_("12345 name 24 3.50; next line"), longest=2000, check=lines),
    )


def _shown(line: Line) -> str:
    return f"{shown_fen(line.price_fen)} = {shown_fen(line.amount_fen)}"


def sheet(record: Record, say: Say = in_english) -> Rows:
    """What is printed, with the total and room for both signatures."""
    told = record.answers
    said = in_words(SERVICE.form, told, say)
    ordered = lines_of(told.get("lines", ""))
    return (
        (say(N_("Number")), str(record.number)),
        *((say(page.ask), said.get(page.id, "")) for page in pages(told)[:-1] if not isinstance(page, Notice)),
        *((line.item, f"{line.name}  {line.quantity} x {_shown(line)}") for line in ordered),
        (say(N_("Total")), shown_fen(sum(line.amount_fen for line in ordered))),
        (say(N_("Signature of the customer")), ""),
        (say(N_("Signature of the store")), ""),
    )


SERVICE = Service(
    "bulk-order",
    Form("bulk-order", N_("Bulk order"), pages),
    (
        Deed("confirm", N_("The customer has signed"), frozenset(("open",)), "confirmed", rights=DESK, takes=True),
        Deed("deliver", N_("Delivered and paid"), frozenset(("confirmed",)), "delivered", rights=DESK),
        Deed("cancel", N_("Cancel it"), frozenset(("open", "confirmed")), "cancelled", remark("bulk-order"), LEADS),
    ),
    over=frozenset(("delivered", "cancelled")),
    keep_days=400,
    writes=DESK,
    offered=False,
    sheet=sheet,
    icon="stack",
)
