from __future__ import annotations

from kiosk.desks.lockers.bag_desk import MOST_WARNINGS
from tests.desks.lockers.staffed_desk import StaffedDesk


def test_years_of_warnings_that_nothing_takes_back_leave_the_newest() -> None:
    desk = StaffedDesk().desk
    exports = [f"the till's export {day}.csv cannot be taken" for day in range(2 * MOST_WARNINGS)]

    for told in exports:
        desk.warn(told)

    assert desk.warnings == tuple(exports[-MOST_WARNINGS:])
    desk.withdraw("the till's export ")
    assert desk.warned == ()
