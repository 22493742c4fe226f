from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.lockers.pulses import (
    LONGEST_S,
    USUAL,
    Latch,
    PulseChoices,
    Stage,
    Verdict,
    asked,
    due_s,
    energised,
    look,
    may_begin,
    pulsed,
)


def settling(at_s: float = 0.4, *, pulses: int = 1, failed: str = "") -> Latch:
    latch = Latch()
    for _ in range(pulses):
        latch = pulsed(energised(asked(latch, at_s - 0.4), at_s - 0.4), at_s, failed=failed)
    return latch


def test_a_latch_at_rest_may_begin_and_wants_nothing() -> None:
    assert may_begin(Latch(), 0.0)
    assert look(Latch(), 5.0, seen=False, told=True) == (Latch(), Verdict.WAIT)
    assert due_s(Latch()) is None


def test_a_door_that_was_seen_open_needs_no_more() -> None:
    latch, verdict = look(settling(), 0.4, seen=True, told=True)

    assert verdict is Verdict.OPEN
    assert not may_begin(latch, 1.3)
    assert may_begin(latch, 1.4)


def test_the_sensor_has_its_time_before_another_pulse_is_asked_for() -> None:
    assert look(settling(), 1.8, seen=False, told=True)[1] is Verdict.WAIT
    assert due_s(settling()) == pytest.approx(1.9)
    assert look(settling(), 1.9, seen=False, told=True)[1] is Verdict.PULSE


def test_a_latch_rests_longer_where_the_store_says_so() -> None:
    choices = PulseChoices(rest_s=4.0)
    latch = pulsed(asked(Latch(), 0.0), 0.4, choices)

    assert due_s(latch, choices) == pytest.approx(4.4)
    assert look(latch, 4.3, seen=False, told=True, choices=choices)[1] is Verdict.WAIT


def test_after_three_pulses_it_is_stuck_and_rests() -> None:
    latch, verdict = look(settling(pulses=3), 2.0, seen=False, told=True)

    assert verdict is Verdict.STUCK
    assert not may_begin(latch, 16.9)
    assert may_begin(latch, 17.0)


def test_where_the_sensor_does_not_tell_one_pulse_is_all() -> None:
    assert look(settling(), 2.0, seen=False, told=False)[1] is Verdict.UNSEEN


def test_a_pulse_that_did_not_happen_is_tried_again_whatever_the_sensor_says() -> None:
    assert look(settling(failed="no answer"), 2.0, seen=False, told=False)[1] is Verdict.PULSE
    assert look(settling(failed="no answer", pulses=3), 2.0, seen=False, told=False)[1] is Verdict.STUCK


def test_a_driver_that_never_begins_is_waited_for_so_long() -> None:
    latch = asked(Latch(), 0.0)

    assert look(latch, 179.0, seen=False, told=True)[1] is Verdict.WAIT
    assert look(latch, 180.0, seen=False, told=True)[1] is Verdict.STUCK
    assert due_s(latch) == 180.0


def test_a_pulse_whose_end_nobody_reported_is_over_after_the_longest() -> None:
    latch = energised(asked(Latch(), 0.0), 0.0)

    assert look(latch, 9.0, seen=True, told=True) == (latch, Verdict.WAIT)
    later, verdict = look(latch, LONGEST_S, seen=True, told=True)
    assert (later.stage, verdict) == (Stage.SETTLING, Verdict.WAIT)
    assert due_s(latch) == LONGEST_S


def test_reports_that_nobody_waits_for_change_nothing() -> None:
    assert energised(Latch(), 1.0) == Latch()
    assert pulsed(Latch(), 1.0) == Latch()
    assert energised(settling(), 1.0) == settling()


@given(st.lists(st.tuples(st.floats(0.0, 30.0), st.booleans(), st.booleans(), st.booleans()), max_size=60))
def test_no_opening_has_more_pulses_than_it_may_and_none_comes_before_its_rest(
    moments: list[tuple[float, bool, bool, bool]],
) -> None:
    latch, now_s, given_s = asked(Latch(), 0.0), 0.0, [0.0]
    ended_s: list[float] = []
    for passes_s, seen, told, fails in moments:
        now_s += passes_s
        if latch.stage is Stage.ASKED:
            latch = pulsed(energised(latch, now_s), now_s, failed="no" if fails else "")
            ended_s.append(now_s)
        latch, verdict = look(latch, now_s, seen=seen, told=told)
        if verdict is Verdict.PULSE:
            assert now_s - ended_s[-1] >= USUAL.rest_s
            latch = asked(latch, now_s)
            given_s.append(now_s)
        elif verdict is not Verdict.WAIT:
            break

    assert len(given_s) <= USUAL.pulses
