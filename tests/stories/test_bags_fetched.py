from __future__ import annotations

import pytest

from kiosk.ports.lockers import ReaderReport
from kiosk.rules.lockers.locker import Assignment
from kiosk.units import LockerId
from tests.stories.bag_room import SMALL, BagRoom

ONE, TWO = LockerId(1), LockerId(2)


@pytest.fixture(params=["plaques", "tickets"])
def room(request: pytest.FixtureRequest) -> BagRoom:
    return BagRoom(tickets=request.param == "tickets").in_service()


@pytest.mark.rule("L02")
def test_two_scans_at_once_open_the_door_once(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag()

    room.passes(5).scans(tag, tag, tag).scans(tag, reader="other").passes(2).confirms("take out", "reader")

    assert room.unlocked == [id, id]
    assert room.cells[id].pulses == 2


@pytest.mark.rule("L02")
def test_two_tags_at_once_open_two_doors_one_after_the_other(room: BagRoom) -> None:
    one, one_tag = room.leaves_a_bag("li's bag", "left")
    two, two_tag = room.leaves_a_bag("wang's bag", "right")

    room.passes(5).scans(one_tag, two_tag)
    assert room.bank.busy == one
    assert not room.cells[two].open
    room.passes(0.5)

    assert room.cells[two].open


def test_a_forgotten_thing_is_fetched_with_the_same_tag_while_the_grace_lasts(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag()
    room.passes(5).scans(tag).passes(2)
    room.takes_out(id)
    room.shuts(id).passes(20)
    assert room.sentence("reader") == "retrieval.grace"
    assert room.desk.cabinet.free(SMALL) == 2  # nobody else is given it meanwhile

    room.scans(tag).passes(0.5)
    assert room.cells[id].open
    room.shuts(id).passes(41)

    assert room.desk.cabinet.free(SMALL) == 3
    assert room.locker(id).assignment is Assignment.FREE
    assert room.staff_list() == {}


def test_a_tag_opens_again_so_often_and_no_more(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag()
    for _ in range(4):
        room.passes(3).scans(tag).passes(0.5).shuts(id)

    assert room.unlocked == [id] * 4  # the deposit, the retrieval, twice again
    assert room.sentence("reader") == "door.staff"


@pytest.mark.rule("L02")
def test_a_tag_whose_grace_is_over_opens_nothing_and_a_photograph_is_told_of(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag()
    room.passes(5).scans(tag).passes(0.5)
    room.takes_out(id, tag)
    room.shuts(id).passes(61).scans(tag)

    assert room.sentence("reader") == "tag.nothing"
    assert room.unlocked == [id, id]
    assert any("may have been photographed" in text for text in room.desk.warnings)


@pytest.mark.rule("L02")
def test_the_ticket_of_an_earlier_deposit_opens_nothing_though_the_locker_is_in_use_again() -> None:
    room = BagRoom(1, tickets=True).in_service()
    id, old = room.leaves_a_bag("li's bag")
    room.passes(5).scans(old).passes(0.5)
    room.takes_out(id)
    room.shuts(id).passes(61)
    room.leaves_a_bag("wang's bag")

    room.passes(5).scans(old)

    assert room.sentence("reader") == "tag.refused"
    assert room.unlocked == [id] * 3


@pytest.mark.rule("L02")
@pytest.mark.parametrize(
    "text", ["", "P", "P1.2", "P9.1", "P1", "T1.1.7", "T9.1.1", "Q1.1", "P1.1.1", "garbage\x00\xff"]
)
def test_a_tag_that_is_not_the_lockers_opens_nothing_and_does_not_say_why(text: str) -> None:
    room = BagRoom().in_service()
    id, _ = room.leaves_a_bag()

    room.passes(5).scans(text)

    assert room.sentence("reader") == "tag.refused"
    assert room.unlocked == [id]
    assert room.memory.notes[-1].action == "is refused"


def test_a_reader_that_babbles_does_not_fill_the_ledger(room: BagRoom) -> None:
    before = len(room.memory.notes)

    for _ in range(500):
        room.scans("garbage").passes(0.01)

    assert len(room.memory.notes) - before <= 2


def test_a_reader_that_is_lost_is_told_of_until_it_is_back(room: BagRoom) -> None:
    room.posts(ReaderReport("reader", "no answer; check its cable"))
    assert room.desk.warnings == ("reader reader: no answer; check its cable",)

    room.posts(ReaderReport("reader"))

    assert not room.desk.warnings


def test_a_door_that_somebody_shuts_after_a_long_while_does_not_say_that_the_bag_is_out(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag("li's bag")
    room.passes(5).scans(tag).passes(125)
    assert room.sentence("reader") == "retrieval.held"

    room.shuts(id)
    assert room.sentence("reader") == "retrieval.unsure"
    assert id in room.staff_list()

    room.passes(5).scans(tag).passes(0.5)
    assert room.takes_out(id) == "li's bag"
    room.shuts(id)
    assert room.staff_list() == {}
