"""What the return desk writes into: the book of slips, signed registers and handover lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kiosk.ports.bag_day import Notice
from kiosk.rules.printing.document import Document
from kiosk.rules.returns.judged import Judged
from kiosk.rules.returns.slip import Event, Refused, Slip
from kiosk.rules.returns.stock import StockTold


@dataclass(frozen=True, slots=True)
class ToPrint:
    """Sheets that go into the print queue with what they belong to. printer: its id."""

    printer: str
    sheets: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class SignedRegister:
    """The register of a day, signed. last: the last number it covers."""

    day: date
    at: datetime
    by: str
    last: int


@dataclass(frozen=True, slots=True)
class SignedHandover:
    """What a department signed for. slips: their numbers."""

    day: date
    department: str
    at: datetime
    by: str
    slips: tuple[int, ...]


class StockBook(Protocol):
    """What was told to the stock's own system of the goods that came back (R13). Raises LedgerFault."""

    def tell(self, told: StockTold, after: int) -> StockTold | None:
        """Durable with its number, and vouched for, when this returns; None where another word about that day came
        after the one of the number `after` (0 for none)."""

    def said(self, day: date, last: date | None = None) -> tuple[StockTold, ...]:
        """Every word about a day, oldest first. last: about the days from that one to this one."""


class SlipBook(Protocol):
    """The slips of the ledger. What is personal in them is encrypted. Raises LedgerFault."""

    def fill(self, slip: Slip, notices: tuple[Notice, ...] = (), judged: Judged | None = None) -> Slip | Refused:
        """A new slip with the next number, taken in its own transaction; refused where no so much is left of its line,
        or where another slip that counts was filled for the same choices at the kiosk.

        notices: hung up in the same step. judged: kept with it.
        """

    def judged(self, number: int) -> Judged | None:
        """What the clerk found when that slip was filled; None where that was not written down."""

    def slips_for(self, records: tuple[int, ...]) -> Mapping[int, int]:
        """Numbers of slips that count, by the record of the kiosk that each was filled for."""

    def keep(self, slip: Slip, *, was: Slip, by: str, event: Event, to_print: ToPrint | None = None) -> bool:
        """How it stands now, its sheets queued in the same step; False, and nothing, where it stands otherwise."""

    def slip(self, number: int) -> Slip | None:
        """The slip of that number."""

    def of_day(self, day: date) -> tuple[Slip, ...]:
        """The slips that were filled on a day, in the order of their numbers."""

    def of_days(self, first: date, last: date) -> tuple[Slip, ...]:
        """The slips that were filled on these days, in the order of their numbers, without what is personal."""

    def waiting(self) -> tuple[Slip, ...]:
        """Slips that are not over, in the order of their numbers."""

    def last_before(self, day: date) -> int:
        """The last number of the days before, 0 for none."""

    def come_back(self, receipt: str, line: int) -> int:
        """How much of a receipt's line has come back already, in thousandths; void slips left out."""

    def sign_register(self, day: date, by: str, at: datetime, last: int, content: Mapping[str, object]) -> bool:
        """Signed and vouched for; False where it is signed with that last number already."""

    def registers(self, day: date, last: date | None = None) -> tuple[SignedRegister, ...]:
        """Signatures under a day's register, oldest first. last: of the days from that one to this one."""

    def sign_handover(self, day: date, department: str, by: str, at: datetime, slips: tuple[int, ...]) -> bool:
        """Signed and vouched for; False where it is signed already."""

    def handovers(self, day: date, last: date | None = None) -> tuple[SignedHandover, ...]:
        """What departments signed for, oldest first. last: as for registers."""

    def purge(self, before: datetime) -> int:
        """Take what is personal off slips that were over before then; returns of how many (S20)."""
