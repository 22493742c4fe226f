"""What people miss is compared with what was found (S09)."""

from __future__ import annotations

from kiosk.app.hiring import Backstage, Hiring
from kiosk.desks.service.lost_things import LostClerk
from kiosk.rules.service.lost import SERVICE


def _hire(backstage: Backstage) -> LostClerk:
    return LostClerk(backstage.book, backstage.notices)


CLERK = Hiring(SERVICE.id, _hire)
