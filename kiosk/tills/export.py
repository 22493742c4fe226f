"""A till's CSV export, parsed strictly: bytes in, receipts out, every mistake with its line and its remedy."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import lru_cache
from operator import itemgetter

from kiosk.errors import KioskError
from kiosk.rules.returns.receipt import BadReceipt, Line, Receipt, check_day, price_of, quantity_of
from kiosk.rules.returns.receipt_number import NumberForm, Unknown, read

# What a column may be called: each field's own name, and what tills here print.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("number", "单号", "單號", "小票号", "小票號"),
    "bought": ("bought", "时间", "時間", "销售时间", "銷售時間"),
    "till": ("till", "收银台", "收銀台"),
    "member": ("member", "会员卡号", "會員卡號"),
    "invoiced": ("invoiced", "已开发票", "已開發票"),
    "n": ("n", "行号", "行號"),
    "item": ("item", "货号", "貨號"),
    "barcode": ("barcode", "条码", "條碼"),
    "name": ("name", "品名"),
    "category": ("category", "类别", "類別"),
    "quantity": ("quantity", "数量", "數量"),
    "unit_price": ("unit_price", "单价", "單價"),
    "clearance": ("clearance", "清仓", "清倉"),
    "appliance": ("appliance", "家电", "家電"),
    "serial": ("serial", "序列号", "序列號"),
}
NEEDED = ("number", "bought", "till", "n", "item", "name", "quantity", "unit_price")
END = (
    "END"  # a last line "END,1234": so many lines were written before it; a till that writes it is never cut off unseen
)
MOST_MISTAKES = 50
LONGEST_LINE = 4_000

_FLAGS = {"": False, "0": False, "1": True, "n": False, "y": True, "no": False, "yes": True, "否": False, "是": True}
_NAMES = {name: column for column, names in COLUMNS.items() for name in names}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong with an export. line: in the file, from 1; the heading is line 1."""

    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what} ({self.remedy})"


class BadExport(KioskError, ValueError):
    """An export that cannot be taken; nothing of it is. mistakes: the first fifty."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = tuple(mistakes)


class CutOff(KioskError, ValueError):
    """An export that is not whole (yet): it waits."""


@dataclass(slots=True)
class Told:
    """What is said of an export while it is parsed. lines: of goods, so far. mistakes: so far."""

    lines: int = 0
    mistakes: list[Mistake] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an export is held against. zone: in which the till writes times without one."""

    form: NumberForm
    zone: tzinfo
    now: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """A receipt and the line of the file at which it begins."""

    line: int
    receipt: Receipt


def receipts_in(lines: Iterable[str], reading: Reading, told: Told) -> Iterator[Found]:
    """Every receipt of an export, in order. lines: with their ends, the heading first.

    Goes on after a mistake, which it writes into `told`, so that all are told at once. Raises BadExport for a heading
    that says nothing or after fifty mistakes, CutOff where the last line is not whole.
    """
    rows = csv.reader(_whole_lines(lines), strict=True)
    columns = _heading(rows)
    parser = _Parser(columns, reading, told)
    ended: int | None = None
    try:
        for row in rows:
            if ended is not None:
                if row:
                    raise BadExport([Mistake(rows.line_num, f"goes on after {END}", "let each export have one end")])
                continue
            if row and row[0] == END:
                ended = parser.end(row, rows.line_num)
            elif row:
                found = parser.row(row, rows.line_num)
                if found is not None:
                    yield found
    except csv.Error as error:
        raise BadExport(
            [Mistake(rows.line_num, f"is no CSV: {error}", "put quotes around texts with commas")]
        ) from error
    found = parser.rest()
    if found is not None:
        yield found
    if ended is not None and ended != told.lines:
        raise CutOff(f"{told.lines} lines came and {END} says {ended}")


def _whole_lines(lines: Iterable[str]) -> Iterator[str]:
    for text in lines:
        if not text.endswith("\n"):
            raise CutOff("the last line does not end")
        if len(text) > LONGEST_LINE:
            raise BadExport(
                [Mistake(1, f"a line is longer than {LONGEST_LINE} characters", "look for a missing quote")]
            )
        yield text


def _heading(rows: Iterator[list[str]]) -> dict[str, int]:
    row = next(rows, None)
    if row is None:
        raise CutOff("it is empty")
    columns: dict[str, int] = {}
    mistakes = []
    for at, title in enumerate(row):
        name = _NAMES.get(title.strip().casefold())
        if name is None:
            mistakes.append(
                Mistake(1, f"the column {title[:40]!r} is unknown", f"the columns are {', '.join(COLUMNS)}")
            )
        elif name in columns:
            mistakes.append(Mistake(1, f"the column {name} is there twice", "keep one"))
        else:
            columns[name] = at
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        mistakes.append(
            Mistake(1, f"the columns {', '.join(missing)} are missing", "begin with a line of column names")
        )
    if mistakes:
        raise BadExport(mistakes)
    return columns


class _Parser:
    """Rows to receipts; the lines of one receipt stand together."""

    def __init__(self, columns: dict[str, int], reading: Reading, told: Told) -> None:
        self._width = len(columns)
        absent = len(columns)  # an empty field is put there
        self._picked = itemgetter(*(columns.get(name, absent) for name in COLUMNS))
        self._reading = reading
        self._told = told
        self._number = ""
        self._begins = 0
        self._head: tuple[str, ...] = ()
        self._lines: list[Line] = []
        self._sound = True

    def row(self, row: list[str], line: int) -> Found | None:
        """The receipt that this row ends, if it begins another one."""
        self._told.lines += 1
        done = None
        if len(row) != self._width:
            self._mistake(line, f"has {len(row)} fields instead of {self._width}", "write one field for each column")
            return done
        row.append("")
        fields = tuple(map(str.strip, self._picked(row)))
        if fields[0] != self._number:
            done = self.rest()
            self._number, self._begins, self._sound = fields[0], line, True
            self._head = fields[:5]
        elif fields[:5] != self._head:
            self._mistake(
                line, "has another time, till, member or invoice than the line before", "one receipt, one of each"
            )
            return done
        try:
            goods = _line(fields[5:])
        except BadReceipt as bad:
            self._mistake(line, f"{bad.field} {bad.what}", bad.remedy)
            return done
        if self._lines and goods.n <= self._lines[-1].n:
            first = "again" if goods.n in {one.n for one in self._lines} else "out of order"
            self._mistake(
                line, f"line {goods.n} of receipt {self._number[:40]} comes {first}", "write each line once, in order"
            )
            return done
        self._lines.append(goods)
        return done

    def rest(self) -> Found | None:
        """The receipt that was begun."""
        lines, self._lines = self._lines, []
        if not lines or not self._sound:
            return None
        try:
            return Found(self._begins, self._receipt(tuple(lines)))
        except BadReceipt as bad:
            self._mistake(self._begins, f"{bad.field} {bad.what}", bad.remedy)
            return None

    def end(self, row: list[str], line: int) -> int:
        """How many lines the till says it wrote."""
        if len(row) < 2 or not row[1].strip().isdecimal() or any(row[2:]):
            raise BadExport([Mistake(line, f"{END} does not say how many lines", f"write {END},1234")])
        return int(row[1])

    def _receipt(self, lines: tuple[Line, ...]) -> Receipt:
        number, bought, till, member, invoiced = self._head
        reading = self._reading
        ours = read(number, reading.form)
        if isinstance(ours, Unknown):
            raise BadReceipt("number", f"is {number[:40]!r}, {ours.value}", f"ours look like {reading.form.text}")
        receipt = Receipt(ours, _moment(bought, reading.zone), till, lines, member, _flag("invoiced", invoiced))
        check_day(receipt.bought, reading.now)
        return receipt

    def _mistake(self, line: int, what: str, remedy: str) -> None:
        self._sound = False
        self._told.mistakes.append(Mistake(line, what, remedy))
        if len(self._told.mistakes) >= MOST_MISTAKES:
            raise BadExport(self._told.mistakes)


# Most of what a store sells, it sells again and again.
_quantity = lru_cache(maxsize=2_000)(quantity_of)
_price = lru_cache(maxsize=10_000)(price_of)


@lru_cache(maxsize=20_000)
def _line(fields: tuple[str, ...]) -> Line:
    n, item, barcode, name, category, quantity, price, clearance, appliance, serial = fields
    if not (n.isdecimal() and n.isascii() and len(n) <= 6):
        raise BadReceipt("n", f"is {n[:40]!r}", "number the lines 1, 2, 3, …")
    return Line(
        int(n),
        item,
        barcode,
        name,
        category,
        _quantity(quantity),
        _price(price),
        _flag("clearance", clearance),
        _flag("appliance", appliance),
        serial,
    )


def _flag(name: str, text: str) -> bool:
    flag = _FLAGS.get(text.casefold())
    if flag is None:
        raise BadReceipt(name, f"is {text[:40]!r}", "write 1 or 0, 是 or 否")
    return flag


def _moment(text: str, zone: tzinfo) -> datetime:
    """A time as tills write it: 2026-11-21 14:03:20, with T or /, with or without a zone."""
    try:
        moment = datetime.fromisoformat(text.replace("/", "-"))
    except ValueError as error:
        raise BadReceipt("bought", f"is {text[:40]!r}, which is no time", "write 2026-11-21 14:03:20") from error
    if len(text) < 14:
        raise BadReceipt("bought", f"is {text!r}, without a time of day", "write 2026-11-21 14:03:20")
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
