"""What was found is compared with what people miss (S09)."""

from __future__ import annotations

from kiosk.app.hiring import Backstage, Hiring
from kiosk.desks.service.lost_things import FoundClerk
from kiosk.rules.service.found_thing import SERVICE


def _hire(backstage: Backstage) -> FoundClerk:
    return FoundClerk(backstage.book, backstage.notices)


CLERK = Hiring(SERVICE.id, _hire)
