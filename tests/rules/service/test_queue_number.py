"""A number for the service desk at the touchscreen: what is told before it is taken, and what is asked (S07)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.rules.forms.flow import Act, Back, Chose, Given, Next, Read, Turn
from kiosk.rules.service.queue import Stage, Topic
from kiosk.rules.service.queue_board import board_of
from kiosk.rules.service.queue_number import (
    A_MOMENT,
    ANOTHER,
    SERVICE,
    TAKE,
    DeskNumbers,
    Queueing,
    of_late,
    told_before,
)
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import Refused
from tests.rules.service.test_queue import NOW, ticket

ONLY_RETURNS = frozenset({Topic.RETURNS})
CLOSED: frozenset[Topic] = frozenset()


@pytest.mark.rule("S07")
def test_before_a_number_is_taken_the_screen_says_how_many_wait_and_about_how_long() -> None:
    called = [replace(ticket(n, stage=Stage.CALLED), desk=n) for n in (1, 2)]
    waiting = [ticket(3), ticket(4, Topic.RETURNS), ticket(5)]

    assert told_before(board_of((*called, *waiting), {}, 2, (90.0,), NOW)) == DeskNumbers(3, 3, open=True)
    assert told_before(board_of((), {}, 2, (), NOW)) == DeskNumbers(0, 0, open=True)


@pytest.mark.rule("S07")
@pytest.mark.parametrize(
    ("served", "is_open"),
    [
        ({1: CLOSED}, True),
        ({1: CLOSED, 2: CLOSED}, False),
        ({1: ONLY_RETURNS, 2: CLOSED}, False),
        ({1: ONLY_RETURNS, 2: frozenset({Topic.SERVICE})}, True),
    ],
)
def test_a_number_is_had_as_long_as_any_desk_serves_what_it_is_for(
    served: dict[int, frozenset[Topic]], is_open: bool
) -> None:
    assert told_before(board_of((), served, 2, (), NOW)).open == is_open


@pytest.mark.rule("S07")
def test_for_a_minute_whoever_takes_a_second_number_is_asked_about_the_first_if_it_still_waits() -> None:
    first = replace(ticket(1), at=NOW)
    board = board_of((first,), {}, 2, (), NOW)
    called = board_of((replace(first, stage=Stage.CALLED, desk=1),), {}, 2, (), NOW)

    assert of_late(first, board, NOW)
    assert of_late(first, board, NOW + A_MOMENT - timedelta(seconds=1))
    assert not of_late(first, board, NOW + A_MOMENT)
    assert not of_late(first, board, NOW - A_MOMENT), "a clock that was set back asks nobody for hours"
    assert not of_late(first, called, NOW)
    assert not of_late(first, board_of((ticket(2),), {}, 2, (), NOW), NOW)


def test_one_touch_takes_a_number_and_a_second_one_takes_no_other() -> None:
    turn = Queueing().after(Chose(TAKE))

    assert turn == Turn(Queueing(sent=True), Given(SERVICE.id))
    assert Queueing(sent=True).after(Chose(TAKE)) == Turn(Queueing(sent=True))
    assert (Queueing().page, Queueing(sent=True).page) == ("queue.take", "queue.sent")
    assert (Queueing().service, Queueing().writes) == (SERVICE.id, False)


def test_a_number_beside_the_first_one_is_asked_for_as_such() -> None:
    assert Queueing().after(Chose(ANOTHER)).given == Given(SERVICE.id, ((ANOTHER, "yes"),))


def test_whoever_goes_back_takes_none() -> None:
    assert Queueing().after(Back()) == Turn(None)


@pytest.mark.parametrize("act", [Chose("else"), Next(), Read("R0100000009")])
def test_anything_else_changes_nothing(act: Act) -> None:
    assert Queueing().after(act) == Turn(Queueing())


@pytest.mark.rule("S20")
@pytest.mark.parametrize(
    ("answers", "kept"), [({}, True), ({ANOTHER: "yes"}, True), ({ANOTHER: "no"}, False), ({"name": "Li"}, False)]
)
def test_nothing_of_anybody_is_kept_with_a_number(answers: dict[str, str], kept: bool) -> None:
    assert isinstance(SERVICE.begun(answers, "screen", NOW), Record if kept else Refused)
