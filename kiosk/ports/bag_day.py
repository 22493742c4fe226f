"""What the bag storage's day is written into: the lost-tag book, signed sheets, notices, what is to be aired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Protocol

from kiosk.rules.lockers.closing import Reminder, SheetKind
from kiosk.rules.lockers.lost_tag import Case
from kiosk.units import LockerId


class LostTagBook(Protocol):
    """The lost-tag book of the ledger (L07). What is personal in it is encrypted. Raises LedgerFault."""

    def enter(self, case: Case) -> Case | None:
        """A new line, durable with its number when this returns; None where one is open for the same deposit."""

    def keep(self, case: Case, *, was: Case, by: str, action: str) -> Case | None:
        """How the case stands now; None, and nothing is changed, where it does not stand as it was any more.

        A fee that was taken gets its receipt number, without a gap, a tag that is kept its line, both in the same step.
        by, action: for the audit chain, which is told nothing personal.
        """

    def case(self, n: int) -> Case | None:
        """The case of that number, None where there is none."""

    def of_deposit(self, deposit: int) -> Case | None:
        """The newest case about a deposit, None where there is none."""

    def waiting(self) -> tuple[Case, ...]:
        """Every case that is not over, oldest first. Cheap: looked at every second."""

    def since(self, moment: datetime) -> tuple[Case, ...]:
        """Every case that is not over or was reported since then, oldest first."""

    def kept_tags(self, locker: LockerId | None = None) -> tuple[KeptTag, ...]:
        """The book of kept tags, or what it says of one locker, oldest first (L09)."""

    def note(self, deposit: int, text: str, at: datetime) -> None:
        """What was noted about a deposit as it was left; the newest counts."""

    def note_of(self, deposit: int) -> str:
        """What was noted, "" for nothing. To be shown by whoever has written down before that it is seen (L07)."""

    def forget_notes(self) -> None:
        """Delete what was noted about deposits that are over, and of whose tag no case tells. Cheap for none."""

    def purge(self, before: datetime) -> int:
        """Take what is personal out of cases and notes that were over before then; returns of how many cases (S20)."""


@dataclass(frozen=True, slots=True)
class KeptTag:
    """The remaining tag of a lost pair, and where it is (L09)."""

    case: int
    locker: LockerId
    number: int
    generation: int
    at: datetime
    place: str
    by: str


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A look at a locker or a tick of the list, as it was entered. content: names and values for `census` or `tidy`."""

    at: datetime
    by: str
    content: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SignedSheet:
    """What somebody has signed with a PIN. content: what it says; `differences` and `open` are lines for people."""

    n: int
    day: date
    kind: SheetKind
    at: datetime
    by: str
    content: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CountTold:
    """What became of a code that was read. n: 1 for the first of the count. wrong: it is not as it should be."""

    n: int
    said: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class CountShown:
    """A count of the tags that goes on at a seat, for its screen or a command. called: the seat, or the reader
    at it, as whoever began it said. by: the id of whoever counts.

    at: the locker that is asked for, None once all were looked at. seen, lockers: so many of so many. told: of the
    last codes, the newest last. found, expected: tags. differences: as a sheet says them, as far as the count has come.
    """

    seat: str
    called: str
    kind: SheetKind
    by: str
    at: LockerId | None
    seen: int
    lockers: int
    told: tuple[CountTold, ...] = ()
    found: int = 0
    expected: int = 0
    differences: tuple[str, ...] = ()


class SheetBook(Protocol):
    """The counts and checklists of the ledger (L10-L12). Every line is durable at once. Raises LedgerFault."""

    def begin(self, day: date, kind: SheetKind, by: str, at: datetime) -> int:
        """The sheet of that day and kind that is not signed yet, begun now where there is none; its number."""

    def add(self, sheet: int, line: SheetLine) -> bool:
        """A line more: durable when this returns; False where the sheet is signed already."""

    def lines(self, sheet: int) -> tuple[SheetLine, ...]:
        """The lines so far, oldest first: after a crash the count goes on where it was."""

    def sign(
        self,
        sheet: int,
        by: str,
        at: datetime,
        content: Mapping[str, object],
        notices: tuple[Notice, ...] = (),
        settled: tuple[str, ...] = (),
    ) -> bool:
        """Signed, vouched for by the audit chain, and people told, in one step; False where it was signed before.

        settled: keys of notices that come down with it.
        """

    def signed(self, day: date) -> tuple[SignedSheet, ...]:
        """What was signed for a business day, oldest first."""


class ForWhom(Enum):
    """Who is to be told; the values are what the ledger says."""

    MANAGER = "manager"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person must know, until somebody has seen to it or it is over. key: what it is about. No names."""

    key: str
    for_whom: ForWhom
    text: str
    at: datetime
    n: int = 0


class NoticeBoard(Protocol):
    """Notices for people, which both roles show: durable, so that a restart hides none. Raises LedgerFault."""

    def put(self, notice: Notice) -> None:
        """Tell people; the same key again only renews its text."""

    def take_down(self, key: str, at: datetime, by: str = "") -> bool:
        """It is over, or somebody has seen to it; whether it hung there."""

    def hanging(self) -> tuple[Notice, ...]:
        """Every notice that is not over, oldest first. Cheap: looked at every second."""


class AirStage(Enum):
    """How far a request for the air has come; the values are what the ledger says."""

    ASKED = "asked"
    AIRED = "aired"
    REFUSED = "refused"  # the broadcast desk said why
    LAPSED = "lapsed"  # nobody could air it in time


@dataclass(frozen=True, slots=True)
class AirRequest:
    """A page of the binder that the front role wants aired (L03)."""

    n: int
    key: str
    script: str
    until: datetime
    stage: AirStage
    why: str = ""


class AirRequests(Protocol):
    """Where the front role asks the broadcast role for a page of the binder. Raises LedgerFault."""

    def ask(self, reminder: Reminder, by: str, now: datetime) -> None:
        """Durable when this returns; asking again for the same key changes nothing."""

    def waiting(self) -> tuple[AirRequest, ...]:
        """What is not over, oldest first. Cheap: the broadcast role looks every second."""

    def close(self, n: int, stage: AirStage, at: datetime, why: str = "") -> None:
        """What became of a request."""
