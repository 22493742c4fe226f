"""What the demo adds to the front role: a window, a printer, receipts to scan, lockers with their tags, staff."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date

from kiosk.app.demo_receipts import leave_demo_receipts
from kiosk.app.demo_staff import DEMO, register_demo_staff
from kiosk.app.front_bags import BagStorage, House
from kiosk.app.places import Places
from kiosk.config.roll_printers import DOTS, RollPrinter
from kiosk.config.site import Site, Touchscreen
from kiosk.desks.lockers.messages import Care, CareAsked
from kiosk.errors import DeviceFault, LedgerFault
from kiosk.hw.simulated_printer import SimulatedPrinter
from kiosk.rules.lockers.locker import Assignment
from kiosk.rules.printing.document import Document
from kiosk.units import LANGUAGES, ScriptId

log = logging.getLogger(__name__)

IN_A_WINDOW = Touchscreen(1280, 800, 217.0, False, LANGUAGES[0])  # on a laptop
CALL_PAGE = ScriptId("staff-call")
ROLL = RollPrinter("demo", 80, DOTS[80])


def furnished(site: Site, *, desktop: bool) -> Site:
    """With a window, where there is a desktop and no touchscreen of its own, and one printer for everything."""
    screen = site.touchscreen
    if screen is None and desktop:
        binder = {script.id for script in site.binder}
        screen = replace(IN_A_WINDOW, call_page=CALL_PAGE if CALL_PAGE in binder else None)
    lockers = None if site.lockers is None else replace(site.lockers, slip_printer=ROLL.id)
    return replace(site, touchscreen=screen, printers=(ROLL,), lockers=lockers)


def roll_of(places: Places) -> SimulatedPrinter:
    """The demo's printer."""
    return SimulatedPrinter(places.slips, _drawn, ROLL.dots)


def _drawn(document: Document, dots: int) -> tuple[bytes, int, int]:
    from kiosk.display.sheet_paint import framed  # Pillow, ReportLab: once something is printed

    return framed(document, dots)


def leave_receipts(house: House, today: date) -> None:
    """The till's export, dated back from today."""
    try:
        leave_demo_receipts(house.site, house.places, today)
    except OSError as error:
        log.warning("the demo's receipts cannot be written: %s", error)


def put_into_service(house: House, bags: BagStorage) -> None:
    """The demo's lockers are empty, and have their tags: nobody needs to look."""
    front, now = bags.front, house.world.clock.now()
    for locker in front.desk.cabinet.lockers.values():
        try:
            bags.tags.issue(locker, DEMO, now)
        except (DeviceFault, LedgerFault) as fault:
            front.desk.warn(str(fault))
        if locker.assignment is Assignment.OUT_OF_SERVICE:
            house.world.post(CareAsked(Care.EMPTY, locker.id, DEMO))  # after the doors have been read
    register_demo_staff(house.world.ledger, house.places.badge_key, now, front.desk.warn)
