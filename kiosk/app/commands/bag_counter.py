"""A command's view of the bag storage: its ledger, its choices, and the registered person who gives the command."""

from __future__ import annotations

import argparse
from datetime import datetime

from kiosk.app.bag_day import bag_days_of
from kiosk.app.commands.lockers import front_places
from kiosk.app.commands.proof import proven
from kiosk.app.sealing_key import sealing_key
from kiosk.app.tag_keys import KeyRing
from kiosk.config.bag_storage import Lockers
from kiosk.config.load import load_site
from kiosk.desks.lockers.plaques import hanging
from kiosk.errors import KioskError
from kiosk.ledger import audit
from kiosk.ledger.lockers import LedgerLockers
from kiosk.ledger.lost_tags import LedgerLostTags
from kiosk.ledger.notices import LedgerNotices
from kiosk.ledger.people import PeoplePages
from kiosk.ledger.sheets import LedgerSheets
from kiosk.ledger.store import open_ledger
from kiosk.ledger.tags import TagPages
from kiosk.rules.lockers.census import Hanging
from kiosk.rules.lockers.closing import Hours, business_day
from kiosk.rules.lockers.locker import Locker
from kiosk.rules.lockers.lost_tag import LostTagChoices
from kiosk.rules.people.person import Person
from kiosk.units import LANGUAGES, Language


class BagCounter:
    """Works on the ledger itself, beside a running front role or without one: every step is durable at once.

    Raises LedgerFault, DeviceFault, KioskError.
    """

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.where = front_places(arguments)
        self.site = load_site(self.where.site)
        if self.site.lockers is None:
            raise KioskError(f"{self.where.site / 'site.toml'} has no [lockers]")
        self.lockers_table: Lockers = self.site.lockers
        self.ledger = open_ledger(self.where.ledger)
        self.zone = self.site.zone_info
        self.people = PeoplePages(self.ledger, b"")  # badges are no matter here
        self.sheets = LedgerSheets(lambda: self.ledger, self.zone)
        self.board = LedgerNotices(lambda: self.ledger, self.zone)
        self._arguments = arguments

    def __enter__(self) -> BagCounter:
        return self

    def __exit__(self, *_: object) -> None:
        self.ledger.close()

    @property
    def now(self) -> datetime:
        """The store's time."""
        return datetime.now(self.zone)

    @property
    def choices(self) -> LostTagChoices:
        """What the store chose about lost tags."""
        table = self.lockers_table
        return LostTagChoices(
            fee_fen=table.fee_fen,
            two_people=table.two_people,
            abandoned_s=table.abandoned_s,
            keep_days=table.keep_days,
        )

    def acting(self) -> Person:
        """Who gives the command, proven by a PIN: whom --as names, else whom this user of the machine is."""
        return proven(self._arguments, self.people, self.now)

    def audit(self, by: Person, action: str, subject: str, **details: str) -> None:
        """A line of the audit chain."""
        with self.ledger.write() as connection:
            audit.append(connection, audit.Fact(self.now, by.id, action, subject, details))

    def name_of(self, id: str) -> str:
        """The name of whoever is or was registered under an id."""
        person = self.people.everybody().get(id)
        return id if person is None else person.name

    def book(self) -> LedgerLostTags:
        """The lost-tag book."""
        return LedgerLostTags(lambda: self.ledger, self.zone, sealing_key(self.where.lost_tags_key))

    def lockers(self) -> tuple[Locker, ...]:
        """The lockers as the ledger has them."""
        found = LedgerLockers(lambda: self.ledger, self.zone).lockers()
        if not found:
            raise KioskError("no locker is in the ledger yet: start kiosk run front once")
        return found

    def today(self) -> Hours:
        """The business day that goes on."""
        hours = business_day(self.now, bag_days_of(self.site))
        if hours is None:
            raise KioskError("the calendar knows no business day for now: see kiosk check")
        return hours

    def hanging(self, text: str) -> Hanging | str:
        """The plaque that a scanned text is, or why it is none that can be believed."""
        ring = KeyRing(self.where.tag_keys, lambda: self.now)
        return hanging(text, ring.accepted(), TagPages(lambda: self.ledger, ring.accepted))

    def store_name(self, language: Language) -> str:
        """What the store is called, in that language or the first it has."""
        names = self.site.name
        return names.get(language) or next(names[one] for one in LANGUAGES if names.get(one))
