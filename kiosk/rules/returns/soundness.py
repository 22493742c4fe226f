"""Walks a policy through every case there can be: what it leaves open, which clause never speaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from kiosk.rules.returns.clause import Clause, Reason
from kiosk.rules.returns.goods import Trait, Traits
from kiosk.rules.returns.policy import Policy, PolicyBook
from kiosk.rules.returns.wording import UNTIL

FROM_THE_TILL = (Trait.APPLIANCE, Trait.CLEARANCE)  # a line may have these whatever its category


@dataclass(frozen=True, slots=True)
class Gap:
    """A kind of case on which no clause speaks. since: for what is bought from this day on; day: days after."""

    since: date
    traits: Traits
    reason: Reason
    day: int


@dataclass(frozen=True, slots=True)
class Unsound:
    """What is wrong with a book. gaps: every kind of case that it leaves undecided. silent: clauses that never speak.

    endless: clauses that name a last day where there may be none.
    """

    gaps: tuple[Gap, ...]
    silent: tuple[Clause, ...]
    endless: tuple[Clause, ...]


def kinds_of_goods(book: PolicyBook) -> tuple[Traits, ...]:
    """Every combination of traits that an article can have: of its category, and those that the till adds."""
    own = {frozenset(), *(category.traits for category in book.categories)}
    added = [frozenset(), *({trait} for trait in FROM_THE_TILL), set(FROM_THE_TILL)]
    return tuple(sorted({one | frozenset(more) for one, more in product(own, added)}, key=_by_name))


def unsound(book: PolicyBook) -> Unsound:
    """What a person should look at in a book."""
    gaps: list[Gap] = []
    spoke: set[str] = set()
    endless: dict[str, Clause] = {}
    for since in book.changes():
        policy = book.on(since)
        for traits, reason, stage in product(kinds_of_goods(book), Reason, range(len(policy.last_days) + 1)):
            spoken = policy.spoken(traits, reason, stage)
            refusals = {clause.id: clause for wish in spoken.refusals for clause in spoken.refusals[wish]}
            always = [one for one in refusals.values() if not one.answers and not one.missing and not one.wishes]
            if not spoken.offers and not always:
                gaps.append(Gap(since, traits, reason, _first_day(policy, stage)))
            spoke.update(refusals)
            spoke.update(clause.id for clause in spoken.offers)
            said = (*_before(always, refusals.values()), *spoken.offers)
            if (always and not spoken.offers) or None in spoken.latest.values():
                endless.update((one.id, one) for one in said if _names_a_day(one))
    silent = tuple(one for one in book.clauses if one.id not in spoke)
    return Unsound(tuple(gaps), silent, tuple(endless.values()))


def _before(always: list[Clause], refusals: Iterable[Clause]) -> Iterator[Clause]:
    """The refusals that may decide: those up to the first that always stands."""
    for clause in refusals:
        if not clause.missing or not always:
            yield clause
        if clause in always:
            return


def _names_a_day(clause: Clause) -> bool:
    return any(UNTIL in text for text in clause.next_step.values())


def _first_day(policy: Policy, stage: int) -> int:
    return policy.last_days[stage - 1] + 1 if stage else 0


def _by_name(traits: Traits) -> list[str]:
    return sorted(trait.value for trait in traits)
