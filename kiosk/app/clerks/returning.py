"""Returns at the touchscreen, where the site has a return desk: its receipts, its policy, its queue, its printer."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

from kiosk.app.bag_day import store_day_of
from kiosk.app.hiring import Backstage, Hiring
from kiosk.app.queue_printing import ticket_prints
from kiosk.app.receipt_window import ReceiptThread
from kiosk.app.receipts import receipts_of
from kiosk.app.returns import return_desk
from kiosk.app.slip_counter import slip_book
from kiosk.config.site import Site
from kiosk.desks.service.queue_desk import QueueDesk
from kiosk.desks.service.returning import ReturnClerk
from kiosk.ledger.queue_tickets import LedgerQueue
from kiosk.rules.front.returning import ReturnCounter
from kiosk.rules.service.returning import SERVICE
from kiosk.rules.service.service import Service


def _fits(service: Service, site: Site) -> Service | None:
    return None if site.returns is None else service


def _hire(backstage: Backstage) -> ReturnClerk:
    site, where, ledger = backstage.site, backstage.where, backstage.ledger
    desk = return_desk(site)

    def come_back(receipt: str, line: int) -> int:
        return slip_book(where, ledger, backstage.zone).come_back(receipt, line)

    def slips_for(records: tuple[int, ...]) -> Mapping[int, int]:
        return slip_book(where, ledger, backstage.zone).slips_for(records)

    return ReturnClerk(
        ReceiptThread(lambda: closing(receipts_of(site, where)), come_back, backstage.wake),
        ReturnCounter(desk.book, desk.form.fixed),
        desk.form,
        QueueDesk(LedgerQueue(ledger, backstage.zone), store_day_of(site)),
        backstage.book,
        ticket_prints(backstage),
        backstage.happened,
        slips_for,
    )


CLERK = Hiring(SERVICE.id, _hire, _fits)
