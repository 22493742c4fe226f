from __future__ import annotations

import itertools

from kiosk.rules.health.starts import LONGEST_PAUSE_S, SOUND_S, Start, next_start, pause_s


def test_the_pause_before_the_next_try_grows_and_has_an_end() -> None:
    pauses = [pause_s(failures) for failures in range(1, 100)]

    assert pauses[:4] == [0.25, 0.5, 1.0, 2.0]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE_S


def test_the_first_start_waits_for_nothing() -> None:
    assert next_start(None, 500.0) == Start(0, 500.0)


def test_a_role_that_was_killed_after_a_sound_life_waits_for_nothing() -> None:
    assert next_start(Start(7, 500.0), 500.0 + SOUND_S) == Start(0, 500.0 + SOUND_S)


def test_a_role_that_fails_at_once_again_and_again_is_tried_ever_more_seldom_and_never_given_up() -> None:
    start = next_start(None, 0.0)
    begins = [start.begins_s]
    for _ in range(30):
        start = next_start(start, start.begins_s + 0.1)
        begins.append(start.begins_s)

    gaps = [after - before for before, after in itertools.pairwise(begins)]
    assert gaps == sorted(gaps)
    assert gaps[0] < 0.5
    assert gaps[-1] == LONGEST_PAUSE_S


def test_a_role_that_is_killed_while_it_waits_waits_no_longer_than_the_longest_pause() -> None:
    start = next_start(Start(20, 540.0), 500.0)

    assert start == Start(21, 500.0 + LONGEST_PAUSE_S)
