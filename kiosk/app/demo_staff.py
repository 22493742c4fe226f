"""The demo's staff, one of each kind, whose badges and PIN everybody may know, as nothing there is real."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from kiosk.app.admission import badge_key
from kiosk.desks.lockers.attendant import Desk
from kiosk.desks.lockers.messages import Message
from kiosk.errors import DeviceFault, LedgerFault
from kiosk.ledger.people import PeoplePages
from kiosk.ledger.store import Ledger
from kiosk.ports.drawer import Badge
from kiosk.rules.lockers.locker import Assignment
from kiosk.rules.people.person import Person, Right
from kiosk.sentences import tell

DEMO = "demo"
PIN = "246135"
TRAINED = date(2026, 1, 1)
LEAD = Person("lead", "Lead", frozenset({Right.SUPERVISOR}))
BAGS = Person("bags", "Bag attendant", frozenset({Right.BAGS}), TRAINED)
DESK = Person("desk", "Service clerk", frozenset({Right.CLERK}), TRAINED)
CASH = Person("cash", "Cashier", frozenset({Right.CASHIER}), TRAINED)
DOOR = Person("door", "Door auditor", frozenset({Right.AUDITOR}))
VOICE = Person("voice", "Announcer", frozenset({Right.ANNOUNCER}), TRAINED)
STAFF = (LEAD, BAGS, DESK, CASH, DOOR, VOICE)
_OWN = tuple(Badge(f"BADGE-{one.id.upper()}", one.name) for one in STAFF)
BADGES = (*_OWN, Badge(_OWN[-1].code, VOICE.name, at_panel=True))  # an announcer signs in there, approves at the screen


def register_demo_staff(ledger: Callable[[], Ledger], key: Path, now: datetime, warn: Callable[[str], None]) -> None:
    """Whoever is registered already, by an earlier demo or by hand, stays as they are, but for a training that
    an earlier demo forgot. key: of the badges' marks."""
    try:
        people = PeoplePages(ledger(), badge_key(key))
        known = people.everybody()
        for person, badge in zip(STAFF, _OWN, strict=True):
            if person.id not in known:
                people.add(person, DEMO, now, pin=PIN, badge=badge.code)
            elif person.trained_on and not known[person.id].trained_on:
                people.change(replace(known[person.id], trained_on=person.trained_on), DEMO, now, "retrains")
    except (DeviceFault, LedgerFault) as fault:
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
