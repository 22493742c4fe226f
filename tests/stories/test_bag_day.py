from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.desks.lockers.sheets import Refused, Sheet, Sheets
from kiosk.ledger.store import Ledger
from kiosk.ports.bag_day import ForWhom, Notice, SheetLine
from kiosk.rules.lockers.census import Hanging, Kind, Look, Tally, expected
from kiosk.rules.lockers.closing import SheetKind
from kiosk.rules.lockers.deposit import Outcome
from kiosk.rules.lockers.locker import Assignment
from kiosk.rules.lockers.tidy import USUAL_ITEMS, Tick
from kiosk.rules.lockers.warrants import Purpose
from kiosk.units import LockerId
from tests.ledger.shop import fresh_ledger
from tests.rules.lockers.lost_tag_people import ANNA, MEI, TAO
from tests.stories.bag_day_room import DayRoom

MONDAY = date(2026, 11, 23)
ONE, TWO, THREE = LockerId(1), LockerId(2), LockerId(3)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as opened:
        yield opened


@pytest.fixture
def room(ledger: Ledger) -> DayRoom:
    room = DayRoom(ledger)
    room.in_service()
    return room


# the end of the day


@pytest.mark.rule("L03")
@pytest.mark.rule("L04")
def test_what_is_not_fetched_by_closing_opens_for_its_tag_no_more_and_for_the_supervisor(room: DayRoom) -> None:
    id, tag = room.leaves_a_bag("li's bag")
    room.at("21:59").scans("P9.1")
    assert room.locker(id).assignment is Assignment.OCCUPIED

    room.at("22:00").scans(tag)

    assert room.locker(id).assignment is Assignment.OVERNIGHT
    assert room.sentence("reader") == "tag.overnight"
    assert not room.opens(id, Purpose.HAND_OUT).refused
    room.passes(1).takes_out(id, tag)
    room.shuts(id).passes(2)
    assert room.memory.all_deposits[1].outcome is Outcome.HANDED_OUT


@pytest.mark.rule("L04")
@pytest.mark.parametrize("jump", [{"hours": 13}, {"days": 1}, {"days": 30}])
def test_a_clock_that_jumps_over_midnight_makes_things_stay_overnight_and_one_that_jumps_back_does_not(
    room: DayRoom, jump: dict[str, float]
) -> None:
    id, _ = room.leaves_a_bag()
    room.clock_jumps(days=-2)
    assert room.locker(id).assignment is Assignment.OCCUPIED
    room.clock_jumps(days=2).clock_jumps(**jump)
    assert room.locker(id).assignment is Assignment.OVERNIGHT
    room.clock_jumps(days=-40)

    assert room.locker(id).assignment is Assignment.OVERNIGHT


@pytest.mark.rule("L04")
def test_power_that_is_away_at_closing_changes_nothing_about_it(room: DayRoom) -> None:
    id, tag = room.leaves_a_bag()
    room.wall = room.wall.replace(hour=23)
    room.power_goes().passes(2).scans(tag)

    assert room.locker(id).assignment is Assignment.OVERNIGHT
    assert room.sentence("reader") == "tag.overnight"


def test_whoever_takes_the_things_out_as_the_store_closes_is_not_locked_out(room: DayRoom) -> None:
    id, tag = room.leaves_a_bag("li's bag")
    room.wall = room.wall.replace(hour=21, minute=59, second=50)
    room.passes(2).scans(tag).passes(10)
    assert room.takes_out(id, tag) == "li's bag"
    room.shuts(id).passes(90)

    assert room.memory.all_deposits[1].outcome is Outcome.FETCHED


@pytest.mark.rule("L03")
def test_shoppers_are_reminded_three_times_and_only_while_something_is_in_a_locker(room: DayRoom) -> None:
    room.at("21:10")
    assert room.requests.waiting() == ()
    room.at("20:00").leaves_a_bag()
    for hour in ("21:00", "21:05", "21:30", "21:50", "22:01"):
        room.at(hour).passes(3)

    asked = [one.key for one in room.requests.waiting()]
    assert asked == [f"bags/2026-11-23T22:00:00/{lead}" for lead in (3600, 1800, 600)]
    assert {one.script for one in room.requests.waiting()} == {"bags"}


@pytest.mark.rule("L03")
def test_a_restart_asks_for_no_reminder_twice(room: DayRoom) -> None:
    room.leaves_a_bag()
    for hour in ("21:02", "21:03", "21:04"):
        room.at(hour).power_goes().passes(2)

    assert len(room.requests.waiting()) == 1


@pytest.mark.rule("L10")
def test_the_manager_is_told_of_a_sheet_that_nobody_signed_until_somebody_does(ledger: Ledger) -> None:
    room = DayRoom(ledger, unknown=True)
    room.in_service().passes(2)
    room.unknown = False
    room.at("08:30")
    assert room.board.hanging() == ()
    room.at("08:50").passes(2)
    told = [(one.for_whom, one.text) for one in room.board.hanging()]
    assert told == [
        (ForWhom.MANAGER, "the morning count of 2026-11-23 is not signed"),
        (ForWhom.MANAGER, "the morning tidying of 2026-11-23 is not signed"),
    ]
    assert "notice: the morning count of 2026-11-23 is not signed" in room.desk.warnings
    room.power_goes().passes(2)
    assert len(room.board.hanging()) == 2

    for kind in (SheetKind.MORNING_COUNT, SheetKind.MORNING_TIDY):
        room.sheets.sign(room.sheets.begin(MONDAY, kind, "mei", room.now()), "mei", room.now(), {})
    room.passes(2)

    assert room.board.hanging() == ()
    assert room.desk.warnings == ()
    room.at("22:59")
    assert room.board.hanging() == ()
    room.at("23:00")
    assert [one.key for one in room.board.hanging()] == [
        "sheet/2026-11-23/evening census",
        "sheet/2026-11-23/evening tidying",
    ]


def test_a_full_disk_or_an_unknown_calendar_stops_neither_the_closing_nor_the_desk(room: DayRoom) -> None:
    id, _ = room.leaves_a_bag()
    room.away = True
    room.at("22:00")
    assert room.locker(id).assignment is Assignment.OVERNIGHT
    assert any(text.startswith("the lockers' day cannot be") for text in room.desk.warnings)

    room.away, room.unknown = False, True
    room.passes(2)

    assert not any(text.startswith("the lockers' day cannot be") for text in room.desk.warnings)


# counting


def plaque(number: int, generation: int = 1) -> Hanging:
    return Hanging(number, generation)


def desk(room: DayRoom) -> Sheets:
    return Sheets(room.sheets, lambda: expected(room.desk.cabinet.lockers.values()))


def begun(room: DayRoom, kind: SheetKind) -> Sheet:
    sheet = desk(room).begin(kind, MONDAY, MEI, room.now())
    assert isinstance(sheet, Sheet)
    return sheet


def tags_missing(room: DayRoom) -> list[Notice]:
    return [one for one in room.board.hanging() if one.key.startswith("tags/")]


@pytest.mark.rule("L10")
def test_a_missing_tag_in_the_morning_is_told_to_the_manager_as_the_count_is_signed(room: DayRoom) -> None:
    sheets, sheet = desk(room), begun(room, SheetKind.MORNING_COUNT)
    for id in (ONE, TWO, THREE):
        sheets.look(sheet, Look(id, None if id == TWO else plaque(id)), MEI, room.now())

    signed = sheets.sign_count(sheet, MEI, room.now())

    assert isinstance(signed, Tally)
    assert (signed.expected, signed.found) == (3, 2)
    (notice,) = tags_missing(room)
    assert notice.for_whom is ForWhom.MANAGER
    assert notice.text == ("morning count of 2026-11-23: 1 of 3 tags are not there (locker 2: tag 2 is missing)")
    (kept,) = room.sheets.signed(MONDAY)
    assert kept.by == "mei"
    assert kept.content["differences"] == ["locker 2: tag 2 is missing"]


@pytest.mark.rule("L10")
def test_a_better_count_takes_the_notice_down(room: DayRoom) -> None:
    test_a_missing_tag_in_the_morning_is_told_to_the_manager_as_the_count_is_signed(room)
    sheets, again = desk(room), begun(room, SheetKind.MORNING_COUNT)
    for id in (ONE, TWO, THREE):
        sheets.look(again, Look(id, plaque(id)), MEI, room.now())

    assert isinstance(sheets.sign_count(again, MEI, room.now()), Tally)

    assert tags_missing(room) == []


@pytest.mark.rule("L11")
def test_the_evening_census_goes_on_after_a_power_cut_and_lists_what_differs(room: DayRoom) -> None:
    room.leaves_a_bag()
    sheet = begun(room, SheetKind.EVENING_CENSUS)
    desk(room).look(sheet, Look(TWO, plaque(3)), MEI, room.now())
    room.power_goes()
    sheets, sheet = desk(room), begun(room, SheetKind.EVENING_CENSUS)
    assert sheets.sign_count(sheet, MEI, room.now()) == Refused("nobody has looked at locker 3 yet")
    sheets.look(sheet, Look(THREE, plaque(2)), MEI, room.now())

    signed = sheets.sign_count(sheet, MEI, room.now())

    assert isinstance(signed, Tally)
    assert [one.kind for one in signed.differences] == [Kind.ELSEWHERE, Kind.ELSEWHERE]
    assert not signed.too_few
    assert tags_missing(room) == []


@pytest.mark.rule("L11")
def test_a_census_is_signed_only_once_somebody_looked_at_every_locker(room: DayRoom) -> None:
    sheets, sheet = desk(room), begun(room, SheetKind.EVENING_CENSUS)
    sheets.look(sheet, Look(ONE, plaque(1)), MEI, room.now())
    unsigned = sheets.sign_count(sheet, MEI, room.now())
    sheets.look(sheet, Look(TWO, doubt="not genuine"), MEI, room.now())
    nearly = sheets.sign_count(sheet, MEI, room.now())

    assert unsigned == Refused("nobody has looked at lockers 2, 3 yet")
    assert nearly == Refused("nobody has looked at locker 3 yet")
    sheets.look(sheet, Look(THREE), MEI, room.now())
    assert isinstance(sheets.sign_count(sheet, MEI, room.now()), Tally)
    assert sheets.sign_count(sheet, MEI, room.now()) == Refused("it is signed already")
    assert sheets.look(sheet, Look(ONE), MEI, room.now()) == Refused("the sheet is signed already; begin another")
    assert sheets.look(sheet, Look(LockerId(9)), MEI, room.now()) == Refused("there is no locker 9")


def test_a_line_that_somebody_wrote_into_the_file_is_doubted(room: DayRoom) -> None:
    sheet = begun(room, SheetKind.EVENING_CENSUS)
    room.sheets.add(sheet.n, SheetLine(room.now(), "mei", {"at": "x"}))

    (look,) = desk(room).looks(sheet)
    assert look.doubt == "the line makes no sense"


@pytest.mark.rule("L12")
def test_the_tidy_list_is_ticked_and_signed_and_what_is_open_stays_on_it(room: DayRoom) -> None:
    sheets, sheet = desk(room), begun(room, SheetKind.EVENING_TIDY)
    assert sheets.tick(sheet, Tick("floor", done=False), MEI, room.now()) == Refused(
        "floor: say what is not as it should be"
    )
    sheets.tick(sheet, Tick("floor", done=False, why="wet"), MEI, room.now())
    assert isinstance(sheets.sign_tidy(sheet, MEI, room.now()), Refused)
    for item in USUAL_ITEMS[1:]:
        assert sheets.tick(sheet, Tick(item.id, done=True), MEI, room.now()) is None

    assert sheets.sign_tidy(sheet, MEI, room.now()) == (Tick("floor", done=False, why="wet"),)

    (signed,) = room.sheets.signed(MONDAY)
    assert signed.content["open"] == ["floor: wet"]
    assert sheets.sign_tidy(sheet, TAO, room.now()) == Refused("it is signed already")


@pytest.mark.rule("L12")
def test_whoever_does_not_work_at_the_lockers_signs_nothing(room: DayRoom) -> None:
    sheets, count, tidy = desk(room), begun(room, SheetKind.MORNING_COUNT), begun(room, SheetKind.MORNING_TIDY)

    for refused in (
        sheets.begin(SheetKind.MORNING_COUNT, MONDAY, ANNA, room.now()),
        sheets.begin(SheetKind.MORNING_TIDY, MONDAY, ANNA, room.now()),
        sheets.sign_count(count, ANNA, room.now()),
        sheets.sign_tidy(tidy, ANNA, room.now()),
    ):
        assert isinstance(refused, Refused)
        assert "王安娜 may not" in refused.why
