"""Calls over the loudspeakers that shoppers ask for: they meet the broadcast role in the ledger."""

from __future__ import annotations

from kiosk.app.hiring import Backstage, Hiring
from kiosk.desks.service.page import Manner, PageClerk
from kiosk.ledger.page_requests import PageRequests
from kiosk.rules.service.page import SERVICE


def _hire(backstage: Backstage) -> PageClerk:
    site = backstage.site
    manner = Manner(
        languages=site.speech.languages,
        place={} if site.touchscreen is None else site.touchscreen.place,
        times=site.paging.times,
        zones=tuple(zone.id for zone in site.zones),
    )
    return PageClerk(PageRequests(backstage.ledger, backstage.zone), manner)


CLERK = Hiring(SERVICE.id, _hire)
