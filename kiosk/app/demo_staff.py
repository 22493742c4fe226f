"""The demo's staff: a supervisor and a bag attendant whose PIN everybody may know, as nothing there is real."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk.desks.lockers.attendant import Desk
from kiosk.desks.lockers.messages import Message
from kiosk.errors import LedgerFault
from kiosk.ledger.people import PeoplePages
from kiosk.ledger.store import Ledger
from kiosk.rules.lockers.locker import Assignment
from kiosk.rules.people.person import Person, Right
from kiosk.sentences import tell

DEMO = "demo"
PIN = "246135"
LEAD = Person("lead", "Lead", frozenset({Right.SUPERVISOR}))
BAGS = Person("bags", "Bag attendant", frozenset({Right.BAGS}), date(2026, 1, 1))


def register_demo_staff(ledger: Callable[[], Ledger], now: datetime, warn: Callable[[str], None]) -> None:
    """Whoever is registered already, by an earlier demo or by hand, stays as they are."""
    try:
        people = PeoplePages(ledger(), b"")
        known = people.everybody()
        for person in (LEAD, BAGS):
            if person.id not in known:
                people.add(person, DEMO, now, pin=PIN)
    except LedgerFault as fault:
        warn(tell("the demo's staff cannot be registered: {fault}", fault=fault))


@dataclass(slots=True)
class DemoStaff:
    """An attendant that says how things are handed out that stayed overnight (L04)."""

    _desk: Desk = field(init=False)
    _said: str = ""

    def join(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, message: Message, now: datetime) -> None:
        pass

    def pass_to(self, now: datetime) -> None:
        lockers = self._desk.cabinet.lockers.values()
        late = [one.id for one in lockers if one.assignment is Assignment.OVERNIGHT]
        said = f"overnight: kiosk lockers open {late[0]} --purpose hand-out --as {LEAD.id}, PIN {PIN}" if late else ""
        if said != self._said:
            if self._said:
                self._desk.withdraw(self._said)
            if said:
                self._desk.warn(said)
            self._said = said

    def next_wake(self, now: datetime) -> datetime | None:
        return None
