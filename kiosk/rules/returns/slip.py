"""A return or exchange slip: what stands on it (R09), and how far it has come (R07, R11, R12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from types import MappingProxyType

from kiosk.rules.returns.receipt import PIECE_MILLI, Line, Receipt
from kiosk.sentences import N_, tell

KEPT = timedelta(days=90)  # what is personal stays so long after the end (S20)


class Kind(Enum):
    """What a slip is about; the values are what the ledger says."""

    RETURN = N_("return")
    EXCHANGE = N_("exchange")


class Goods(Enum):
    """What becomes of what came back; the values are what the inventory system is told."""

    FLOOR = "floor"  # it can be sold again: its department signs for it (R13)
    SUPPLIER = "supplier"
    SCRAP = "scrap"


class Stage(Enum):
    """How far a slip has come; the values are what the ledger says."""

    FILLED = N_("filled")  # by the clerk; it has its number
    SIGNED = N_("signed")  # by the shopper
    APPROVED = N_("approved")  # its three copies are printed
    STAMPED = N_("stamped")  # the receipt is
    SETTLED = N_("settled")  # the cashier has paid it out, or taken it as cash
    CHECKED = N_("checked")  # the door auditor compared the new goods
    VOID = N_("void")


class Event(Enum):
    """What is done to a slip; the values are what the audit chain says."""

    SHOPPER_SIGNS = "has the shopper's signature on"
    APPROVE = "approves"
    STAMP = "has stamped the receipt of"
    PAY = "pays out"
    REDEEM = "takes as cash"
    CHECK = "checks the goods of"
    VOID = "makes void"


TRANSITIONS: Mapping[tuple[Kind, Stage, Event], Stage] = MappingProxyType(
    {
        **{(kind, Stage.FILLED, Event.SHOPPER_SIGNS): Stage.SIGNED for kind in Kind},
        **{(kind, Stage.SIGNED, Event.APPROVE): Stage.APPROVED for kind in Kind},
        **{(kind, Stage.APPROVED, Event.STAMP): Stage.STAMPED for kind in Kind},
        (Kind.RETURN, Stage.STAMPED, Event.PAY): Stage.SETTLED,
        (Kind.EXCHANGE, Stage.STAMPED, Event.REDEEM): Stage.SETTLED,
        (Kind.EXCHANGE, Stage.SETTLED, Event.CHECK): Stage.CHECKED,
        **{
            (kind, stage, Event.VOID): Stage.VOID
            for kind in Kind
            for stage in (Stage.FILLED, Stage.SIGNED, Stage.APPROVED, Stage.STAMPED)
        },
    }
)
"""The only way on (R07); whatever is not in it is refused. Once money has moved, no slip becomes void."""

NEXT: Mapping[Stage, str] = MappingProxyType(
    {
        Stage.FILLED: N_("the shopper signs"),
        Stage.SIGNED: N_("the supervisor checks every field and approves"),
        Stage.APPROVED: N_("the receipt is stamped"),
        Stage.STAMPED: N_("the cashier settles it"),
        Stage.SETTLED: N_("nothing, or the door auditor checks the new goods of an exchange"),
        Stage.CHECKED: N_("nothing"),
        Stage.VOID: N_("nothing; its number stays used"),
    }
)


class SlipField(Enum):
    """What stands on a slip (R09), in the order in which an approver looks at it: amount and receipt first (R10)."""

    AMOUNT = N_("amount")
    RECEIPT = N_("receipt number")
    BOUGHT = N_("purchase date")
    NUMBER = N_("slip number")
    DATE = N_("date")
    MEMBER = N_("member card")
    SHOPPER = N_("shopper's signature")
    PHONE = N_("phone")
    ITEM = N_("item number")
    NAME = N_("item name")
    QUANTITY = N_("quantity")
    PRICE = N_("unit price")
    REASON = N_("reason")
    CLERK = N_("clerk")


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip. number: 0 before the ledger gave it one. member, phone, note: personal, "" once they are purged.

    bought_milli: how much the receipt's line was. note: damage and whatever else the clerk saw. fresh, spoiled: R14.
    till_fen: what the new goods cost, top_up_fen: what the shopper added. voided_by: clerk and approver. deeds: how
    many were done. clerk, approver, cashier, auditor: ids of people, "" for nobody yet.
    """

    number: int
    filled: datetime
    kind: Kind
    receipt: str
    bought: datetime
    line: int
    bought_milli: int
    item: str
    barcode: str
    name: str
    department: str
    quantity_milli: int
    unit_price_fen: int
    amount_fen: int
    reason: str
    goods: Goods
    clerk: str
    stage: Stage = Stage.FILLED
    since: datetime | None = None
    deeds: int = 0
    approver: str = ""
    cashier: str = ""
    auditor: str = ""
    till_fen: int = 0
    top_up_fen: int = 0
    voided_by: tuple[str, str] = ("", "")
    void_why: str = ""
    member: str = ""
    phone: str = ""
    note: str = ""
    fresh: bool = False
    spoiled: bool = False

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it."""
        done = Stage.SETTLED if self.kind is Kind.RETURN else Stage.CHECKED
        return self.stage in (done, Stage.VOID)

    @property
    def counts(self) -> bool:
        """Whether its goods have come back: all but void ones."""
        return self.stage is not Stage.VOID

    @property
    def day(self) -> date:
        """The day whose register it stands in."""
        return self.filled.date()


def numbered(number: int) -> str:
    """A slip's number as it is printed."""
    return f"{number:06}"


@dataclass(frozen=True, slots=True)
class Filling:
    """What a clerk writes on a new slip. member: the card that was shown, "" for none. scanned: the item's barcode or
    the store's item number, as it was read off the goods in the clerk's hand, as is serial; that one is asked where
    the receipt names it for a single piece. Raises nothing: `fill` judges it."""

    line: int
    quantity_milli: int
    kind: Kind
    scanned: str
    reason: str
    phone: str
    member: str = ""
    note: str = ""
    goods: Goods = Goods.FLOOR
    fresh: bool = False
    spoiled: bool = False
    serial: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """It cannot be; why: a sentence."""

    why: str


def fill(receipt: Receipt, filling: Filling, clerk: str, now: datetime) -> Slip | Refused:
    """A slip, once what is on the counter is what is on the receipt (R07): member, article, quantity, in this order."""
    line = receipt.line(filling.line)
    if line is None:
        return Refused(no_line(receipt, filling.line))
    refusal = _mismatch(receipt, line, filling)
    if refusal:
        return Refused(refusal)
    return Slip(
        number=0,
        filled=now,
        kind=filling.kind,
        receipt=receipt.number,
        bought=receipt.bought,
        line=line.n,
        bought_milli=line.quantity_milli,
        item=line.item,
        barcode=line.barcode,
        name=line.name,
        department=line.category or "-",
        quantity_milli=filling.quantity_milli,
        unit_price_fen=line.unit_price_fen,
        amount_fen=line.price_of(filling.quantity_milli),
        reason=filling.reason.strip(),
        goods=Goods.SCRAP if filling.spoiled else filling.goods,
        clerk=clerk,
        since=now,
        member=filling.member,
        phone=filling.phone.strip(),
        note=filling.note.strip(),
        fresh=filling.fresh,
        spoiled=filling.spoiled,
    )


def no_line(receipt: Receipt, n: int) -> str:
    """A receipt is shorter than somebody says."""
    return tell(
        "receipt {receipt} has no line {line}: it has {lines}",
        receipt=receipt.number,
        line=n,
        lines=len(receipt.lines),
    )


def wrong_member(receipt: Receipt, member: str) -> str:
    """Why a card is not the one of the receipt, "" where it is; whose card that is, nobody is told."""
    if member == receipt.member:
        return ""
    if not receipt.member:
        return tell("no member card was used for this receipt: take its number off the slip")
    return tell("the member card is not the one of the receipt: ask for the card that was used")


def wrong_article(line: Line, scanned: str) -> str:
    """Why what was read off the goods is not what the line says, "" where it is."""
    if scanned in (line.item, line.barcode or line.item):
        return ""
    return tell(
        "this is not what line {line} of the receipt says ({article}): look for the right line",
        line=line.n,
        article=line.name,
    )


def names_serial(line: Line) -> bool:
    """Whether the receipt tells which single piece was sold."""
    return bool(line.serial) and line.quantity_milli == PIECE_MILLI


def wrong_serial(line: Line, serial: str) -> str:
    """Why a piece is another one than the receipt names, "" where it is that one."""
    if not names_serial(line) or serial.strip().upper() == line.serial.upper():
        return ""
    return tell("the receipt names serial number {serial}: this is another piece", serial=line.serial)


def wrong_quantity(line: Line, quantity_milli: int) -> str:
    """Why so much of a line cannot come back, "" where it can."""
    if quantity_milli <= 0:
        return tell("a quantity is more than 0")
    if quantity_milli > line.quantity_milli:
        return tell("more comes back than was bought")
    if line.counted and quantity_milli % PIECE_MILLI:
        return tell("it was sold by the piece: a whole number comes back")
    return ""


def wrong_phone(phone: str) -> str:
    """Why nobody can be called there, "" where they can."""
    digits = phone.strip().replace("-", "").replace(" ", "").removeprefix("+")
    if digits.isascii() and digits.isdecimal() and 5 <= len(digits) <= 20:
        return ""
    return tell("a slip needs the shopper's phone: 5 to 20 digits, + and - (R09)")


def _mismatch(receipt: Receipt, line: Line, filling: Filling) -> str:
    """Why what is on the counter is not what is on the receipt, "" where all is well."""
    return (
        wrong_member(receipt, filling.member)
        or wrong_article(line, filling.scanned)
        or wrong_serial(line, filling.serial)
        or wrong_quantity(line, filling.quantity_milli)
        or ("" if filling.reason.strip() else tell("a slip needs its reason (R09)"))
        or wrong_phone(filling.phone)
    )
