from __future__ import annotations

import pytest

from kiosk.desks.lockers.messages import Care, Confirmed, HelpAsked
from kiosk.ports.lockers import BoardReport, DoorRead, Energised, Pulsed, ReaderReport, Reading
from kiosk.rules.lockers.deposit import Outcome
from kiosk.rules.lockers.locker import Assignment, Door
from kiosk.units import LockerId
from tests.stories.bag_room import SMALL, BagRoom, Latch, Sensor

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


# fetching


@pytest.mark.rule("L02")
def test_two_scans_at_once_open_the_door_once(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag()

    room.passes(5).scans(tag, tag, tag).scans(tag, reader="other").passes(2)

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


# latches and sensors


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
