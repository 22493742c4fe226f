"""Numbers for the service desk at the touchscreen, where the site has a queue and wants them there."""

from __future__ import annotations

from kiosk.app.bag_day import store_day_of
from kiosk.app.hiring import Backstage, Hiring
from kiosk.app.queue_printing import ticket_prints
from kiosk.config.site import Site
from kiosk.desks.service.queue_desk import QueueDesk
from kiosk.desks.service.queue_number import QueueClerk
from kiosk.ledger.queue_tickets import LedgerQueue
from kiosk.rules.service.queue_number import SERVICE
from kiosk.rules.service.service import Service


def _fits(service: Service, site: Site) -> Service | None:
    return service if site.queue.at_screen else None


def _hire(backstage: Backstage) -> QueueClerk:
    queue = QueueDesk(LedgerQueue(backstage.ledger, backstage.zone), store_day_of(backstage.site))
    return QueueClerk(queue, backstage.site.queue.desks, ticket_prints(backstage))


CLERK = Hiring(SERVICE.id, _hire, _fits)
