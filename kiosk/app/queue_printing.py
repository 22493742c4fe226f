"""The ticket of a number for whoever takes one at the touchscreen, where the store has a receipt printer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kiosk.app.hiring import Backstage
from kiosk.app.printing import print_queue
from kiosk.app.slip_counter import slip_language
from kiosk.errors import KioskError
from kiosk.rules.service.queue import Ticket, ticket_sheet
from kiosk.sentences import tell


def ticket_prints(backstage: Backstage) -> Callable[[Ticket, int, datetime], None]:
    """Puts a ticket into the print queue of the first receipt printer; what cannot be queued is told to staff: the
    number stands, and was shown."""
    site, where, ledger = backstage.site, backstage.where, backstage.ledger

    def prints(ticket: Ticket, ahead: int, now: datetime) -> None:
        if not site.printers:
            return
        language = slip_language(site)
        sheet = ticket_sheet(ticket, ahead, site.name[language], language)
        try:
            print_queue(where, ledger, backstage.zone).add(site.printers[0].id, sheet, now, by="queue")
        except KioskError as fault:
            backstage.happened(tell("ticket {shown} is not printed: {fault}", shown=ticket.shown, fault=fault))

    return prints
