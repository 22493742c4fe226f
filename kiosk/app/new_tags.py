"""Another tag for a locker: which number and generation it has, and its line in the ledger's page of tags (L09)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from kiosk.desks.lockers.plaques import hanging
from kiosk.ledger.tags import TagPages
from kiosk.rules.lockers.census import Hanging
from kiosk.rules.lockers.locker import Locker
from kiosk.rules.lockers.substitutes import next_generation, substitute_number
from kiosk.rules.lockers.tags import LAST_GENERATION, Plaque, TagKey
from kiosk.sentences import tell

Keys = Callable[[], tuple[TagKey, ...]]


class NewTags:
    """Implements TagIssuer. Any thread may call. Every call may raise LedgerFault, `issue` DeviceFault as well."""

    def __init__(self, pages: TagPages, now: Callable[[], datetime], keys: Keys = tuple) -> None:
        """keys: that sign tags which count."""
        self._pages = pages
        self._now = now
        self._keys = keys

    def choose(self, locker: Locker, lockers: Sequence[Locker], number: int | None, *, substitute: bool) -> Plaque:
        """The tag that was printed for it already, else its next one. ValueError where there is none.

        number: what it is to say, None for the locker's own position. substitute: a number that nobody has.
        """
        rows = self._pages.plaques()
        if substitute:
            number = substitute_number(lockers, [row.plaque.number for row in rows])
        if number is None:
            number = int(locker.id)
        newest = [row.plaque for row in rows if row.plaque.number == number and not row.withdrawn][-1:]
        if newest and newest[0].generation > locker.generation:
            return newest[0]
        following = next_generation(number, [(row.plaque.number, row.plaque.generation) for row in rows])
        generation = max(following, locker.generation + 1)
        if generation > LAST_GENERATION:
            raise ValueError(
                tell("number {n} had {most} generations: give the locker another one", n=number, most=LAST_GENERATION)
            )
        return Plaque(number, generation)

    def issue(self, plaque: Plaque, by: str) -> str:
        """Issue it where that was not done: what is to be printed on it, "" where it was printed before."""
        if self._pages.issued(plaque) is not None:
            return ""
        return self._pages.issue_plaque(plaque, by, self._now())

    def withdraw(self, locker: Locker, by: str) -> None:
        """The tag that a locker had opens nothing any more."""
        self._pages.withdraw_plaque(
            Plaque(locker.number, locker.generation), f"locker {locker.id} has another", by, self._now()
        )

    def scanned(self, text: str) -> Plaque | None:
        """The plaque that somebody has scanned, None where it is none of this store."""
        found = hanging(text, self._keys(), self._pages)
        return Plaque(found.number, found.generation) if isinstance(found, Hanging) else None
