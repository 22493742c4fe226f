"""What the demo adds to the front role: receipts to scan, lockers in service with their tags, staff with a PIN."""

from __future__ import annotations

import logging
from datetime import date

from kiosk.app.demo_receipts import leave_demo_receipts
from kiosk.app.demo_staff import DEMO, register_demo_staff
from kiosk.app.front_bags import BagStorage, House
from kiosk.desks.lockers.messages import Care, CareAsked
from kiosk.errors import DeviceFault, LedgerFault
from kiosk.rules.lockers.locker import Assignment

log = logging.getLogger(__name__)


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
    register_demo_staff(house.world.ledger, now, front.desk.warn)
