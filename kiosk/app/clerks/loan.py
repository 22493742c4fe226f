"""Loans: what the store has to lend, and who counts it (S10)."""

from __future__ import annotations

from kiosk.app.hiring import Backstage, Hiring, open_on
from kiosk.config.site import Site
from kiosk.desks.service.loans import LoanClerk
from kiosk.rules.service.loan import SERVICE, lent_here
from kiosk.rules.service.service import Service


def _fits(service: Service, site: Site) -> Service | None:
    things = site.service.loans
    return lent_here(service, things, open_on(site)) if things else None


def _hire(backstage: Backstage) -> LoanClerk:
    return LoanClerk(backstage.book, backstage.site.service.loans)


CLERK = Hiring(SERVICE.id, _hire, _fits)
