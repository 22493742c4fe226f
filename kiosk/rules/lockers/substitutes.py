"""A locker whose tag is lost works under a substitute number until it has a pair of its own again (L09)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kiosk.rules.lockers.locker import Locker

LAST_NUMBER = 9999  # that a plaque can bear


def substitute_number(lockers: Iterable[Locker], taken: Collection[int] = ()) -> int | None:
    """The number to serve a locker under: above every position, so that nobody takes it for one, and nobody's yet.

    It begins with the next round hundred and one (901 in a bank of 60), as spare plaques are bought by the dozen.
    taken: numbers of tags that are kept, or of plaques that hang elsewhere. None where no number is left.
    """
    known = tuple(lockers)
    used = {number for one in known for number in (one.number, int(one.id))} | set(taken)
    highest = max((int(one.id) for one in known), default=0)
    first = 901 if highest < 900 else (highest // 100 + 1) * 100 + 1
    return next((number for number in range(first, LAST_NUMBER + 1) if number not in used), None)


def next_generation(number: int, known: Iterable[tuple[int, int]]) -> int:
    """The generation of the next plaque of a number. known: (number, generation) of every one there ever was."""
    return max((generation for other, generation in known if other == number), default=0) + 1
