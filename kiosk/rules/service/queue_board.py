"""What the queue looks like from afar: who is served where, who comes next, and how long it may take (S07)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from statistics import median

from kiosk.rules.service.queue import Stage, Ticket, Topic

EVERYTHING = frozenset(Topic)
FRESH = timedelta(seconds=30)  # a call, or a second one, is pointed out for so long
TURN_S = 240.0  # of somebody who is served, as long as nobody was today
TURNS = 12  # the newest ones say how long it takes just now
SHORTEST_S, LONGEST_S = 20.0, 1800.0  # a slip of the finger, and a desk that was left: neither says how long it takes
SHOWN = 8  # so many of those who wait
MISSED = 4  # and of those who did not come


@dataclass(frozen=True, slots=True)
class Place:
    """A desk. ticket: who is called there, None for nobody. fresh: called, or called again, a moment ago."""

    desk: int
    topics: frozenset[Topic] = EVERYTHING
    ticket: Ticket | None = None
    fresh: bool = False

    @property
    def open(self) -> bool:
        return bool(self.topics)


@dataclass(frozen=True, slots=True)
class Board:
    """waiting: in the order in which they are called, missed: who did not come, the last first. waits_s: how long
    somebody who takes a number now may wait, by what for."""

    places: tuple[Place, ...] = ()
    waiting: tuple[Ticket, ...] = ()
    missed: tuple[Ticket, ...] = ()
    waits_s: tuple[tuple[Topic, float], ...] = ()

    @property
    def busy(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self.waiting) or any(place.ticket is not None for place in self.places)

    @property
    def following(self) -> Ticket | None:
        """Who is called next, and gets ready."""
        return self.waiting[0] if self.waiting else None


def board_of(
    tickets: Iterable[Ticket],
    served: Mapping[int, frozenset[Topic]],
    desks: int,
    turns_s: Sequence[float],
    now: datetime,
) -> Board:
    """served: what a desk serves that was opened or closed, nothing where it is closed; others serve everything.
    turns_s: how long those took who were served last."""
    kept = tuple(tickets)
    at = {one.desk: one for one in kept if one.stage is Stage.CALLED}
    numbers = sorted({*range(1, desks + 1), *at})
    places = tuple(
        Place(n, served.get(n, EVERYTHING), at.get(n), n in at and now - at[n].since < FRESH) for n in numbers
    )
    waiting = tuple(sorted((one for one in kept if one.stage is Stage.WAITING), key=lambda one: one.n))
    missed = sorted((one for one in kept if one.stage is Stage.NO_SHOW), key=lambda one: one.since, reverse=True)
    waits = tuple((topic, wait_s(topic, waiting, places, turns_s)) for topic in Topic)
    return Board(places, waiting, tuple(missed[:MISSED]), waits)


def turn_s(turns_s: Iterable[float]) -> float:
    """How long it takes to serve somebody: the median of late, for one long talk says nothing of the next."""
    likely = [one for one in turns_s if SHORTEST_S <= one <= LONGEST_S]
    return median(likely) if likely else TURN_S


def wait_s(topic: Topic, waiting: Iterable[Ticket], places: Iterable[Place], turns_s: Iterable[float]) -> float:
    """How long somebody may wait who takes a number now: whoever stands before them for the same desks, shared out."""
    serving = [place for place in places if topic in place.topics]
    shared = frozenset().union(*(place.topics for place in serving)) or frozenset({topic})
    before = sum(one.topic in shared for one in waiting)
    free = sum(place.ticket is None for place in serving)
    rounds = max(0, before + 1 - free) / max(1, len(serving))
    return rounds * turn_s(turns_s)


def minutes(seconds: float) -> int:
    """As a board says it: rather a minute too many."""
    return ceil(seconds / 60)
