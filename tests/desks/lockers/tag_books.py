"""A book of tags in memory, for tests in which nothing needs to survive."""

from __future__ import annotations

from datetime import date, datetime

from kiosk.rules.lockers.codes import text_of, typed_code
from kiosk.rules.lockers.guesses import Guesses
from kiosk.rules.lockers.tags import Chip, Printed, Ticket, Typed
from kiosk.rules.lockers.verdicts import Issued
from tests.rules.lockers.tags import KEY


class RememberedTags:
    """Implements ports.TagBook."""

    def __init__(self) -> None:
        self.tags: dict[Printed, str] = {}
        self.tried: dict[str, Guesses] = {}

    def issued(self, tag: Printed | Typed | Chip) -> Issued | None:
        if isinstance(tag, Typed | Chip) or tag not in self.tags:
            return None
        return Issued(tag, self.tags[tag])

    def issue_ticket(self, ticket: Ticket, day: date, at: datetime) -> tuple[str, str]:
        self.tags[ticket] = ""
        return text_of(ticket, KEY), typed_code(ticket, KEY)

    def guesses(self, entrance: str) -> Guesses:
        return self.tried.get(entrance, Guesses())

    def ticket_of(self, deposit: int) -> Ticket | None:
        tickets = (tag for tag in self.tags if isinstance(tag, Ticket))
        return next((ticket for ticket in tickets if ticket.deposit == deposit), None)

    def keep_guesses(self, entrance: str, guesses: Guesses) -> None:
        self.tried[entrance] = guesses

    def admit(self, entrance: str, by: str, at: datetime) -> bool:
        return self.tried.pop(entrance, None) is not None
