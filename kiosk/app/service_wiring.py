"""Joining the service desk to a Site: its book, the services that are offered, their clerks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kiosk.app import clerks
from kiosk.app.front_people import FrontPeople
from kiosk.app.hiring import Backstage, Hiring
from kiosk.app.places import Places
from kiosk.app.printing import print_queue
from kiosk.app.sealing_key import sealing_key
from kiosk.app.slip_counter import slip_language
from kiosk.config.site import Site
from kiosk.desks.service.service_desk import ServiceDesk
from kiosk.desks.staff.record_corner import Prints
from kiosk.errors import KioskError
from kiosk.ledger.notices import LedgerNotices
from kiosk.ledger.service_records import LedgerServiceRecords
from kiosk.ledger.store import Ledger
from kiosk.ports.clock import Clock
from kiosk.rules import service
from kiosk.rules.people.person import Person
from kiosk.rules.service.found import found_in
from kiosk.rules.service.printed import form_of, sheet_of, slip_of
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import Rows, Service
from kiosk.sentences import tell


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
    happened: Callable[[str], None],
    wake: Callable[[], None] = nobody_waits,
) -> ServiceDesk:
    """The desk with every service that this store offers. Raises DeviceFault without its key.

    happened: tells staff, until somebody has seen to it. wake: has the desk's thread come round, now that something it
    waited for is there; any thread calls it.
    """
    key = sealing_key(where.service_key)
    book = LedgerServiceRecords(ledger, site.zone_info, key)
    notices = LedgerNotices(ledger, site.zone_info)
    backstage = Backstage(site, clock, ledger, site.zone_info, book, happened, notices, where, wake)
    offered = services_of(site)
    hired = {one.service: one.hire(backstage) for one in _hirings() if one.hire and one.service in offered}
    offered = {id: one for id, one in offered.items() if hired.get(id, True) is not None}
    working = {id: clerk for id, clerk in hired.items() if clerk is not None and id in offered}
    return ServiceDesk(clock, book, offered, happened, working, notices, slips_of(site, where, ledger, happened))


def forms_of(site: Site, where: Places, ledger: Callable[[], Ledger], people: FrontPeople) -> Prints:
    """Puts the form of a record into the print queue of the first receipt printer. Raises DeviceFault, LedgerFault."""
    queue, language = print_queue(where, ledger, site.zone_info), slip_language(site)

    def prints(service: Service, record: Record, figures: Rows, who: Person, now: datetime) -> None:
        from kiosk.display.words import words

        say, store = words(language), site.name[language]
        names = {id: one.name for id, one in people.everybody().items()}
        sheet = sheet_of(service, record, store, form_of(service, record, store, names, say, figures), say)
        queue.add(site.printers[0].id, sheet, now, by=who.id, secret=True)

    return prints


def slips_of(
    site: Site, where: Places, ledger: Callable[[], Ledger], happened: Callable[[str], None]
) -> Callable[[Service, Record, datetime], None] | None:
    """Puts what a shopper takes along into the print queue of the first receipt printer; None where there is none.

    What cannot be queued is told to staff: the record stands, and its number was shown.
    """
    if not site.printers:
        return None
    queue, language = print_queue(where, ledger, site.zone_info), slip_language(site)

    def prints(service: Service, record: Record, now: datetime) -> None:
        from kiosk.display.words import words

        sheet = slip_of(service, record, site.name[language], words(language))
        try:
            queue.add(site.printers[0].id, sheet, now, by="service desk")
        except KioskError as fault:
            happened(tell("the slip of {record} is not printed: {fault}", record=record.name, fault=fault))

    return prints
