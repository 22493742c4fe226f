from __future__ import annotations

import pytest

from kiosk.rules.lockers.retrieval import OVER, TRANSITIONS, Event, Step

# What is pictured moves on; every other pair stays where it is.
PICTURED = {
    "opening": {"opened": "take out", "stuck": "jammed", "unseen": "blind"},
    "take out": {"closed": "grace", "overdue": "held", "unseen": "blind"},
    "held": {"closed": "unsure", "unseen": "blind"},
    "blind": {"shown": "opening", "confirmed": "done", "timed out": "unsure", "opened": "take out"},
    "grace": {"shown": "opening", "confirmed": "done", "timed out": "done", "opened": "take out"},
}


@pytest.mark.parametrize("step", Step)
def test_every_step_is_decided_for_every_event(step: Step) -> None:
    pictured = PICTURED.get(step.value, {})

    assert {event.value: then.value for event, then in TRANSITIONS[step].items()} == {
        event.value: pictured.get(event.value, step.value) for event in Event
    }


@pytest.mark.rule("L06")
def test_a_retrieval_that_was_seen_ends_with_a_look_at_the_belongings() -> None:
    closed = {step for step, row in TRANSITIONS.items() if row[Event.CLOSED] is Step.GRACE}

    assert closed == {Step.TAKE_OUT, Step.GRACE}


def test_an_end_stays_an_end() -> None:
    assert all(TRANSITIONS[step][event] is step for step in OVER for event in Event)
