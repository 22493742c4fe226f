"""Who is hired for the service desk, and what each store makes of the services: found by the CLERK of each module."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from kiosk.app.bag_day import hours_of
from kiosk.app.places import Places
from kiosk.config.site import Site
from kiosk.desks.service.clerk import Clerk
from kiosk.ledger.store import Ledger
from kiosk.ports.bag_day import NoticeBoard
from kiosk.ports.clock import Clock
from kiosk.ports.service import RecordBook
from kiosk.rules.service.business_days import OpenOn
from kiosk.rules.service.service import Service


@dataclass(frozen=True, slots=True)
class Backstage:
    """What clerks are hired with. happened: tells staff of what went
    wrong. notices: tell them until they have seen to it.
    where: the state directory. wake: something that a clerk waited for has come; any thread calls it."""

    site: Site
    clock: Clock
    ledger: Callable[[], Ledger]
    zone: tzinfo
    book: RecordBook
    happened: Callable[[str], None]
    notices: NoticeBoard
    where: Places
    wake: Callable[[], None]


def open_on(site: Site) -> OpenOn:
    """From when to when the store is open on a date."""
    hours_on = hours_of(site)

    def hours(day: date) -> tuple[datetime, datetime] | None:
        found = hours_on(day)
        return None if found is None else (found.opens, found.closes)

    return hours


@dataclass(frozen=True, slots=True)
class Hiring:
    """service: of which id. fits: what this store makes of it: its stock, its calendar. hire: a clerk, where keeping
    records is not all that it takes. Either gives None where the store does not have what it takes; then it has no such
    service."""

    service: str
    hire: Callable[[Backstage], Clerk | None] | None = None
    fits: Callable[[Service, Site], Service | None] = lambda service, _: service
