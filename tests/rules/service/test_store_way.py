"""The way along the corridors, as the map draws it (S01)."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.service.store_plan import Corridor, Entry, Floor, Here, Kind, Point, StoreGuide
from kiosk.rules.service.store_way import length_m, through, way_to
from kiosk.units import LANGUAGES
from tests.depth import examples

OUTLINE = ((0.0, 0.0), (60.0, 0.0), (60.0, 40.0), (0.0, 40.0))
CROSS = (Corridor(((0.0, 20.0), (60.0, 20.0))), Corridor(((30.0, 0.0), (30.0, 40.0))))
PLACES = st.tuples(st.floats(0, 60), st.floats(0, 40))


def entry(id: str, at: Point, floor: str = "1", icon: str = "") -> Entry:
    return Entry(id, Kind.FACILITY, {LANGUAGES[2]: id}, floor, at, icon=icon)


def guide(*entries: Entry, corridors: tuple[Corridor, ...] = CROSS) -> StoreGuide:
    floors = tuple(Floor(id, f"{id}F", {LANGUAGES[2]: id}, OUTLINE, corridors) for id in ("1", "2"))
    return StoreGuide(floors, (), entries, Here("1", (5.0, 20.0), 0))


@pytest.mark.rule("S01")
def test_the_way_follows_the_corridors_and_turns_where_they_cross() -> None:
    toilet = entry("toilet", (30.0, 5.0))

    way = way_to(guide(toilet), toilet)

    assert way == ((5.0, 20.0), (30.0, 20.0), (30.0, 5.0))
    assert length_m(way) == 40.0


def test_a_room_is_entered_from_the_corridor_on_the_way() -> None:
    around = (*CROSS, Corridor(((0.0, 20.0), (0.0, 2.0), (60.0, 2.0))))

    assert through(around, (5.0, 20.0), (10.0, 10.0)) == ((5.0, 20.0), (10.0, 20.0), (10.0, 10.0))


def test_a_room_is_not_entered_through_its_corner() -> None:
    short = (Corridor(((0.0, 20.0), (60.0, 20.0))), Corridor(((30.0, 20.0), (30.0, 40.0))))

    assert through(short, (30.0, 39.0), (38.0, 12.0)) == ((30.0, 39.0), (30.0, 20.0), (38.0, 20.0), (38.0, 12.0))


@pytest.mark.rule("S01")
def test_on_another_floor_the_way_begins_where_one_arrives() -> None:
    up, lifts = entry("up", (10.0, 20.0), icon="escalator"), entry("lifts", (58.0, 20.0), icon="elevator")
    arrives, other = entry("arrives", (12.0, 20.0), "2", "escalator"), entry("other", (58.0, 20.0), "2", "elevator")
    toys = entry("toys", (30.0, 38.0), "2")

    assert way_to(guide(up, lifts, arrives, other, toys), toys) == ((12.0, 20.0), (30.0, 20.0), (30.0, 38.0))
    assert way_to(guide(up, other, toys), toys) == ()
    assert way_to(guide(toys), toys) == ()


def test_where_no_corridor_leads_no_way_is_drawn() -> None:
    apart = (Corridor(((0.0, 20.0), (10.0, 20.0))), Corridor(((40.0, 0.0), (40.0, 40.0))))

    assert through((), (5.0, 20.0), (30.0, 5.0)) == ()
    assert through(apart, (5.0, 20.0), (41.0, 5.0)) == ()


def test_corridors_that_end_just_before_each_other_meet() -> None:
    drawn = (Corridor(((0.0, 20.0), (29.6, 20.0))), Corridor(((30.0, 0.0), (30.0, 40.0))))

    assert length_m(through(drawn, (5.0, 20.0), (30.0, 5.0))) == pytest.approx(40.0, abs=1.0)


@settings(max_examples=examples(60), deadline=None)
@given(PLACES, PLACES)
def test_every_way_begins_here_ends_there_and_is_no_shorter_than_a_bird_flies(start: Point, goal: Point) -> None:
    way = through(CROSS, start, goal)

    assert (way[0], way[-1]) == (start, goal)
    assert length_m(way) >= hypot(start[0] - goal[0], start[1] - goal[1]) - 1e-6
    for one, other in pairwise(way[1:-1]):
        assert min(abs(one[0] - other[0]), abs(one[1] - other[1])) < 1e-6, "along a corridor"
