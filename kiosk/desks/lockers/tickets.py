"""Hands out tickets: one for each deposit, printed once its door is closed (L01)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk.errors import DeviceFault, LedgerFault
from kiosk.ports.tags import SlipPrinter, TagBook, TicketSlip
from kiosk.rules.lockers.codes import grouped
from kiosk.rules.lockers.deposit import Deposit
from kiosk.rules.lockers.locker import Locker
from kiosk.rules.lockers.tags import Ticket
from kiosk.sentences import tell


@dataclass(frozen=True, slots=True)
class TicketOffice:
    """The desk's thread only. happened: tells staff; the shopper waits for a ticket meanwhile, and is looked after."""

    book: TagBook
    printer: SlipPrinter
    happened: Callable[[str], None]

    def hand_out(self, locker: Locker, deposit: Deposit, now: datetime) -> None:
        """Issue the ticket of a deposit, and order its print. It is in the ledger before anybody can hold it."""
        ticket = Ticket(deposit.number, deposit.n)
        try:
            text, code = self.book.issue_ticket(ticket, now.date(), now)
        except (DeviceFault, LedgerFault) as fault:
            self.happened(tell("no ticket for locker {n}: {fault}", n=locker.number, fault=fault))
            return
        self.printer.print_ticket(TicketSlip(ticket.number, text, grouped(code), now))
