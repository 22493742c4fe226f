"""What was bought: a receipt and its lines, as strict values that cannot hold what no till may print (R01, R09)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from kiosk.errors import KioskError
from kiosk.rules.forms.money import MOST_FEN, parts, shown_fen

PIECE_MILLI = 1000  # quantities are counted in thousandths, so that 0.535 kg is as exact as two pieces
MOST_MILLI = 9_999_999
MOST_LINES = 9_999
LONGEST_NAME = 120
TILL_AHEAD = timedelta(minutes=10)  # so far a till's clock may be ahead of ours

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,31}")


class BadReceipt(KioskError, ValueError):
    """A value that no receipt may hold. field: its name in Line or Receipt. what, remedy: sentences without a name."""

    def __init__(self, field: str, what: str, remedy: str) -> None:
        super().__init__(f"{field}: {what} ({remedy})")
        self.field = field
        self.what = what
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a receipt. Raises BadReceipt for what cannot be.

    n: its place on the receipt, from 1. item: the store's item number. barcode: "" where the till knows none.
    category: as the till calls it, "" for none. quantity_milli: thousandths of a piece or a kilogram, more than 0.
    unit_price_fen: hundredths of a yuan, what was paid for one, 0 for a gift. serial: "" for none.
    """

    n: int
    item: str
    barcode: str
    name: str
    category: str
    quantity_milli: int
    unit_price_fen: int
    clearance: bool = False
    appliance: bool = False
    serial: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.n <= MOST_LINES:
            raise BadReceipt("n", f"is {self.n}", f"lines are numbered from 1 to {MOST_LINES}")
        if _CODE.fullmatch(self.item) is None:
            raise _no_code("item", self.item)
        if self.barcode and _CODE.fullmatch(self.barcode) is None:
            raise _no_code("barcode", self.barcode)
        if self.serial and _CODE.fullmatch(self.serial) is None:
            raise _no_code("serial", self.serial)
        if not self.name.strip() or len(self.name) > LONGEST_NAME or not self.name.isprintable():
            raise BadReceipt("name", f"is {_short(self.name)}", f"write 1 to {LONGEST_NAME} characters in one line")
        if len(self.category) > LONGEST_NAME or not self.category.isprintable():
            raise BadReceipt("category", f"is {_short(self.category)}", f"write up to {LONGEST_NAME} characters")
        check_quantity(self.quantity_milli)
        check_price(self.unit_price_fen)

    @property
    def counted(self) -> bool:
        """Whether it was sold in pieces; what was weighed comes back whole or by weight."""
        return self.quantity_milli % PIECE_MILLI == 0

    @property
    def amount_fen(self) -> int:
        """What was paid for all of it."""
        return self.price_of(self.quantity_milli)

    def price_of(self, quantity_milli: int) -> int:
        """Fen for a part of it, half a fen rounded up as tills do."""
        return (self.unit_price_fen * quantity_milli + PIECE_MILLI // 2) // PIECE_MILLI


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a till printed. Raises BadReceipt for what cannot be.

    number: as printed and as its barcode says. bought: with a time zone. till: which till. member: the card's number,
    "" for none; it is personal. invoiced: an invoice was issued for it. lines: in the order of their numbers.
    """

    number: str
    bought: datetime
    till: str
    lines: tuple[Line, ...]
    member: str = ""
    invoiced: bool = False

    def __post_init__(self) -> None:
        for field, text in (("number", self.number), ("till", self.till), ("member", self.member or "0")):
            if _CODE.fullmatch(text) is None:
                raise _no_code(field, text)
        if self.bought.tzinfo is None:
            raise BadReceipt("bought", "has no time zone", "give the time in the store's zone")
        if not self.lines:
            raise BadReceipt("lines", "there are none", "a receipt has one line at least")
        numbers = [line.n for line in self.lines]
        if numbers != sorted(set(numbers)):
            raise BadReceipt("lines", "are not numbered in order, each once", "number them 1, 2, 3, …")

    def bought_on(self, zone: tzinfo) -> date:
        """The day of purchase by the store's clock: the one from which every period counts."""
        return self.bought.astimezone(zone).date()

    def line(self, n: int) -> Line | None:
        """The line with a number, None where there is none."""
        return next((line for line in self.lines if line.n == n), None)

    @property
    def total_fen(self) -> int:
        """What was paid for all lines."""
        return sum(line.amount_fen for line in self.lines)


def check_quantity(quantity_milli: int) -> None:
    """Raises BadReceipt for a quantity that nobody can have bought."""
    if quantity_milli <= 0:
        raise BadReceipt("quantity", f"is {shown_quantity(quantity_milli)}", "a quantity is more than 0")
    if quantity_milli > MOST_MILLI:
        raise BadReceipt("quantity", "is more than anybody buys", f"the most is {shown_quantity(MOST_MILLI)}")


def check_price(price_fen: int) -> None:
    """Raises BadReceipt for a price that no till prints."""
    if price_fen < 0:
        raise BadReceipt("unit_price", f"is {shown_fen(price_fen)}", "a price is 0.00 or more")
    if price_fen > MOST_FEN:
        raise BadReceipt("unit_price", "is more than any price here", f"the highest is {shown_fen(MOST_FEN)}")


def check_day(bought: datetime, now: datetime) -> None:
    """Raises BadReceipt for a receipt from the future; a till may be ahead by a few minutes."""
    if bought > now + TILL_AHEAD:
        what = f"is {bought:%Y-%m-%d %H:%M}, which is still to come"
        raise BadReceipt("bought", what, "set the clock of the till, or ours")


def quantity_of(text: str) -> int:
    """The thousandths in a quantity as tills write it: "2", "2.000", "0.535". Raises BadReceipt."""
    sign, whole, after = _parts("quantity", text)
    if len(after.rstrip("0")) > 3:
        raise BadReceipt("quantity", f"is {_short(text)}, with {len(after)} decimals", "three decimals at most")
    quantity_milli = sign * (int(whole) * PIECE_MILLI + int((after.rstrip("0") + "000")[:3]))
    check_quantity(quantity_milli)
    return quantity_milli


def price_of(text: str) -> int:
    """The fen in a price as tills write it: "12", "12.5", "12.50". Raises BadReceipt, for three decimals too."""
    sign, whole, after = _parts("unit_price", text)
    if len(after) > 2:
        raise BadReceipt("unit_price", f"is {_short(text)}, with {len(after)} decimals", "two decimals at most")
    price_fen = sign * (int(whole) * 100 + int((after + "00")[:2]))
    check_price(price_fen)
    return price_fen


def shown_quantity(quantity_milli: int) -> str:
    """Pieces without decimals, weights with three: "2", "0.535"."""
    if quantity_milli % PIECE_MILLI == 0:
        return str(quantity_milli // PIECE_MILLI)
    whole, after = divmod(abs(quantity_milli), PIECE_MILLI)
    return f"{'-' if quantity_milli < 0 else ''}{whole}.{after:03}"


def _parts(field: str, text: str) -> tuple[int, str, str]:
    found = parts(text.strip())
    if found is None:
        raise BadReceipt(field, f"is {_short(text)}, which is no number", 'write digits and a point, as "12.50"')
    sign, whole, after = found
    return (-1 if sign == "-" else 1), whole, after


def _no_code(field: str, text: str) -> BadReceipt:
    if not text:
        return BadReceipt(field, "is missing", "write what the till prints")
    return BadReceipt(field, f"is {_short(text)}", "write up to 32 letters, digits and - . _ /")


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:40] + "…")
