"""The register of people as the front role asks it: at every deed anew, so that who was removed is known at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import datetime

from kiosk.errors import LedgerFault
from kiosk.ledger.people import PeoplePages, Refusal
from kiosk.ledger.store import Ledger
from kiosk.rules.broadcast.pins import Tries, after_wrong
from kiosk.rules.people.person import Person


class FrontPeople:
    """Any thread may call."""

    def __init__(self, ledger: Callable[[], Ledger], now: Callable[[], datetime]) -> None:
        """ledger: gives the role's ledger; raises LedgerFault while it cannot."""
        self._ledger = ledger
        self._now = now
        self._tries: dict[str, Tries] = {}  # while the ledger cannot count them
        self._proving = threading.Lock()  # one guess after the other, wherever it is made

    def person(self, id: str) -> Person | None:
        """Whoever is or was registered under an id. Raises LedgerFault."""
        return self._pages().everybody().get(id)

    def everybody(self) -> Mapping[str, Person]:
        """The register, by id. Raises LedgerFault."""
        return self._pages().everybody()

    def of_login(self, login: str) -> str:
        """The id of whoever uses this machine under that name, "" for nobody. Raises LedgerFault."""
        everybody = self._pages().everybody().values()
        return next((one.id for one in everybody if one.login == login and not one.removed), "")

    def prove(self, id: str, pin: str) -> str:
        """Why a PIN does not prove a person, "" where it does; takes a tenth of a second. Any thread but the desk's.

        A full disk keeps nobody from a fire or from their things: wrong PINs are then counted in memory.
        """
        with self._proving:
            try:
                proven = self._pages().prove(id, pin, self._now())
            except LedgerFault:
                return self._proved_unwritten(id, pin)
            self._tries.pop(id, None)
            return proven.why if isinstance(proven, Refusal) else ""

    def _proved_unwritten(self, id: str, pin: str) -> str:
        now, tries = self._now(), self._tries.get(id, Tries())
        if left := tries.left(now):
            return f"too many wrong PINs: wait {max(1, round(left.total_seconds() / 60))} min"
        self._tries[id] = after_wrong(tries, now)
        try:
            proven = self._pages().looked_up(id, pin)
        except LedgerFault as fault:
            return f"PINs cannot be looked at: {fault}"
        if isinstance(proven, Refusal):
            return proven.why
        del self._tries[id]
        return ""

    def _pages(self) -> PeoplePages:
        return PeoplePages(self._ledger(), b"")  # badges are no matter here
