"""Days that go on into each other: what is broadcast then, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.rules.broadcast import verdicts
from kiosk.rules.broadcast.day import BusinessDay, Call, DayType, Phase, day_on, joins
from kiosk.rules.broadcast.material import AirClass, Clip
from kiosk.rules.broadcast.programme import Item, Kind, Programme
from kiosk.rules.broadcast.selfcheck import Occasion, Result, due_at, may_sound, occasion_for
from kiosk.units import PlaylistId, ScriptId

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 11, 27)
FAREWELL = ScriptId("closing-30")


def clock(text: str) -> time:
    return time.fromisoformat(text)


def phase(start: str, end: str, playlist: str = "day") -> Phase:
    return Phase(clock(start), clock(end), PlaylistId(playlist))


def kind(opens: str, closes: str) -> DayType:
    """Ten minutes of welcome, ten of closing music, two calls before the doors close and one at noon."""
    end = datetime.combine(DAY, clock(closes))
    last, early = ((end - timedelta(minutes=n)).time() for n in (10, 30))
    first = (datetime.combine(DAY, clock(opens)) + timedelta(minutes=10)).time()
    parts = (Phase(first, time(12), PlaylistId("morning")), Phase(time(12), last, PlaylistId("evening")))
    calls = (Call(time(12), FAREWELL), Call(early, FAREWELL), Call(last, FAREWELL))
    welcome, closing = phase(opens, f"{first}", "welcome"), Phase(last, clock(closes), PlaylistId("closing"))
    return DayType("any", {}, welcome, parts, closing, calls)


USUAL, WHOLE = kind("09:00", "22:00"), kind("00:00", "00:00")
ROUND = DayType("round", {}, None, (phase("00:00", "00:00"),), None, (Call(time(23, 30), FAREWELL),))


def between(before: DayType | None, day: DayType, after: DayType | None) -> BusinessDay:
    types = {DAY - timedelta(days=1): before, DAY: day, DAY + timedelta(days=1): after}
    found = day_on(DAY, types.get, SHANGHAI)
    assert found is not None
    return found


@pytest.mark.rule("B05")
@pytest.mark.rule("B19")
def test_a_day_among_closed_nights_is_as_the_store_wrote_it() -> None:
    for neighbour in (USUAL, None):
        day = between(neighbour, USUAL, neighbour)

        assert day.day_type is USUAL
        assert (day.joins_before, day.joins_after) == (False, False)


@pytest.mark.rule("B05")
@pytest.mark.rule("B19")
def test_where_days_join_nobody_is_welcomed_and_nobody_is_told_to_leave() -> None:
    day = between(WHOLE, WHOLE, WHOLE)

    assert (day.joins_before, day.joins_after) == (True, True)
    assert [(one.playlist, one.start, one.end) for one in day.day_type.phases()] == [
        ("morning", time(0), time(12)),
        ("evening", time(12), time(0)),
    ]
    assert day.day_type.calls == (Call(time(12), FAREWELL),), "what is called at noon is no farewell"
    assert (day.opens, day.closes) == (
        BusinessDay(DAY, WHOLE, SHANGHAI).opens,
        BusinessDay(DAY, WHOLE, SHANGHAI).closes,
    )


@pytest.mark.rule("B19")
def test_the_first_day_is_welcomed_and_the_last_one_says_farewell() -> None:
    until_midnight = kind("09:00", "00:00")
    from_midnight = kind("00:00", "22:00")

    first, last = between(USUAL, until_midnight, ROUND), between(ROUND, from_midnight, USUAL)

    assert first.day_type.welcome == until_midnight.welcome
    assert first.day_type.closing is None
    assert last.day_type.welcome is None
    assert last.day_type.closing == from_midnight.closing
    assert last.day_type.calls == from_midnight.calls


def test_a_day_that_was_written_without_welcome_and_closing_keeps_all_its_calls() -> None:
    day = between(ROUND, ROUND, ROUND)

    assert day.day_type == ROUND
    assert (day.closes - day.opens) == timedelta(days=1)
    assert ROUND.farewell == ()
    assert day.moment(time(23, 30)) == datetime(2026, 11, 27, 23, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(("closes", "joined"), [("23:59:59", False), ("00:00:00", True), ("02:00:00", True)])
def test_days_join_where_the_doors_would_close_no_sooner_than_they_open(closes: str, joined: bool) -> None:
    night = kind("09:00", "22:00")
    assert night.closing is not None
    long = replace(night, closing=replace(night.closing, end=clock(closes)))

    first, second = (BusinessDay(DAY + timedelta(days=n), one, SHANGHAI) for n, one in ((0, long), (1, ROUND)))

    assert joins(first, second) is joined


def test_a_shop_that_closes_after_midnight_has_a_night_of_its_own() -> None:
    night_shop = kind("09:00", "02:00")

    day = between(night_shop, night_shop, night_shop)

    assert day.day_type is night_shop
    assert [f"{one.at:%H:%M}" for one in day.day_type.farewell] == ["01:30", "01:50"]


def test_a_date_without_a_day_type_is_no_business_day() -> None:
    assert day_on(DAY, lambda _: None, SHANGHAI) is None


@pytest.mark.rule("B01")
def test_where_the_doors_stay_open_the_check_begins_with_the_day_and_plays_nothing() -> None:
    whole = between(ROUND, ROUND, ROUND)

    assert due_at(whole, 1200.0) == whole.opens
    assert occasion_for(whole, whole.opens) is Occasion.WHILE_OPEN
    for moment in (whole.opens - timedelta(hours=1), whole.opens, whole.closes + timedelta(seconds=5)):
        assert not may_sound(whole, moment)


def test_a_day_that_goes_on_into_the_next_may_be_over_a_song_sooner() -> None:
    whole = between(ROUND, ROUND, ROUND)

    def until(hour: int, minute: int) -> Programme:
        end = whole.opens.replace(hour=hour, minute=minute)
        key, clip = "a", Clip("a.wav", 60.0)
        item = Item(key, Kind.MUSIC, "a", AirClass.MUSIC, (clip,), ("song",), whole.opens, end)
        return Programme(DAY, (item,), ())

    assert verdicts.plan(until(23, 58), whole).result is Result.OK
    assert verdicts.plan(until(23, 40), whole).result is Result.FAULT
    assert verdicts.plan(until(23, 58), replace(whole, joins_after=False)).result is Result.FAULT
