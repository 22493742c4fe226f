from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.desks.service.clerk import Said
from kiosk.desks.service.messages import FormGiven, LookUpAsked
from kiosk.desks.service.returning import ReturnClerk
from kiosk.desks.service.service_desk import ServiceDesk, by_id
from kiosk.ledger.memory_service import MemoryServiceRecords
from kiosk.ledger.store import Ledger
from kiosk.rules.front.returning import Finding, ReceiptAt, answers_of, step
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.returning import SERVICE
from tests.desks.service.returns_room import Printed, Window, clerk_of
from tests.ledger.shop import fresh_ledger
from tests.rules.returns.policies import demo_book
from tests.tills.exports import FIRST, NOW, SECOND, ZONE

CHOSEN = {"line": "1", "wish": "refund", "reason": "fault", "papers": "invoice,test-record,warranty-card"}
WELL = {"whole": "yes", "cause": "nothing", "worn": "no"}


class Room(MemoryServiceRecords):
    """The clerk at the service desk, today."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__()
        self.window = Window({one.number: one for one in (FIRST, SECOND)})
        self.printed, self.warnings, self.time = Printed(), list[str](), NOW
        self.clerk = clerk_of(self.window, ledger, ZONE, self, self.printed, self.warnings)
        clerks = {SERVICE.id: self.clerk}
        self.desk = ServiceDesk(Standing(self), self, by_id((SERVICE,)), self.warnings.append, clerks)

    def seeks(self, words: str, seat: str = "screen") -> ReceiptAt:
        self.desk.handle(LookUpAsked(seat, "return", words))
        self.desk.pass_to(self.time)
        return self.sees(seat)[0]

    def sees(self, seat: str = "screen") -> list[ReceiptAt]:
        return [one for one in self.desk.facts_at(seat) if isinstance(one, ReceiptAt)]

    def gives(self, answers: Mapping[str, str], seat: str = "screen") -> tuple[str, Said] | None:
        self.desk.handle(FormGiven(seat, "return", answers))
        return self.desk.said(seat)

    def decided(self) -> dict[str, str]:
        found = self.sees()[0]
        chosen = {**CHOSEN, **WELL}
        return dict(answers_of(found, chosen, step(demo_book(), found, chosen, NOW.date())))


@dataclass
class Standing:
    """Implements Clock: the room's."""

    room: Room
    mono: float = field(default=0.0)

    def now(self):  # type: ignore[no-untyped-def]  # as Clock
        return self.room.time

    def mono_s(self) -> float:
        return self.mono


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger:
        yield Room(ledger)


def clerk(room: Room) -> ReturnClerk:
    return room.clerk


@pytest.mark.rule("R01")
@pytest.mark.rule("S20")
def test_a_receipt_comes_to_the_screen_that_asked_without_whose_it_is(room: Room) -> None:
    found = room.seeks("r01 0000 0001")

    assert found.finding is Finding.FOUND
    assert found.receipt is not None
    assert (found.receipt.lines, found.receipt.member) == (FIRST.lines, "")
    assert found.bought_on.isoformat() == "2026-11-20"
    assert room.sees("another") == []


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        ("R0200000001", Finding.ANOTHER_STORE),
        ("880012345", Finding.NO_RECEIPT),  # a member's card
        ("6901234567892", Finding.NO_RECEIPT),
        ("—", Finding.NO_RECEIPT),
        ("R0199999999", Finding.UNKNOWN),
    ],
)
def test_a_number_that_leads_nowhere_says_why(room: Room, words: str, finding: Finding) -> None:
    assert room.seeks(words).finding is finding
    assert room.warnings == []


def test_while_a_till_thinks_the_screen_waits_and_nobody_else_does(room: Room) -> None:
    room.window.slow = True
    assert room.seeks("00000001").finding is Finding.SOUGHT

    room.window.slow = False
    room.desk.pass_to(NOW)

    assert room.sees()[0].finding is Finding.FOUND


def test_a_till_that_is_away_is_told_to_staff_and_the_shopper_goes_on_with_a_person(room: Room) -> None:
    room.window.away = "the till does not answer: look at its network"

    assert room.seeks("R0100000001").finding is Finding.AWAY
    assert room.warnings == [f"receipts cannot be looked up at the touchscreen: {room.window.away}"]
    assert room.gives({"receipt": "R0100000001", "outcome": "person"}) == (
        "return",
        Said("return.next", (("ticket", "R001"), ("ahead", "0"))),
    )


def test_an_answer_that_comes_too_late_changes_nothing_that_was_asked_since(room: Room) -> None:
    room.window.slow = True
    room.seeks("R0100000001")
    room.seeks("R0100000002")
    room.window.slow = False
    room.desk.pass_to(NOW)

    found = room.sees()[0]
    assert found.receipt is not None
    assert found.receipt.number == "R0100000002"


@pytest.mark.rule("S07")
@pytest.mark.rule("R06")
def test_a_decided_case_is_kept_with_its_number_in_the_queue(room: Room) -> None:
    room.seeks("R0100000001")
    answers = room.decided()

    assert room.gives(answers) == ("return", Said("return.next", (("ticket", "R001"), ("ahead", "0"))))
    assert room.gives({"outcome": "person"}, "another") == (
        "return",
        Said("return.ticket", (("ticket", "R002"), ("ahead", "1"))),
    )

    record = room.records["return", 1]
    assert record.answers == answers
    assert (record.answers["outcome"], record.answers["remedy"]) == ("person", "refund")
    assert [one.deed for one in record.history] == ["ticket R001"]
    assert room.printed.tickets == [("R001", 0), ("R002", 1)]
    assert room.sees() == []


@pytest.mark.rule("R06")
@pytest.mark.parametrize(
    "change",
    [
        {"outcome": "accept"},
        {"remedy": "exchange"},
        {"clauses": "R99"},
        {"quantity": "2"},
        {"quantity": "one"},
        {"receipt": "R0100000002"},
        {"line": "7"},
    ],
)
def test_a_recommendation_that_is_not_ours_is_not_kept(room: Room, change: dict[str, str]) -> None:
    room.seeks("R0100000001")

    assert room.gives({**room.decided(), **change}) == ("service", Said("service.again"))
    assert room.records == {}
    assert room.printed.tickets == []


@pytest.mark.parametrize("answers", [{"outcome": "accept"}, {"outcome": "person", "wish": "refund"}])
def test_without_a_line_nothing_is_recommended(room: Room, answers: dict[str, str]) -> None:
    assert room.gives(answers) == ("service", Said("service.again"))


def test_without_a_receipt_at_the_screen_no_line_is_taken(room: Room) -> None:
    room.seeks("R0100000001")
    answers = room.decided()

    assert room.gives(answers, "another") == ("service", Said("service.again"))
    room.seeks("R0199999999")
    assert room.gives(answers) == ("service", Said("service.again"))


def test_a_ticket_that_could_not_be_noted_is_told_to_staff(room: Room) -> None:
    record = Record("return", 1, NOW, "screen", "waits", NOW, {"outcome": "person"})
    room.full = True

    clerk(room).entered(record, NOW)

    assert room.warnings[0].startswith("return 1 goes with ticket R001, which could not be noted: ")
    assert room.printed.tickets == [("R001", 0)]


def test_receipts_and_numbers_are_forgotten_after_an_hour(room: Room) -> None:
    room.seeks("R0100000001")
    room.gives({"outcome": "person"}, "another")

    room.time = NOW + timedelta(hours=1)
    room.desk.pass_to(room.time)

    assert room.sees() == []
    assert room.desk.said("another") == ("return", Said("service.later"))


def test_what_staff_do_to_the_record_is_nothing_to_the_clerk(room: Room) -> None:
    record = Record("return", 1, NOW, "screen", "seen", NOW)

    clerk(room).done(record, Done(NOW, "mei", "attend"), NOW)

    assert room.warnings == []


def test_a_service_whose_clerk_looks_nothing_up_is_asked_in_vain(room: Room) -> None:
    room.desk.handle(LookUpAsked("screen", "rating", "R0100000001"))

    assert room.sees() == []
