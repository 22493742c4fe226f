from __future__ import annotations

import pytest

from kiosk.rules.broadcast.rotation import Heard, Rotation
from tests.rules.broadcast.studio import songs

FOUR = songs(100.0, 110.0, 120.0, 130.0)
ONE, TWO, THREE, FOURTH = FOUR


def test_a_song_that_was_not_heard_today_has_rested_for_ever() -> None:
    assert Rotation("seed").rest_s(ONE, 5000.0) == float("inf")


def test_a_rest_counts_from_the_end_of_the_latest_play_in_whatever_order_they_are_told() -> None:
    rotation = Rotation("seed")

    rotation.remember([Heard(ONE.id, 4000.0, 4100.0), Heard(ONE.id, 1000.0, 1100.0)])

    assert rotation.rest_s(ONE, 5000.0) == 900.0


def test_a_song_that_was_cut_before_its_end_has_rested_for_no_time_and_not_for_less() -> None:
    rotation = Rotation("seed")

    rotation.remember([Heard(ONE.id, 4900.0, 5400.0)])

    assert rotation.rest_s(ONE, 5000.0) == 0.0
    assert rotation.rested([ONE], 5000.0, 0.0) == [ONE]


@pytest.mark.rule("B03")
def test_only_songs_that_rested_long_enough_are_offered_the_least_heard_first() -> None:
    rotation = Rotation("seed")
    rotation.remember([Heard(ONE.id, 0.0, 100.0), Heard(ONE.id, 1000.0, 1100.0), Heard(TWO.id, 500.0, 610.0)])
    rotation.remember([Heard(THREE.id, 4000.0, 4120.0)])

    offered = rotation.rested(FOUR, 5000.0, 3600.0)

    assert offered == [FOURTH, TWO, ONE]


def test_a_song_heard_more_often_costs_more_than_one_heard_less() -> None:
    rotation = Rotation("seed")
    rotation.remember([Heard(ONE.id, 0.0, 100.0), Heard(ONE.id, 1000.0, 1100.0), Heard(TWO.id, 500.0, 610.0)])

    costs = dict(zip((song.id for song in FOUR), rotation.costs(FOUR), strict=True))

    assert costs[ONE.id] > costs[TWO.id] > max(costs[THREE.id], costs[FOURTH.id])
    assert sum(costs.values()) == pytest.approx(-0.5)
    assert rotation.costs([]) == []


def test_chosen_songs_are_played_the_longest_silent_first() -> None:
    rotation = Rotation("seed")
    rotation.remember([Heard(ONE.id, 300.0, 400.0), Heard(TWO.id, 0.0, 110.0)])

    assert rotation.in_order([ONE, TWO, THREE]) == [THREE, TWO, ONE]


def test_the_seed_alone_shuffles_the_unheard_songs() -> None:
    many = songs(*[100.0] * 12)

    orders = [Rotation(seed).in_order(many) for seed in ("a", "a", "b")]

    assert orders[0] == orders[1]
    assert orders[0] != orders[2]
    assert sorted(orders[2], key=lambda song: song.id) == list(many)
