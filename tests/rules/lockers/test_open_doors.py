"""The lockers of a store whose doors stay open: their day turns at an hour of its own, and midnight is no closing."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from kiosk.rules.lockers.closing import (
    LOOK_AHEAD_DAYS,
    MORNING,
    ClosingChoices,
    Hours,
    SheetKind,
    bag_days,
    business_day,
    closing_after,
    day_of,
    doors_close,
    due_by,
    overdue,
    reminder_due,
)
from kiosk.units import ScriptId
from tests.rules.lockers.test_closing import at

FRIDAY = date(2026, 11, 27)
SATURDAY, SUNDAY, MONDAY = (FRIDAY + timedelta(days=n) for n in (1, 2, 3))
CHOICES = ClosingChoices(page=ScriptId("bags"))


def weekend(day: date) -> Hours | None:
    """Open from Friday at nine to Sunday at ten in the evening; on the other days from nine to ten."""
    opens = at("00:00" if day in (SATURDAY, SUNDAY) else "09:00", day)
    closes = at("00:00", day + timedelta(days=1)) if day in (FRIDAY, SATURDAY) else at("22:00", day)
    return Hours(day, opens, closes, day in (SATURDAY, SUNDAY), day in (FRIDAY, SATURDAY))


def always(day: date) -> Hours | None:
    return Hours(day, at("00:00", day), at("00:00", day + timedelta(days=1)), True, True)


days = bag_days(weekend, time(5))


@pytest.mark.rule("L04")
@pytest.mark.parametrize(
    ("left", "until"),
    [
        (at("12:00", FRIDAY), at("05:00", SATURDAY)),
        (at("23:50", FRIDAY), at("05:00", SATURDAY)),
        (at("01:59", SATURDAY), at("05:00", SATURDAY)),
        (at("02:00", SATURDAY), at("05:00", SUNDAY)),  # nobody is given two hours
        (at("06:00", SUNDAY), at("22:00", SUNDAY)),
        (at("21:59", SUNDAY), at("22:00", SUNDAY)),  # the doors close
        (at("12:00", MONDAY), at("22:00", MONDAY)),
    ],
)
def test_what_is_left_in_an_open_store_is_the_shoppers_until_the_next_turn(left: datetime, until: datetime) -> None:
    assert closing_after(left, days) == until


@pytest.mark.rule("L03")
def test_nobody_is_reminded_where_the_doors_stay_open() -> None:
    friday, sunday = days(FRIDAY), days(SUNDAY)
    assert friday is not None
    assert sunday is not None

    assert reminder_due(friday, at("04:30", SATURDAY), 3, CHOICES) is None
    assert reminder_due(sunday, at("21:40", SUNDAY), 3, CHOICES) is not None


@pytest.mark.rule("L10")
@pytest.mark.rule("L11")
def test_the_tags_are_counted_once_at_the_turn_instead_of_in_the_evening_and_in_the_morning() -> None:
    friday, saturday, sunday = (days(day) for day in (FRIDAY, SATURDAY, SUNDAY))
    assert friday is not None
    assert saturday is not None
    assert sunday is not None
    late = at("12:00", MONDAY)

    assert [kind for kind in SheetKind if overdue(kind, friday, (), late)] == list(MORNING)
    assert [kind for kind in SheetKind if overdue(kind, saturday, (), late)] == list(MORNING)
    assert [kind for kind in SheetKind if overdue(kind, sunday, (), late)] == list(SheetKind)
    assert due_by(SheetKind.MORNING_COUNT, friday) == at("08:50", FRIDAY)
    assert due_by(SheetKind.MORNING_COUNT, saturday) == at("06:00", SATURDAY)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (at("06:50", FRIDAY), FRIDAY),
        (at("23:59", FRIDAY), FRIDAY),
        (at("04:59", SATURDAY), FRIDAY),
        (at("05:00", SATURDAY), SATURDAY),
        (at("23:00", SUNDAY), SUNDAY),
        (at("06:50", MONDAY), MONDAY),
    ],
)
def test_sheets_are_of_the_day_until_the_lockers_turn(now: datetime, day: date) -> None:
    found = business_day(now, days)

    assert found is not None
    assert found.day == day


def test_a_store_that_closes_for_an_hour_signs_its_evening_before_the_next_day_begins() -> None:
    def short_night(day: date) -> Hours | None:
        return Hours(day, at("07:00", day), at("06:00", day + timedelta(days=1)))

    assert [one.day for when in ("05:59", "06:00") if (one := business_day(at(when, SATURDAY), short_night))] == [
        FRIDAY,
        SATURDAY,
    ]


def test_a_day_that_closes_before_the_turn_begins_at_midnight() -> None:
    def until_four(day: date) -> Hours | None:
        if day == SUNDAY:
            return Hours(day, at("00:00", day), at("04:00", day), True)
        return weekend(day)

    short = bag_days(until_four, time(5))

    saturday, sunday = short(SATURDAY), short(SUNDAY)
    assert saturday is not None
    assert sunday is not None
    assert saturday.closes == sunday.opens == at("00:00", SUNDAY)
    assert closing_after(at("00:30", SUNDAY), short) == at("04:00", SUNDAY)


def test_the_turn_may_be_later_on_the_clock_than_the_day_begins() -> None:
    def from_six(day: date) -> Hours | None:
        return Hours(day, at("06:00", day), at("06:00", day + timedelta(days=1)), True, True)

    found = bag_days(from_six, time(5))(FRIDAY)

    assert found is not None
    assert (found.opens, found.closes) == (at("05:00", SATURDAY), at("05:00", SUNDAY))


def test_a_calendar_that_ends_leaves_the_last_day_as_it_is() -> None:
    def known(day: date) -> Hours | None:
        return always(day) if day <= FRIDAY else None

    friday = bag_days(known, time(5))(FRIDAY)

    assert friday is not None
    assert friday.closes == at("00:00", SATURDAY)
    assert bag_days(known, time(5))(SATURDAY) is None
    assert doors_close(friday, known) == at("00:00", SATURDAY)


def test_when_the_doors_close_is_known_over_days_and_not_where_nobody_sees_an_end() -> None:
    friday, round_the_clock = weekend(FRIDAY), always(FRIDAY)
    assert friday is not None
    assert round_the_clock is not None

    assert doors_close(friday, weekend) == at("22:00", SUNDAY)
    assert doors_close(round_the_clock, always) is None
    assert LOOK_AHEAD_DAYS >= 14


@pytest.mark.rule("S07")
@pytest.mark.parametrize(
    ("now", "day"),
    [
        (at("23:59", FRIDAY), FRIDAY),
        (at("04:59", SATURDAY), FRIDAY),
        (at("05:00", SATURDAY), SATURDAY),
        (at("23:00", SUNDAY), SUNDAY),
        (at("00:30", MONDAY), MONDAY),
    ],
)
def test_numbers_are_of_the_evening_until_the_night_is_over(now: datetime, day: date) -> None:
    assert day_of(now, days) == day
    assert day_of(now, lambda _: None) == now.date()


@pytest.mark.rule("S07")
def test_in_a_shop_that_closes_at_two_the_numbers_go_on_after_midnight() -> None:
    def night_shop(day: date) -> Hours | None:
        return Hours(day, at("18:00", day), at("02:00", day + timedelta(days=1)))

    assert [day_of(at(clock, SATURDAY), night_shop) for clock in ("01:59", "02:00")] == [FRIDAY, SATURDAY]
