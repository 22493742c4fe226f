from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.broadcast.binder import dues, occurrences, unfit_words
from kiosk.rules.broadcast.day import BusinessDay, Call, DayType, Phase
from kiosk.rules.broadcast.material import AirClass, Script, Window
from kiosk.units import PlaylistId, ScriptId

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
SATURDAY = date(2026, 11, 21)


def business_day(
    opens: time = time(9), closes: time = time(22), *, on: date = SATURDAY, zone: ZoneInfo = SHANGHAI
) -> BusinessDay:
    """A day whose phases matter only by their first and last moment."""
    soon = (datetime.combine(on, opens) + timedelta(minutes=1)).time()
    late = (datetime.combine(on, closes) - timedelta(minutes=1)).time()
    music = PlaylistId("day")
    day_type = DayType("any", {}, Phase(opens, soon, music), (Phase(soon, late, music),), Phase(late, closes, music))
    return BusinessDay(on, day_type, zone)


def page(
    name: str = "member-day",
    window: tuple[time, time] | None = None,
    every_min: float | None = None,
    *,
    air_class: AirClass = AirClass.ROUTINE,
    valid: tuple[date | None, date | None] = (None, None),
) -> Script:
    return Script(
        id=ScriptId(name),
        title={},
        text={},
        air_class=air_class,
        valid_from=valid[0],
        valid_until=valid[1],
        window=None if window is None else Window(*window),
        interval_s=None if every_min is None else every_min * 60,
    )


def times(script: Script, day: BusinessDay) -> list[str]:
    return [due.strftime("%a %H:%M") for due in dues(script, day)]


@pytest.mark.rule("B06")
@pytest.mark.parametrize(
    ("window", "every_min", "expected"),
    [
        ((time(10, 15), time(12, 15)), 60, ["Sat 10:15", "Sat 11:15", "Sat 12:15"]),
        ((time(10, 15), time(12, 14)), 60, ["Sat 10:15", "Sat 11:15"]),
        ((time(10, 15), time(12, 15)), None, ["Sat 10:15"]),
        ((time(10, 15), time(12, 15)), 240, ["Sat 10:15"]),
        ((time(8), time(10)), 45, ["Sat 09:30"]),
        ((time(21, 30), time(23)), 15, ["Sat 21:30", "Sat 21:45"]),
        ((time(9), time(9, 20)), 20, ["Sat 09:00", "Sat 09:20"]),
        ((time(23), time(23, 30)), 15, []),
        ((time(8), time(20)), None, []),
        (None, None, []),
    ],
    ids=[
        "the window's end still counts",
        "a minute short of its end",
        "without an interval once at its start",
        "an interval longer than the window",
        "a window that begins before the store",
        "a window that outlasts the store",
        "the moment of opening counts",
        "a window in the night",
        "a start before opening without an interval",
        "no window",
    ],
)
def test_a_page_comes_up_at_its_interval_within_its_window_and_the_broadcast_hours(
    window: tuple[time, time] | None, every_min: float | None, expected: list[str]
) -> None:
    assert times(page(window=window, every_min=every_min), business_day()) == expected


@pytest.mark.rule("B06")
def test_a_window_over_midnight_follows_a_store_that_is_open_over_midnight() -> None:
    night_market = business_day(time(17), time(2))

    assert times(page(window=(time(23), time(1)), every_min=60), night_market) == [
        "Sat 23:00",
        "Sun 00:00",
        "Sun 01:00",
    ]


@pytest.mark.rule("B06")
def test_a_window_after_midnight_belongs_to_the_night_of_the_business_day() -> None:
    night_market = business_day(time(17), time(2))

    assert times(page(window=(time(0, 30), time(3)), every_min=60), night_market) == ["Sun 00:30", "Sun 01:30"]


@pytest.mark.rule("B06")
def test_a_store_that_never_closes_hears_its_night_window_once_a_day() -> None:
    always_open = business_day(time(6), time(6))

    assert times(page(window=(time(22), time(2)), every_min=120), always_open) == [
        "Sat 22:00",
        "Sun 00:00",
        "Sun 02:00",
    ]


@pytest.mark.rule("B06")
@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 3, 7), ["00:30-0500", "01:30-0500", "03:30-0400", "04:30-0400"]),
        (date(2026, 10, 31), ["00:30-0400", "01:30-0400", "01:30-0500", "02:30-0500", "03:30-0500", "04:30-0500"]),
    ],
    ids=["an hour is skipped", "an hour comes twice"],
)
def test_the_interval_counts_elapsed_time_when_the_clocks_change(on: date, expected: list[str]) -> None:
    overnight = business_day(time(20), time(8), on=on, zone=NEW_YORK)
    script = page(window=(time(0, 30), time(4, 30)), every_min=60)

    due = dues(script, overnight)

    assert [moment.strftime("%H:%M%z") for moment in due] == expected
    assert {later.timestamp() - earlier.timestamp() for earlier, later in pairwise(due)} == {3600.0}


@pytest.mark.rule("B06")
def test_an_airing_has_a_key_of_its_own_even_in_the_hour_that_comes_twice() -> None:
    overnight = business_day(time(20), time(8), on=date(2026, 10, 31), zone=NEW_YORK)

    found = occurrences([page(window=(time(0, 30), time(4, 30)), every_min=60)], (), overnight)

    keys = [occurrence.key for occurrence in found]
    assert keys[1:3] == ["member-day@2026-11-01T01:30", "member-day@2026-11-01T01:30-05:00"]
    assert len(set(keys)) == len(keys) == 6


@pytest.mark.rule("B06")
@pytest.mark.parametrize("air_class", [AirClass.URGENT, AirClass.EVACUATION])
def test_urgent_pages_never_come_up_by_themselves(air_class: AirClass) -> None:
    assert times(page(window=(time(10), time(11)), every_min=10, air_class=air_class), business_day()) == []


@pytest.mark.rule("B07")
@pytest.mark.parametrize(
    ("on", "airs"),
    [
        (date(2026, 11, 20), False),
        (date(2026, 11, 21), True),
        (date(2026, 12, 4), True),
        (date(2026, 12, 5), False),
    ],
    ids=["the day before", "first day", "last day", "the day after"],
)
def test_a_campaign_joins_the_binder_on_its_first_day_and_leaves_after_its_last(on: date, airs: bool) -> None:
    campaign = page(window=(time(10), time(11)), every_min=30, valid=(SATURDAY, date(2026, 12, 4)))
    called = (Call(time(12), ScriptId("member-day")),)

    found = occurrences([campaign], called, business_day(on=on))

    assert [occurrence.due.strftime("%H:%M") for occurrence in found] == (
        ["10:00", "10:30", "11:00", "12:00"] if airs else []
    )


@pytest.mark.rule("B07")
def test_a_campaign_lasts_to_the_end_of_its_last_business_day_also_after_midnight() -> None:
    night_market = business_day(time(17), time(2))
    campaign = page(window=(time(23, 30), time(1)), every_min=60, valid=(None, SATURDAY))

    assert times(campaign, night_market) == ["Sat 23:30", "Sun 00:30"]


@pytest.mark.rule("B06")
def test_pages_due_at_one_moment_come_in_the_order_of_the_binder() -> None:
    hourly = [page(name, (time(10), time(11)), 60) for name in ("umbrella", "belongings", "fresh")]
    calls = (Call(time(10), ScriptId("fresh")), Call(time(9, 30), ScriptId("belongings")))

    found = occurrences(hourly, calls, business_day())

    assert [occurrence.key for occurrence in found] == [
        "belongings@2026-11-21T09:30",
        "umbrella@2026-11-21T10:00",
        "belongings@2026-11-21T10:00",
        "fresh@2026-11-21T10:00",
        "umbrella@2026-11-21T11:00",
        "belongings@2026-11-21T11:00",
        "fresh@2026-11-21T11:00",
    ]


def test_a_call_after_midnight_belongs_to_the_night_of_the_business_day() -> None:
    found = occurrences([page("closing")], (Call(time(1, 30), ScriptId("closing")),), business_day(time(17), time(2)))

    assert [occurrence.key for occurrence in found] == ["closing@2026-11-22T01:30"]


def test_airings_that_are_seconds_apart_have_keys_that_say_so() -> None:
    calls = (Call(time(10), ScriptId("closing")), Call(time(10, 0, 30), ScriptId("closing")))

    found = occurrences([page("closing")], calls, business_day())

    assert [occurrence.key for occurrence in found] == ["closing@2026-11-21T10:00", "closing@2026-11-21T10:00:30"]


@pytest.mark.rule("B06")
@given(
    window=st.tuples(st.times(), st.times()).filter(lambda pair: pair[0] != pair[1]),
    every_min=st.none() | st.integers(1, 24 * 60),
    hours=st.tuples(st.integers(0, 23), st.integers(0, 23)),
    on=st.dates(date(2004, 1, 1), date(2100, 12, 31)),
    zone=st.sampled_from([SHANGHAI, NEW_YORK, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Asia/Taipei")]),
)
def test_dues_are_in_order_apart_by_the_interval_and_within_the_broadcast_hours(
    window: tuple[time, time], every_min: int | None, hours: tuple[int, int], on: date, zone: ZoneInfo
) -> None:
    day = business_day(time(hours[0]), time(hours[1]), on=on, zone=zone)
    script = page(window=window, every_min=every_min)

    found = dues(script, day)

    assert all(day.opens.timestamp() <= due.timestamp() < day.closes.timestamp() for due in found)
    assert all(earlier.timestamp() < later.timestamp() for earlier, later in pairwise(found))
    assert len({occurrence.key for occurrence in occurrences([script], (), day)}) == len(found)


@pytest.mark.parametrize(
    ("text", "unfit"),
    [("很高兴为您服务", ()), ("我不知道，没有", ("不知道", "没有")), ("這事跟我沒關係", ("這事跟我沒關係",))],
)
def test_words_that_staff_may_not_say_are_found_in_both_scripts(text: str, unfit: tuple[str, ...]) -> None:
    assert unfit_words(text) == unfit
