"""The register of people as the front role asks it: at every deed anew, so that who was removed is known at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kiosk.errors import LedgerFault
from kiosk.ledger.people import PeoplePages, Refusal
from kiosk.ledger.store import Ledger
from kiosk.rules.people.person import Person


class FrontPeople:
    """Any thread may call."""

    def __init__(self, ledger: Callable[[], Ledger], now: Callable[[], datetime]) -> None:
        """ledger: gives the role's ledger; raises LedgerFault while it cannot."""
        self._ledger = ledger
        self._now = now

    def person(self, id: str) -> Person | None:
        """Whoever is or was registered under an id. Raises LedgerFault."""
        return self._pages().everybody().get(id)

    def of_login(self, login: str) -> str:
        """The id of whoever uses this machine under that name, "" for nobody. Raises LedgerFault."""
        everybody = self._pages().everybody().values()
        return next((one.id for one in everybody if one.login == login and not one.removed), "")

    def prove(self, id: str, pin: str) -> str:
        """Why a PIN does not prove a person, "" where it does; takes a tenth of a second."""
        try:
            proven = self._pages().prove(id, pin, self._now())
        except LedgerFault as fault:
            return f"PINs cannot be looked at: {fault}"
        return proven.why if isinstance(proven, Refusal) else ""

    def _pages(self) -> PeoplePages:
        return PeoplePages(self._ledger(), b"")  # badges are no matter here
