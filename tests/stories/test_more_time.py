"""Whoever asks the screen for more time has it at the lockers too, as far as the rules allow."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desks.lockers.messages import TimeWanted
from kiosk.rules.lockers.deposit import DepositTimes
from kiosk.rules.lockers.locker import Door
from kiosk.rules.lockers.retrieval import RetrievalTimes
from kiosk.rules.lockers.unhurried import MOST_S, TIMES, lengthened
from tests.depth import examples
from tests.stories.bag_room import BagRoom

USUAL = DepositTimes()


@pytest.fixture
def room() -> BagRoom:
    return BagRoom().in_service()


def wants(room: BagRoom, seat: str = "screen", *, more: bool = True) -> BagRoom:
    return room.posts(TimeWanted(seat, more))


def steps(room: BagRoom, seat: str = "screen") -> list[str]:
    return [one.step for one in room.shown(seat)]


@settings(max_examples=examples(200))
@given(st.floats(1.0, 1000.0))
def test_no_time_is_shortened_none_more_than_doubled_and_none_stretched_beyond_five_minutes(seconds: float) -> None:
    long_s = lengthened(seconds)

    assert seconds <= long_s <= max(seconds, MOST_S)
    assert long_s <= TIMES * seconds


def test_a_question_waits_twice_as_long_for_an_answer(room: BagRoom) -> None:
    wants(room).asks()

    room.passes(USUAL.asked_s + 1)
    assert steps(room) == ["check"]
    room.passes(USUAL.asked_s)

    assert steps(room) != ["check"]


def test_somebody_at_another_screen_is_not_slower_for_it(room: BagRoom) -> None:
    wants(room).asks().asks("other")

    room.passes(USUAL.asked_s + 1)

    assert steps(room) == ["check"]
    assert steps(room, "other") != ["check"]


@pytest.mark.rule("L02")
def test_the_tag_may_be_shown_later_and_the_screen_says_by_when(room: BagRoom) -> None:
    wants(room)
    id, plaque = room.bag_behind_its_door("li's bag")
    [shown] = room.shown()
    assert shown.step == "tag"
    assert shown.deadline_s == pytest.approx(room.mono_s() + lengthened(USUAL.tag_s), abs=3.0)

    room.passes(USUAL.tag_s + 10)
    room.scans(plaque)

    assert steps(room) == ["kept"]
    assert room.locker(id).door is Door.CLOSED


@pytest.mark.parametrize("more", [False, True])
def test_a_door_may_stand_open_for_longer_before_staff_are_told(room: BagRoom, more: bool) -> None:
    wants(room, more=more)
    id = room.begins()
    room.passes(room.desk.held_open_s + 5)

    assert (room.locker(id).door is Door.HELD_OPEN) is not more
    room.passes(room.desk.held_open_s)
    assert room.locker(id).door is Door.HELD_OPEN, "a door that nobody closes is looked after in the end"


def test_whoever_asks_while_the_door_is_open_has_the_time_at_once_and_loses_it_again(room: BagRoom) -> None:
    id = room.begins()
    wants(room)
    room.passes(room.desk.held_open_s + 5)
    assert room.locker(id).door is Door.OPEN

    wants(room, more=False).passes(1.0)

    assert room.locker(id).door is Door.HELD_OPEN


def test_taking_out_is_not_hurried_either(room: BagRoom) -> None:
    id, plaque = room.leaves_a_bag()
    room.passes(20.0)
    wants(room, "reader").scans(plaque)
    room.passes(room.desk.held_open_s + 5)
    assert room.locker(id).door is Door.OPEN

    wants(room, "reader", more=False).passes(1.0)

    assert room.locker(id).door is Door.HELD_OPEN


@pytest.mark.rule("L02")
def test_how_long_a_tag_opens_its_locker_once_more_is_never_lengthened() -> None:
    usual = RetrievalTimes()

    assert usual.unhurried().grace_s == usual.grace_s
    assert usual.unhurried().again == usual.again
    assert usual.unhurried().blind_s == lengthened(usual.blind_s)


def test_the_next_shopper_at_that_locker_has_the_usual_time(room: BagRoom) -> None:
    wants(room)
    id, _ = room.leaves_a_bag()

    assert id not in room.desk.cabinet.unhurried
