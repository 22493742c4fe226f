"""Where things are, seen from the screen (S01)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.service.store_plan import Entry, Floor, Here, Kind, Point, Side, StoreGuide, said, size_of, turned
from kiosk.units import LANGUAGES
from tests.depth import examples

OUTLINE = ((0.0, 0.0), (60.0, 0.0), (60.0, 40.0), (0.0, 40.0))


def entry(id: str, at: Point, floor: str = "1", icon: str = "", *, landmark: bool = False) -> Entry:
    return Entry(id, Kind.FACILITY, {LANGUAGES[2]: id}, floor, at, icon=icon, landmark=landmark)


def guide(*entries: Entry, facing: int = 0) -> StoreGuide:
    floors = tuple(Floor(id, f"{id}F", {LANGUAGES[2]: id}, OUTLINE) for id in ("1", "2"))
    return StoreGuide(floors, (), entries, Here("1", (30.0, 20.0), facing))


@pytest.mark.rule("S01")
@pytest.mark.parametrize(
    ("at", "side"),
    [((30.0, 0.0), Side.AHEAD), ((58.0, 20.0), Side.RIGHT), ((30.0, 39.0), Side.BACK), ((2.0, 20.0), Side.LEFT)],
)
def test_somebody_who_faces_the_screen_is_told_which_way_to_turn(at: Point, side: Side) -> None:
    assert guide().side(at) is side


def test_the_way_turns_with_the_wall_that_the_screen_hangs_on() -> None:
    assert guide(facing=90).side((58.0, 20.0)) is Side.AHEAD
    assert guide(facing=90).side((30.0, 0.0)) is Side.LEFT
    assert guide(facing=180).side((30.0, 0.0)) is Side.BACK
    assert guide().side((31.0, 22.0)) is None


@pytest.mark.rule("S01")
def test_a_place_is_told_by_the_nearest_landmark_of_its_floor() -> None:
    near, far = entry("lifts", (40.0, 20.0), landmark=True), entry("door", (59.0, 39.0), landmark=True)
    upstairs = entry("stairs", (41.0, 20.0), "2", landmark=True)
    toilet, lonely = entry("toilet", (45.0, 22.0)), entry("cash", (2.0, 2.0))
    store = guide(near, far, upstairs, toilet, lonely)

    assert store.beside(toilet) is near
    assert store.beside(lonely) is None
    assert store.beside(near) is None


@pytest.mark.rule("S01")
def test_to_another_floor_the_nearest_stairs_or_lifts_of_this_one_lead() -> None:
    lifts, escalators = entry("lifts", (58.0, 20.0), icon="elevator"), entry("up", (33.0, 20.0), icon="escalator")
    above = entry("toys", (33.0, 20.0), "2")

    assert guide(lifts, escalators, above).way_up(above) is escalators
    assert guide(lifts, escalators, above).way_up(lifts) is None
    assert guide(above).way_up(above) is None


def test_what_is_not_there_is_not_found() -> None:
    assert guide().entry("nothing") is None
    assert guide().area("nothing") is None


@settings(max_examples=examples(40))
@given(st.floats(0, 60), st.floats(0, 40), st.sampled_from([0, 90, 180, 270]))
def test_a_turned_plan_keeps_its_lengths_and_four_quarters_are_a_whole(x: float, y: float, facing: int) -> None:
    size = (60.0, 40.0)
    at = turned((x, y), size, facing)
    wide, high = size if facing % 180 == 0 else size[::-1]

    assert 0 <= at[0] <= wide
    assert 0 <= at[1] <= high
    back = turned(at, (wide, high), (360 - facing) % 360)
    assert back == pytest.approx((x, y))


def test_what_one_faces_is_at_the_top_of_the_turned_plan() -> None:
    assert turned((60.0, 20.0), (60.0, 40.0), 90)[1] == 0.0
    assert turned((30.0, 40.0), (60.0, 40.0), 180)[1] == 0.0
    assert turned((0.0, 20.0), (60.0, 40.0), 270)[1] == 0.0


def test_a_name_stands_in_for_a_language_that_is_missing() -> None:
    assert said({LANGUAGES[2]: "Toilets"}, LANGUAGES[0]) == "Toilets"
    assert said({}, LANGUAGES[0]) == ""
    assert size_of(guide().floors[0]) == (60.0, 40.0)
