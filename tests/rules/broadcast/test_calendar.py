from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.broadcast.calendar import (
    Calendar,
    DayTypeChoice,
    PublicDay,
    PublicKind,
    chinese_holidays,
    day_type_for,
    last_holiday_year,
)

WEEK = ("weekday",) * 5 + ("weekend",) * 2


def calendar(*, holiday: str | None = "festival", workday: str | None = "weekday") -> Calendar:
    return Calendar(WEEK, holiday, workday, {date(2026, 12, 24): "festival", date(2026, 10, 1): "inventory"})


@pytest.mark.parametrize(
    ("day", "day_type", "reason"),
    [
        (date(2026, 11, 20), "weekday", "Friday"),
        (date(2026, 11, 21), "weekend", "Saturday"),
        (date(2026, 12, 24), "festival", "the calendar names 2026-12-24"),
        (date(2026, 10, 1), "inventory", "the calendar names 2026-10-01"),
        (date(2026, 10, 2), "festival", "public holiday: National Day"),
        (date(2026, 10, 10), "weekday", "make-up workday: National Day"),
    ],
    ids=["friday", "saturday", "named date", "named date on a holiday", "holiday", "worked saturday"],
)
def test_a_date_takes_its_day_type_from_the_nearest_rule(day: date, day_type: str, reason: str) -> None:
    assert day_type_for(day, calendar(), chinese_holidays) == DayTypeChoice(day_type, reason)


def test_a_store_that_ignores_holidays_keeps_its_weekdays_and_hears_no_warning() -> None:
    plain = calendar(holiday=None, workday=None)

    choice = day_type_for(date(2031, 10, 2), plain, chinese_holidays)

    assert choice == DayTypeChoice("weekday", "Thursday")


def test_a_store_without_make_up_workdays_keeps_its_weekend_on_them() -> None:
    choice = day_type_for(date(2026, 10, 10), calendar(workday=None), chinese_holidays)

    assert choice == DayTypeChoice("weekend", "Saturday")


def test_another_countrys_holidays_can_take_the_place_of_the_mainlands() -> None:
    def taiwan(day: date) -> PublicDay:
        return (
            PublicDay(PublicKind.HOLIDAY, "Double Tenth")
            if (day.month, day.day) == (10, 10)
            else PublicDay(PublicKind.ORDINARY)
        )

    choice = day_type_for(date(2026, 10, 10), calendar(), taiwan)

    assert choice == DayTypeChoice("festival", "public holiday: Double Tenth")


@pytest.mark.parametrize("month_day", [(1, 1), (5, 1), (10, 1), (10, 3)])
def test_beyond_the_table_fixed_dates_are_still_holidays_and_a_warning_says_what_to_do(
    month_day: tuple[int, int],
) -> None:
    beyond = date(last_holiday_year() + 1, *month_day)

    choice = day_type_for(beyond, calendar(), chinese_holidays)

    assert choice.id == "festival"
    assert choice.warning == (
        f"the public-holiday table ends with {last_holiday_year()}: update the chinesecalendar package"
    )


def test_beyond_the_table_the_weekday_decides_the_other_days() -> None:
    choice = day_type_for(date(2099, 2, 14), calendar(), chinese_holidays)

    assert (choice.id, choice.reason) == ("weekend", "Saturday")
    assert "update" in choice.warning


def test_before_the_table_begins_an_update_is_not_asked_for() -> None:
    choice = day_type_for(date(2003, 5, 6), calendar(), chinese_holidays)

    assert choice.id == "weekday"
    assert choice.warning == "the public-holiday table does not reach back to 2003"


@given(st.dates(date(2004, 1, 1), date(2100, 12, 31)))
def test_every_date_of_the_century_has_a_day_type(day: date) -> None:
    choice = day_type_for(day, calendar(), chinese_holidays)

    assert choice.id in {"weekday", "weekend", "festival", "inventory"}
    assert choice.reason
