from __future__ import annotations

import pytest

from kiosk.desks.lockers.messages import Care, Fault, OpenAsked, StopAsked
from kiosk.rules.lockers.cabinet import Event
from kiosk.rules.lockers.deposit import Outcome
from kiosk.rules.lockers.locker import Assignment, Door
from kiosk.rules.lockers.warrants import Purpose
from kiosk.units import LockerId
from tests.stories.bag_room import SMALL, BagRoom
from tests.stories.worn_bank import Cell, Latch, Sensor

ONE, TWO, NINE = LockerId(1), LockerId(2), LockerId(9)


@pytest.fixture
def room() -> BagRoom:
    return BagRoom().in_service()


def the_store_closes(room: BagRoom) -> None:
    for id, locker in room.desk.cabinet.lockers.items():
        if locker.assignment is Assignment.OCCUPIED:
            assert room.desk.cabinet.decide(id, Event.STAYED, room.now(), "closing") == ""


def test_a_new_bank_is_given_to_nobody_before_somebody_has_looked_into_it() -> None:
    room = BagRoom()
    assert list(room.staff_list()) == [1, 2, 3]
    room.asks()
    assert room.sentence() == "deposit.full"

    room.in_service()

    assert room.staff_list() == {}
    assert room.desk.cabinet.free(SMALL) == 3


@pytest.mark.rule("L04")
def test_things_that_stayed_overnight_are_the_supervisors_to_hand_out(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag("li's bag")
    the_store_closes(room)
    room.passes(12 * 3600).scans(tag)
    assert room.sentence("reader") == "tag.overnight"
    assert room.unlocked == [id]

    assert not room.opens(id, Purpose.HAND_OUT).refused
    room.passes(0.5)
    assert room.takes_out(id, tag) == "li's bag"
    room.shuts(id)

    lies = room.memory.all_deposits[1]
    assert (lies.outcome, lies.by) == (Outcome.HANDED_OUT, "chen")
    assert room.locker(id).assignment is Assignment.FREE


def test_without_the_procedure_the_supervisor_hands_out_nothing_that_has_a_tag(room: BagRoom) -> None:
    id, _ = room.leaves_a_bag()

    for purpose in (Purpose.HAND_OUT, Purpose.LOOK, Purpose.REPAIR):
        assert room.passes(5).opens(id, purpose).refused

    assert room.unlocked == [id]
    assert room.memory.notes[-1].action == "is refused"


def test_a_lost_tag_opens_nothing_any_more_and_its_locker_gets_another_number(room: BagRoom) -> None:
    id, lost = room.leaves_a_bag("li's bag")
    assert room.cares(Care.QUARANTINE, id, "tag lost").text == "locker 1 is quarantined: tag lost"
    room.passes(5).scans(lost)
    assert room.sentence("reader") == "tag.refused"
    assert any("reported lost" in text for text in room.desk.warnings)
    assert room.renumbers(id, 101, 2).refused  # things are in it

    room.opens(id, Purpose.HAND_OUT, "lost tag 12")
    room.passes(0.5)
    assert room.takes_out(id) == "li's bag"
    room.shuts(id)
    assert room.locker(id).assignment is Assignment.QUARANTINED
    assert room.cares(Care.EMPTY, id).refused  # it has no tag yet

    assert room.renumbers(id, 101, 2).text == "locker 1 is free"
    room.scans(lost)
    assert room.sentence("reader") == "tag.refused"
    assert room.desk.cabinet.numbered(101) == room.locker(id)


@pytest.mark.parametrize(("number", "generation"), [(2, 5), (1, 1), (101, 1)])
def test_a_number_that_is_taken_and_a_tag_of_an_old_generation_are_refused(
    room: BagRoom, number: int, generation: int
) -> None:
    assert room.renumbers(ONE, number, generation).refused
    assert room.locker(ONE).number == 1


def test_a_locker_in_use_gets_no_other_tag(room: BagRoom) -> None:
    id = room.begins()
    assert room.renumbers(id, 101, 2).refused
    tag = room.puts_in(id, "li's bag")
    room.shuts(id).scans(tag)

    assert room.renumbers(id, 101, 2).refused
    assert room.renumbers(TWO, 101, 2).text == "locker 2 is free"


def test_what_is_doubtful_is_opened_to_look_and_said_to_be_empty_or_in_order(room: BagRoom) -> None:
    id, tag = room.bag_behind_its_door("li's bag")
    room.passes(91)
    assert not room.opens(id, Purpose.LOOK).refused
    room.passes(0.5).shuts(id)

    assert room.cares(Care.KEEPS, id).text == "locker 1 is occupied"
    assert room.staff_list() == {}
    assert room.cares(Care.EMPTY, id).refused  # nothing is doubtful about it
    room.passes(5).scans(tag).passes(0.5)
    assert room.takes_out(id) == "li's bag"


def test_a_doubtful_locker_that_is_empty_is_free_again(room: BagRoom) -> None:
    id = room.begins()
    room.passes(250).shuts(id)

    assert room.cares(Care.EMPTY, id).text == "locker 1 is free"
    assert room.memory.all_deposits[1].outcome is Outcome.EMPTY


def test_an_empty_locker_whose_door_nobody_saw_close_waits_until_its_sensor_does(room: BagRoom) -> None:
    id, _ = room.bag_behind_its_door("li's bag")
    room.passes(91).breaks(id, sensor=Sensor.DEAD)
    room.cells[id].bag = ""  # taken out with the key

    assert room.cares(Care.EMPTY, id).refused
    assert room.locker(id).assignment is Assignment.OUT_OF_SERVICE
    room.breaks(id, sensor=Sensor.GOOD)

    assert room.cares(Care.EMPTY, id).text == "locker 1 is free"


def test_a_locker_is_taken_out_of_service_and_comes_back(room: BagRoom) -> None:
    assert room.cares(Care.WITHDRAW, ONE, "its hinge").text == "locker 1 is out of service: its hinge"
    assert room.staff_list() == {ONE: "its hinge"}
    assert room.begins() == TWO

    assert not room.opens(ONE, Purpose.REPAIR).refused
    room.passes(0.5).shuts(ONE)
    assert room.cares(Care.EMPTY, ONE).text == "locker 1 is free"


def test_a_locker_with_things_in_it_is_not_taken_out_of_service(room: BagRoom) -> None:
    id, _ = room.leaves_a_bag()

    assert room.cares(Care.WITHDRAW, id).refused


def test_staff_do_not_decide_about_a_locker_that_a_shopper_is_at(room: BagRoom) -> None:
    id = room.begins()

    assert all(room.cares(care, id).refused for care in Care)
    assert room.opens(id, Purpose.LOOK).refused


def test_a_locker_that_is_not_there_is_said_so(room: BagRoom) -> None:
    assert room.opens(NINE, Purpose.LOOK).text == "locker 9 is not known"
    assert room.cares(Care.EMPTY, NINE).refused
    assert room.renumbers(NINE, 9, 2).refused


def test_handing_out_behind_a_jammed_latch_leaves_the_things_where_they_are(room: BagRoom) -> None:
    id, _ = room.leaves_a_bag()
    the_store_closes(room)
    room.breaks(id, latch=Latch.JAMMED).passes(5).opens(id, Purpose.HAND_OUT)

    room.passes(10)

    assert room.locker(id).assignment is Assignment.OVERNIGHT
    assert id in room.staff_list()
    assert room.memory.all_deposits[1].over is None


def test_in_an_emergency_every_door_opens_one_after_another_and_is_looked_at_later(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag()
    other = room.begins("right")
    room.passes(5)

    assert room.opens_all().text == "3 doors open one after another"
    assert room.bank.busy is not None
    assert len(room.bank.orders) <= 1
    room.passes(5)

    assert all(cell.open for cell in room.cells.values())
    assert room.staff_list()[id]
    assert room.sentence("right") == "deposit.put-in"
    assert room.locker(other).assignment is Assignment.RESERVED
    room.shuts(id).scans(tag).passes(2)
    assert room.cells[id].open  # the tag still counts


def test_a_door_that_is_shut_after_an_emergency_does_not_say_that_the_bag_is_out(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag("li's bag")
    room.passes(5).scans(tag).passes(2).opens_all()
    room.passes(5).shuts(id)

    assert room.locker(id).assignment is Assignment.OCCUPIED
    assert id in room.staff_list()
    room.passes(5).scans(tag).passes(0.5)
    assert room.takes_out(id) == "li's bag"


def test_an_emergency_waits_for_no_latch_that_rests(room: BagRoom) -> None:
    room.begins("left")
    room.breaks(TWO, latch=Latch.JAMMED)

    room.opens_all()
    room.passes(8)

    assert room.cells[LockerId(3)].open
    assert room.locker(TWO).door is Door.JAMMED


def test_the_desk_ends_when_it_is_told_to_and_says_what_drivers_report(room: BagRoom) -> None:
    room.posts(OpenAsked(ONE, "chen", Purpose.REPAIR)).posts(Fault("the printer is out of paper"), StopAsked("SIGTERM"))

    assert room.desk.warnings == ("the printer is out of paper",)
    assert room.desk.done
    assert room.memory.notes[-1].action == "ends"


def test_a_locker_that_is_wired_no_more_is_not_forgotten_while_things_are_in_it(room: BagRoom) -> None:
    id, _ = room.leaves_a_bag()

    del room.cells[id], room.cells[LockerId(3)]
    room.starts()

    assert (room.locker(id).assignment, room.locker(id).deposit) == (Assignment.OCCUPIED, 1)
    assert room.staff_list() == {id: "its door is unknown"}
    assert any("not in site.toml any more" in text for text in room.desk.warnings)
    assert room.desk.cabinet.free(SMALL) == 1  # locker 3 is gone, and nothing was in it


def test_a_locker_that_is_added_does_not_take_another_ones_number(room: BagRoom) -> None:
    assert not room.renumbers(ONE, 4, 2).refused

    room.cells[LockerId(4)] = Cell()
    room.starts()

    assert room.locker(ONE).number == 4
    assert room.locker(LockerId(4)).number == 5
    assert not room.desk.cabinet.records.fault


def test_no_locker_is_given_away_before_its_sensor_has_spoken_since_the_start(room: BagRoom) -> None:
    room.breaks(ONE, sensor=Sensor.DEAD)
    before = room.memory.kept[ONE]
    assert before.door is Door.CLOSED  # it died within the last second

    room.power_goes()

    assert room.locker(ONE).door is Door.UNKNOWN
    assert room.desk.cabinet.free(SMALL) == 2


def test_a_quarantined_locker_that_was_found_empty_still_waits_for_its_new_tag(room: BagRoom) -> None:
    id, _ = room.bag_behind_its_door("li's bag")
    room.passes(91).cares(Care.QUARANTINE, id, "tag lost")
    room.cells[id].bag = ""

    assert not room.cares(Care.EMPTY, id).refused
    assert room.locker(id).assignment is Assignment.QUARANTINED
    assert room.memory.all_deposits[1].outcome is Outcome.EMPTY


def test_a_tag_that_was_found_counts_again_where_its_things_are_still_there(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag("li's bag")
    room.cares(Care.QUARANTINE, id, "tag lost")
    room.cares(Care.QUARANTINE, TWO, "tag lost")

    assert room.cares(Care.TRUST, TWO).refused
    assert not room.cares(Care.TRUST, id).refused

    room.passes(5).scans(tag).passes(0.5)
    assert room.takes_out(id) == "li's bag"
