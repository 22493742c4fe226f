"""The returns policy through the years: the clauses in force on the day of purchase decide, never today's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from kiosk.rules.returns.clause import Clause, Effect, Reason, Remedy, Words
from kiosk.rules.returns.goods import Category, Traits, folded

LONGEST_CLOSED_DAYS = 62  # a store that is closed longer than this has other worries

_ONE_DAY = timedelta(days=1)


def never(_: date) -> bool:
    """A store that is never shut."""
    return False


@dataclass(frozen=True, slots=True)
class Phrases:
    """What is said of every case, whatever the clause. remedies: the name of each, as it stands in a sentence.

    person: who decides, and that we recommend {remedy}. instead: that {remedy} can be had.
    """

    person: Words
    instead: Words
    remedies: Mapping[Remedy, Words]


class Policy:
    """The clauses that are in force for one day of purchase, in the order in which they decide."""

    def __init__(self, clauses: tuple[Clause, ...], categories: dict[str, Traits]) -> None:
        self.clauses = clauses
        self.categories = categories
        ends = {clause.to_day for clause in clauses if clause.to_day is not None}
        ends |= {clause.from_day - 1 for clause in clauses if clause.from_day}
        self.last_days = tuple(sorted(ends))
        self._spoken: dict[tuple[Traits, Reason, int], Spoken] = {}

    def __reduce__(self) -> tuple[type[Policy], tuple[tuple[Clause, ...], dict[str, Traits]]]:
        return Policy, (self.clauses, self.categories)  # what was picked from it is picked again at the other end

    def stage(self, bought_on: date, today: date, shut: Callable[[date], bool]) -> int:
        """How many of the periods that any clause knows are over."""
        age = (today - bought_on).days
        for over, days in enumerate(self.last_days):
            if age <= days or today <= last_day(bought_on, days, shut):
                return over
        return len(self.last_days)

    def spoken(self, traits: Traits, reason: Reason, stage: int) -> Spoken:
        """What is said on such goods for such a reason at such a stage, whatever is wished or answered."""
        key = (traits, reason, stage)
        found = self._spoken.get(key)
        if found is None:
            found = self._spoken[key] = Spoken.of(self, traits, reason, stage)
        return found

    def is_on(self, clause: Clause, stage: int) -> bool:
        """Whether a clause's days include a stage."""
        over = self.last_days[stage - 1] if stage else -1
        begun = clause.from_day is None or clause.from_day - 1 <= over
        return begun and (clause.to_day is None or clause.to_day > over)


@dataclass(frozen=True, slots=True)
class Spoken:
    """The clauses that speak on a kind of case. refusals: for each wish, in order. offers: grants and recommendations.

    latest: for each remedy that is offered now, the day since the purchase after which it is no more, None: never.
    """

    refusals: dict[Remedy, tuple[Clause, ...]]
    offers: tuple[Clause, ...]
    latest: dict[Remedy, int | None]

    @staticmethod
    def of(policy: Policy, traits: Traits, reason: Reason, stage: int) -> Spoken:
        """Picked from a policy."""
        about = [clause for clause in policy.clauses if clause.is_about(traits, reason)]
        on = [clause for clause in about if policy.is_on(clause, stage)]
        offers = tuple(one for one in on if one.effect is not Effect.REFUSE)
        latest: dict[Remedy, int | None] = {}
        for remedy in Remedy:
            if any(remedy in one.remedies for one in offers):
                days = [one.to_day for one in about if remedy in one.remedies]
                latest[remedy] = None if None in days else max(day for day in days if day is not None)
        return Spoken(
            refusals={
                wish: tuple(one for one in on if one.effect is Effect.REFUSE and (not one.wishes or wish in one.wishes))
                for wish in Remedy
            },
            offers=offers,
            latest=latest,
        )


@dataclass(frozen=True, slots=True)
class PolicyBook:
    """Every policy there was, is and will be. shut: a period that ends on such a day runs to the next that is not."""

    clauses: tuple[Clause, ...]
    categories: tuple[Category, ...]
    phrases: Phrases
    shut: Callable[[date], bool] = never
    _starts: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _policies: tuple[Policy, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = tuple(sorted({date.min, *_changes(self.clauses), *_changes(self.categories)}))
        object.__setattr__(self, "_starts", starts)
        object.__setattr__(self, "_policies", tuple(self._made(day) for day in starts))

    def on(self, bought_on: date) -> Policy:
        """The policy for what was bought on a day."""
        return self._policies[bisect_right(self._starts, bought_on) - 1]

    def changes(self) -> tuple[date, ...]:
        """The days from which another policy holds, the first of all times before them."""
        return self._starts

    def _made(self, day: date) -> Policy:
        categories: dict[str, Traits] = {}
        for category in self.categories:
            if _holds(category, day):
                for name in category.names:
                    categories[name] = categories[folded(name)] = category.traits
        return Policy(tuple(clause for clause in self.clauses if _holds(clause, day)), categories)


def last_day(bought_on: date, days: int, shut: Callable[[date], bool]) -> date:
    """The last day of a period of so many days since the purchase, or the next on which the store is not shut."""
    day = bought_on + timedelta(days=days)
    for _ in range(LONGEST_CLOSED_DAYS):
        if not shut(day):
            break
        day += _ONE_DAY
    return day


def _holds(one: Clause | Category, day: date) -> bool:
    return (one.valid_from is None or one.valid_from <= day) and (one.valid_until is None or day <= one.valid_until)


def _changes(dated: Iterable[Clause | Category]) -> Iterator[date]:
    for one in dated:
        if one.valid_from is not None:
            yield one.valid_from
        if one.valid_until is not None and one.valid_until < date.max:
            yield one.valid_until + _ONE_DAY
