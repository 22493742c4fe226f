"""The day's register: slips in the order of their numbers, none missing; what stock and departments are told (R13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.rules.forms.money import shown_fen
from kiosk.rules.printing.document import Align, Column, Document, Line, Part, Rule, Sign, Size, Table
from kiosk.rules.returns.receipt import shown_quantity
from kiosk.rules.returns.slip import Goods, Kind, Slip, Stage, numbered
from kiosk.rules.returns.slip_deeds import lost_fen
from kiosk.rules.returns.slip_words import SlipWords


@dataclass(frozen=True, slots=True)
class Total:
    """Of a department, void slips left out. returns_fen: paid out. exchanges_fen: of credit."""

    department: str
    slips: int
    returns_fen: int
    exchanges_fen: int

    @property
    def amount_fen(self) -> int:
        """Of both."""
        return self.returns_fen + self.exchanges_fen


@dataclass(frozen=True, slots=True)
class Register:
    """slips: in the order of numbers. missing: numbers that should be there. open: slips that still wait for a step.

    lost_fen: of credit that nobody used (R12).
    """

    day: date
    slips: tuple[Slip, ...]
    missing: tuple[int, ...]
    totals: tuple[Total, ...]
    open: tuple[Slip, ...]
    lost_fen: int

    @property
    def void(self) -> tuple[Slip, ...]:
        """Those that are void; their numbers stay used."""
        return tuple(slip for slip in self.slips if slip.stage is Stage.VOID)


@dataclass(frozen=True, slots=True)
class Correction:
    """What stock is told of one slip."""

    number: int
    item: str
    barcode: str
    name: str
    department: str
    quantity_milli: int
    goods: Goods


def register(day: date, slips: Iterable[Slip], last_before: int) -> Register:
    """The register of a day. last_before: the last number of the days before, 0 for none."""
    ordered = tuple(sorted(slips, key=lambda slip: slip.number))
    return Register(
        day=day,
        slips=ordered,
        missing=missing([slip.number for slip in ordered], last_before),
        totals=totals(ordered),
        open=tuple(slip for slip in ordered if _waits(slip)),
        lost_fen=sum(lost_fen(slip) for slip in ordered),
    )


def missing(numbers: Sequence[int], last_before: int) -> tuple[int, ...]:
    """Numbers that were skipped between the day before and the last of these (R08)."""
    found = set(numbers)
    return tuple(n for n in range(last_before + 1, max(found, default=last_before) + 1) if n not in found)


def totals(slips: Iterable[Slip]) -> tuple[Total, ...]:
    """By department, in the order of names."""
    of: dict[str, list[Slip]] = defaultdict(list)
    for slip in slips:
        if slip.counts:
            of[slip.department].append(slip)
    return tuple(
        Total(
            department,
            len(own),
            sum(slip.amount_fen for slip in own if slip.kind is Kind.RETURN),
            sum(slip.amount_fen for slip in own if slip.kind is Kind.EXCHANGE),
        )
        for department, own in sorted(of.items())
    )


def corrections(slips: Iterable[Slip]) -> tuple[Correction, ...]:
    """What came back: nothing of a void slip, nor of one that nobody has approved yet."""
    return tuple(brought(slip) for slip in slips if slip.counts and slip.approver)


def brought(slip: Slip) -> Correction:
    """What a slip's shopper brought, whether or not it counts."""
    return Correction(slip.number, slip.item, slip.barcode, slip.name, slip.department, slip.quantity_milli, slip.goods)


def handovers(slips: Iterable[Slip]) -> Mapping[str, tuple[Correction, ...]]:
    """What each department takes back to the floor, and signs for."""
    of: dict[str, list[Correction]] = defaultdict(list)
    for one in corrections(slips):
        if one.goods is Goods.FLOOR:
            of[one.department].append(one)
    return {department: tuple(of[department]) for department in sorted(of)}


def _waits(slip: Slip) -> bool:
    """Whether somebody has to do something; a door check that is left out is no open matter of the desk."""
    return slip.stage in (Stage.FILLED, Stage.SIGNED, Stage.APPROVED, Stage.STAMPED)


def rows(found: Register, names: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Every field of each slip (R09) but what is personal, for a table or a file. names: of people, by id."""
    return [
        (
            numbered(slip.number),
            f"{slip.filled:%Y-%m-%d %H:%M}",
            slip.kind.value,
            slip.stage.value,
            slip.receipt,
            f"{slip.bought:%Y-%m-%d}",
            slip.item,
            slip.name,
            slip.department,
            shown_quantity(slip.quantity_milli),
            shown_fen(slip.unit_price_fen),
            shown_fen(slip.amount_fen),
            slip.reason,
            *(names.get(id, id) for id in (slip.clerk, slip.approver, slip.cashier)),
        )
        for slip in found.slips
    ]


HEADINGS = (
    *("slip", "filled", "kind", "stage", "receipt", "bought", "item", "name", "department"),
    *("quantity", "unit_price", "amount", "reason", "clerk", "approver", "cashier"),
)


def sheet(found: Register, words: SlipWords, store: str, names: Mapping[str, str], signed_by: str) -> Document:
    """The register as pages of A4, landscape."""
    right = Align.RIGHT
    shares = (0.9, 0.7, 0.7, 1.0, 2.0, 1.3, 1.3, 3.0, 1.2, 0.8, 1.1, 1.2, 2.0, 1.1, 1.1, 1.1)
    titles = (
        *(words.number, words.date, "", words.stage, words.receipt, words.bought, words.item, words.name),
        *(words.department, words.quantity, words.price, words.amount, words.reason),
        *(words.clerk, words.approver, words.till),
    )
    lines = tuple(
        (row[0], f"{slip.filled:%H:%M}", words.kinds[slip.kind], words.stages[slip.stage], *row[4:])
        for slip, row in zip(found.slips, rows(found, names), strict=True)
    )
    aligned = {words.quantity: right, words.price: right, words.amount: right}
    columns = tuple(
        Column(title, share, aligned.get(title, Align.LEFT)) for title, share in zip(titles, shares, strict=True)
    )
    parts: tuple[Part, ...] = (
        Line(store, Size.SMALL),
        Line(f"{words.register}　{found.day}", Size.LARGE, bold=True),
        Line(_gaps(found, words)),
        *((Table(columns, lines, Size.SMALL),) if found.slips else ()),
        Rule(),
        Table(
            (
                Column(words.department, 2),
                Column(words.count, 1, right),
                Column(words.title[Kind.RETURN], 1, right),
                Column(words.title[Kind.EXCHANGE], 1, right),
                Column(words.total, 1, right),
                Column("", 3),  # so that the sums stand together
            ),
            tuple((*_totalled(one), "") for one in (*found.totals, _whole(found, words.total))),
            total=True,
        ),
        Sign(words.lead, signed_by),
    )
    return Document(f"{words.register} {found.day}", parts)


def roll(found: Register, words: SlipWords, store: str, signed_by: str) -> Document:
    """The register as narrow as a receipt printer is: each slip in a line, then the totals."""
    right = Align.RIGHT
    lines = tuple(
        (
            numbered(slip.number),
            f"{words.kinds[slip.kind]} {words.stages[slip.stage]}",
            slip.department,
            shown_fen(slip.amount_fen),
        )
        for slip in found.slips
    )
    columns = (
        Column(words.number),
        Column(words.stage, 1.4),
        Column(words.department, 1.4),
        Column(words.amount, 1, right),
    )
    totalled = tuple(
        (one.department, *map(shown_fen, (one.returns_fen, one.exchanges_fen)))
        for one in (*found.totals, _whole(found, words.total))
    )
    parts = (
        Line(store, Size.SMALL),
        Line(words.register, Size.LARGE, bold=True),
        Line(str(found.day)),
        Line(_gaps(found, words)),
        Table(columns, lines, Size.SMALL),
        Rule(),
        Table(
            (
                Column(words.department, 1.4),
                Column(words.title[Kind.RETURN], 1, right),
                Column(words.title[Kind.EXCHANGE], 1, right),
            ),
            totalled,
            Size.SMALL,
            total=True,
        ),
        Sign(words.lead, signed_by),
    )
    return Document(f"{words.register} {found.day}", parts)


def handover_sheet(
    day: date, department: str, goods: Sequence[Correction], words: SlipWords, store: str, received_by: str = ""
) -> Document:
    """What a department takes back, with room for its signature. received_by: who has signed for it by PIN."""
    columns = (
        Column(words.number, 1.6),
        Column(words.item, 1.4),
        Column(words.name, 2.6),
        Column(words.quantity, 0.9, Align.RIGHT),
    )
    lines = tuple((numbered(one.number), one.item, one.name, shown_quantity(one.quantity_milli)) for one in goods)
    parts = (
        Line(store, Size.SMALL),
        Line(words.handover, Size.LARGE, bold=True),
        Line(f"{day}　{words.department}: {department}"),
        Table(columns, lines),
        Sign(words.received, received_by),
        Sign(words.lead),
    )
    return Document(f"{words.handover} {day}", parts)


def _gaps(found: Register, words: SlipWords) -> str:
    if not found.slips:
        return words.none
    return words.whole if not found.missing else f"{words.gaps}: {', '.join(map(numbered, found.missing))}"


def _whole(found: Register, title: str) -> Total:
    of = found.totals
    return Total(
        title,
        sum(one.slips for one in of),
        sum(one.returns_fen for one in of),
        sum(one.exchanges_fen for one in of),
    )


def _totalled(one: Total) -> tuple[str, ...]:
    fen = (one.returns_fen, one.exchanges_fen, one.amount_fen)
    return (one.department, str(one.slips), *map(shown_fen, fen))
