"""Choosing songs whose lengths add up to a gap: subset sum by meeting in the middle, the planner's only arithmetic."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

MOST_CHOICES = 20  # 2 ** 10 sums a half: about a millisecond


@dataclass(frozen=True, slots=True)
class Choice:
    """A song on offer: duration_s > 0; cost is how unwelcome it is now, about -1 (long not heard) to 1."""

    duration_s: float
    cost: float


@dataclass(frozen=True, slots=True)
class Fit:
    """Which choices (by index, ascending) were taken; error_s is their sum minus the gap, positive is too long."""

    taken: tuple[int, ...]
    error_s: float


def fit(gap_s: float, choices: Sequence[Choice], *, tolerance_s: float) -> Fit:
    """The set of choices that fills the gap best.

    Among the sets within `tolerance_s` of the gap the least costly wins; if there is none, the closest does, and the
    empty set is a candidate like any other. At most MOST_CHOICES choices, or ValueError.
    """
    if len(choices) > MOST_CHOICES:
        raise ValueError(f"{len(choices)} choices, at most {MOST_CHOICES}")
    middle = len(choices) // 2
    left, left_costs = _subsets(choices[:middle])
    right, right_costs = _subsets(choices[middle:])
    order = sorted(range(len(right)), key=right.__getitem__)
    ranked = [right[index] for index in order]
    closest, closest_error = (0, 0), -gap_s
    cheapest: tuple[int, int] | None = None
    cheapest_cost = cheapest_error = 0.0
    for index, so_far in enumerate(left):
        wanted = gap_s - so_far
        at = bisect_left(ranked, wanted - tolerance_s)
        if at > 0 and wanted - ranked[at - 1] < abs(closest_error):
            closest, closest_error = (index, order[at - 1]), ranked[at - 1] - wanted
        if at < len(ranked) and abs(ranked[at] - wanted) < abs(closest_error):
            closest, closest_error = (index, order[at]), ranked[at] - wanted
        while at < len(ranked) and ranked[at] <= wanted + tolerance_s:
            cost = left_costs[index] + right_costs[order[at]]
            if cheapest is None or cost < cheapest_cost:
                cheapest, cheapest_cost, cheapest_error = (index, order[at]), cost, ranked[at] - wanted
            at += 1
    pair, error_s = (closest, closest_error) if cheapest is None else (cheapest, cheapest_error)
    mask = pair[0] | pair[1] << middle
    return Fit(tuple(index for index in range(len(choices)) if mask >> index & 1), error_s)


def _subsets(choices: Sequence[Choice]) -> tuple[list[float], list[float]]:
    """Sums and costs of every subset; the index of each is its bit mask."""
    sums, costs = [0.0], [0.0]
    for choice in choices:
        sums += [known + choice.duration_s for known in sums]
        costs += [known + choice.cost for known in costs]
    return sums, costs
