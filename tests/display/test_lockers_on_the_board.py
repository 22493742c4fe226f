from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from rich.cells import cell_len

from kiosk.display.board import frame
from kiosk.display.locker_lines import stands, summary
from kiosk.display.plain_board import PlainBoard
from kiosk.ports.broadcast import OnAirReport
from kiosk.ports.lockers_report import LockersReport
from kiosk.rules.lockers.locker import Assignment, Door, Locker, Size
from kiosk.units import LockerId
from tests.display.airtime import NOON, TITLES, on_air

PUT_IN = "Put your things into locker 2, take the tag, close the door"


def a_locker(id: int, assignment: Assignment = Assignment.FREE, door: Door = Door.CLOSED) -> Locker:
    return Locker(LockerId(id), Size.SMALL, id, 1, assignment, door, NOON)


LOCKERS = (
    a_locker(1),
    a_locker(2, Assignment.RESERVED, Door.OPEN),
    a_locker(3, Assignment.OCCUPIED),
    a_locker(4, Assignment.QUARANTINED),
)


def beside(lockers: tuple[Locker, ...] = LOCKERS, **others: object) -> OnAirReport:
    report = LockersReport(NOON, lockers, for_staff={LockerId(4): "its tag is lost"}, seats={"demo": PUT_IN})
    return replace(on_air(), lockers=replace(report, **others))  # type: ignore[arg-type] # the fields are the caller's


def shown(report: OnAirReport, width: int = 120, height: int = 36) -> list[str]:
    return ["".join(segment.text for segment in line) for line in frame(report, width, height, titles=TITLES).lines]


@pytest.mark.parametrize(("width", "height"), [(80, 24), (100, 30), (160, 45)])
def test_the_board_shows_the_shoppers_screen_and_every_door(width: int, height: int) -> None:
    text = "\n".join(shown(beside(), width, height))

    assert f"screen: {PUT_IN}" in text
    assert "1  (2) open  [3]  (4)!" in text


def test_how_many_are_free_stands_over_the_doors() -> None:
    assert any("LOCKERS 1 of 4 free, 1 for staff" in line for line in shown(beside()))
    assert summary(LockersReport(NOON, (a_locker(1),))) == "1 of 1 free"


def test_a_store_without_lockers_has_none_on_its_board() -> None:
    assert not any("LOCKERS" in line for line in shown(on_air()))


@pytest.mark.parametrize("door", [door for door in Door if door is not Door.CLOSED])
def test_a_door_that_is_not_closed_says_so(door: Door) -> None:
    assert stands(a_locker(7, Assignment.OCCUPIED, door)) == f"[7] {door.value}"
    assert stands(a_locker(7, Assignment.OVERNIGHT, door)) == f"[7] overnight {door.value}"


def test_things_that_stayed_overnight_are_told_from_those_of_today() -> None:
    assert stands(a_locker(7, Assignment.OVERNIGHT)) == "[7] overnight"


@pytest.mark.parametrize("size", [(1, 1), (40, 12), (63, 24), (64, 18), (80, 24), (120, 36), (250, 80)])
def test_a_bank_of_128_lockers_breaks_no_line(size: tuple[int, int]) -> None:
    many = tuple(a_locker(number, door=Door.HELD_OPEN) for number in range(1, 129))

    lines = shown(beside(many), *size)

    assert len(lines) == size[1]
    assert {cell_len(line) for line in lines} == {size[0]}


def test_where_there_is_no_terminal_every_change_is_a_line() -> None:
    stream = StringIO()
    closed = (LOCKERS[0], replace(LOCKERS[1], assignment=Assignment.OCCUPIED, door=Door.CLOSED), *LOCKERS[2:])
    with PlainBoard(stream) as board:
        board.show(on_air())
        board.show(beside(seats={}))
        board.show(beside())
        board.show(beside(closed, warnings=("lock board left: silent",)))
        board.show(beside(closed, warnings=("lock board left: silent",)))

    told = [line.split(maxsplit=2)[2] for line in stream.getvalue().splitlines() if " lockers " in line]
    assert told == [
        "1 of 4 free, 1 for staff",
        f"screen: {PUT_IN}",
        "2 is occupied, its door closed",
        "lock board left: silent",
    ]
