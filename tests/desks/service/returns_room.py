"""A return clerk with receipts that answer when they are told to, and a queue in a ledger of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk.desks.service.queue_desk import QueueDesk
from kiosk.desks.service.returning import LookedUp, ReturnClerk
from kiosk.ledger.memory_service import MemoryServiceRecords
from kiosk.ledger.queue_tickets import LedgerQueue
from kiosk.ledger.store import Ledger
from kiosk.rules.front.returning import ReturnCounter
from kiosk.rules.returns.receipt import Receipt
from kiosk.rules.returns.receipt_number import NumberForm
from kiosk.rules.service.queue import Ticket
from tests.rules.returns.policies import demo_book

FORM = NumberForm("R01########")


@dataclass
class Window:
    """Implements ReceiptWindow. slow: nothing has come yet. away: why the till cannot be asked."""

    receipts: dict[str, Receipt] = field(default_factory=dict)
    back: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    slow: bool = False
    away: str = ""
    asked: list[str] = field(default_factory=list)

    def ask(self, number: str) -> None:
        self.asked.append(number)

    def answers(self) -> tuple[LookedUp, ...]:
        if self.slow:
            return ()
        asked, self.asked = tuple(self.asked), []
        if self.away:
            return tuple(LookedUp(one, fault=self.away) for one in asked)
        return tuple(LookedUp(one, self.receipts.get(one), self.back.get(one, ())) for one in asked)


@dataclass
class Printed:
    """What came out of the printer."""

    tickets: list[tuple[str, int]] = field(default_factory=list)

    def __call__(self, ticket: Ticket, ahead: int, now: datetime) -> None:
        self.tickets.append((ticket.shown, ahead))


def clerk_of(
    window: Window, ledger: Ledger, zone: ZoneInfo, book: MemoryServiceRecords, printed: Printed, warnings: list[str]
) -> ReturnClerk:
    """Of the demo store's policy."""
    queue = QueueDesk(LedgerQueue(lambda: ledger, zone))
    counter = ReturnCounter(demo_book(), FORM.fixed)
    return ReturnClerk(window, counter, FORM, queue, book, printed, warnings.append)
