from __future__ import annotations

from itertools import product

import pytest

from kiosk.rules.printing.jobs import OVER, TRANSITIONS, Condition, Event, Stage, after


def test_nothing_is_printed_a_second_time_unless_its_end_surely_was_not() -> None:
    back_in_the_queue = {event for (stage, event), to in TRANSITIONS.items() if to is Stage.WAITING}

    assert back_in_the_queue == {Event.NOT_BEGUN, Event.BROKE_OFF}


def test_what_is_over_stays_over() -> None:
    for stage, event in product(OVER, Event):
        assert after(stage, event) in (None, stage)


def test_only_a_person_ends_what_nobody_saw() -> None:
    ends = {event for event in Event if after(Stage.UNSURE, event) is not None}

    assert ends == {Event.SEEN, Event.COPIED, Event.WITHDRAWN}


def test_every_stage_but_the_end_can_be_left_and_every_stage_can_be_reached() -> None:
    assert {stage for stage, _ in TRANSITIONS} >= set(Stage) - OVER
    assert set(TRANSITIONS.values()) == set(Stage)


def test_what_is_being_printed_is_not_withdrawn_under_the_printer() -> None:
    assert after(Stage.PRINTING, Event.WITHDRAWN) is None


@pytest.mark.parametrize("condition", Condition)
def test_little_paper_is_paper(condition: Condition) -> None:
    assert condition.prints is (condition in (Condition.READY, Condition.PAPER_LOW))
