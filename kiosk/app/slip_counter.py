"""Joining the book of return slips to a site: its key, its paper, its printer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import tzinfo

from kiosk.app.places import Places
from kiosk.app.printing import print_queue
from kiosk.app.receipts import receipts_of
from kiosk.app.returns import return_desk
from kiosk.app.sealing_key import sealing_key
from kiosk.config.site import Site
from kiosk.desks.returns.day_end import DayEnd
from kiosk.desks.returns.pickup_desk import PickupDesk
from kiosk.desks.returns.slip_desk import Paper, SlipDesk
from kiosk.desks.returns.stock_desk import StockDesk
from kiosk.ledger.people import PeoplePages
from kiosk.ledger.pickups import LedgerPickups
from kiosk.ledger.return_slips import LedgerReturnSlips
from kiosk.ledger.return_stock import LedgerStock
from kiosk.ledger.store import Ledger
from kiosk.rules.returns.receipt import Receipt
from kiosk.rules.returns.receipt_number import Unknown, read
from kiosk.units import LANGUAGES, Language

Find = Callable[[str], Receipt | None]


def slip_book(where: Places, ledger: Callable[[], Ledger], zone: tzinfo) -> LedgerReturnSlips:
    """The book of this state directory; its key is made when it is first asked for. Raises DeviceFault."""
    key = sealing_key(where.returns_key)
    return LedgerReturnSlips(ledger, zone, key, lambda: print_queue(where, ledger, zone))


def pickup_book(where: Places, ledger: Callable[[], Ledger], zone: tzinfo) -> LedgerPickups:
    """The pick-up cards and test records of this state directory."""
    return LedgerPickups(ledger, zone, lambda: print_queue(where, ledger, zone))


def pickup_desk(site: Site, where: Places, ledger: Callable[[], Ledger], receipts: Find) -> PickupDesk:
    """The pick-up area; cards and records are printed where slips are. Raises DeviceFault."""
    book = pickup_book(where, ledger, site.zone_info)
    return PickupDesk(book, receipts, sealing_key(where.returns_key), _paper(site, ledger))


def slip_desk(site: Site, where: Places, ledger: Callable[[], Ledger], receipts: Find) -> SlipDesk:
    """The return desk; slips are printed on the first of [[printers]], where there is one. Raises DeviceFault."""
    book = slip_book(where, ledger, site.zone_info)
    return SlipDesk(book, receipts, sealing_key(where.returns_key), _paper(site, ledger))


def day_end(site: Site, where: Places, ledger: Callable[[], Ledger]) -> DayEnd:
    """The evening of the return desk; its sheets are printed where slips are. Raises DeviceFault."""
    return DayEnd(slip_book(where, ledger, site.zone_info), _paper(site, ledger))


def stock_desk(site: Site, where: Places, ledger: Callable[[], Ledger]) -> StockDesk:
    """What the stock's own system is told of the return desk. Raises DeviceFault."""
    return StockDesk(slip_book(where, ledger, site.zone_info), LedgerStock(ledger, site.zone_info))


def _paper(site: Site, ledger: Callable[[], Ledger]) -> Paper:
    language = slip_language(site)

    def names() -> dict[str, str]:
        return {id: one.name for id, one in PeoplePages(ledger(), b"").everybody().items()}

    printer = site.printers[0].id if site.printers else ""
    return Paper(site.name[language], language, printer, names)


def slip_language(site: Site) -> Language:
    """The store's first language that it has a name in."""
    return next(language for language in LANGUAGES if site.name.get(language))


@contextmanager
def receipts_at(site: Site, where: Places) -> Iterator[Find]:
    """How a receipt is found by what was typed or scanned. Raises KioskError without a return desk, DeviceFault."""
    form = return_desk(site).form
    with closing(receipts_of(site, where)) as source:

        def find(text: str) -> Receipt | None:
            number = read(text, form)
            return None if isinstance(number, Unknown) else source.find(number)

        yield find


def no_receipt(number: str) -> Receipt | None:
    """For a step at which no receipt is looked up."""
    return None
