"""Prints the slips of lost tags on the printer beside the lockers, in a thread of its own: no door waits for paper."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from kiosk.app.front_wiring import World
from kiosk.app.places import Places
from kiosk.app.printing import print_queue
from kiosk.app.sealing_key import sealing_key
from kiosk.app.slip_printing import keep_private
from kiosk.config.site import Site
from kiosk.desks.lockers.attendant import Attendant
from kiosk.desks.lockers.lost_slips import LostSlips
from kiosk.errors import DeviceFault, KioskError
from kiosk.hw.printing import MayBePrinted, print_pdf, still_waits
from kiosk.ledger.lost_slips import LedgerLostSlips
from kiosk.ledger.lost_tags import LedgerLostTags
from kiosk.ledger.people import PeoplePages
from kiosk.ports.lost_slips import SlipReport, SlipStage
from kiosk.ports.printer import PrintQueue
from kiosk.rules.lockers.lost_slip import Slip, SlipWords, slips_of
from kiosk.rules.lockers.lost_slip_sheet import sheets_of
from kiosk.rules.lockers.lost_tag import Case
from kiosk.units import LANGUAGES

LOOK_S = 20.0  # so long after it was handed over the queue is asked whether it is on paper, again and again
ROLL_MM, ROLL_DOTS = 58.0, 384  # of a slip printer beside the lockers
WAITS = "waits for its printer: see whether it is switched on and has paper"


class LostSlipPress:
    """Implements ports.LostSlipPrinter."""

    def __init__(
        self,
        draw: Callable[[Case], bytes],
        send: Callable[[bytes, Case], str],
        post: Callable[[SlipReport], None],
        waits: Callable[[str], bool] = still_waits,
        *,
        look_s: float = LOOK_S,
    ) -> None:
        """draw: both copies; send: into the printer's queue, which calls it so; both raise KioskError, MayBePrinted."""
        self._draw, self._send, self._post, self._waits, self._look_s = draw, send, post, waits, look_s
        self._orders: queue.SimpleQueue[Case | None] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._queued: dict[int, str] = {}
        self._thread = threading.Thread(target=self._run, name="lost slips", daemon=True)
        self._thread.start()

    def print_lost_slip(self, case: Case) -> None:
        self._orders.put(case)

    def close(self) -> None:
        """What is begun is ended; the rest was not begun, or a person looks. Twice does no harm."""
        self._closing.set()
        self._orders.put(None)
        self._thread.join(timeout=5.0)

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                case = self._orders.get(timeout=self._look_s if self._queued else None)
            except queue.Empty:
                self._look()
                continue
            if case is not None and not self._closing.is_set():
                self._post(self._printed(case))

    def _printed(self, case: Case) -> SlipReport:
        try:
            queued = self._send(self._draw(case), case)
        except MayBePrinted as fault:
            return SlipReport(case.n, SlipStage.UNSURE, str(fault))
        except KioskError as fault:
            return SlipReport(case.n, SlipStage.REFUSED, str(fault))
        if queued:
            self._queued[case.n] = queued
        return SlipReport(case.n, SlipStage.PRINTED)

    def _look(self) -> None:
        for n, queued in list(self._queued.items()):
            waits = self._waits(queued)
            self._post(SlipReport(n, SlipStage.PRINTED, WAITS if waits else ""))
            if not waits:
                del self._queued[n]


@contextmanager
def lost_slips_of(site: Site, places: Places, world: World, keep: Path | None) -> Iterator[tuple[Attendant, ...]]:
    """Who has lost-tag slips printed; nobody without [lockers] slip_printer. keep: a folder instead, for the demo."""
    choices = site.lockers
    assert choices is not None
    try:
        key = sealing_key(places.lost_tags_key)
    except DeviceFault:  # the desk says so, and takes up no lost tag
        yield ()
        return
    if keep is None and not choices.slip_printer:
        yield ()
        return
    book = LedgerLostTags(world.ledger, site.zone_info, key)
    if keep is None and choices.slip_printer in [one.id for one in site.printers]:
        receipts = print_queue(places, world.ledger, site.zone_info)
        waiting = LostSlipQueue(receipts, choices.slip_printer, partial(_copies, site, world), world)
        yield (LostSlips(book, LedgerLostSlips(world.ledger), waiting),)
        return
    send = partial(_to_queue, choices.slip_printer) if keep is None else partial(_to_folder, keep)
    with closing(LostSlipPress(partial(_drawn, site, world), send, world.post)) as press:
        yield (LostSlips(book, LedgerLostSlips(world.ledger), press),)


class LostSlipQueue:
    """Implements ports.LostSlipPrinter: both copies wait in the print queue; its press tells staff of the printer."""

    def __init__(
        self, queue: PrintQueue, printer: str, copies: Callable[[Case], tuple[Slip, Slip]], world: World
    ) -> None:
        self._queue, self._printer = queue, printer
        self._copies, self._world = copies, world

    def print_lost_slip(self, case: Case) -> None:
        try:
            sheets = sheets_of(self._copies(case))
            self._queue.add_all(self._printer, sheets, self._world.clock.now(), by=case.cashier)
        except KioskError as fault:
            self._world.post(SlipReport(case.n, SlipStage.REFUSED, str(fault)))
        else:
            self._world.post(SlipReport(case.n, SlipStage.PRINTED))

    def close(self) -> None:
        """What waits is in the ledger."""


def _drawn(site: Site, world: World, case: Case) -> bytes:
    from kiosk.display.sheet_paint import roll_pdf  # reportlab, once a month

    return roll_pdf(sheets_of(_copies(site, world, case)), ROLL_MM, ROLL_DOTS)


def _copies(site: Site, world: World, case: Case) -> tuple[Slip, Slip]:
    assert site.lockers is not None
    language = next(language for language in LANGUAGES if site.name.get(language))
    cashier = PeoplePages(world.ledger(), b"").everybody().get(case.cashier)
    place = site.lockers.places.get(case.locker)
    name = case.cashier if cashier is None else cashier.name
    words = SlipWords(site.name[language], name, "" if place is None else place.where)
    return slips_of(case, words, language)


def _to_queue(printer: str, content: bytes, case: Case) -> str:
    return print_pdf(content, printer, f"lost tag {case.n}")


def _to_folder(folder: Path, content: bytes, case: Case) -> str:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        keep_private(folder / f"lost-tag-{case.n}.pdf", content)
    except OSError as error:
        raise KioskError(f"{folder} cannot be written: {error.strerror}") from error
    return ""
