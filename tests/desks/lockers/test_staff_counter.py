from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.desks.lockers.messages import (
    Answer,
    Care,
    CareAsked,
    LookAsked,
    LostSlipAsked,
    LostTagOpenAsked,
    OpenAllAsked,
    OpenAsked,
    RenumberAsked,
    Reply,
    Tick,
    Wanted,
)
from kiosk.desks.lockers.staff_counter import CARES, subject_of
from kiosk.rules.lockers.locker import Assignment, Size
from kiosk.rules.lockers.rights import Deed
from kiosk.rules.lockers.warrants import Purpose
from kiosk.units import LockerId
from tests.desks.lockers.staffed_desk import LOCKERS, StaffedDesk

ONE = LockerId(1)
Asking = Callable[[str], Callable[[Reply], Wanted]]

ASKINGS: dict[str, Asking] = {
    "look": lambda by: lambda reply: LookAsked(by, reply=reply),
    "print tags": lambda by: lambda reply: LookAsked(by, Deed.PRINT_TAGS, "prints", "tags", reply),
    "open": lambda by: lambda reply: OpenAsked(ONE, by, Purpose.LOOK, reply=reply),
    "repair": lambda by: lambda reply: OpenAsked(ONE, by, Purpose.REPAIR, reply=reply),
    "hand out": lambda by: lambda reply: OpenAsked(ONE, by, Purpose.HAND_OUT, reply=reply),
    "open in an emergency": lambda by: lambda reply: OpenAsked(ONE, by, Purpose.EMERGENCY, reply=reply),
    "open all": lambda by: lambda reply: OpenAllAsked(by, "fire", reply),
    "quarantine": lambda by: lambda reply: CareAsked(Care.QUARANTINE, ONE, by, "lost", reply),
    "withdraw": lambda by: lambda reply: CareAsked(Care.WITHDRAW, ONE, by, "broken", reply),
    "renumber": lambda by: lambda reply: RenumberAsked(ONE, 1, 2, by, reply),
    "lost tag": lambda by: lambda reply: LostTagOpenAsked(1, by, reply),
    "lost slip": lambda by: lambda reply: LostSlipAsked(1, by, reply),
}
REFUSED = {
    "anna": set(ASKINGS),
    "wang": {"print tags", "hand out", "open in an emergency", "open all", "renumber"},
    "lina": set(),
    "gone": set(ASKINGS),
    "login:li": set(ASKINGS),
}


@pytest.fixture
def staffed() -> StaffedDesk:
    return StaffedDesk()


@pytest.mark.parametrize("by", REFUSED)
@pytest.mark.parametrize("what", [one for one in ASKINGS if not one.startswith("lost")])
def test_what_somebody_may_not_is_refused_and_stands_in_the_audit(staffed: StaffedDesk, what: str, by: str) -> None:
    answer = staffed.asks(ASKINGS[what](by))

    if what in REFUSED[by]:
        assert answer.refused
        assert "may not" in answer.text
        assert [note[1] for note in staffed.noted()] == ["is refused"]
        assert [staffed.bank.pulses(locker) for locker in LOCKERS] == [0, 0, 0, 0]
    else:
        assert "is refused" not in [note[1] for note in staffed.noted()] or what == "hand out", answer.text


def test_a_lost_tags_door_is_asked_for_by_the_bag_attendant_and_nobody_elses_business(staffed: StaffedDesk) -> None:
    refused = staffed.asks(ASKINGS["lost tag"]("anna"))

    assert refused.refused
    assert staffed.noted() == [("anna", "is refused", "lost tag 1")]
    assert CARES[Care.TRUST] is Deed.APPROVE_LOST_TAG


def test_a_locker_that_got_things_meanwhile_is_not_opened_for_somebody_who_may_open_empty_ones(
    staffed: StaffedDesk,
) -> None:
    reserved = staffed.desk.cabinet.reserve(Size.SMALL, staffed.now())
    staffed.settle()
    assert getattr(reserved, "id", None) == ONE

    answer = staffed.asks(ASKINGS["open"]("wang"))

    assert answer.refused
    assert "may not open a locker in which somebody's things are: the supervisor may" in answer.text
    assert staffed.bank.pulses(ONE) == 1, "the shopper's own"


def test_an_empty_locker_opens_for_the_bag_attendant(staffed: StaffedDesk) -> None:
    answer = staffed.asks(ASKINGS["repair"]("wang"))

    assert not answer.refused
    assert staffed.bank.pulses(ONE) == 1
    assert staffed.noted()[0][:2] == ("wang", "opens")


def test_looking_is_noted_with_who_looked(staffed: StaffedDesk) -> None:
    answer = staffed.asks(ASKINGS["look"]("wang"))

    assert answer == Answer("")
    assert staffed.noted() == [("wang", "looks at", "the lockers")]


def test_a_register_that_cannot_be_read_opens_nothing(staffed: StaffedDesk) -> None:
    staffed.people_fault = "the disk is gone"

    answer = staffed.asks(ASKINGS["open all"]("lina"))

    assert answer.refused
    assert answer.text == "who is registered cannot be read: the disk is gone"
    assert [staffed.bank.pulses(locker) for locker in LOCKERS] == [0, 0, 0, 0]


def test_a_locker_that_is_not_there_is_treated_as_if_things_were_in_it(staffed: StaffedDesk) -> None:
    def beyond(by: str) -> Answer:
        return staffed.asks(lambda reply: OpenAsked(LockerId(99), by, Purpose.LOOK, reply=reply))

    assert "the supervisor may" in beyond("wang").text
    assert beyond("lina") == Answer("locker 99 is not known", refused=True)


def test_an_emergency_opens_one_door_after_another_whatever_is_in_them(staffed: StaffedDesk) -> None:
    staffed.desk.cabinet.reserve(Size.SMALL, staffed.now())
    staffed.settle()

    answer = staffed.asks(ASKINGS["open all"]("lina"))
    staffed.passes(30)

    assert answer.text == "4 doors open one after another"
    assert staffed.staff.emergency_left == 0
    assert [staffed.bank.is_shut(locker) for locker in LOCKERS] == [False] * 4
    assert ("lina", "opens all", "the lockers") in staffed.noted()


def test_a_quarantined_empty_locker_opens_for_the_bag_attendant(staffed: StaffedDesk) -> None:
    staffed.asks(ASKINGS["quarantine"]("wang"))

    answer = staffed.asks(ASKINGS["repair"]("wang"))

    assert not answer.refused
    assert staffed.desk.cabinet.lockers[ONE].assignment is Assignment.QUARANTINED


def test_every_deed_has_a_subject_for_the_audit() -> None:
    assert {name: subject_of(asking("lina")(lambda answer: None)) for name, asking in ASKINGS.items()} == {
        **dict.fromkeys(ASKINGS, "locker 1"),
        "look": "the lockers",
        "print tags": "tags",
        "open all": "the lockers",
        "lost tag": "lost tag 1",
        "lost slip": "lost tag 1",
    }


def test_the_counter_wakes_nobody(staffed: StaffedDesk) -> None:
    counter = staffed.desk.attendants[0]

    assert counter.next_wake(staffed.now()) is None
    staffed.post(Tick())
    assert staffed.noted() == []
