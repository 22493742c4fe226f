from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.broadcast.fitting import MOST_CHOICES, Choice, fit
from tests.depth import examples

# Quarters of seconds and of costs add up exactly in binary, so that brute force and the planner's arithmetic agree.
CHOICES = st.lists(
    st.builds(
        Choice,
        duration_s=st.integers(1, 2400).map(lambda quarters: quarters / 4),
        cost=st.integers(-8, 8).map(lambda quarters: quarters / 4),
    ),
    max_size=8,
)


def brute_force(gap_s: float, choices: list[Choice]) -> list[tuple[float, float]]:
    """Error and cost of every subset."""
    return [
        (sum(one.duration_s for one in taken) - gap_s, sum(one.cost for one in taken))
        for size in range(len(choices) + 1)
        for taken in combinations(choices, size)
    ]


@pytest.mark.rule("B03")
@settings(max_examples=examples(150))
@given(gap=st.integers(-200, 8000), choices=CHOICES, tolerance=st.sampled_from([0.0, 0.25, 2.0, 60.0]))
def test_no_other_set_of_songs_fills_the_gap_better(gap: int, choices: list[Choice], tolerance: float) -> None:
    gap_s = gap / 4

    found = fit(gap_s, choices, tolerance_s=tolerance)

    every_set = brute_force(gap_s, choices)
    within = [cost for error, cost in every_set if abs(error) <= tolerance]
    assert found.error_s == sum(choices[index].duration_s for index in found.taken) - gap_s
    if within:
        assert abs(found.error_s) <= tolerance
        assert sum(choices[index].cost for index in found.taken) == min(within)
    else:
        assert abs(found.error_s) == min(abs(error) for error, _ in every_set)


@settings(max_examples=examples(50))
@given(gap=st.integers(0, 8000), choices=CHOICES)
def test_the_chosen_songs_are_named_once_and_in_the_order_of_the_offer(gap: int, choices: list[Choice]) -> None:
    found = fit(gap / 4, choices, tolerance_s=0.25)

    assert list(found.taken) == sorted(set(found.taken))


@pytest.mark.parametrize(
    ("gap_s", "lengths_s", "tolerance_s", "taken", "error_s"),
    [
        (300.0, (100.0, 180.0, 200.0), 0.0, (0, 2), 0.0),
        (300.0, (310.0, 140.0), 0.0, (0,), 10.0),  # too long by less than too short
        (300.0, (290.0, 311.0), 0.0, (0,), -10.0),
        (40.0, (100.0, 180.0), 0.0, (), -40.0),  # nearer to nothing than to the shortest song
        (-5.0, (100.0,), 0.0, (), 5.0),  # too late already
        (120.0, (), 0.0, (), -120.0),
        (0.2, (60.0,), 0.3, (), -0.2),
    ],
)
def test_a_gap_gets_the_songs_that_end_nearest_to_the_appointment(
    gap_s: float, lengths_s: tuple[float, ...], tolerance_s: float, taken: tuple[int, ...], error_s: float
) -> None:
    found = fit(gap_s, [Choice(length_s, 0.0) for length_s in lengths_s], tolerance_s=tolerance_s)

    assert found.taken == taken
    assert found.error_s == pytest.approx(error_s)


def test_among_punctual_sets_the_most_welcome_one_is_taken_though_another_is_more_exact() -> None:
    often_heard, rested = Choice(180.0, 1.0), Choice(180.25, -1.0)

    found = fit(180.0, [often_heard, rested], tolerance_s=0.3)

    assert found.taken == (1,)


def test_the_whole_offer_of_twenty_songs_can_be_weighed_and_not_one_more() -> None:
    offer = [Choice(float(2**power), 0.0) for power in range(MOST_CHOICES)]

    assert fit(float(2**MOST_CHOICES - 1), offer, tolerance_s=0.0).taken == tuple(range(MOST_CHOICES))
    with pytest.raises(ValueError, match="21 choices, at most 20"):
        fit(10.0, [*offer, Choice(1.0, 0.0)], tolerance_s=0.0)
