"""The people and the case of the lost-tag tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.rules.lockers.identity import Document, DocumentKind
from kiosk.rules.lockers.lost_tag import USUAL, Case, LostTagChoices, after, report
from kiosk.rules.lockers.lost_tag_deeds import (
    Approve,
    Deed,
    Describe,
    FileAway,
    HandOver,
    Identify,
    Match,
    OrderOpen,
    Refused,
    SeeNote,
    Sign,
    TakeFee,
)
from kiosk.rules.people.person import Person, Right
from kiosk.units import LockerId

SHANGHAI = ZoneInfo("Asia/Shanghai")
TEN = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
TODAY = date(2026, 11, 23)
MEI = Person("mei", "李梅", frozenset({Right.BAGS}), trained_on=date(2026, 1, 1))
TAO = Person("tao", "陈涛", frozenset({Right.SUPERVISOR}))
ANNA = Person("anna", "王安娜", frozenset({Right.ANNOUNCER}))
GONE = Person("gone", "前任", frozenset({Right.BAGS, Right.SUPERVISOR}), removed=True)
CARD = Document(DocumentKind.IDENTITY_CARD, "11010519491231002X")
SEVEN = LockerId(7)

DESCRIBED = Describe("黑色双肩包，里面有一把红伞")
IDENTIFIED = Identify("王小明", "上海市南京路1号", CARD, copied=True)
PROCEDURE: tuple[tuple[Deed, Person], ...] = (
    (DESCRIBED, MEI),
    (SeeNote(), MEI),
    (Match(fits=True), MEI),
    (IDENTIFIED, MEI),
    (TakeFee(500), MEI),
    (Sign(), MEI),
    (Approve(), TAO),
    (OrderOpen(), MEI),
    (HandOver("第二抽屉"), MEI),
    (FileAway("A-0193"), MEI),
)
"""Every deed of a case that goes well, each with who does it."""


def later(seconds: float) -> datetime:
    return TEN + timedelta(seconds=seconds)


def reported() -> Case:
    case = report(SEVEN, 7, 2, 41, MEI, TEN)
    assert isinstance(case, Case)
    return replace(case, n=12)


def kept(case: Case) -> Case:
    """What the ledger adds as it keeps a case: the number of the taking."""
    return replace(case, receipt=31) if case.cashier and not case.receipt else case


def done(case: Case, deed: Deed, by: Person, now: datetime, choices: LostTagChoices = USUAL) -> Case:
    outcome = after(case, deed, by, now, choices)
    assert not isinstance(outcome, Refused), outcome.why
    return kept(outcome)


def gone_through(deeds: int, choices: LostTagChoices = USUAL) -> Case:
    """The case after so many deeds of the procedure, a minute apart."""
    case = reported()
    for turn, (deed, by) in enumerate(PROCEDURE[:deeds], 1):
        case = done(case, deed, by, later(60.0 * turn), choices)
    return case


def refusal(outcome: object) -> str:
    assert isinstance(outcome, Refused), outcome
    return outcome.why
