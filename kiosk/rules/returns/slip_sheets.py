"""The three copies of a slip, as sheets to print: each says whose it is (R08, R09, R11)."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.rules.forms.money import shown_fen
from kiosk.rules.printing.document import (
    Align,
    Code,
    Column,
    Document,
    Field,
    Line,
    Part,
    Rule,
    Sign,
    Size,
    Space,
    Stamp,
    Table,
)
from kiosk.rules.returns.receipt import shown_quantity
from kiosk.rules.returns.slip import Kind, Slip, Stage, numbered
from kiosk.rules.returns.slip_words import WORDS, SlipWords
from kiosk.units import Language

COPIES = 3


def copies(slip: Slip, store: str, language: Language, code: str, names: Mapping[str, str]) -> tuple[Document, ...]:
    """All three, in their order. code: of an exchange's value, "" for none. names: of people, by id."""
    words = WORDS[language]
    title = f"{words.title[slip.kind]} {numbered(slip.number)}"
    return tuple(
        Document(f"{title} ({copy + 1}/{COPIES})", _sheet(slip, store, words, copy, code, names))
        for copy in range(COPIES)
    )


def _sheet(
    slip: Slip, store: str, words: SlipWords, copy: int, code: str, names: Mapping[str, str]
) -> tuple[Part, ...]:
    void = slip.stage is Stage.VOID
    head: tuple[Part, ...] = (
        *((Stamp(words.void),) if void else ()),
        Line(store, align=Align.CENTRE),
        Line(words.title[slip.kind], Size.LARGE, bold=True, align=Align.CENTRE),
        Line(numbered(slip.number), Size.HUGE, bold=True, align=Align.CENTRE),
        Line(words.copies[copy], align=Align.CENTRE),
        Rule(),
    )
    columns = (
        Column(words.quantity, 1, Align.RIGHT),
        Column(words.price, 2, Align.RIGHT),
        Column(words.amount, 2, Align.RIGHT),
    )
    amounts = (shown_quantity(slip.quantity_milli), shown_fen(slip.unit_price_fen), shown_fen(slip.amount_fen))
    body: tuple[Part, ...] = (
        Field(words.date, f"{slip.filled:%Y-%m-%d %H:%M}"),
        Field(words.receipt, slip.receipt),
        Field(words.bought, f"{slip.bought:%Y-%m-%d}"),
        Field(words.member, slip.member or "-"),
        Field(words.phone, slip.phone),
        Rule(),
        Field(words.item, slip.item),
        Field(words.name, slip.name, bold=True),
        Table(columns, (amounts,)),
        Line(words.marked[slip.kind], bold=True),
        Field(words.reason, slip.reason),
        *((Line(slip.note, Size.SMALL),) if slip.note else ()),
        Rule(),
    )
    return (*head, *body, *_foot(slip, words, code, names, void=void))


def _foot(slip: Slip, words: SlipWords, code: str, names: Mapping[str, str], *, void: bool) -> tuple[Part, ...]:
    if void:
        clerk, approver = slip.voided_by
        return (
            Field(words.void_why, words.voids.get(slip.void_why, slip.void_why)),
            Sign(words.clerk, names.get(clerk, clerk)),
            Sign(words.approver, names.get(approver, approver)),
            Space(3.0),
            Stamp(words.void),
        )
    signed: tuple[Part, ...] = (
        Sign(words.shopper),
        Sign(words.clerk, names.get(slip.clerk, slip.clerk)),
        Sign(words.approver, names.get(slip.approver, slip.approver)),
        Sign(words.cashier, names.get(slip.cashier, slip.cashier)),
    )
    if slip.kind is Kind.RETURN or not code:
        return signed
    return (*signed, Code(code, 30.0), Line(words.credit, Size.SMALL, align=Align.CENTRE))
