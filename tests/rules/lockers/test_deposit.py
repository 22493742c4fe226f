from __future__ import annotations

import pytest

from kiosk.rules.lockers.deposit import OVER, TRANSITIONS, DepositTimes, Event, Step, patience_s

# What is pictured moves on; every other pair stays where it is.
PICTURED = {
    "size": {"chosen": "valuables", "gave up": "gone", "timed out": "gone", "no room": "full"},
    "valuables": {"confirmed": "check", "gave up": "gone", "timed out": "gone", "no room": "full"},
    "check": {"confirmed": "opening", "gave up": "gone", "timed out": "gone", "no room": "full"},
    "opening": {"opened": "put in", "jammed": "another", "unseen": "blind"},
    "put in": {"gave up": "take back", "closed": "tag", "overdue": "held", "unseen": "blind"},
    "held": {"gave up": "take back", "timed out": "left", "closed": "tag", "unseen": "blind"},
    "blind": {"confirmed": "tag", "gave up": "gone", "timed out": "left", "opened": "put in", "closed": "tag"},
    "take back": {"timed out": "left", "closed": "gone", "unseen": "gone"},
    "tag": {"gave up": "tag back", "timed out": "left", "opened": "put in", "proved": "kept"},
    "tag back": {"confirmed": "tag", "timed out": "left", "opened": "take back", "proved": "back"},
}
BEFORE_A_DOOR = (Step.SIZE, Step.VALUABLES, Step.CHECK)


@pytest.mark.parametrize("step", Step)
def test_every_step_is_decided_for_every_event(step: Step) -> None:
    pictured = PICTURED.get(step.value, {})

    assert {event.value: then.value for event, then in TRANSITIONS[step].items()} == {
        event.value: pictured.get(event.value, step.value) for event in Event
    }


@pytest.mark.rule("L05")
@pytest.mark.rule("L06")
def test_a_door_opens_only_after_both_notices_were_agreed_to() -> None:
    leading_to = {(step, event) for step, row in TRANSITIONS.items() for event, then in row.items() if then is not step}

    assert [pair for pair in leading_to if TRANSITIONS[pair[0]][pair[1]] is Step.OPENING] == [
        (Step.CHECK, Event.CONFIRMED)
    ]
    assert [pair for pair in leading_to if TRANSITIONS[pair[0]][pair[1]] is Step.CHECK] == [
        (Step.VALUABLES, Event.CONFIRMED)
    ]


@pytest.mark.rule("L01")
def test_nothing_is_kept_before_its_tag_was_shown() -> None:
    ways = {event for step, row in TRANSITIONS.items() for event, then in row.items() if then is Step.KEPT is not step}

    assert ways == {Event.PROVED}


@pytest.mark.parametrize("step", set(Step) - OVER - {Step.OPENING, Step.PUT_IN})
def test_every_step_that_waits_for_a_shopper_times_out(step: Step) -> None:
    assert patience_s(step, DepositTimes()) is not None
    assert TRANSITIONS[step][Event.TIMED_OUT] in OVER


@pytest.mark.parametrize("step", [*OVER, Step.OPENING, Step.PUT_IN])
def test_a_step_that_waits_for_the_door_has_the_doors_time(step: Step) -> None:
    assert patience_s(step, DepositTimes()) is None
