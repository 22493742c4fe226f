"""A bag-storage desk with four simulated lockers, a counter for staff, and clocks that stand still until told."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.ledger.memory_lockers import MemoryLockers
from kiosk.ports.lockers import Note
from kiosk.rules.people.person import Person, Right
from kiosk.units import LockerId
from tests.ledger.values import TEN

LOCKERS = tuple(LockerId(number) for number in range(1, 5))
TRAINED = TEN.date()
PEOPLE = {
    "lina": Person("lina", "Li Na", frozenset({Right.SUPERVISOR}), login="li"),
    "wang": Person("wang", "Wang Qiang", frozenset({Right.BAGS}), TRAINED),
    "anna": Person("anna", "Anna", frozenset({Right.ANNOUNCER}), TRAINED),
}


@dataclass
class Book(MemoryLockers):
    """The ledger's pages in memory, with what was noted."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: list[Note] = []

    def write(self, entry: object) -> None:
        super().write(entry)  # type: ignore[arg-type]
        self.noted += entry.notes  # type: ignore[attr-defined]
