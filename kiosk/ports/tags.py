"""What the lockers' desk needs to know of tags: which were issued, and how often guessing was tried."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from kiosk.rules.lockers.guesses import Guesses
from kiosk.rules.lockers.tags import Chip, Printed, Ticket, Typed
from kiosk.rules.lockers.verdicts import Issued, Refused


class TagBook(Protocol):
    """The ledger's page of issued tags. Any thread may call; every call may raise LedgerFault."""

    def issued(self, tag: Printed | Typed | Chip) -> Issued | None:
        """What is known of a tag, None where it was never issued; a typed code leads to its ticket, a chip to its
        plaque."""

    def issue_ticket(self, ticket: Ticket, day: date, at: datetime) -> tuple[str, str]:
        """Issue the ticket of a deposit: what its QR code says, and the short code to type. Durable when it returns.

        Asked again for the same deposit it gives the same, so that a start after a crash may ask again.
        """

    def guesses(self, entrance: str) -> Guesses:
        """What was tried at a reader or keypad since the staff last admitted it."""

    def refused(self, refusal: Refused, entrance: str, guesses: Guesses, at: datetime) -> None:
        """Write a refusal into the audit, and what it makes of the guesses: durable when it returns."""

    def admit(self, entrance: str, by: str, at: datetime) -> bool:
        """Somebody of the staff lets an entrance begin anew; whether anything was tried there."""
