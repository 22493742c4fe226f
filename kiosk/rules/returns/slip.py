"""A return or exchange slip: what stands on it (R09), and how far it has come (R07, R11, R12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from types import MappingProxyType

from kiosk.rules.returns.receipt import Line, Receipt

KEPT = timedelta(days=90)  # what is personal stays so long after the end (S20)


class Kind(Enum):
    """What a slip is about; the values are what the ledger says."""

    RETURN = "return"
    EXCHANGE = "exchange"


class Goods(Enum):
    """What becomes of what came back; the values are what the inventory system is told."""

    FLOOR = "floor"  # it can be sold again: its department signs for it (R13)
    SUPPLIER = "supplier"
    SCRAP = "scrap"


class Stage(Enum):
    """How far a slip has come; the values are what the ledger says."""

    FILLED = "filled"  # by the clerk; it has its number
    SIGNED = "signed"  # by the shopper
    APPROVED = "approved"  # its three copies are printed
    STAMPED = "stamped"  # the receipt is
    SETTLED = "settled"  # the cashier has paid it out, or taken it as cash
    CHECKED = "checked"  # the door auditor compared the new goods
    VOID = "void"


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
        Stage.FILLED: "the shopper signs",
        Stage.SIGNED: "the supervisor checks every field and approves",
        Stage.APPROVED: "the receipt is stamped",
        Stage.STAMPED: "the cashier settles it",
        Stage.SETTLED: "nothing, or the door auditor checks the new goods of an exchange",
        Stage.CHECKED: "nothing",
        Stage.VOID: "nothing; its number stays used",
    }
)


class SlipField(Enum):
    """What stands on a slip (R09), in the order in which an approver looks at it: amount and receipt first (R10)."""

    AMOUNT = "amount"
    RECEIPT = "receipt number"
    BOUGHT = "purchase date"
    NUMBER = "slip number"
    DATE = "date"
    MEMBER = "member card"
    SHOPPER = "shopper's signature"
    PHONE = "phone"
    ITEM = "item number"
    NAME = "item name"
    QUANTITY = "quantity"
    PRICE = "unit price"
    REASON = "reason"
    CLERK = "clerk"


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
    the store's item number, as it was read off the goods in the clerk's hand. raises nothing: `fill` judges it."""

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


@dataclass(frozen=True, slots=True)
class Refused:
    """It cannot be; why: a sentence."""

    why: str


def fill(receipt: Receipt, filling: Filling, clerk: str, now: datetime) -> Slip | Refused:
    """A slip, once what is on the counter is what is on the receipt (R07): member, article, quantity, in this order."""
    line = receipt.line(filling.line)
    if line is None:
        return Refused(f"receipt {receipt.number} has no line {filling.line}: it has {len(receipt.lines)}")
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


def _mismatch(receipt: Receipt, line: Line, filling: Filling) -> str:
    """Why what is on the counter is not what is on the receipt, "" where all is well."""
    if filling.member != receipt.member:
        if not receipt.member:
            return "no member card was used for this receipt: take its number off the slip"
        return "the member card is not the one of the receipt: ask for the card that was used"
    if filling.scanned not in (line.item, line.barcode or line.item):
        return f"this is not what line {line.n} of the receipt says ({line.name}): look for the right line"
    if filling.quantity_milli <= 0:
        return "a quantity is more than 0"
    if filling.quantity_milli > line.quantity_milli:
        return "more comes back than was bought"
    if line.counted and filling.quantity_milli % 1000:
        return "it was sold by the piece: a whole number comes back"
    if not filling.reason.strip():
        return "a slip needs its reason (R09)"
    if not _can_be_called(filling.phone):
        return "a slip needs the shopper's phone: 5 to 20 digits, + and - (R09)"
    return ""


def _can_be_called(phone: str) -> bool:
    digits = phone.strip().replace("-", "").replace(" ", "").removeprefix("+")
    return digits.isascii() and digits.isdecimal() and 5 <= len(digits) <= 20
