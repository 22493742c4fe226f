from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk.rules.lockers.deposit import Deposit
from kiosk.rules.lockers.locker import Assignment, Door, Locker, Size
from kiosk.rules.lockers.lost_tag import LostTagWarrant
from kiosk.rules.lockers.shown_tag import ShownTag, TagKind
from kiosk.rules.lockers.warrants import (
    ByReservation,
    ByStaff,
    ByTag,
    ByTagAgain,
    Objection,
    Purpose,
    Warrant,
    objection,
    sentence_of,
)
from kiosk.units import LockerId
from tests.rules.lockers.lost_tag_people import gone_through

TEN = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
FREE = Locker(LockerId(7), Size.SMALL, 7, 3, Assignment.FREE, Door.CLOSED, TEN)
LIES = Deposit(12, LockerId(7), 7, 3, TEN, TEN, TEN)
PLAQUE = ShownTag(TagKind.PLAQUE, 7, 3)
TICKET = ShownTag(TagKind.TICKET, 7, 3, 12)
IN_IT = (Assignment.OCCUPIED, Assignment.OVERNIGHT, Assignment.QUARANTINED)


def told(assignment: Assignment, warrant: Warrant, kind: TagKind = TagKind.PLAQUE) -> Objection | None:
    things = assignment in (*IN_IT, Assignment.RESERVED)
    lies = replace(LIES, tag=kind) if things else None
    return objection(replace(FREE, assignment=assignment, deposit=12 * things), warrant, lies)


@pytest.mark.rule("L02")
@pytest.mark.rule("L04")
@pytest.mark.parametrize("tag", [PLAQUE, TICKET], ids=["plaque", "ticket"])
def test_a_tag_opens_its_own_locker_while_its_things_are_in_it_and_no_other(tag: ShownTag) -> None:
    assert {assignment: told(assignment, ByTag(tag), tag.kind) for assignment in Assignment} == {
        Assignment.FREE: Objection.NOTHING_IN,
        Assignment.RESERVED: Objection.IN_USE,
        Assignment.OCCUPIED: None,
        Assignment.OVERNIGHT: Objection.OVERNIGHT,
        Assignment.QUARANTINED: Objection.QUARANTINED,
        Assignment.OUT_OF_SERVICE: Objection.NOTHING_IN,
    }


@pytest.mark.rule("L02")
@pytest.mark.parametrize("assignment", Assignment)
@pytest.mark.parametrize(("number", "generation"), [(8, 3), (7, 2), (7, 4)])
def test_a_tag_of_another_number_or_generation_opens_nothing(
    assignment: Assignment, number: int, generation: int
) -> None:
    tag = ShownTag(TagKind.PLAQUE, number, generation)

    assert told(assignment, ByTag(tag)) is Objection.OTHER_TAG
    assert told(assignment, ByTagAgain(tag)) is Objection.OTHER_TAG


@pytest.mark.rule("L02")
def test_a_ticket_opens_for_its_own_deposit_only() -> None:
    other = ByTag(replace(TICKET, deposit=11))
    assert told(Assignment.OCCUPIED, other, TagKind.TICKET) is Objection.OTHER_DEPOSIT
    assert objection(replace(FREE, assignment=Assignment.OCCUPIED), ByTag(TICKET), None) is Objection.OTHER_DEPOSIT


@pytest.mark.rule("L02")
def test_a_plaque_does_not_open_what_a_ticket_was_printed_for_nor_the_other_way_round() -> None:
    assert told(Assignment.OCCUPIED, ByTag(PLAQUE), TagKind.TICKET) is Objection.OTHER_KIND
    assert told(Assignment.OCCUPIED, ByTag(TICKET), TagKind.PLAQUE) is Objection.OTHER_KIND


def test_a_tag_opens_once_more_only_where_nothing_else_lies() -> None:
    assert told(Assignment.FREE, ByTagAgain(PLAQUE)) is None
    assert told(Assignment.OUT_OF_SERVICE, ByTagAgain(PLAQUE)) is None
    assert told(Assignment.QUARANTINED, ByTagAgain(PLAQUE)) is Objection.QUARANTINED
    assert {told(one, ByTagAgain(PLAQUE)) for one in (Assignment.OCCUPIED, Assignment.RESERVED)} == {Objection.IN_USE}


@pytest.mark.rule("L01")
@pytest.mark.parametrize("assignment", Assignment)
def test_a_reservation_opens_its_own_locker_before_it_was_closed(assignment: Assignment) -> None:
    locker = replace(FREE, assignment=assignment, deposit=12)
    fresh = replace(LIES, stored=None)

    ours = objection(locker, ByReservation(12), fresh)

    assert (ours is None) == (assignment is Assignment.RESERVED)
    assert objection(locker, ByReservation(11), fresh) is Objection.NOT_RESERVED
    assert objection(locker, ByReservation(12), LIES) is Objection.NOT_RESERVED
    assert objection(locker, ByReservation(12), None) is Objection.NOT_RESERVED


@pytest.mark.rule("L04")
@pytest.mark.parametrize(
    ("assignment", "purpose", "procedure", "found"),
    [
        (Assignment.OVERNIGHT, Purpose.HAND_OUT, "", None),
        (Assignment.OCCUPIED, Purpose.HAND_OUT, "", Objection.NO_PROCEDURE),
        (Assignment.QUARANTINED, Purpose.HAND_OUT, "", Objection.NO_PROCEDURE),
        (Assignment.QUARANTINED, Purpose.HAND_OUT, "lost tag 12", Objection.NO_PROCEDURE),
        (Assignment.OCCUPIED, Purpose.LOOK, "", Objection.KNOWN),
        (Assignment.OVERNIGHT, Purpose.REPAIR, "", Objection.KNOWN),
        (Assignment.FREE, Purpose.REPAIR, "", None),
        (Assignment.OUT_OF_SERVICE, Purpose.LOOK, "", None),
        (Assignment.RESERVED, Purpose.LOOK, "", Objection.IN_USE),
        (Assignment.RESERVED, Purpose.HAND_OUT, "lost tag 12", Objection.IN_USE),
        *((assignment, Purpose.EMERGENCY, "", None) for assignment in Assignment),
    ],
)
def test_staff_open_what_their_purpose_covers(
    assignment: Assignment, purpose: Purpose, procedure: str, found: Objection | None
) -> None:
    assert told(assignment, ByStaff("chen", purpose, procedure)) is found


@pytest.mark.rule("L07")
@pytest.mark.parametrize(
    ("locker", "deposit", "found"),
    [
        (7, 12, None),
        (8, 12, Objection.NO_PROCEDURE),
        (7, 13, Objection.OTHER_DEPOSIT),
    ],
)
@pytest.mark.parametrize("assignment", IN_IT)
def test_the_lost_tag_procedure_opens_one_locker_while_the_same_things_lie_in_it(
    assignment: Assignment, locker: int, deposit: int, found: Objection | None
) -> None:
    case = replace(gone_through(7), locker=LockerId(locker), deposit=deposit)

    assert told(assignment, LostTagWarrant(case, case.since)) is found


@pytest.mark.rule("L07")
def test_the_lost_tag_procedure_opens_no_empty_locker_and_none_that_a_shopper_uses() -> None:
    case = replace(gone_through(7), deposit=12)

    assert told(Assignment.FREE, LostTagWarrant(case, case.since)) is Objection.NOTHING_IN
    assert told(Assignment.RESERVED, LostTagWarrant(case, case.since)) is Objection.IN_USE


@pytest.mark.parametrize("door", Door)
@pytest.mark.parametrize("unconfirmed", [False, True])
def test_staff_look_into_a_locker_with_things_in_it_only_where_it_is_doubtful(door: Door, unconfirmed: bool) -> None:
    locker = replace(FREE, assignment=Assignment.OCCUPIED, deposit=12, door=door, unconfirmed=unconfirmed)

    found = objection(locker, ByStaff("chen", Purpose.LOOK), LIES)

    doubtful = unconfirmed or door in (Door.FORCED, Door.JAMMED, Door.HELD_OPEN, Door.UNKNOWN)
    assert found is (None if doubtful else Objection.KNOWN)


def test_a_shopper_is_told_what_to_do_and_nothing_that_helps_a_thief() -> None:
    helpful = {
        Objection.OVERNIGHT: "tag.overnight",
        Objection.IN_USE: "tag.close-first",
        Objection.NOTHING_IN: "tag.nothing",
    }

    assert {found: sentence_of(found) for found in Objection} == {
        found: helpful.get(found, "tag.refused") for found in Objection
    }
