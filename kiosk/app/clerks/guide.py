"""The store guide at the screen, where the site has one."""

from __future__ import annotations

from kiosk.app.hiring import Backstage, Hiring
from kiosk.desks.service.guide import GuideClerk
from kiosk.rules.service.guide import SERVICE


def _hire(backstage: Backstage) -> GuideClerk | None:
    guide = backstage.site.guide
    return None if guide is None else GuideClerk(SERVICE.id, guide)


CLERK = Hiring(SERVICE.id, _hire)
