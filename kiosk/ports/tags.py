"""What the lockers' desk needs to know of tags: which were issued, and how often guessing was tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from kiosk.rules.lockers.guesses import Guesses
from kiosk.rules.lockers.locker import Locker
from kiosk.rules.lockers.tags import Chip, Plaque, Printed, Ticket, Typed
from kiosk.rules.lockers.verdicts import Issued


@dataclass(frozen=True, slots=True)
class TicketSlip:
    """What stands on the ticket of a deposit. number: the locker's. text: of its QR code. code: to type, as read aloud.

    Both open the locker: they are logged nowhere.
    """

    number: int
    text: str = field(repr=False)
    code: str = field(repr=False)
    at: datetime


class SlipPrinter(Protocol):
    """The printer beside the lockers. Any thread may call, nothing waits."""

    def print_ticket(self, slip: TicketSlip) -> None:
        """Print it, in the order of asking; a printer that does not is told through the driver's inbox."""

    def close(self) -> None:
        """What is begun is ended, the rest is dropped: its shoppers are told to ask the staff. Twice does no harm."""


class TagIssuer(Protocol):
    """Another tag for a locker (L09). Every call may raise LedgerFault, `issue` DeviceFault as well."""

    def choose(self, locker: Locker, lockers: Sequence[Locker], number: int | None, *, substitute: bool) -> Plaque:
        """The tag that was printed for it already, else its next one. ValueError where there is none.

        number: what it is to say, None for the locker's own position. substitute: a number that nobody has.
        """

    def issue(self, plaque: Plaque, by: str) -> str:
        """Issue it where that was not done: what is to be printed on it, "" where it was printed before."""

    def withdraw(self, locker: Locker, by: str) -> None:
        """The tag that a locker had opens nothing any more."""

    def scanned(self, text: str) -> Plaque | None:
        """The plaque that somebody has scanned, None where it is none of this store."""


class TagBook(Protocol):
    """The ledger's page of issued tags. Any thread may call; every call may raise LedgerFault."""

    def issued(self, tag: Printed | Typed | Chip) -> Issued | None:
        """What is known of a tag, None where it was never issued; a typed code leads to its ticket, a chip to its
        plaque."""

    def ticket_of(self, deposit: int) -> Ticket | None:
        """The ticket that was printed for a deposit, withdrawn or not; None for none."""

    def issue_ticket(self, ticket: Ticket, day: date, at: datetime) -> tuple[str, str]:
        """Issue the ticket of a deposit: what its QR code says, and the short code to type. Durable when it returns.

        Asked again for the same deposit it gives the same, so that a start after a crash may ask again.
        """

    def guesses(self, entrance: str) -> Guesses:
        """What was tried at a reader or keypad since the staff last admitted it."""

    def keep_guesses(self, entrance: str, guesses: Guesses) -> None:
        """Make them durable: pulling the plug gives nobody more tries."""

    def admit(self, entrance: str, by: str, at: datetime) -> bool:
        """Somebody of the staff lets an entrance begin anew; whether anything was tried there."""
