from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copy

import pytest

from kiosk.desks.lockers.messages import Care
from kiosk.ledger.migrate import migrate
from kiosk.ledger.store import Ledger, open_ledger
from kiosk.ledger.verify import Intact, verify
from kiosk.rules.lockers.deposit import Outcome
from kiosk.rules.lockers.locker import Assignment, Door
from kiosk.rules.lockers.lost_tag import ABANDONED, Case, Step
from kiosk.rules.lockers.lost_tag_deeds import Approve, HandOver, HoldBack, Refused, Withdraw
from kiosk.rules.lockers.substitutes import next_generation, substitute_number
from kiosk.units import LockerId
from tests.ledger.shop import fresh_ledger
from tests.rules.lockers.lost_tag_people import MEI, TAO
from tests.stories.bag_day_room import TO_APPROVAL, DayRoom
from tests.stories.worn_bank import Killed, Latch

BAG = "wang's bag"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as opened:
        yield opened


@pytest.fixture
def room(ledger: Ledger) -> DayRoom:
    room = DayRoom(ledger)
    room.in_service()
    return room


def lost(room: DayRoom, deeds: int = 0) -> tuple[LockerId, str, int]:
    """A bag whose tag is lost, and the case so far."""
    id, tag = room.leaves_a_bag(BAG)
    n = room.loses_the_tag(id).n
    room.goes_through(n, deeds)
    return id, tag, n


def orders(room: DayRoom) -> int:
    return len(room.unlocked)


@pytest.mark.rule("L07")
@pytest.mark.rule("L09")
def test_a_lost_tag_from_the_counter_to_the_substitute_number(room: DayRoom, ledger: Ledger) -> None:
    id, tag, n = lost(room, TO_APPROVAL)
    room.scans(tag)  # whoever found it
    assert room.sentence("reader") == "tag.refused"

    assert not room.asks_to_open(n).refused
    room.passes(1)
    assert room.case(n).step is Step.OPENED
    assert any(f"lost tag {n}: say whether" in text for text in room.desk.warnings)
    assert room.takes_out(id) == BAG
    room.shuts(id)
    assert isinstance(room.does(n, HandOver("drawer 2")), Case)
    room.passes(2)

    lies = room.memory.all_deposits[1]
    assert (lies.outcome, lies.by) == (Outcome.HANDED_OUT, "mei")
    assert room.locker(id).assignment is Assignment.QUARANTINED
    assert not any(f"lost tag {n}" in text for text in room.desk.warnings)
    assert [kept.place for kept in room.lost.kept_tags()] == ["drawer 2"]
    number = substitute_number(room.desk.cabinet.lockers.values())
    assert number == 901
    assert room.renumbers(id, number, next_generation(number, [])).refused  # its generation goes on
    assert room.renumbers(id, number, 2).text == f"locker {id} is free"
    assert isinstance(verify(ledger), Intact)


@pytest.mark.rule("L07")
@pytest.mark.parametrize("deeds", range(TO_APPROVAL))
def test_no_door_opens_before_the_last_step(room: DayRoom, deeds: int) -> None:
    _, _, n = lost(room, deeds)
    before = orders(room)

    assert "no supervisor has approved" in room.asks_to_open(n).text
    assert "no supervisor has approved" in room.asks_to_open(n, "tao").text

    assert orders(room) == before
    assert room.memory.notes[-1].action == "is refused"


@pytest.mark.rule("L07")
@pytest.mark.parametrize("by", ["anna", "gone", "nobody"])
def test_whoever_may_not_work_on_lost_tags_opens_nothing_with_an_approved_case(room: DayRoom, by: str) -> None:
    _, _, n = lost(room, TO_APPROVAL)
    before = orders(room)

    assert room.asks_to_open(n, by).refused
    assert room.asks_to_open(99).text.startswith("there is no case 99")

    assert orders(room) == before
    assert room.case(n).step is Step.APPROVED


@pytest.mark.rule("L07")
def test_one_approval_opens_one_door_once(room: DayRoom) -> None:
    id, _, n = lost(room, TO_APPROVAL)
    room.breaks(id, latch=Latch.JAMMED)
    assert not room.asks_to_open(n).refused
    room.passes(20)
    before = orders(room)

    assert room.asks_to_open(n).refused
    assert orders(room) == before
    room.breaks(id, latch=Latch.GOOD)
    assert isinstance(room.does(n, Approve(), MEI), Refused)
    room.passes(60)
    assert isinstance(room.does(n, Approve(), TAO), Case)
    assert not room.asks_to_open(n).refused
    assert room.passes(1).locker(id).door is Door.OPEN
    assert room.case(n).openings == 2


@pytest.mark.rule("L07")
def test_an_approval_opens_nothing_else_than_the_deposit_it_was_given_for(room: DayRoom) -> None:
    id, _, n = lost(room, TO_APPROVAL)
    before = orders(room)
    room.cares(Care.EMPTY, id)  # nobody may say so of things that are in it
    locker = room.locker(id)
    room.desk.cabinet.lockers[id] = type(locker)(
        locker.id, locker.size, locker.number, 3, Assignment.OCCUPIED, Door.CLOSED, room.now(), 99
    )

    assert room.asks_to_open(n).text == "the ticket is of another deposit"
    assert orders(room) == before
    del room.desk.cabinet.lockers[id]
    assert room.asks_to_open(n).text == f"locker {id} is not known"


def test_a_latch_that_is_at_work_is_waited_for_before_the_approval_is_used(room: DayRoom) -> None:
    id, _, n = lost(room, TO_APPROVAL)
    room.opens_all()
    assert room.asks_to_open(n).text == "its latch rests: ask again in a moment"
    assert room.case(n).step is Step.APPROVED
    room.shuts(id).passes(20)

    assert not room.asks_to_open(n).refused


@pytest.mark.rule("L07")
def test_a_tag_that_was_found_opens_its_locker_again(room: DayRoom) -> None:
    id, tag, n = lost(room, 4)
    assert room.locker(id).assignment is Assignment.QUARANTINED

    assert isinstance(room.does(n, Withdraw("in the other pocket", tag_found=True)), Case)
    room.passes(2)

    assert room.locker(id).assignment is Assignment.OCCUPIED
    room.scans(tag).passes(1)
    assert room.takes_out(id, tag) == BAG
    room.shuts(id)


def test_a_case_that_was_given_up_leaves_the_locker_blocked_until_the_next_one(room: DayRoom) -> None:
    id, tag, n = lost(room, 4)
    room.does(n, Withdraw("the shopper went home"))
    room.passes(2).scans(tag)
    assert room.locker(id).assignment is Assignment.QUARANTINED
    assert room.sentence("reader") == "tag.refused"

    again = room.loses_the_tag(id).n
    room.goes_through(again)
    assert not room.asks_to_open(again).refused


def test_things_that_are_not_what_was_described_stay_in_their_locker(room: DayRoom) -> None:
    id, _, n = lost(room, TO_APPROVAL)
    room.asks_to_open(n)
    room.passes(1).shuts(id)
    room.does(n, HoldBack("there is a suitcase"))
    room.passes(3)

    assert room.memory.all_deposits[1].over is None
    assert id in room.staff_list()
    assert room.renumbers(id, 901, 2).refused


def test_a_bag_is_out_only_once_its_door_is_closed(room: DayRoom) -> None:
    id, _, n = lost(room, TO_APPROVAL)
    room.asks_to_open(n)
    room.passes(1).takes_out(id)
    room.does(n, HandOver())
    room.passes(3)
    assert room.memory.all_deposits[1].over is None

    room.shuts(id).passes(2)

    assert room.memory.all_deposits[1].outcome is Outcome.HANDED_OUT


def test_a_case_that_is_filed_within_the_same_second_is_seen_through_all_the_same(room: DayRoom) -> None:
    id, _, n = lost(room, TO_APPROVAL)
    room.asks_to_open(n)
    room.passes(1).takes_out(id)
    room.shuts(id)
    room.goes_through(n, 10)
    room.passes(2)

    assert room.case(n).step is Step.FILED
    assert room.memory.all_deposits[1].outcome is Outcome.HANDED_OUT


@pytest.mark.parametrize("jump", [{"hours": 14}, {"days": 3}, {"hours": -12}])
def test_a_clock_that_jumps_over_midnight_lets_no_old_approval_open_a_door(
    room: DayRoom, jump: dict[str, float]
) -> None:
    id, _, n = lost(room, TO_APPROVAL)
    before = orders(room)
    room.clock_jumps(**jump)

    assert room.asks_to_open(n).refused
    assert orders(room) == before
    if room.case(n).step is Step.APPROVED:
        assert isinstance(room.does(n, Approve(), TAO), Case)
        assert not room.asks_to_open(n).refused
        assert room.passes(1).locker(id).door is Door.OPEN


def test_a_case_on_which_nobody_goes_on_is_withdrawn_and_an_open_door_is_not_forgotten(room: DayRoom) -> None:
    _, _, n = lost(room, 3)
    room.clock_jumps(hours=73)
    assert (room.case(n).step, room.case(n).why) == (Step.WITHDRAWN, ABANDONED)
    opened = room.loses_the_tag(LockerId(1)).n
    room.goes_through(opened)
    room.asks_to_open(opened)
    room.clock_jumps(days=60)

    assert room.case(opened).step is Step.OPENED
    assert any("say whether" in text for text in room.desk.warnings)


@pytest.mark.rule("L07")
def test_what_is_personal_goes_by_itself_a_month_after_the_end(room: DayRoom) -> None:
    _, _, n = lost(room, 4)
    room.does(n, Withdraw("the tag was found"))
    assert room.case(n).document is not None
    room.seconds += 3600
    room.clock_jumps(days=31)

    assert (room.case(n).name, room.case(n).document) == ("", None)


def test_a_full_disk_keeps_the_door_shut_and_says_so(room: DayRoom) -> None:
    _, _, n = lost(room, TO_APPROVAL)
    before = orders(room)
    room.away = True

    assert room.asks_to_open(n).text == "the door stays shut: the disk is full"
    room.passes(2)
    assert any("lost-tag book cannot be read" in text for text in room.desk.warnings)
    assert orders(room) == before
    room.away = False
    room.passes(2)
    assert not any("lost-tag book" in text for text in room.desk.warnings)
    assert not room.asks_to_open(n).refused


def test_two_keyboards_do_not_open_one_door_twice(room: DayRoom) -> None:
    _, _, n = lost(room, TO_APPROVAL)

    assert not room.asks_to_open(n).refused
    assert room.asks_to_open(n, "tao").refused
    assert room.case(n).openings == 1


def moments(ledger: Ledger) -> int:
    """How many moments before and after a write or a driver call the opening of a lost tag's door has."""
    room = DayRoom(ledger)
    room.in_service()
    _, _, n = lost(room, TO_APPROVAL)
    room.trap.passed, room.trap.at = 0, 10_000
    the_door_opens_and_the_bag_is_out(room, n)
    return room.trap.passed


def the_door_opens_and_the_bag_is_out(room: DayRoom, n: int) -> None:
    id = room.case(n).locker
    room.asks_to_open(n)
    room.passes(1)
    if room.cells[id].open and room.cells[id].bag:
        room.takes_out(id)
    room.shuts(id)
    room.does(n, HandOver())
    room.passes(3)


@pytest.mark.rule("L07")
def test_killed_at_any_moment_no_door_opens_by_itself_and_the_bag_comes_out_in_the_end(tmp_path: Path) -> None:
    with fresh_ledger(tmp_path / "first.sqlite") as first:
        count = moments(first)
    assert count > 8
    migrate(tmp_path / "blank.sqlite")
    for at in range(1, count + 1):
        with open_ledger(Path(copy(tmp_path / "blank.sqlite", tmp_path / f"{at}.sqlite"))) as ledger:
            room = DayRoom(ledger)
            room.in_service()
            id, _, n = lost(room, TO_APPROVAL)
            room.trap.passed, room.trap.at = 0, at
            with pytest.raises(Killed):
                the_door_opens_and_the_bag_is_out(room, n)
            pulses = room.cells[id].pulses
            room.power_goes().passes(5)

            assert room.cells[id].pulses == pulses, at
            the_bag_comes_out(room, id, n)
            assert isinstance(verify(ledger), Intact)


def the_bag_comes_out(room: DayRoom, id: LockerId, n: int) -> None:
    """Whatever was in the ledger when the power went, staff can end the case, and the locker is free of it."""
    if room.cells[id].bag and not room.cells[id].open:
        if room.case(n).step is not Step.APPROVED:
            assert isinstance(room.does(n, Approve(), TAO), Case)
        assert not room.asks_to_open(n).refused
        room.passes(1)
    if room.cells[id].bag:
        room.takes_out(id)
    room.shuts(id)
    if room.case(n).step is not Step.HANDED_OVER:
        assert isinstance(room.does(n, HandOver()), Case)
    room.passes(5)
    assert room.memory.all_deposits[1].outcome is Outcome.HANDED_OUT
    assert room.locker(id).assignment is Assignment.QUARANTINED
    assert room.case(n).since <= room.now() + timedelta(0)
