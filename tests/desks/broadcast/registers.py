"""A register of people for tests, with verbs for what happens to one; it passes the contract of the ledger's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kiosk.errors import LedgerFault
from kiosk.rules.broadcast.releases import Release
from kiosk.rules.broadcast.roster import Roster
from kiosk.rules.people.badge import badge_mark
from kiosk.rules.people.person import Person
from kiosk.units import ScriptId

KEY = b"k" * 32


class FakeRegister:
    """Implements ports.Register. reads: how often somebody asked."""

    def __init__(self) -> None:
        self._roster = Roster({}, {}, KEY)
        self._new = True
        self._unreadable = ""
        self.reads = 0

    def changed(self) -> Roster | None:
        self.reads += 1
        if self._unreadable:
            raise LedgerFault(self._unreadable)
        new, self._new = self._new, False
        return self._roster if new else None

    def registers(self, person: Person, badge: str = "") -> None:
        if badge:
            person = replace(person, badge_mark=badge_mark(KEY, badge))
        self._turn(replace(self._roster, people={**self._roster.people, person.id: person}))

    def removes(self, id: str) -> None:
        self.registers(replace(self._roster.people[id], removed=True, badge_mark="", login=""))

    def decides(self, script: ScriptId, digest: str, at: datetime, *, released: bool, by: str = "p3") -> None:
        word = Release(script, digest, released, at, by)
        self._turn(replace(self._roster, releases={**self._roster.releases, script: word}))

    def breaks(self, why: str) -> None:
        self._unreadable = why

    def is_mended(self) -> None:
        self._unreadable = ""

    def _turn(self, roster: Roster) -> None:
        self._roster, self._new = roster, True
