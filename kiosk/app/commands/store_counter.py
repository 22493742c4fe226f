"""A command's view of the store: its site, its ledger, and the registered person who gives the command."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from kiosk.app.commands.lockers import front_places
from kiosk.app.commands.pin import pin_of
from kiosk.app.printing import print_queue, printer_of
from kiosk.config.load import load_site
from kiosk.errors import KioskError
from kiosk.ledger.people import PeoplePages, Refusal
from kiosk.ledger.print_jobs import LedgerPrintQueue
from kiosk.ledger.store import open_ledger
from kiosk.rules.people.person import Person
from kiosk.units import LANGUAGES, Language


class StoreCounter:
    """Works on the ledger itself, beside a running front role or without one: every step is durable at once.

    Raises SiteError, LedgerFault, DeviceFault, KioskError.
    """

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.where = front_places(arguments)
        self.site = load_site(self.where.site)
        self.zone = self.site.zone_info
        self.ledger = open_ledger(self.where.ledger)
        self.people = PeoplePages(self.ledger, b"")  # badges are no matter here
        self._as = str(getattr(arguments, "as_person", None) or "")
        self._pin_file: Path | None = getattr(arguments, "as_pin_file", None)

    def __enter__(self) -> StoreCounter:
        return self

    def __exit__(self, *_: object) -> None:
        self.ledger.close()

    @property
    def now(self) -> datetime:
        """The store's time."""
        return datetime.now(self.zone)

    @property
    def queue(self) -> LedgerPrintQueue:
        """What waits to be printed."""
        return print_queue(self.where, lambda: self.ledger, self.zone)

    def acting(self) -> Person:
        """Who gives the command, proven by a PIN: whom --as names, else whom this user of the machine is."""
        from kiosk.app.commands.who import login_name

        login = login_name()
        everybody = self.people.everybody().values()
        id = self._as or next((one.id for one in everybody if one.login == login and not one.removed), "")
        if not id:
            raise KioskError("you are not registered as a user of this machine: say who you are with --as ID")
        return self.proven(id, self._pin_file)

    def proven(self, id: str, pin_file: Path | None) -> Person:
        """A person who proves it with a PIN: from a file, else asked for on the terminal."""
        proven = self.people.prove(id, pin_of(pin_file, f"PIN of {id}: "), self.now)
        if isinstance(proven, Refusal):
            raise KioskError(f"refused: {proven.why}")
        return proven

    def name_of(self, id: str) -> str:
        """The name of whoever is or was registered under an id."""
        person = self.people.everybody().get(id)
        return id if person is None else person.name

    def store_name(self, language: Language) -> str:
        """What the store is called, in that language or the first it has."""
        names = self.site.name
        return names.get(language) or next(names[one] for one in LANGUAGES if names.get(one))

    def printer(self, named: str = "") -> str:
        """The printer of that name, else the first one. Raises KioskError where there is none."""
        return printer_of(self.site, named, "nothing can be printed")
