from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.lockers.closing import (
    USUAL,
    ClosingChoices,
    Hours,
    SheetKind,
    business_day,
    due_by,
    overdue,
    overnight,
    reminder_due,
)
from kiosk.rules.lockers.deposit import Deposit
from kiosk.rules.lockers.locker import Assignment, Door, Locker, Size
from kiosk.rules.lockers.tidy import USUAL_ITEMS, Tick, items_of, undone, unlooked, wrong_tick
from kiosk.units import LANGUAGES, LockerId, ScriptId

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 11, 23)
BAGS = ScriptId("bags")
CHOICES = ClosingChoices(page=BAGS)


def at(text: str, day: date = DAY) -> datetime:
    return datetime.combine(day, datetime.strptime(text, "%H:%M").time(), SHANGHAI)  # noqa: DTZ007 # a store time


HOURS = Hours(DAY, at("09:00"), at("22:00"))


@pytest.mark.rule("L03")
@pytest.mark.parametrize(
    ("now", "key", "until"),
    [
        ("20:59", None, None),
        ("21:00", "bags/2026-11-23T22:00:00/3600", "21:30"),
        ("21:29", "bags/2026-11-23T22:00:00/3600", "21:30"),
        ("21:30", "bags/2026-11-23T22:00:00/1800", "21:50"),
        ("21:50", "bags/2026-11-23T22:00:00/600", "22:00"),
        ("22:00", None, None),
    ],
)
def test_shoppers_are_reminded_before_the_doors_close(now: str, key: str | None, until: str | None) -> None:
    due = reminder_due(HOURS, at(now), 3, CHOICES)

    assert (due and due.key) == key
    assert (due and due.until) == (until and at(until))
    assert due is None or due.page == BAGS


@pytest.mark.rule("L03")
def test_nobody_is_reminded_of_empty_lockers_or_without_a_page() -> None:
    assert reminder_due(HOURS, at("21:40"), 0, CHOICES) is None
    assert reminder_due(HOURS, at("21:40"), 3, USUAL) is None
    assert reminder_due(HOURS, at("21:40"), 3, replace(CHOICES, reminders_s=())) is None


@given(st.integers(0, 48 * 3600), st.lists(st.sampled_from((60.0, 600.0, 1800.0, 3600.0)), unique=True))
def test_whatever_the_hour_a_reminder_is_due_and_not_yet_too_late(seconds: int, leads: list[float]) -> None:
    now = at("00:00") + timedelta(seconds=seconds)
    due = reminder_due(HOURS, now, 1, replace(CHOICES, reminders_s=tuple(leads)))

    assert due is None or due.due <= now < due.until <= HOURS.closes


def deposit(n: int, locker: int, began: datetime) -> Deposit:
    return Deposit(n, LockerId(locker), locker, 1, began)


def taken(id: int, assignment: Assignment, n: int = 0) -> Locker:
    return Locker(LockerId(id), Size.SMALL, id, 1, assignment, Door.CLOSED, at("10:00"), n)


LOCKERS = (
    taken(1, Assignment.OCCUPIED, 11),
    taken(2, Assignment.OCCUPIED, 12),
    taken(3, Assignment.FREE),
    taken(4, Assignment.OVERNIGHT, 10),
    taken(5, Assignment.QUARANTINED, 13),
)
DEPOSITS = tuple(deposit(n, id, at("12:00")) for n, id in ((11, 1), (12, 2), (10, 4), (13, 5)))


def hours_on(day: date) -> Hours | None:
    """Open every day but Sundays."""
    return None if day.weekday() == 6 else Hours(day, at("09:00", day), at("22:00", day))


def in_the_small_hours(day: date) -> Hours | None:
    return Hours(day, at("18:00", day), at("02:00", day + timedelta(days=1)))


@pytest.mark.rule("L04")
@pytest.mark.parametrize(
    ("now", "stayed"),
    [
        (at("21:59"), ()),
        (at("22:00"), (1, 2)),
        (at("03:00", DAY + timedelta(days=1)), (1, 2)),
        (at("09:30", DAY + timedelta(days=4)), (1, 2)),
        (at("09:00", DAY - timedelta(days=300)), ()),
    ],
)
def test_what_is_not_fetched_by_closing_becomes_the_supervisors_whenever_the_clock_tells_it(
    now: datetime, stayed: tuple[int, ...]
) -> None:
    assert overnight(LOCKERS, DEPOSITS, hours_on, now) == stayed


@pytest.mark.rule("L04")
def test_a_deposit_of_a_day_that_nobody_knows_waits_until_it_is_known() -> None:
    assert overnight(LOCKERS, DEPOSITS, lambda day: None, at("23:00")) == ()
    assert overnight(LOCKERS, DEPOSITS[:1], hours_on, at("23:00")) == (1,)


@pytest.mark.rule("L04")
def test_a_day_that_ends_after_midnight_is_one_day() -> None:
    late = [deposit(11, 1, at("00:30", DAY + timedelta(days=1)))]

    assert overnight(LOCKERS, late, in_the_small_hours, at("01:59", DAY + timedelta(days=1))) == ()
    assert overnight(LOCKERS, late, in_the_small_hours, at("02:00", DAY + timedelta(days=1))) == (1,)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (at("06:49"), 21),  # Saturday's, as Sunday is closed
        (at("06:50"), 23),
        (at("23:59"), 23),
        (at("06:49", DAY + timedelta(days=1)), 23),
        (at("12:00", DAY + timedelta(days=1)), 24),
    ],
)
def test_sheets_are_of_the_business_day_that_goes_on(now: datetime, day: int) -> None:
    found = business_day(now, hours_on)

    assert found is not None
    assert found.day == date(2026, 11, day)
    assert business_day(now, lambda _: None) is None


@pytest.mark.rule("L12")
@pytest.mark.parametrize(
    ("kind", "due"),
    [
        (SheetKind.MORNING_COUNT, "08:50"),
        (SheetKind.MORNING_TIDY, "08:50"),
        (SheetKind.EVENING_CENSUS, "23:00"),
        (SheetKind.EVENING_TIDY, "23:00"),
    ],
)
def test_every_sheet_has_its_hour(kind: SheetKind, due: str) -> None:
    assert due_by(kind, HOURS) == at(due)
    assert overdue(kind, HOURS, (), at(due))
    assert not overdue(kind, HOURS, (), at(due) - timedelta(seconds=1))
    assert not overdue(kind, HOURS, (kind,), at(due))


@pytest.mark.rule("L12")
def test_the_tidy_list_is_ticked_item_by_item_and_what_is_not_done_is_explained() -> None:
    floor, doors, *_ = USUAL_ITEMS
    ticks = [Tick("floor", done=False, why="wet, cleaner called"), *(Tick(item.id, done=True) for item in USUAL_ITEMS)]

    assert unlooked(USUAL_ITEMS, ticks[:1]) == tuple(item.id for item in USUAL_ITEMS[1:])
    assert unlooked(USUAL_ITEMS, ticks) == ()
    assert undone(USUAL_ITEMS, ticks) == ()
    assert undone(USUAL_ITEMS, ticks[:1]) == (ticks[0],)
    assert wrong_tick(USUAL_ITEMS, Tick(doors.id, done=False)) == "doors: say what is not as it should be"
    assert wrong_tick(USUAL_ITEMS, Tick("roof", done=True)).startswith("the list has no item roof; it has: floor, ")
    assert wrong_tick(USUAL_ITEMS, ticks[0]) == ""
    assert all(set(item.text) == set(LANGUAGES) for item in USUAL_ITEMS)
    assert len({item.id for item in USUAL_ITEMS}) == len(USUAL_ITEMS)
    assert floor.text[LANGUAGES[0]] == "地面干净，无杂物"


@pytest.mark.rule("L12")
def test_a_store_may_have_its_own_list() -> None:
    assert items_of(None) == USUAL_ITEMS
    own = items_of(["擦柜门", "sweep"])
    assert [item.id for item in own] == ["item-1", "item-2"]
    assert own[0].text[LANGUAGES[2]] == "擦柜门"
