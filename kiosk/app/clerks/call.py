"""Calls from the screens, and who is told when nobody answers."""

from __future__ import annotations

from kiosk.app.hiring import Backstage, Hiring
from kiosk.desks.service.call import CallClerk
from kiosk.errors import LedgerFault
from kiosk.ledger.air_requests import LedgerAirRequests
from kiosk.ledger.notices import LedgerNotices
from kiosk.ledger.open_questions import LedgerOpenQuestions
from kiosk.ledger.people import PeoplePages
from kiosk.rules.service.call import SERVICE


def _hire(backstage: Backstage) -> CallClerk:
    screen = backstage.site.touchscreen

    def first_name(id: str) -> str:
        try:
            person = PeoplePages(backstage.ledger(), b"").everybody().get(id)
        except LedgerFault:
            return ""
        return "" if person is None else person.name.split(" ")[0]

    return CallClerk(
        backstage.book,
        LedgerNotices(backstage.ledger, backstage.zone),
        LedgerAirRequests(backstage.ledger, backstage.zone),
        None if screen is None else screen.call_page,
        first_name if screen is not None and screen.call_names else lambda _: "",
        questions=LedgerOpenQuestions(backstage.ledger),
    )


CLERK = Hiring(SERVICE.id, _hire)
