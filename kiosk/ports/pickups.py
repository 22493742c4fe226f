"""What the pick-up area writes into: cards, and records of tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from kiosk.ports.return_slips import ToPrint
from kiosk.rules.returns.pickup import Card, Event, Trial
from kiosk.rules.returns.slip import Refused

What = TypeVar("What")
Sheets = Callable[[What], ToPrint]  # what is printed of something once it has its number


class PickupBook(Protocol):
    """The cards and test records of the ledger; nothing personal is in them. Any thread. Raises LedgerFault."""

    def issue(self, card: Card, sheets: Sheets[Card] | None = None) -> Card | Refused:
        """A new card with the next number, taken in its own transaction; refused where its line has one that counts.

        sheets: queued in the same step.
        """

    def keep(self, card: Card, *, was: Card, by: str, event: Event, sheets: Sheets[Card] | None = None) -> bool:
        """How it stands now, its sheets queued in the same step; False, and nothing, where it stands otherwise."""

    def test(
        self, test: Trial, *, card: Card | None = None, was: Card | None = None, sheets: Sheets[Trial] | None = None
    ) -> Trial | None:
        """A test record with the next number; card: how its card stands then, in the same step, as its sheets are
        queued. None, and nothing, where the card stands otherwise than it was."""

    def card(self, number: int) -> Card | None:
        """The card of that number."""

    def waiting(self) -> tuple[Card, ...]:
        """Cards that are not over, in the order of their numbers."""

    def tests(self, receipt: str, line: int = 0) -> tuple[Trial, ...]:
        """The tests of a receipt, or of one line of it, oldest first."""

    def record(self, number: int) -> Trial | None:
        """The test record of that number."""
