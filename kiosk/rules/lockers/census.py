"""Counting the tags: in the morning whether enough are there, in the evening whether each is at its own locker.

Somebody walks along the lockers and reads the plaque that hangs at each (L10, L11). What differs from what should be
there is a list, never a guess: a locker at which nobody looked is one of the differences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from kiosk.rules.lockers.locker import Assignment, Locker
from kiosk.sentences import N_, tell
from kiosk.units import LockerId


class Whereabouts(Enum):
    """Where a plaque should be."""

    HERE = "at its locker"
    OUT = "with the shopper whose things are in the locker"
    ANYWHERE = "lost, put aside, or just handed out"  # it may hang there, and need not


@dataclass(frozen=True, slots=True)
class Expected:
    """What should be found of a locker's plaque. number, generation: what it says, be it a substitute's number."""

    locker: LockerId
    number: int
    generation: int
    where: Whereabouts


@dataclass(frozen=True, slots=True)
class Hanging:
    """A plaque as it was read, its signature and all else found right."""

    number: int
    generation: int


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at a locker. plaque: what hangs there, None for nothing. doubt: why it could not be believed."""

    at: LockerId
    plaque: Hanging | None = None
    doubt: str = ""


class Kind(Enum):
    """How what was found differs; the values are what a sheet says."""

    MISSING = N_("missing")  # it should hang there, and is nowhere
    ELSEWHERE = N_("at another locker")
    UNEXPECTED = N_("here, though its shopper should hold it")
    TWICE = N_("found at two lockers")
    OLD = N_("of a generation that counts no more")
    STRANGE = N_("of no locker of this store")
    DOUBTFUL = N_("not readable, or not genuine")
    UNSEEN = N_("nobody looked there")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it should be. locker: whose plaque it is; where nobody can say, at which it was found.

    at: where it was found, None for nowhere. number: what it says, 0 for nothing.
    """

    kind: Kind
    locker: LockerId
    number: int
    at: LockerId | None = None

    def __str__(self) -> str:
        n, at, how = self.locker, self.at or 0, tell(self.kind.value)
        tag = tell("tag {number}", number=self.number) if self.number else tell("the tag")
        match self.kind:
            case Kind.MISSING:
                return tell("locker {n}: {tag} is missing", n=n, tag=tag)
            case Kind.ELSEWHERE:
                return tell("locker {n}: {tag} hangs at locker {at}", n=n, tag=tag, at=at)
            case Kind.UNSEEN:
                return tell("locker {n}: nobody looked there", n=n)
            case Kind.STRANGE | Kind.DOUBTFUL:
                return tell("locker {n}: what hangs there is {how}", n=n, how=how)
            case Kind.UNEXPECTED:
                return tell("locker {n}: {tag} is {how}", n=n, tag=tag, how=how)
            case Kind.TWICE | Kind.OLD:
                return tell("locker {n}: {tag} is {how} (at {at})", n=n, tag=tag, how=how, at=at)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a count came to. expected, found: plaques that should hang at their lockers, and those of them that do."""

    expected: int
    found: int
    differences: tuple[Difference, ...]

    @property
    def too_few(self) -> bool:
        """Whether tags are missing, so that the manager is told at once (L10)."""
        return self.found < self.expected

    @property
    def unseen(self) -> tuple[LockerId, ...]:
        """Where nobody looked: the sheet cannot be signed before."""
        return tuple(one.locker for one in self.differences if one.kind is Kind.UNSEEN)


def expected(lockers: Iterable[Locker], *, by_ticket: Collection[LockerId] = ()) -> tuple[Expected, ...]:
    """What should be found. by_ticket: lockers whose shoppers hold a printed ticket, so that the plaque stays."""
    return tuple(_expected(locker, locker.id in by_ticket) for locker in lockers)


def tally(wanted: Sequence[Expected], looks: Iterable[Look]) -> Tally:
    """What the looks come to; the newest at each locker counts."""
    last: Mapping[LockerId, Look] = {look.at: look for look in looks}
    by_number = {one.number: one for one in wanted}
    places: defaultdict[tuple[int, int], list[LockerId]] = defaultdict(list)
    found: list[Difference] = []
    for look in last.values():
        if look.doubt:
            found.append(Difference(Kind.DOUBTFUL, look.at, 0, look.at))
        elif look.plaque is not None:
            places[look.plaque.number, look.plaque.generation].append(look.at)
    good: set[LockerId] = set()
    for (number, generation), at in places.items():
        own = by_number.get(number)
        difference = _read(own, number, generation, at)
        if own is not None and own.generation == generation:
            good.add(own.locker)
        if difference is not None:
            found.append(difference)
    told = {one.locker for one in found if one.kind in (Kind.DOUBTFUL, Kind.OLD)}
    here = [one for one in wanted if one.where is Whereabouts.HERE]
    for one in here:
        if one.locker not in last:  # though its tag hangs elsewhere: what hangs here, nobody knows
            found.append(Difference(Kind.UNSEEN, one.locker, one.number))
        elif one.locker not in good | told:
            found.append(Difference(Kind.MISSING, one.locker, one.number))
    there = sum(1 for one in here if one.locker in good)
    order = {one.locker: place for place, one in enumerate(wanted)}
    listed = sorted(found, key=lambda one: (order.get(one.locker, len(order)), one.kind.value, one.number))
    return Tally(len(here), there, tuple(listed))


def next_to_look(wanted: Sequence[Expected], looks: Iterable[Look]) -> LockerId | None:
    """Where whoever counts goes next: the first locker that should have its plaque and was not looked at, else None."""
    seen = {look.at for look in looks}
    return next((one.locker for one in wanted if one.where is Whereabouts.HERE and one.locker not in seen), None)


_WHERE: Mapping[Assignment, Whereabouts] = {
    Assignment.FREE: Whereabouts.HERE,
    Assignment.OUT_OF_SERVICE: Whereabouts.HERE,
    Assignment.RESERVED: Whereabouts.ANYWHERE,  # a shopper stands there just now
    Assignment.OCCUPIED: Whereabouts.OUT,
    Assignment.OVERNIGHT: Whereabouts.OUT,
    Assignment.QUARANTINED: Whereabouts.ANYWHERE,
}


def _expected(locker: Locker, by_ticket: bool) -> Expected:
    where = _WHERE[locker.assignment]
    if by_ticket and where is Whereabouts.OUT:
        where = Whereabouts.HERE
    return Expected(locker.id, locker.number, locker.generation, where)


def _read(own: Expected | None, number: int, generation: int, at: Sequence[LockerId]) -> Difference | None:
    """How a plaque that was read at these lockers differs, None where it hangs as it should."""
    if own is None:
        return Difference(Kind.STRANGE, at[0], number, at[0])
    if generation != own.generation:
        return Difference(Kind.OLD, own.locker, number, at[0])
    if len(at) > 1:
        return Difference(Kind.TWICE, own.locker, number, next((one for one in at if one != own.locker), at[0]))
    if own.where is Whereabouts.OUT:
        return Difference(Kind.UNEXPECTED, own.locker, number, at[0])
    return None if at[0] == own.locker else Difference(Kind.ELSEWHERE, own.locker, number, at[0])
