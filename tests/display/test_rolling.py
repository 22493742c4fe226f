from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kiosk.display.marks import Pane, Roll
from kiosk.display.rolling import Rolling, Rolls
from kiosk.display.theme import STILL, Motion

LIVELY = Motion()
INK = (0, 0, 0)


def pane(height: int = 4000, name: str = "groups") -> Pane:
    return Pane((0, 100, 800, 500), Roll((), (), height), name, INK)


def rolls(motion: Motion = LIVELY, height: int = 4000) -> Rolls:
    made = Rolls(motion)
    made.show([pane(height)], 0.0, anew=True)
    return made


def thrown(made: Rolls, by: int = -60, times: int = 6, frame_s: float = 0.016) -> float:
    """A finger draws quickly and leaves; the moment it does."""
    now_s = 1.0
    for _ in range(times):
        now_s += frame_s
        made.pulled("groups", by, now_s)
    made.released(now_s)
    return now_s


def test_a_list_stays_below_the_finger_that_draws_it() -> None:
    made = rolls()

    made.pulled("groups", -30, 1.0)
    made.pulled("groups", -40, 1.1)

    assert made.offsets(1.1) == {"groups": 70}
    assert made.offsets(9.0) == {"groups": 70}


def test_a_thrown_list_runs_out_slower_and_slower_and_comes_to_rest() -> None:
    made = rolls()
    left_s = thrown(made)

    ways = [made.offsets(left_s + part / 10)["groups"] for part in range(30)]
    steps = [after - before for before, after in pairwise(ways)]

    assert steps[0] > 100
    assert steps == sorted(steps, reverse=True)
    assert made.moving(left_s)
    assert not made.moving(left_s + 3.0)
    assert made.offsets(left_s + 3.0) == made.offsets(left_s + 300.0)


def test_a_finger_that_rests_before_it_leaves_throws_nothing() -> None:
    made = rolls()
    made.pulled("groups", -200, 1.0)
    made.pulled("groups", -200, 1.02)

    made.released(1.6)

    assert not made.moving(1.6)
    assert made.offsets(5.0) == {"groups": 400}


def test_a_finger_that_comes_down_on_a_running_list_stops_it() -> None:
    made = rolls()
    left_s = thrown(made)
    there = made.offsets(left_s + 0.2)

    assert made.stopped("groups", left_s + 0.2)
    assert made.offsets(left_s + 2.0) == there
    assert not made.stopped("groups", left_s + 2.0)


def test_a_list_gives_way_beyond_its_end_and_comes_back() -> None:
    made = rolls()

    made.pulled("groups", 40, 1.0)
    made.pulled("groups", 100, 1.1)
    beyond = made.offsets(1.1)["groups"]
    made.released(1.1)

    assert -140 < beyond < -40
    assert made.moving(1.2)
    assert made.offsets(2.0) == {"groups": 0}
    assert not made.moving(2.0)


def test_a_finger_that_only_stopped_a_list_beyond_its_end_lets_it_come_back() -> None:
    made = rolls()
    made.pulled("groups", 200, 1.0)
    made.released(1.0)
    made.stopped("groups", 1.05)

    made.released(1.1)

    assert made.offsets(3.0) == {"groups": 0}


def test_the_keys_leaf_by_a_little_less_than_a_room_and_end_at_the_ends() -> None:
    made = rolls()

    made.turned("groups", 1, 1.0)
    assert made.moving(1.1)
    assert made.offsets(2.0) == {"groups": 430}
    for place in range(20):
        made.turned("groups", 1, 2.0 + place / 10)
    assert made.offsets(9.0) == {"groups": 3500}
    made.turned("groups", -30, 9.0)
    assert made.offsets(10.0) == {"groups": 0}


def test_two_quick_taps_on_a_key_go_two_rooms_on() -> None:
    made = rolls()
    made.turned("groups", 1, 1.0)

    made.turned("groups", 1, 1.05)

    assert made.offsets(3.0) == {"groups": 860}


def test_the_wheel_moves_the_list_by_a_part_of_its_room() -> None:
    made = rolls()

    made.wheeled("groups", -2, 1.0)

    assert made.offsets(2.0) == {"groups": 250}


def test_without_motion_everything_is_there_at_once() -> None:
    made = rolls(STILL)

    made.turned("groups", 1, 1.0)
    assert (made.offsets(1.0), made.moving(1.0)) == ({"groups": 430}, False)
    left_s = thrown(made)
    assert not made.moving(left_s)


def test_a_screen_that_comes_begins_at_its_top_and_one_that_stays_keeps_its_place() -> None:
    made = rolls()
    made.turned("groups", 2, 1.0)

    made.show([pane()], 3.0, anew=False)
    assert made.offsets(3.0) == {"groups": 860}
    made.show([pane()], 3.0, anew=True)
    assert made.offsets(3.0) == {"groups": 0}


def test_a_list_that_becomes_shorter_shows_its_end() -> None:
    made = rolls()
    made.turned("groups", 9, 1.0)

    made.show([pane(900)], 3.0, anew=False)

    assert made.offsets(3.0) == {"groups": 400}
    assert not made.moving(3.0)


def test_a_list_that_becomes_shorter_while_it_leafs_ends_at_its_end() -> None:
    made = rolls()
    made.turned("groups", 1, 1.0)

    made.show([pane(600)], 1.05, anew=False)

    assert made.offsets(3.0) == {"groups": 100}


@given(
    st.lists(st.tuples(st.sampled_from(["pull", "release", "turn", "stop"]), st.integers(-900, 900)), max_size=30),
    st.integers(100, 6000),
)
def test_whatever_fingers_do_a_list_rests_within_its_ends(deeds: list[tuple[str, int]], height: int) -> None:
    rolling, now_s = Rolling(LIVELY, furthest=max(0, height - 500)), 0.0
    for deed, by in deeds:
        now_s += 0.02
        match deed:
            case "pull":
                rolling.pulled(by, now_s)
            case "release":
                rolling.released(now_s)
            case "turn":
                rolling.turned(by, now_s)
            case _:
                rolling.rest(now_s)
    rolling.released(now_s)

    assert 0 <= rolling.at(now_s + 60.0) <= rolling.furthest
    assert not rolling.moving(now_s + 60.0)
