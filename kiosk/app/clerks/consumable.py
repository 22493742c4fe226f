"""Consumables: what the store has, and who is told when it is low (S11)."""

from __future__ import annotations

from datetime import datetime

from kiosk.app.hiring import Backstage, Hiring
from kiosk.config.site import Site
from kiosk.desks.service.counted_things import CountingClerk
from kiosk.rules.service.consumable import SERVICE, kept_here, low_of
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import Service


def _fits(service: Service, site: Site) -> Service | None:
    return kept_here(service, site.service.consumables) if site.service.consumables else None


def _hire(backstage: Backstage) -> CountingClerk:
    things = backstage.site.service.consumables

    def reports(records: tuple[Record, ...], _: datetime) -> tuple[tuple[str, str], ...]:
        return tuple((thing.id, low_of(thing, records)) for thing in things)

    return CountingClerk(SERVICE, backstage.book, backstage.notices, reports)


CLERK = Hiring(SERVICE.id, _hire, _fits)
