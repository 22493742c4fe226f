"""Joining the service desk to a Site: its book, the services that are offered, their clerks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from kiosk.app import clerks
from kiosk.app.places import Places
from kiosk.app.sealing_key import sealing_key
from kiosk.config.site import Site
from kiosk.desks.service.clerk import Clerk
from kiosk.desks.service.service_desk import ServiceDesk
from kiosk.errors import DeviceFault
from kiosk.ledger.service_records import LedgerServiceRecords
from kiosk.ledger.store import Ledger
from kiosk.ports.clock import Clock
from kiosk.ports.service import RecordBook
from kiosk.rules import service
from kiosk.rules.service.found import found_in
from kiosk.rules.service.service import Service


@dataclass(frozen=True, slots=True)
class Backstage:
    """What clerks are hired with. warn: tells staff, once."""

    site: Site
    clock: Clock
    ledger: Callable[[], Ledger]
    zone: tzinfo
    book: RecordBook
    warn: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Hiring:
    """service: of which id. hire: None where this store does not have what it takes; then it is not offered."""

    service: str
    hire: Callable[[Backstage], Clerk | None]


def service_desk(
    site: Site, where: Places, ledger: Callable[[], Ledger], clock: Clock, warn: Callable[[str], None]
) -> ServiceDesk | None:
    """The desk with every service that this store offers. None, and staff are told, without its key."""
    try:
        key = sealing_key(where.service_key)
    except DeviceFault as fault:
        warn(str(fault))
        return None
    book = LedgerServiceRecords(ledger, site.zone_info, key)
    backstage = Backstage(site, clock, ledger, site.zone_info, book, warn)
    hirings = {one.service: one for one in found_in(clerks, "CLERK", Hiring)}
    hired = {id: one.hire(backstage) for id, one in hirings.items()}
    wanted = None if site.touchscreen is None else site.touchscreen.services
    offered = {
        one.id: one
        for one in found_in(service, "SERVICE", Service)
        if (wanted is None or not one.offered or one.id in wanted) and hired.get(one.id, True) is not None
    }
    return ServiceDesk(
        clock, book, offered, warn, {id: clerk for id, clerk in hired.items() if clerk is not None and id in offered}
    )
