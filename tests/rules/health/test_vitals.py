"""Which part of a role is stuck."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.health.vitals import Part, Sign, after, vitals

DESK = Part("the desk", 15.0, "look at the disk")
SOUND = Part("the sound output", 5.0, "look at the card")


def test_a_part_that_shows_the_same_again_has_made_no_progress() -> None:
    sign = after(None, 7, 100.0)

    assert after(sign, 7, 110.0) == Sign(7, 100.0)
    assert after(sign, 8, 110.0) == Sign(8, 110.0)


def test_a_part_that_rests_is_not_stuck_however_long() -> None:
    resting = after(after(None, 3, 0.0), None, 10.0)

    (vital,) = vitals((SOUND,), {SOUND.name: resting}, 10_000.0)

    assert vital.age_s is None
    assert not vital.stuck


def test_a_part_that_has_not_begun_yet_is_not_stuck() -> None:
    assert not vitals((DESK,), {}, 10_000.0)[0].stuck


def test_only_the_part_that_stands_still_is_named_with_what_to_look_at() -> None:
    signs = {DESK.name: Sign(1, 100.0), SOUND.name: Sign(1, 100.0)}

    desk, sound = vitals((DESK, SOUND), signs, 110.0)

    assert not desk.stuck
    assert sound.stuck
    assert sound.told == "the sound output has made no progress for 10 s: look at the card"


@given(st.lists(st.tuples(st.integers(0, 2), st.floats(0.0, 20.0)), max_size=30))
def test_a_part_is_stuck_exactly_when_its_last_change_is_too_long_ago(steps: list[tuple[int, float]]) -> None:
    sign, now_s, changed_s, before = None, 0.0, 0.0, None
    for seen, passes_s in steps:
        now_s += passes_s
        sign = after(sign, seen, now_s)
        if seen != before:
            changed_s, before = now_s, seen
    later_s = now_s + 3.0

    stuck = vitals((SOUND,), {} if sign is None else {SOUND.name: sign}, later_s)[0].stuck

    assert stuck == (sign is not None and later_s - changed_s > SOUND.patience_s)
