"""A day's plan with announcements for some zones (B15)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.planner import plan_day
from kiosk.units import ZoneId
from tests.rules.broadcast.studio import announcement, appointment, brief, business_day, library, moment

FOOD = ZoneId("food")


TEN = moment("10:00")


@pytest.mark.rule("B06")
@pytest.mark.rule("B15")
def test_the_plan_lets_a_song_end_where_a_zone_is_spoken_to_and_the_next_one_begin_there() -> None:
    due = replace(appointment(moment("10:15")), announcement=replace(announcement("promo"), zones=(FOOD,)))
    items = plan_day(brief(business_day(), library(), [due])).items

    place = next(place for place, one in enumerate(items) if one.id == "promo")
    before, spoken, after = items[place - 1 : place + 2]

    assert abs(spoken.error_s or 0.0) <= 0.3
    assert spoken.zones == (FOOD,)
    assert before.end == spoken.start == after.start
    assert after.air_class is AirClass.MUSIC


@pytest.mark.rule("B06")
def test_of_two_that_are_due_together_the_second_has_the_next_song() -> None:
    at = moment("10:15")
    zoned = [
        replace(appointment(at, name), announcement=replace(announcement(name), zones=(FOOD,)))
        for name in ("one", "two")
    ]
    items = plan_day(brief(business_day(), library(), [*zoned, appointment(at, "whole")])).items

    spoken = {one.id: one for one in items if one.air_class is AirClass.ROUTINE}
    order = [one.id for one in items if one.id in spoken]
    assert order == ["whole", "one", "two"]
    assert spoken["one"].start == spoken["whole"].end
    between = [one for one in items if spoken["one"].start <= one.start < spoken["two"].start and one.id not in spoken]
    assert len(between) >= 1
    assert spoken["two"].start.timestamp() - at.timestamp() < 400


def test_nothing_of_the_day_is_lost_in_a_library_of_long_songs_only() -> None:
    at = moment("10:15")
    zoned = [
        replace(appointment(at, name), announcement=replace(announcement(name), zones=(FOOD,)))
        for name in ("one", "two")
    ]
    items = plan_day(brief(business_day(), library(540.0, 541.0, 542.0), zoned)).items

    assert [one.id for one in items if one.air_class is AirClass.ROUTINE] == ["one", "two"]
