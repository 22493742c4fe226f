"""What the stock's own system is told of slips: what came back, and what a slip brought that is void now (R13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.rules.returns.register import Correction, brought, corrections
from kiosk.rules.returns.slip import Slip


@dataclass(frozen=True, slots=True)
class StockTold:
    """Somebody has put into the stock's own system what slips of a day brought. came: their numbers. went: those whose
    goods were taken out of it again. undoes: the number of the word that was a slip of the finger, 0 for none."""

    n: int
    day: date
    at: datetime
    by: str
    came: tuple[int, ...]
    went: tuple[int, ...] = ()
    undoes: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """What it is still to be told. out: it was told of a slip that is void now, so that goes out again."""

    of: Correction
    out: bool = False


def known(said: Iterable[StockTold]) -> frozenset[int]:
    """Whose goods are in the stock's own system, by all that was said, the oldest first."""
    numbers: set[int] = set()
    for one in said:
        numbers = (numbers | set(one.came)) - set(one.went)
    return frozenset(numbers)


def untold(slips: Iterable[Slip], said: Iterable[StockTold]) -> tuple[Change, ...]:
    """What the system is still to be told, in the order of numbers."""
    ordered, there = sorted(slips, key=lambda slip: slip.number), known(said)
    came = {one.number: Change(one) for one in corrections(ordered) if one.number not in there}
    counts = {one.number for one in corrections(ordered)}
    gone = (slip for slip in ordered if slip.number in there and slip.number not in counts)
    went = {slip.number: Change(brought(slip), out=True) for slip in gone}
    return tuple((came | went)[slip.number] for slip in ordered if slip.number in came | went)


def open_stock(slips: Iterable[Slip], said: Sequence[StockTold]) -> Mapping[date, tuple[Change, ...]]:
    """Of which days something is still to be told, the oldest first."""
    of: dict[date, list[Slip]] = defaultdict(list)
    for slip in slips:
        of[slip.filled.date()].append(slip)
    changes = {day: untold(own, [one for one in said if one.day == day]) for day, own in sorted(of.items())}
    return {day: several for day, several in changes.items() if several}


def undoable(said: Sequence[StockTold]) -> StockTold | None:
    """The newest word of a day, where it can be taken back."""
    return said[-1] if said and not said[-1].undoes else None
