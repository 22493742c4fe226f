from __future__ import annotations

import pytest

from kiosk.desks.lockers.messages import Care, Confirmed
from kiosk.rules.lockers.deposit import Outcome
from kiosk.rules.lockers.locker import Assignment, Door
from kiosk.units import LockerId
from tests.stories.bag_room import BagRoom
from tests.stories.worn_bank import Latch

ONE, TWO = LockerId(1), LockerId(2)


@pytest.fixture(params=["plaques", "tickets"])
def room(request: pytest.FixtureRequest) -> BagRoom:
    return BagRoom(tickets=request.param == "tickets").in_service()


@pytest.mark.rule("L01")
def test_a_bag_goes_in_its_owner_shows_the_tag_once_and_gets_it_back_for_it(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag("li's bag")
    assert room.sentence() == "deposit.kept"
    assert room.locker(id).assignment is Assignment.OCCUPIED

    room.passes(3600).scans(tag).passes(0.5)
    assert room.sentence("reader") == "retrieval.take-out"
    assert room.takes_out(id, tag) == "li's bag"
    room.shuts(id).passes(61)

    assert (room.locker(id).assignment, room.locker(id).door) == (Assignment.FREE, Door.CLOSED)
    assert room.unlocked == [id, id]
    assert [lies.outcome for lies in room.memory.all_deposits.values()] == [Outcome.FETCHED]
    assert room.staff_list() == {}


@pytest.mark.rule("L05")
@pytest.mark.rule("L06")
def test_no_door_opens_before_the_shopper_has_agreed_about_valuables_and_checked_the_things(room: BagRoom) -> None:
    room.asks()
    assert room.sentence() == "deposit.check"
    room.confirms("valuables").confirms("opening")
    assert room.unlocked == []

    room.confirms("check")

    assert room.unlocked == [ONE]


# giving up, being slow, leaving nothing: each way back to free


@pytest.mark.parametrize("step", ["size", "valuables", "check"])
def test_a_shopper_who_gives_up_before_a_door_opened_leaves_no_trace(room: BagRoom, step: str) -> None:
    room.asks_until(step).gives_up()

    assert room.sentence() == "deposit.gone"
    assert room.passes(9).shown() == []
    assert room.unlocked == []
    assert room.memory.all_deposits == {}


@pytest.mark.parametrize("step", ["size", "valuables", "check"])
def test_a_shopper_who_walks_away_before_a_door_opened_frees_the_screen(room: BagRoom, step: str) -> None:
    room.asks_until(step).passes(61)

    assert room.sentence() == "deposit.gone"


def test_a_shopper_who_gives_up_at_the_open_door_leaves_a_free_locker(room: BagRoom) -> None:
    id = room.begins()
    room.gives_up()
    assert room.sentence() == "deposit.take-back"

    room.shuts(id)

    assert room.locker(id).assignment is Assignment.FREE
    assert [lies.outcome for lies in room.memory.all_deposits.values()] == [Outcome.GIVEN_UP]
    assert room.staff_list() == {}
    assert room.unlocked == [id]


def test_a_shopper_who_gives_up_once_it_is_closed_shows_the_tag_and_gets_the_bag_back(room: BagRoom) -> None:
    id, tag = room.bag_behind_its_door("li's bag")
    room.gives_up()
    assert room.sentence() == "deposit.tag-back"
    assert room.unlocked == [id]

    room.passes(2).scans(tag).passes(0.5)
    assert room.takes_out(id, tag) == "li's bag"
    room.shuts(id).passes(61)

    assert room.locker(id).assignment is Assignment.FREE
    assert room.staff_list() == {}


def test_a_shopper_who_thinks_better_of_giving_up_keeps_the_locker(room: BagRoom) -> None:
    id, tag = room.bag_behind_its_door("li's bag")

    room.gives_up().confirms("tag back")
    assert room.sentence() == "deposit.tag"
    room.scans(tag)

    assert room.locker(id).assignment is Assignment.OCCUPIED
    assert room.unlocked == [id]


def test_a_tag_that_nobody_showed_still_opens_and_staff_are_told(room: BagRoom) -> None:
    id, tag = room.bag_behind_its_door("li's bag")

    room.passes(91)
    assert room.sentence() == "deposit.left"
    assert room.locker(id).assignment is Assignment.OCCUPIED
    assert "without showing its tag" in room.staff_list()[id]

    room.scans(tag).passes(0.5)
    assert room.takes_out(id, tag) == "li's bag"
    room.shuts(id)
    assert room.locker(id).assignment is Assignment.FREE
    assert room.staff_list() == {}


def test_a_closed_door_does_not_open_for_a_tap_on_the_screen_once_something_may_be_in_it(room: BagRoom) -> None:
    id, _ = room.bag_behind_its_door("li's bag")

    room.asks().gives_up().confirms("check").confirms("opening").confirms("tag").passes(91).asks()

    assert room.unlocked == [id]


def test_a_door_that_is_left_open_is_told_of_and_may_still_be_closed(room: BagRoom) -> None:
    id = room.begins()
    tag = room.puts_in(id, "li's bag")

    room.passes(121)
    assert room.sentence() == "deposit.held"
    assert any("has been open for 120 s" in text for text in room.desk.warnings)
    room.shuts(id)
    assert not any("has been open" in text for text in room.desk.warnings)
    room.scans(room.printed.get(id, tag))

    assert room.locker(id).assignment is Assignment.OCCUPIED
    assert room.staff_list() == {}


def test_a_door_that_is_left_open_for_good_is_the_staffs(room: BagRoom) -> None:
    id = room.begins()

    room.passes(250)

    assert room.sentence() == ""
    assert room.locker(id).assignment is Assignment.OCCUPIED
    assert id in room.staff_list()
    room.shuts(id)
    assert room.cares(Care.EMPTY, id).text == "locker 1 is free"
    assert room.locker(id).assignment is Assignment.FREE


def test_a_shopper_who_gives_up_and_leaves_the_door_open_is_told_of(room: BagRoom) -> None:
    id = room.begins()

    room.gives_up().passes(121)

    assert room.sentence() == "deposit.left"
    assert id in room.staff_list()


def test_a_latch_that_has_not_caught_lets_the_shopper_close_the_door_again(room: BagRoom) -> None:
    id, tag = room.bag_behind_its_door("li's bag")
    room.pulls(id)
    assert room.sentence() == "deposit.put-in"

    room.shuts(id).scans(tag)

    assert room.locker(id).assignment is Assignment.OCCUPIED
    assert room.staff_list() == {}


def test_a_door_that_is_shut_before_its_pulse_is_over_is_not_opened_again(room: BagRoom) -> None:
    room.asks().confirms("check").passes(0.1)
    room.puts_in(ONE, "li's bag")

    room.shuts(ONE).passes(10)

    assert room.cells[ONE].pulses == 1
    assert room.sentence() == "deposit.tag"


def test_what_a_sensor_saw_of_an_order_and_of_a_bag_is_in_the_ledger_at_once(room: BagRoom) -> None:
    room.asks().confirms("check").settles()
    assert room.memory.kept[ONE].door is Door.OPEN
    room.puts_in(ONE, "li's bag")

    room.shuts(ONE)

    assert room.memory.all_deposits[1].stored == room.wall
    assert room.memory.all_deposits[1].kept is None


def test_a_tag_that_is_shown_while_its_door_is_ordered_open_again_leaves_a_doubt(room: BagRoom) -> None:
    id, tag = room.bag_behind_its_door("li's bag")
    room.breaks(id, latch=Latch.JAMMED).passes(3).opens_all()
    assert room.locker(id).door is Door.OPENING

    room.scans(tag)

    assert room.locker(id).assignment is Assignment.OCCUPIED
    assert id in room.staff_list()


def test_early_or_with_another_ticket_nothing_is_proved(room: BagRoom) -> None:
    id = room.begins()
    tag = room.puts_in(id, "li's bag")
    room.scans(tag or f"T{id}.1.1")
    assert room.sentence("reader") == "tag.close-first"
    room.shuts(id).scans("T1.1.99")

    assert room.sentence("reader") == "tag.close-first"
    assert room.locker(id).assignment is Assignment.RESERVED
    assert room.unlocked == [id]


# several shoppers


def test_two_shoppers_at_two_screens_get_two_lockers(room: BagRoom) -> None:
    first, second = room.begins("left"), room.begins("right")
    bags = {first: "li's bag", second: "wang's bag"}
    tags = {id: room.puts_in(id, bag) for id, bag in bags.items()}
    room.shuts(second).shuts(first)
    tags = {id: room.printed.get(id, tag) for id, tag in tags.items()}

    room.scans(tags[second], tags[first])
    assert first != second
    room.passes(5).scans(tags[first], tags[second]).passes(1.5)

    assert {id: room.takes_out(id) for id in bags} == bags


def test_a_full_bank_says_so_and_gives_nothing_away_twice(room: BagRoom) -> None:
    for n in range(3):
        room.leaves_a_bag(f"bag {n}", f"seat {n}")

    room.asks("late")
    assert room.sentence("late") == "deposit.full"

    room.confirms("check", "late")
    assert sorted(room.unlocked) == [1, 2, 3]


def test_the_last_locker_goes_to_one_of_two_who_want_it(room: BagRoom) -> None:
    room.leaves_a_bag("bag 1", "a")
    room.leaves_a_bag("bag 2", "b")
    room.asks("left").asks("right")

    room.posts(Confirmed("left", "check"), Confirmed("right", "check"))

    assert (room.sentence("left"), room.sentence("right")) == ("deposit.put-in", "deposit.full")


def test_a_second_tap_on_deposit_goes_on_with_the_first(room: BagRoom) -> None:
    id = room.begins()

    room.asks().confirms("check").passes(2)

    assert room.sentence() == "deposit.put-in"
    assert room.unlocked == [id]
