"""Loans: what the store has to lend, and who counts it (S10)."""

from __future__ import annotations

from datetime import date

from kiosk.app.bag_day import hours_of
from kiosk.app.hiring import Backstage, Hiring, open_on
from kiosk.config.site import Site
from kiosk.desks.service.loans import LoanClerk
from kiosk.rules.service.business_days import Open, OpenOn
from kiosk.rules.service.loan import SERVICE, lent_here
from kiosk.rules.service.service import Service


def _fits(service: Service, site: Site) -> Service | None:
    things = site.service.loans
    return lent_here(service, things, _closing_on(site)) if things else None


def _closing_on(site: Site) -> OpenOn:
    """The days on which the doors close."""
    hours_on, open_then = hours_of(site), open_on(site)

    def hours(day: date) -> Open | None:
        found = hours_on(day)
        return None if found is None or found.joins_after else open_then(day)

    return hours


def _hire(backstage: Backstage) -> LoanClerk:
    return LoanClerk(backstage.book, backstage.site.service.loans)


CLERK = Hiring(SERVICE.id, _hire, _fits)
