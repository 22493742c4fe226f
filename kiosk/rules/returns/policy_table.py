"""The policy as a table for people: for each kind of goods and each reason, what can be had in which period."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from kiosk.rules.returns.clause import Clause, Effect, Reason, Remedy
from kiosk.rules.returns.goods import Trait, Traits
from kiosk.rules.returns.policy import Policy, Spoken

SHOWN: tuple[Traits, ...] = (frozenset(), *(frozenset({trait}) for trait in Trait if trait is not Trait.VENDOR))


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days since the purchase, both included; to_day None: for good."""

    from_day: int
    to_day: int | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What can be had where papers and answers are in order. by_person: a person decides. clause: on which clause."""

    remedies: tuple[Remedy, ...]
    by_person: bool
    clause: Clause | None


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of goods that come back for a reason, period by period."""

    traits: Traits
    reason: Reason
    cells: tuple[Cell, ...]


def periods(policy: Policy) -> tuple[Period, ...]:
    """Every period that the policy tells apart."""
    starts = [0, *(day + 1 for day in policy.last_days)]
    return (*(Period(one, after - 1) for one, after in pairwise(starts)), Period(starts[-1], None))


def table_of(policy: Policy) -> tuple[Row, ...]:
    """The whole table. Goods of several kinds at once have what the stricter one leaves."""
    stages = range(len(policy.last_days) + 1)
    return tuple(
        Row(traits, reason, tuple(_cell(policy.spoken(traits, reason, stage)) for stage in stages))
        for traits in SHOWN
        for reason in Reason
    )


def _cell(spoken: Spoken) -> Cell:
    refused = {wish: [one for one in spoken.refusals[wish] if not one.answers and not one.missing] for wish in Remedy}
    for clause in spoken.offers:
        had = tuple(wish for wish in Remedy if wish in clause.remedies and not refused[wish])
        if had:
            return Cell(had, clause.effect is Effect.PERSON, clause)
    first = next((clauses[0] for clauses in refused.values() if clauses), None)
    return Cell((), first is None, first)
