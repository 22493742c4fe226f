from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.service.queue import Stage, Topic
from kiosk.rules.service.queue_board import EVERYTHING, FRESH, MISSED, TURN_S, Place, board_of, minutes, turn_s, wait_s
from tests.depth import examples
from tests.rules.service.test_queue import NOW, ticket

CLOSED: frozenset[Topic] = frozenset()


@pytest.mark.rule("S07")
def test_the_board_shows_who_is_served_where_and_who_comes_next() -> None:
    called = replace(ticket(1, stage=Stage.CALLED), desk=2)
    tickets = (ticket(4), called, ticket(3, Topic.RETURNS), ticket(2, stage=Stage.SERVED))

    board = board_of(tickets, {1: CLOSED}, 2, (), NOW)

    assert board.places == (Place(1, CLOSED), Place(2, EVERYTHING, called, fresh=True))
    assert [place.open for place in board.places] == [False, True]
    assert [one.shown for one in board.waiting] == ["R003", "A004"]
    assert board.following == tickets[2]
    assert board.busy


def test_a_desk_beyond_those_of_the_site_is_shown_while_somebody_is_called_there() -> None:
    called = replace(ticket(1, stage=Stage.CALLED), desk=7)

    assert [place.desk for place in board_of((called,), {}, 2, (), NOW).places] == [1, 2, 7]


@pytest.mark.rule("S07")
def test_a_call_is_pointed_out_for_a_while_and_again_when_it_is_repeated() -> None:
    called = replace(ticket(1, stage=Stage.CALLED), desk=1)

    assert board_of((called,), {}, 1, (), NOW + FRESH - timedelta(seconds=1)).places[0].fresh
    assert not board_of((called,), {}, 1, (), NOW + FRESH).places[0].fresh
    again = replace(called, since=NOW + FRESH)
    assert board_of((again,), {}, 1, (), NOW + FRESH).places[0].fresh


def test_an_empty_queue_is_not_busy_and_nobody_waits_in_it() -> None:
    board = board_of((), {}, 2, (), NOW)

    assert (board.busy, board.following, board.missed) == (False, None, ())
    assert board.waits_s == tuple((topic, 0.0) for topic in Topic)


def test_who_did_not_come_stays_on_the_board_the_last_first() -> None:
    missed = [replace(ticket(n, stage=Stage.NO_SHOW), since=NOW + timedelta(minutes=n)) for n in range(1, 8)]

    assert [one.n for one in board_of(missed, {}, 2, (), NOW).missed] == [7, 6, 5, 4][:MISSED]


def test_how_long_it_takes_is_the_median_of_what_makes_sense() -> None:
    assert turn_s(()) == TURN_S
    assert turn_s((5.0, 9_000.0)) == TURN_S
    assert turn_s((5.0, 60.0, 120.0, 1500.0, 9_000.0)) == 120.0


@pytest.mark.rule("S07")
def test_whoever_waits_is_shared_out_over_the_desks_that_serve_them() -> None:
    waiting = [ticket(n) for n in range(1, 5)]
    one = Place(1, ticket=ticket(9, stage=Stage.CALLED))
    two = replace(one, desk=2)

    assert wait_s(Topic.SERVICE, waiting, (one,), (60.0,)) == 300.0
    assert wait_s(Topic.SERVICE, waiting, (one, two), (60.0,)) == 150.0
    assert wait_s(Topic.SERVICE, (), (one, Place(2)), (60.0,)) == 0.0
    returns = Place(2, frozenset({Topic.RETURNS}))
    assert wait_s(Topic.RETURNS, waiting, (one, returns), (60.0,)) == 60.0 * 4 / 2  # desk 1 serves both
    assert wait_s(Topic.SERVICE, waiting, (Place(1, CLOSED),), (60.0,)) == 300.0


@settings(max_examples=examples(60))
@given(st.integers(0, 40), st.integers(1, 20), st.lists(st.floats(0, 4000), max_size=12))
def test_another_desk_never_makes_it_longer_and_another_shopper_never_shorter(
    before: int, desks: int, turns_s: list[float]
) -> None:
    waiting = [ticket(n) for n in range(1, before + 2)]
    places = [Place(n, ticket=ticket(99, stage=Stage.CALLED)) for n in range(1, desks + 2)]

    now_s = wait_s(Topic.SERVICE, waiting[:-1], places[:-1], turns_s)

    assert wait_s(Topic.SERVICE, waiting[:-1], places, turns_s) <= now_s
    assert wait_s(Topic.SERVICE, waiting, places[:-1], turns_s) >= now_s
    assert minutes(now_s) * 60 >= now_s
