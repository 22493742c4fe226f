"""Returns at the touchscreen, where the site has a return desk: its receipts, its policy, its queue, its printer."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import datetime

from kiosk.app.hiring import Backstage, Hiring
from kiosk.app.printing import print_queue
from kiosk.app.receipt_window import ReceiptThread
from kiosk.app.receipts import receipts_of
from kiosk.app.returns import return_desk
from kiosk.app.slip_counter import slip_book, slip_language
from kiosk.config.site import Site
from kiosk.desks.service.queue_desk import QueueDesk
from kiosk.desks.service.returning import ReturnClerk
from kiosk.errors import KioskError
from kiosk.ledger.queue_tickets import LedgerQueue
from kiosk.rules.front.returning import ReturnCounter
from kiosk.rules.service.queue import Ticket, ticket_sheet
from kiosk.rules.service.returning import SERVICE
from kiosk.rules.service.service import Service
from kiosk.sentences import tell


def _fits(service: Service, site: Site) -> Service | None:
    return None if site.returns is None else service


def _hire(backstage: Backstage) -> ReturnClerk:
    site, where, ledger = backstage.site, backstage.where, backstage.ledger
    desk = return_desk(site)

    def come_back(receipt: str, line: int) -> int:
        return slip_book(where, ledger, backstage.zone).come_back(receipt, line)

    def slips_for(records: tuple[int, ...]) -> Mapping[int, int]:
        return slip_book(where, ledger, backstage.zone).slips_for(records)

    def prints(ticket: Ticket, ahead: int, now: datetime) -> None:
        if not site.printers:
            return
        language = slip_language(site)
        sheet = ticket_sheet(ticket, ahead, site.name[language], language)
        try:
            print_queue(where, ledger, backstage.zone).add(site.printers[0].id, sheet, now, by="queue")
        except KioskError as fault:
            backstage.warn(tell("ticket {shown} is not printed: {fault}", shown=ticket.shown, fault=fault))

    return ReturnClerk(
        ReceiptThread(lambda: closing(receipts_of(site, where)), come_back, backstage.wake),
        ReturnCounter(desk.book, desk.form.fixed),
        desk.form,
        QueueDesk(LedgerQueue(ledger, backstage.zone)),
        backstage.book,
        prints,
        backstage.warn,
        slips_for,
    )


CLERK = Hiring(SERVICE.id, _hire, _fits)
