"""Trolleys and baskets: who is told what is missing, and that a week has gone by (S16)."""

from __future__ import annotations

from kiosk.app.hiring import Backstage, Hiring
from kiosk.desks.service.counted_things import CountingClerk
from kiosk.rules.service.trolley import SERVICE, reports


def _hire(backstage: Backstage) -> CountingClerk:
    return CountingClerk(SERVICE, backstage.book, backstage.notices, reports)


CLERK = Hiring(SERVICE.id, _hire)
