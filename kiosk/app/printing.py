"""Joining the print queue to the printers: a thread for each, that waits for paper so that nobody else has to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import tzinfo
from functools import cache

from kiosk import sentences
from kiosk.app.places import Places
from kiosk.app.sealing_key import sealing_key
from kiosk.config.roll_printers import RollPrinter
from kiosk.config.site import Site
from kiosk.desks.printing.press import KEPT, Press
from kiosk.errors import KioskError
from kiosk.ledger.notices import LedgerNotices
from kiosk.ledger.print_jobs import LedgerPrintQueue
from kiosk.ledger.store import Ledger
from kiosk.ports.clock import Clock
from kiosk.ports.printer import Printer

TURN_S = 0.5
LOOK_EVERY = 20  # turns without work, and the printer is looked at: a cover left open is told before somebody waits
PURGE_EVERY = 7200


def print_queue(where: Places, ledger: Callable[[], Ledger], zone: tzinfo) -> LedgerPrintQueue:
    """The queue of this state directory. Its key is made when something is first printed."""
    return LedgerPrintQueue(ledger, zone, cache(lambda: sealing_key(where.print_key)))


def printer_of(site: Site, named: str, else_do: str) -> str:
    """The printer of that name, else the first one. Raises KioskError where there is none; else_do: then."""
    known = [one.id for one in site.printers]
    if not known:
        raise KioskError(f"the site has no [[printers]]: {else_do}")
    if named and named not in known:
        raise KioskError(f"there is no printer {named}: the printers are {', '.join(known)}")
    return named or known[0]


def roll_printer(choice: RollPrinter, mono_s: Callable[[], float]) -> Printer:
    """The driver of a printer; it is opened when it is first looked at."""
    from kiosk.display.sheet_paint import raster  # Pillow, ReportLab: only where something is printed
    from kiosk.hw.escpos_link import network_cable, serial_cable, usb_cable
    from kiosk.hw.escpos_printer import EscposPrinter

    if choice.network is not None:
        cable = network_cable(*choice.network)
    elif choice.usb is not None:
        cable = usb_cable(*choice.usb)
    else:
        cable = serial_cable(choice.serial, choice.baud)
    return EscposPrinter(cable, raster, dots=choice.dots, mono_s=mono_s)


@contextmanager
def presses(
    site: Site,
    where: Places,
    ledger: Callable[[], Ledger],
    clock: Clock,
    tell: Callable[[str], None],
    driver: Callable[[RollPrinter, Callable[[], float]], Printer] = roll_printer,
) -> Iterator[None]:
    """Every printer of [[printers]] at work. tell: of what is no printer's fault. driver: the demo's is another."""
    queue = print_queue(where, ledger, site.zone_info)
    board = LedgerNotices(ledger, site.zone_info)
    stop = threading.Event()

    def work(choice: RollPrinter) -> None:
        with closing(driver(choice, clock.mono_s)) as printer:
            press = Press(choice.id, printer, queue, board, clock.now, tell)
            turns = 0
            while not stop.is_set():
                busy = press.turn()
                if not busy and turns % LOOK_EVERY == 0:
                    press.look()
                if turns % PURGE_EVERY == 0:
                    purge()
                turns += 1
                if not busy:
                    stop.wait(TURN_S)

    def purge() -> None:
        try:
            queue.purge(clock.now() - KEPT)
        except KioskError as fault:
            tell(sentences.tell("the print queue is not purged: {fault}", fault=str(fault)))

    with ExitStack() as stack:
        for choice in site.printers:
            thread = threading.Thread(target=work, args=(choice,), name=f"press-{choice.id}", daemon=True)
            thread.start()
            stack.callback(thread.join, 10.0)
        stack.callback(stop.set)
        yield
