from __future__ import annotations

import pytest

from kiosk.desks.lockers.messages import Care, HelpAsked
from kiosk.ports.lockers import BoardReport, DoorRead, Energised, Pulsed, Reading
from kiosk.rules.lockers.deposit import Outcome
from kiosk.rules.lockers.locker import Assignment, Door
from kiosk.units import LockerId
from tests.stories.bag_room import SMALL, BagRoom
from tests.stories.worn_bank import Latch, Sensor

ONE, TWO = LockerId(1), LockerId(2)


@pytest.fixture(params=["plaques", "tickets"])
def room(request: pytest.FixtureRequest) -> BagRoom:
    return BagRoom(tickets=request.param == "tickets").in_service()


def test_a_weak_latch_is_pulsed_again_after_a_rest(room: BagRoom) -> None:
    room.breaks(ONE, latch=Latch.WEAK)

    id = room.begins()
    room.passes(2)

    assert room.cells[id].pulses == 2
    assert room.sentence() == "deposit.put-in"
    assert room.staff_list() == {}


def test_a_jammed_latch_is_pulsed_three_times_and_another_locker_is_offered(room: BagRoom) -> None:
    room.breaks(ONE, latch=Latch.JAMMED)
    room.asks().confirms("check").passes(20)
    assert room.cells[ONE].pulses == 3
    assert room.sentence() == "deposit.another"
    assert room.locker(ONE).assignment is Assignment.OUT_OF_SERVICE
    assert list(room.staff_list()) == [ONE]

    room.confirms("check").passes(0.5)

    assert room.sentence() == "deposit.put-in"
    assert room.given() == TWO
    assert room.memory.all_deposits[1].outcome is Outcome.JAMMED


def test_a_bag_behind_a_jammed_latch_stays_its_owners_and_staff_are_called(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag("li's bag")
    room.breaks(id, latch=Latch.JAMMED).passes(5).scans(tag).passes(7)
    assert room.sentence("reader") == "retrieval.jammed"
    assert room.locker(id).assignment is Assignment.OCCUPIED
    assert "pulsed as often as it may be" in room.staff_list()[id]
    pulses = room.cells[id].pulses

    room.scans(tag)
    assert room.sentence("reader") == "door.wait"
    room.breaks(id, latch=Latch.GOOD).passes(20).scans(tag).passes(0.5)

    assert pulses == 4
    assert room.takes_out(id) == "li's bag"
    room.shuts(id)
    assert room.staff_list() == {}


def test_a_driver_that_cannot_pulse_is_told_of_with_its_remedy(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag()
    room.breaks(id, latch=Latch.CUT_OFF).passes(5).scans(tag).passes(10)

    assert room.sentence("reader") in ("", "retrieval.jammed")
    assert "locker 1: board 1 does not answer; check its cable" in room.desk.warnings
    assert id in room.staff_list()


def test_a_driver_that_never_answers_is_not_waited_for_for_ever(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag()
    room.bank.busy, room.bank.over_s = TWO, float("inf")

    room.passes(5).scans(tag).passes(181)

    assert room.locker(id).door is Door.JAMMED
    assert not room.bank.orders


def test_a_pulse_whose_end_was_not_reported_is_over_after_a_while(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag()
    room.breaks(id, latch=Latch.JAMMED).passes(5).scans(tag)
    room.bank.busy = None

    room.passes(30)

    assert room.cells[id].pulses == 4


def test_a_dead_sensor_hinders_no_opening_and_is_not_taken_for_an_open_door(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag("li's bag")
    room.breaks(id, sensor=Sensor.DEAD).passes(5).scans(tag).passes(2)
    assert room.cells[id].open
    assert room.sentence("reader") == "retrieval.blind"
    assert room.locker(id).door is Door.UNKNOWN

    assert room.takes_out(id, tag) == "li's bag"
    room.shuts(id).confirms("blind", "reader")

    assert room.locker(id).assignment is Assignment.OUT_OF_SERVICE
    assert id in room.staff_list()
    assert room.desk.cabinet.free(SMALL) == 2


def test_a_dead_sensor_and_no_word_of_the_shopper_leave_all_as_it_was(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag("li's bag")
    room.breaks(id, sensor=Sensor.DEAD, latch=Latch.JAMMED).passes(5).scans(tag).passes(125)
    assert room.sentence("reader") == "retrieval.unsure"
    assert room.locker(id).assignment is Assignment.OCCUPIED

    room.breaks(id, sensor=Sensor.GOOD, latch=Latch.GOOD)
    assert id in room.staff_list()
    room.scans(tag).passes(0.5)

    assert room.takes_out(id) == "li's bag"


def test_where_the_sensor_does_not_tell_the_same_tag_pulses_once_more(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag("li's bag")
    room.breaks(id, sensor=Sensor.DEAD, latch=Latch.WEAK).passes(5)
    room.cells[id].pulses = 0
    room.scans(tag).passes(3)
    assert not room.cells[id].open

    room.scans(tag).passes(0.5)

    assert room.cells[id].open


def test_a_sensor_that_says_open_for_ever_does_not_keep_a_bag_from_its_owner(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag("li's bag")
    room.pulls(id).breaks(id, sensor=Sensor.FROZEN).shuts(id)
    assert room.locker(id).door is Door.FORCED

    room.passes(5).scans(tag).passes(0.5)

    assert room.cells[id].open
    assert room.sentence("reader") == "retrieval.take-out"
    assert room.takes_out(id) == "li's bag"
    assert room.cares(Care.EMPTY, id).refused  # a shopper is at it
    room.passes(130)
    assert room.cells[id].pulses == 2
    assert id in room.staff_list()
    assert room.cares(Care.EMPTY, id).refused  # nobody sees it close, so nobody is given it
    assert room.locker(id).assignment is Assignment.OUT_OF_SERVICE
    assert room.memory.all_deposits[1].outcome is Outcome.EMPTY
    assert room.passes(1).sentence("reader") == "retrieval.done"


def test_a_sensor_that_dies_while_a_bag_goes_in_lets_the_shopper_say_when_it_is_closed(room: BagRoom) -> None:
    id = room.begins()
    tag = room.puts_in(id, "li's bag")
    room.breaks(id, sensor=Sensor.DEAD)
    assert room.sentence() == "deposit.blind"

    room.shuts(id).confirms("blind")
    room.scans(room.printed.get(id, tag))

    assert room.locker(id).assignment is Assignment.OCCUPIED
    assert id in room.staff_list()
    room.passes(5).scans(room.printed.get(id, tag)).passes(0.5)
    assert room.takes_out(id) == "li's bag"


@pytest.mark.parametrize("what", ["gives up", "walks away"])
def test_behind_a_dead_sensor_nobody_is_given_a_locker_that_was_given_up(room: BagRoom, what: str) -> None:
    id = room.begins()
    room.breaks(id, sensor=Sensor.DEAD)

    (room.gives_up() if what == "gives up" else room.passes(121)).breaks(id, sensor=Sensor.GOOD).shuts(id)

    assert id in room.staff_list()
    assert room.desk.cabinet.free(SMALL) == 2


def test_a_sensor_that_is_back_while_a_bag_goes_in_is_believed_again(room: BagRoom) -> None:
    id = room.begins()
    room.puts_in(id, "li's bag")

    room.breaks(id, sensor=Sensor.DEAD).breaks(id, sensor=Sensor.GOOD)
    assert room.sentence() == "deposit.put-in"
    room.breaks(id, sensor=Sensor.DEAD)
    room.cells[id].open = False
    room.breaks(id, sensor=Sensor.GOOD)

    assert room.sentence() == "deposit.tag"


def test_a_door_that_is_forced_is_told_of_once_and_stays_to_be_looked_at(room: BagRoom) -> None:
    id, _ = room.leaves_a_bag()

    room.pulls(id).shuts(id).pulls(id).shuts(id)

    assert room.staff_list() == {id: "opened without an order"}
    assert [note.action for note in room.memory.notes].count("is doubtful") == 1 + 3  # three lockers were new


def test_a_bad_sensor_does_not_wear_out_the_disk(room: BagRoom) -> None:
    room.breaks(TWO, sensor=Sensor.DEAD).passes(2)
    before = len(room.entries)

    for _ in range(50):
        room.breaks(TWO, sensor=Sensor.GOOD).breaks(TWO, sensor=Sensor.DEAD).passes(0.1)

    assert len(room.entries) - before <= 6


def test_a_board_that_falls_silent_is_told_of_until_it_answers(room: BagRoom) -> None:
    room.posts(BoardReport("east", "no answer; check its cable"))
    assert room.desk.warnings == ("lock board east: no answer; check its cable",)

    room.posts(BoardReport("east"))

    assert not room.desk.warnings


def test_reports_about_a_locker_that_nobody_knows_are_left_alone(room: BagRoom) -> None:
    room.posts(DoorRead(LockerId(99), Reading.OPEN, 0.0), Energised(LockerId(99), 0.0), Pulsed(LockerId(99), 0.0))

    assert LockerId(99) not in room.desk.cabinet.lockers


def test_a_shopper_who_asks_for_help_is_told_of(room: BagRoom) -> None:
    room.posts(HelpAsked("screen"))

    assert room.desk.warnings == ("somebody asks for help at screen",)
