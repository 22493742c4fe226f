"""The printer of slips beside the lockers: draws and prints in a thread of its own, so that no door waits for paper."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from kiosk.app.places import Places
from kiosk.app.printing import print_queue
from kiosk.config.site import Site
from kiosk.desks.lockers.deposits import HandOut, hangs_there
from kiosk.desks.lockers.tickets import TicketOffice
from kiosk.errors import KioskError
from kiosk.hw.printing import print_pdf
from kiosk.ledger.store import Ledger
from kiosk.ports.printer import PrintQueue
from kiosk.ports.tags import SlipPrinter, TagBook, TicketSlip
from kiosk.rules.lockers.tags import Plaque
from kiosk.rules.printing.document import Align, Code, Document, Line, Size
from kiosk.sentences import tell
from kiosk.units import LANGUAGES, Language

PRIVATE = 0o600


class SlipPress:
    """Implements ports.SlipPrinter."""

    def __init__(
        self, store: str, language: Language, send: Callable[[bytes, TicketSlip], None], tell: Callable[[str], None]
    ) -> None:
        """send: has a PDF printed; raises KioskError. tell: where staff read that it was not."""
        self._store, self._language = store, language
        self._send, self._tell = send, tell
        self._orders: queue.SimpleQueue[TicketSlip | None] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="slips", daemon=True)
        self._thread.start()

    def print_ticket(self, slip: TicketSlip) -> None:
        self._orders.put(slip)

    def close(self) -> None:
        self._closing.set()
        self._orders.put(None)
        self._thread.join(timeout=5.0)

    def _run(self) -> None:
        while (slip := self._orders.get()) is not None and not self._closing.is_set():
            from kiosk.display.plaque_sheet import TicketPrint, ticket_slip  # a store with plaques prints none

            drawn = TicketPrint(slip.number, slip.text, slip.code, slip.at)
            try:
                self._send(ticket_slip(drawn, self._store, self._language), slip)
            except KioskError as fault:
                self._tell(
                    tell("the ticket of locker {number} is not printed: {fault}", number=slip.number, fault=fault)
                )


class TicketQueue:
    """Implements ports.SlipPrinter: the ticket waits in the print queue, encrypted, and is forgotten once printed."""

    def __init__(
        self,
        queue: PrintQueue,
        printer: str,
        sheet: Callable[[TicketSlip], Document],
        tell: Callable[[str], None],
    ) -> None:
        self._queue, self._printer = queue, printer
        self._sheet, self._tell = sheet, tell

    def print_ticket(self, slip: TicketSlip) -> None:
        try:
            self._queue.add(self._printer, self._sheet(slip), slip.at, by="lockers", secret=True)
        except KioskError as fault:
            self._tell(tell("the ticket of locker {number} is not printed: {fault}", number=slip.number, fault=fault))

    def close(self) -> None:
        """What waits is in the ledger."""


def ticket_sheet(slip: TicketSlip, store: str, language: Language) -> Document:
    """The ticket of a deposit for a receipt printer."""
    from kiosk.display.plaque_sheet import HINT, LOCKER

    centre = Align.CENTRE
    return Document(
        f"ticket of locker {slip.number}",
        (
            Line(store, align=centre),
            Line(LOCKER[language], Size.LARGE, align=centre),
            Line(str(slip.number), Size.HUGE, bold=True, align=centre),
            Code(slip.text, 36.0),
            Line(slip.code, Size.LARGE, bold=True, align=centre),
            Line(f"{slip.at:%Y-%m-%d %H:%M}", Size.SMALL, align=centre),
            Line(HINT[language], Size.SMALL, align=centre),
        ),
    )


HANG = {
    LANGUAGES[0]: "请挂在该柜上，等新号牌做好后更换",
    LANGUAGES[1]: "請掛在該櫃上，等新號牌做好後更換",
    LANGUAGES[2]: "Hang it at its locker until the new plaque is there",
}


def paper_tag(plaque: Plaque, text: str, at: datetime, store: str, language: Language) -> Document:
    """The tag of a locker on paper, which opens it as the plaque will."""
    from kiosk.display.plaque_sheet import LOCKER

    centre = Align.CENTRE
    return Document(
        f"tag {plaque.number} on paper",
        (
            Line(store, align=centre),
            Line(LOCKER[language], Size.LARGE, align=centre),
            Line(str(plaque.number), Size.HUGE, bold=True, align=centre),
            Code(text, 36.0),
            Line(f"{plaque.number} · {plaque.generation}", Size.SMALL, align=centre),
            Line(f"{at:%Y-%m-%d %H:%M}", Size.SMALL, align=centre),
            Line(HANG[language], Size.SMALL, align=centre),
        ),
    )


def paper_tags(
    site: Site, where: Places, ledger: Callable[[], Ledger]
) -> Callable[[Plaque, str, str, datetime], str] | None:
    """Puts a tag into the print queue of the first receipt printer, encrypted, and forgotten once printed; why not,
    "" for done. None where there is no such printer."""
    if not site.printers:
        return None
    queue = print_queue(where, ledger, site.zone_info)
    language = next(language for language in LANGUAGES if site.name.get(language))

    def prints(plaque: Plaque, text: str, by: str, at: datetime) -> str:
        try:
            sheet = paper_tag(plaque, text, at, site.name[language], language)
            queue.add(site.printers[0].id, sheet, at, by=by, secret=True)
        except KioskError as fault:
            return str(fault)
        return ""

    return prints


@contextmanager
def tickets_of(
    site: Site, book: TagBook, tell: Callable[[str], None], keep: Path | None, receipts: PrintQueue | None = None
) -> Iterator[HandOut]:
    """What is handed out for a deposit, as [lockers] tags says. keep: a folder instead of a printer, for the demo.

    receipts: where a slip waits whose printer is one of [[printers]]; another one is CUPS's.
    """
    choices = site.lockers
    if choices is None or not choices.tickets:
        yield hangs_there
        return

    def send(content: bytes, slip: TicketSlip) -> None:
        print_pdf(content, choices.slip_printer, f"locker {slip.number}")

    language = next(language for language in LANGUAGES if site.name.get(language))
    store = site.name[language]
    press: SlipPrinter = SlipPress(store, language, send if keep is None else kept_in(keep), tell)
    if keep is None and receipts is not None and choices.slip_printer in [one.id for one in site.printers]:
        press.close()
        press = TicketQueue(receipts, choices.slip_printer, partial(ticket_sheet, store=store, language=language), tell)
    with closing(press):
        yield TicketOffice(book, press, tell).hand_out


def kept_in(folder: Path) -> Callable[[bytes, TicketSlip], None]:
    """Instead of a printer, for the demo: the newest slip of each locker as a PDF that its user alone reads."""

    def keep(content: bytes, slip: TicketSlip) -> None:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            keep_private(folder / f"locker-{slip.number}.pdf", content)
        except OSError as error:
            raise KioskError(f"{folder} cannot be written: {error.strerror}") from error

    return keep


def keep_private(file: Path, content: bytes) -> None:
    """Write a file for this user alone: whoever has it can make tags. Raises OSError."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
    with os.fdopen(handle, "wb") as out:
        os.fchmod(out.fileno(), PRIVATE)
        out.write(content)
