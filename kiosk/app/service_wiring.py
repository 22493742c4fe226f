"""Joining the service desk to a Site: its book, the services that are offered, their clerks."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.app import clerks
from kiosk.app.hiring import Backstage, Hiring
from kiosk.app.places import Places
from kiosk.app.sealing_key import sealing_key
from kiosk.config.site import Site
from kiosk.desks.service.service_desk import ServiceDesk
from kiosk.errors import DeviceFault
from kiosk.ledger.notices import LedgerNotices
from kiosk.ledger.service_records import LedgerServiceRecords
from kiosk.ledger.store import Ledger
from kiosk.ports.clock import Clock
from kiosk.rules import service
from kiosk.rules.service.found import found_in
from kiosk.rules.service.service import Service


def services_of(site: Site) -> dict[str, Service]:
    """Every service that this store has, by its id, as it has it."""
    wanted = None if site.touchscreen is None else site.touchscreen.services
    hirings = {one.service: one for one in _hirings()}
    found = {}
    for one in found_in(service, "SERVICE", Service):
        fitting = hirings[one.id].fits(one, site) if one.id in hirings else one
        if fitting is not None and (wanted is None or not one.offered or one.id in wanted):
            found[one.id] = fitting
    return found


def _hirings() -> tuple[Hiring, ...]:
    return found_in(clerks, "CLERK", Hiring)


def nobody_waits() -> None:
    """No loop is to be woken."""


def service_desk(
    site: Site,
    where: Places,
    ledger: Callable[[], Ledger],
    clock: Clock,
    warn: Callable[[str], None],
    wake: Callable[[], None] = nobody_waits,
) -> ServiceDesk | None:
    """The desk with every service that this store offers. None, and staff are told, without its key.

    wake: has the desk's thread come round, now that something it waited for is there; any thread calls it.
    """
    try:
        key = sealing_key(where.service_key)
    except DeviceFault as fault:
        warn(str(fault))
        return None
    book = LedgerServiceRecords(ledger, site.zone_info, key)
    notices = LedgerNotices(ledger, site.zone_info)
    backstage = Backstage(site, clock, ledger, site.zone_info, book, warn, notices, where, wake)
    offered = services_of(site)
    hired = {one.service: one.hire(backstage) for one in _hirings() if one.hire and one.service in offered}
    offered = {id: one for id, one in offered.items() if hired.get(id, True) is not None}
    working = {id: clerk for id, clerk in hired.items() if clerk is not None and id in offered}
    return ServiceDesk(clock, book, offered, warn, working, notices)
