"""Numbers for the service desk: given out in turn, told as they stand, given back, and refused where nobody serves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.desks.service.clerk import Said
from kiosk.desks.service.messages import FormGiven, TakeBackAsked
from kiosk.desks.service.queue_desk import Called, QueueDesk
from kiosk.desks.service.queue_number import FORGOTTEN_AFTER, LOOK_EVERY, QueueClerk
from kiosk.desks.service.service_desk import ServiceDesk, by_id
from kiosk.errors import LedgerFault
from kiosk.ledger.memory_service import MemoryServiceRecords
from kiosk.ledger.queue_tickets import LedgerQueue
from kiosk.ledger.store import Ledger
from kiosk.rules.people.person import Right
from kiosk.rules.service.queue import Stage, Topic
from kiosk.rules.service.queue_number import A_MOMENT, ANOTHER, SERVICE, DeskNumbers, NumberOfLate
from kiosk.rules.service.record import Done, Record
from tests.desks.service.returns_room import Printed
from tests.ledger.shop import fresh_ledger
from tests.rules.returns.slips import MEI, NOW, SHANGHAI

LEADS = replace(MEI, rights=frozenset({Right.SUPERVISOR}))
EVERYTHING = frozenset(Topic)


class Room(MemoryServiceRecords):
    """The service desk with one place that calls numbers. Implements Clock. away: the ledger cannot be read."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__()
        self.time, self.away, self.warnings = NOW, False, list[str]()
        self.kept = ledger
        self.book, self.printed = LedgerQueue(self.ledger, SHANGHAI), Printed()
        self.queue = QueueDesk(self.book)
        self.clerk = QueueClerk(self.queue, 1, self.printed)
        self.desk = ServiceDesk(self, self, by_id((SERVICE,)), self.warnings.append, {SERVICE.id: self.clerk})
        self.passes()

    def ledger(self) -> Ledger:
        if self.away:
            raise LedgerFault("the ledger is away")
        return self.kept

    def now(self) -> datetime:
        return self.time

    def mono_s(self) -> float:
        return 0.0

    def passes(self, wait: timedelta = timedelta()) -> None:
        self.time += wait
        self.desk.pass_to(self.time)

    def takes(self, answers: Mapping[str, str] | None = None, seat: str = "screen") -> Said:
        self.desk.handle(FormGiven(seat, SERVICE.id, answers or {}))
        return self.tells(seat)

    def tells(self, seat: str = "screen") -> Said:
        self.passes()
        told = self.desk.said(seat)
        assert told is not None
        return told[1]

    def knows(self, seat: str = "screen") -> list[object]:
        self.passes(LOOK_EVERY)
        return list(self.desk.facts_at(seat))

    def calls(self) -> str:
        called = self.queue.call_next(1, EVERYTHING, LEADS, self.time)
        self.passes(LOOK_EVERY)
        return called.ticket.shown if isinstance(called, Called) else called.why


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with closing(fresh_ledger(tmp_path / "ledger.sqlite")) as ledger:
        yield Room(ledger)


def waits(shown: str, ahead: int) -> Said:
    return Said("queue.ticket" if ahead else "queue.next", (("ticket", shown), ("ahead", str(ahead))))


@pytest.mark.rule("S07")
def test_numbers_are_given_out_in_turn_printed_and_called_in_that_order(room: Room) -> None:
    assert room.takes() == waits("A001", 0)
    assert room.takes(seat="other") == waits("A002", 1)
    assert room.printed.tickets == [("A001", 0), ("A002", 1)]

    assert room.calls() == "A001"
    assert room.tells() == Said("queue.called", (("ticket", "A001"), ("desk", "1")))
    assert room.tells("other") == waits("A002", 0)
    assert room.calls() == "A002"


@pytest.mark.rule("S07")
def test_a_number_that_is_no_more_on_the_board_is_told_as_it_was_told_last(room: Room) -> None:
    room.takes()
    room.calls()
    room.calls()

    assert room.tells().sentence == "queue.called"


@pytest.mark.rule("S07")
def test_who_waits_for_returns_stands_before_somebody_as_well(room: Room) -> None:
    room.queue.take(Topic.RETURNS, room.time)
    assert room.knows() == [DeskNumbers(1, 4, open=True)]

    assert room.takes() == waits("A001", 1)


@pytest.mark.rule("S07")
def test_who_takes_a_second_number_within_a_minute_is_asked_and_may_have_it(room: Room) -> None:
    room.takes()
    assert list(room.desk.facts_at("screen")) == [DeskNumbers(1, 4, open=True), NumberOfLate("screen", "A001")]
    assert room.knows("other") == [DeskNumbers(1, 4, open=True)]

    assert room.takes() == Said("queue.second", (("ticket", "A001"),))
    assert len(room.records) == 1
    assert room.takes({ANOTHER: "yes"}) == waits("A002", 1)


@pytest.mark.rule("S07")
def test_after_a_minute_or_once_it_was_called_nobody_is_asked(room: Room) -> None:
    room.takes()
    room.passes(A_MOMENT)
    assert room.takes() == waits("A002", 1)

    room.calls()
    room.calls()
    assert room.takes() == waits("A003", 0)


@pytest.mark.rule("S07")
def test_a_number_that_is_needed_no_more_is_given_back_and_nobody_is_called_in_vain(room: Room) -> None:
    room.takes()
    room.takes(seat="other")

    room.desk.handle(TakeBackAsked("screen"))

    assert room.tells() == Said("queue.back", (("ticket", "A001"),))
    assert room.tells("other") == waits("A002", 0)
    assert list(room.desk.facts_at("screen")) == [DeskNumbers(1, 4, open=True)]
    assert [one.stage for one in room.book.of_day(room.time.date())] == [Stage.LEFT, Stage.WAITING]
    assert room.calls() == "A002"


def test_a_number_that_was_served_meanwhile_is_given_back_no_more(room: Room) -> None:
    room.takes()
    room.calls()
    room.calls()

    room.desk.handle(TakeBackAsked("screen"))

    assert room.tells().sentence == "queue.called"
    assert [one.stage for one in room.book.of_day(room.time.date())] == [Stage.SERVED]


@pytest.mark.rule("S07")
@pytest.mark.parametrize("topics", [frozenset[Topic](), frozenset({Topic.RETURNS})])
def test_where_no_desk_serves_it_no_number_is_given_out(room: Room, topics: frozenset[Topic]) -> None:
    assert room.queue.open(1, topics, LEADS, room.time) is None

    assert room.knows() == [DeskNumbers(0, 4, open=False)]
    assert room.takes() == Said("queue.closed")
    assert (room.records, room.book.of_day(room.time.date())) == ({}, ())


def test_while_the_ledger_cannot_be_read_the_screen_knows_nothing_and_staff_are_told(room: Room) -> None:
    room.takes()
    room.away = True

    assert room.knows() == []
    assert room.warnings == ["queue: the ledger is away"]
    assert room.tells() == waits("A001", 0)
    assert room.takes() == Said("service.later")
    room.away = False
    room.passes(A_MOMENT)
    assert room.takes() == waits("A002", 1)


def test_the_board_is_read_every_other_second_only(room: Room) -> None:
    room.queue.take(Topic.SERVICE, room.time)
    room.passes()
    assert list(room.desk.facts_at("screen")) == [DeskNumbers(0, 0, open=True)]

    assert room.knows() == [DeskNumbers(1, 4, open=True)]


def test_numbers_are_forgotten_after_an_hour(room: Room) -> None:
    room.takes()

    room.passes(FORGOTTEN_AFTER)

    assert room.tells() == Said("service.later")
    room.desk.handle(TakeBackAsked("screen"))
    assert [one.stage for one in room.book.of_day(room.time.date())] == [Stage.WAITING]


def test_what_staff_do_to_the_record_is_nothing_to_the_clerk(room: Room) -> None:
    room.clerk.done(Record(SERVICE.id, 1, NOW, "screen", "closed", NOW), Done(NOW, "mei", "attend"), NOW)

    assert room.warnings == []
