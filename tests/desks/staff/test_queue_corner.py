"""The queue in staff mode: who may call, what each desk may do, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.desks.service.queue_desk import Called, NotSo, QueueDesk
from kiosk.desks.staff.queue_corner import BACK, EVENTS, OPENS, QueueCorner
from kiosk.ledger.queue_tickets import LedgerQueue
from kiosk.ledger.store import Ledger
from kiosk.ports.staff_view import Matter
from kiosk.rules.people.person import Person, Right
from kiosk.rules.service.queue import Topic
from tests.ledger.shop import ask, fresh_ledger
from tests.rules.returns.slips import BAGS, MEI, NOW, SHANGHAI

CLERK = replace(MEI, rights=frozenset({Right.CLERK, Right.SUPERVISOR}))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(fresh_ledger(tmp_path / "ledger.sqlite")) as opened:
        yield opened


class Room:
    """Two desks, and somebody at the screen in staff mode."""

    def __init__(self, ledger: Ledger) -> None:
        self.desk = QueueDesk(LedgerQueue(lambda: ledger, SHANGHAI))
        self.corner = QueueCorner(self.desk, 2)
        self.now: datetime = NOW

    def wait(self, *topics: Topic) -> None:
        for topic in topics:
            self.desk.take(topic, self.now)

    def sees(self, who: Person = CLERK) -> dict[str, Matter]:
        return {one.key: one for one in self.corner.matters(who, self.now)}

    def does(self, thing: str, deed: str, who: Person = CLERK) -> tuple[str, bool]:
        said = self.corner.do(thing, deed, {}, who, self.now)
        return said.text, said.refused

    def offered(self, thing: str) -> list[str]:
        matter = self.corner.opened(thing, CLERK, self.now)
        return [] if matter is None else [one.deed for one in matter.deeds]


@pytest.fixture
def room(ledger: Ledger) -> Room:
    return Room(ledger)


@pytest.mark.rule("S07")
def test_a_clerk_calls_the_next_number_at_the_screen_and_settles_it(room: Room) -> None:
    room.wait(Topic.SERVICE, Topic.RETURNS)
    assert {key: (one.title, one.pressing) for key, one in room.sees().items()} == {
        "queue 1": ("Desk 1 is free", True),
        "queue 2": ("Desk 2 is free", True),
    }
    assert room.sees()["queue 1"].line == "A001 · R001"

    assert room.does("1", "next") == ("The number is called", False)
    desk = room.sees()["queue 1"]
    assert (desk.title, desk.pressing) == ("Desk 1: number A001", False)
    assert room.offered("1") == ["next", *EVENTS]

    assert room.does("1", "served") == ("It is noted", False)
    assert room.offered("1") == ["next", "close", "open-service", "open-returns"]
    assert [one.shown for one in room.desk.shown(room.now)[1]] == ["R001"]


def test_nothing_is_shown_while_nobody_waits_and_every_desk_is_open(room: Room) -> None:
    assert room.sees() == {}
    room.does("2", "close")
    assert list(room.sees()) == ["queue 1", "queue 2"]


def test_whoever_may_not_call_sees_nothing_and_does_nothing(room: Room) -> None:
    room.wait(Topic.SERVICE)

    assert room.sees(BAGS) == {}
    assert room.corner.opened("1", BAGS, room.now) is None
    for thing, deed in (("1", "next"), ("1", "close"), ("A001", "back")):
        text, refused = room.does(thing, deed, BAGS)
        assert refused
        assert "may not call numbers" in text
    assert room.desk.shown(room.now)[0] == ()


@pytest.mark.rule("S07")
def test_somebody_who_did_not_come_is_given_up_after_two_calls_and_a_minute_and_next_when_back(room: Room) -> None:
    room.wait(Topic.SERVICE, Topic.SERVICE)
    room.does("1", "next")
    assert room.does("1", "no-show")[1]
    room.does("1", "recall")
    room.now += timedelta(seconds=61)
    assert room.does("1", "no-show") == ("It is noted", False)
    missed = room.sees()["queue A001"]
    assert (missed.title, missed.deeds) == ("Number A001 did not come", (BACK,))
    assert room.offered("A001") == ["back"]

    assert room.does("A001", "back") == ("It is noted", False)
    room.does("2", "next")

    assert room.desk.at(2, room.now) is not None
    assert [one.shown for one in room.desk.shown(room.now)[0]] == ["A001"]


@pytest.mark.rule("S07")
def test_a_desk_serves_what_it_was_opened_for_and_nobody_while_it_is_closed(room: Room, ledger: Ledger) -> None:
    room.wait(Topic.SERVICE, Topic.RETURNS)
    assert room.does("1", "open-returns") == ("It is noted", False)
    assert room.sees()["queue 1"].tags == ("For returns",)
    room.does("1", "next")
    assert [one.shown for one in room.desk.shown(room.now)[0]] == ["R001"]
    assert room.does("1", "close")[1]  # somebody is called there

    room.does("1", "left")
    assert room.does("1", "close") == ("It is noted", False)
    assert room.offered("1") == list(OPENS)
    assert room.sees()["queue 1"].tags == ()
    assert room.does("1", "next")[1]
    told = ask(ledger.path, "SELECT action, subject FROM audit WHERE subject = 'desk 1'")
    assert told == [("opens", "desk 1"), ("closes", "desk 1")]


def test_a_desk_that_serves_something_else_calls_nobody(room: Room) -> None:
    room.wait(Topic.SERVICE)
    room.does("1", "open-returns")

    refused = room.desk.call_next(1, frozenset({Topic.SERVICE}), CLERK, room.now)

    assert refused == NotSo("desk 1 serves returns only")
    assert room.does("1", "next") == ("nobody waits", True)


@pytest.mark.parametrize(
    ("thing", "deed"),
    [("1", "served"), ("1", "sing"), ("A001", "sing"), ("A009", "back"), ("X001", "back"), ("A", "back"), ("", "back")],
)
def test_what_is_gone_or_nobody_can_do_is_refused_in_words(room: Room, thing: str, deed: str) -> None:
    text, refused = room.does(thing, deed)

    assert refused
    assert text
    assert room.corner.opened(thing, CLERK, room.now) is None or thing == "1"


@pytest.mark.rule("S07")
def test_the_queue_tells_how_long_it_takes_of_late(room: Room) -> None:
    room.wait(*(Topic.SERVICE,) * 5)
    for seconds in (100, 300, 200):
        room.does("1", "next")
        room.now += timedelta(seconds=seconds)
        room.does("1", "served")
    room.does("1", "next")
    room.does("2", "next")

    board = room.desk.board(2, room.now)

    assert dict(board.waits_s)[Topic.SERVICE] == 200.0 / 2


@pytest.mark.rule("S07")
def test_who_waits_at_midnight_in_a_shop_that_is_open_still_waits_after_it(ledger: Ledger) -> None:
    evening = NOW.replace(hour=23, minute=50)
    desk = QueueDesk(LedgerQueue(lambda: ledger, SHANGHAI), lambda now: (now - timedelta(hours=2)).date())
    desk.take(Topic.SERVICE, evening)
    after_midnight = evening + timedelta(minutes=20)

    ticket, ahead = desk.take(Topic.SERVICE, after_midnight)

    assert (ticket.number, ahead) == (2, 1)
    called = desk.call_next(1, frozenset({Topic.SERVICE}), CLERK, after_midnight)
    assert isinstance(called, Called)
    assert called.ticket.number == 1
