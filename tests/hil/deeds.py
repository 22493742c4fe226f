"""What the kiosk does while the power goes, and what must be found once it is back."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import event

from kiosk.ledger.audit import Head
from kiosk.ledger.audit import head as head_of
from kiosk.ledger.faults import DamagedLedger
from kiosk.ledger.store import Ledger, open_ledger
from kiosk.ledger.verify import Intact, verify
from tests.ledger.shop import fresh_ledger

LEDGER = "ledger.sqlite"
Mark = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Found:
    """What is wrong after a cut. lost: acknowledged before; twice: a number; door: opened by itself."""

    what: str
    lost: bool = False
    twice: bool = False
    door: bool = False


class Deed(Protocol):
    """Lives on a disk and tells what the world looks like; looks at what a cut left of it."""

    name: str

    def prepare(self, disk: Path) -> None:
        """What was on the disk for years."""

    def live(self, disk: Path, mark: Mark) -> None:
        """Mark after whatever was acknowledged."""

    def look(self, disk: Path, told: list[Any], coming: list[Any]) -> Iterator[Found]:
        """What is wrong. told: the marks before the cut; coming: those that would have followed."""


class LedgerDeed:
    """Lives on the ledger alone. Marks are (head of the audit chain, what the deed says)."""

    name = ""
    sure = True  # False: with SQLite's other setting, which is said to lose

    def prepare(self, disk: Path) -> None:
        fresh_ledger(disk / LEDGER).close()

    def live(self, disk: Path, mark: Mark) -> None:
        with opened(disk, sure=self.sure) as ledger:

            def acknowledged(world: object) -> None:
                with ledger.read() as connection:
                    mark(pickle.dumps((head_of(connection), world)))

            acknowledged(None)
            self.acts(ledger, acknowledged)

    def look(self, disk: Path, told: list[Any], coming: list[Any]) -> Iterator[Found]:
        noted: Head
        noted, world = told[-1]
        try:
            ledger = open_ledger(disk / LEDGER)
        except DamagedLedger as damage:
            yield Found(f"damaged: {damage}", lost=True)
            return
        with ledger:
            yield from (Found(problem, lost=True) for problem in ledger.check())
            verdict = verify(ledger, noted=noted)
            if not isinstance(verdict, Intact):
                yield Found(f"audit chain: {verdict}", lost=True)
                return
            yield from self.differs(ledger, world, coming[0][1] if coming else world)

    def acts(self, ledger: Ledger, acknowledged: Callable[[object], None]) -> None:
        """Tell what was acknowledged so far, and what the world looks like, after each write and before the next."""
        raise NotImplementedError

    def differs(self, ledger: Ledger, world: Any, next_world: Any) -> Iterator[Found]:
        """What is wrong, beyond a whole ledger whose audit chain has all that was acknowledged."""
        raise NotImplementedError


def opened(disk: Path, *, sure: bool) -> Ledger:
    ledger = open_ledger(disk / LEDGER)
    if not sure:
        ledger.engine.dispose()
        event.listen(ledger.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=NORMAL"))
    return ledger


def sentence_of(proof: Callable[[], object]) -> str:
    """What a failed assertion says, "" where it holds."""
    try:
        proof()
    except AssertionError as failed:
        return f"it does not hold: {str(failed)[:300]}"
    return ""
