"""Gifts: the store's campaigns, and who is told what is still to be settled (S14)."""

from __future__ import annotations

from datetime import datetime

from kiosk.app.hiring import Backstage, Hiring
from kiosk.config.site import Site
from kiosk.desks.service.counted_things import CountingClerk
from kiosk.rules.service.gift import SERVICE, given_here, to_reconcile
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import Service


def _fits(service: Service, site: Site) -> Service | None:
    return given_here(service, site.service.campaigns) if site.service.campaigns else None


def _hire(backstage: Backstage) -> CountingClerk:
    campaigns = backstage.site.service.campaigns

    def reports(records: tuple[Record, ...], now: datetime) -> tuple[tuple[str, str], ...]:
        return tuple((one.id, to_reconcile(one, records, now.date())) for one in campaigns)

    return CountingClerk(SERVICE, backstage.book, backstage.notices, reports)


CLERK = Hiring(SERVICE.id, _hire, _fits)
