"""The return desk in staff mode as a site has it: its slips and receipts, its policy, its queue, its printer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from functools import partial

from kiosk.app.bag_day import hours_of, store_day_of
from kiosk.app.front_bags import House
from kiosk.app.printing import print_queue
from kiosk.app.receipt_window import ReceiptThread
from kiosk.app.receipts import receipts_of
from kiosk.app.returns import return_desk
from kiosk.app.slip_counter import day_end, pickup_book, pickup_desk, slip_book, slip_desk, stock_desk
from kiosk.desks.lockers.messages import Tick
from kiosk.desks.returns.pickup_desk import PickupDesk
from kiosk.desks.returns.receipts_at_hand import ReceiptsAtHand
from kiosk.desks.returns.slip_desk import SlipDesk
from kiosk.desks.service.service_desk import ServiceDesk
from kiosk.desks.staff.corner import RoomCorner
from kiosk.desks.staff.day_end_corner import DayEndCorner
from kiosk.desks.staff.pickup_corner import PickupCorner
from kiosk.desks.staff.return_records import ReturnRecords
from kiosk.desks.staff.returns_corner import ReturnsCorner
from kiosk.desks.staff.stock_corner import StockCorner
from kiosk.errors import DeviceFault, KioskError
from kiosk.ledger.queue_tickets import LedgerQueue
from kiosk.ports.lockers import Note
from kiosk.ports.printer import PrintQueue
from kiosk.ports.return_slips import ToPrint
from kiosk.rules.people.person import Person
from kiosk.rules.printing.document import stamped
from kiosk.rules.returns.pickup import Card
from kiosk.rules.returns.slip import Slip
from kiosk.sentences import tell

COPY = "副本 COPY"


def return_corners(
    premises: House,
    services: ServiceDesk | None,
    note: Callable[[Note, datetime], None],
    warn: Callable[[str], None],
) -> tuple[RoomCorner, ...]:
    """What minds returns and pick-ups in staff mode; nothing in a store without a return desk, or without its keys."""
    site, where, world = premises.site, premises.places, premises.world
    if site.returns is None or services is None:
        return ()
    zone, desk = site.zone_info, return_desk(site)

    def come_back(receipt: str, line: int) -> int:
        return slip_book(where, world.ledger, zone).come_back(receipt, line)

    def names() -> Mapping[str, str]:
        return {id: one.name for id, one in premises.people.everybody().items()}

    window = ReceiptThread(lambda: closing(receipts_of(site, where)), come_back, partial(world.post, Tick()))
    receipts = ReceiptsAtHand(window, desk.form)
    try:
        slips = slip_desk(site, where, world.ledger, receipts.find)
        book = slip_book(where, world.ledger, zone)
        pickups_at = pickup_desk(site, where, world.ledger, receipts.find)
        evening = day_end(site, where, world.ledger)
        stock = stock_desk(site, where, world.ledger)
    except DeviceFault as fault:
        warn(str(fault))
        return ()
    records = ReturnRecords(services, LedgerQueue(world.ledger, zone), store_day_of(site))
    tests = pickup_book(where, world.ledger, zone)
    queue = print_queue(where, world.ledger, zone)
    pickups = PickupCorner(pickups_at, receipts, names, partial(_card_once_more, pickups_at, queue))
    prints = partial(_slip_once_more, slips, queue)
    return (
        ReturnsCorner(slips, book, tests, records, receipts, desk.book, names, prints, note, pickups),
        pickups,
        DayEndCorner(evening, hours_of(site), names, partial(_printed, queue)),
        StockCorner(stock, hours_of(site), names),
    )


def _slip_once_more(slips: SlipDesk, queue: PrintQueue, slip: Slip, who: Person, now: datetime) -> str:
    return _once_more(queue, slips.sheets(slip), f"kiosk returns slip print {slip.number} --pdf FILE", who, now)


def _card_once_more(pickups: PickupDesk, queue: PrintQueue, card: Card, who: Person, now: datetime) -> str:
    return _once_more(queue, pickups.again(card), f"kiosk returns pickup print {card.number} --pdf FILE", who, now)


def _once_more(queue: PrintQueue, made: ToPrint, otherwise: str, who: Person, now: datetime) -> str:
    if not made.printer:
        return tell("no printer is named: {command}", command=otherwise)
    return _printed(queue, ToPrint(made.printer, tuple(stamped(one, COPY) for one in made.sheets)), who, now)


def _printed(queue: PrintQueue, made: ToPrint, who: Person, now: datetime) -> str:
    """Into the print queue; why not, "" for done."""
    try:
        queue.add_all(made.printer, made.sheets, now, by=who.id)
    except KioskError as fault:
        return str(fault)
    return ""
