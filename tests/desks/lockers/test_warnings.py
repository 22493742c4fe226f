from __future__ import annotations

from kiosk.desks.lockers.bag_desk import MOST_WARNINGS
from kiosk.desks.lockers.messages import Fault, Happened
from kiosk.ports.staff_view import Warned
from tests.desks.lockers.staffed_desk import StaffedDesk


def test_years_of_warnings_that_nothing_takes_back_leave_the_newest() -> None:
    desk = StaffedDesk().desk
    exports = [f"the till's export {day}.csv cannot be taken" for day in range(2 * MOST_WARNINGS)]

    for told in exports:
        desk.happened(told)

    assert desk.warnings == tuple(exports[-MOST_WARNINGS:])
    desk.withdraw("the till's export ")
    assert desk.warned == ()


def test_what_happened_goes_once_somebody_has_seen_to_it_and_what_is_broken_stays() -> None:
    desk = StaffedDesk().desk
    desk.handle(Fault("reader gate: it is away"))
    desk.handle(Happened("an export was refused"))
    at = desk.clock.now()
    assert desk.warned == (
        Warned("reader gate: it is away", at),
        Warned("an export was refused", at, happened=True),
    )

    desk.seen("an export was refused")
    desk.seen("reader gate: it is away")
    desk.seen("nothing of the kind")

    assert list(desk.warnings) == ["reader gate: it is away"]
    desk.happened("an export was refused")
    assert list(desk.warnings) == ["reader gate: it is away", "an export was refused"], "it happened again"


def test_a_fault_that_is_told_as_something_that_happened_as_well_is_not_seen_to() -> None:
    desk = StaffedDesk().desk
    desk.warn("the disk is full")

    desk.happened("the disk is full")
    desk.seen("the disk is full")

    assert desk.warnings == ("the disk is full",)
