"""The return desk at the touchscreen, before and behind it: shoppers, clerks, receipts, a real ledger and queue."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kiosk.desks.returns.day_end import DayEnd
from kiosk.desks.returns.pickup_desk import PickupDesk
from kiosk.desks.returns.receipts_at_hand import ReceiptsAtHand
from kiosk.desks.returns.slip_desk import Paper, SlipDesk
from kiosk.desks.returns.stock_desk import StockDesk
from kiosk.desks.service.queue_desk import QueueDesk
from kiosk.desks.staff.day_end_corner import DayEndCorner
from kiosk.desks.staff.pickup_corner import PickupCorner
from kiosk.desks.staff.return_records import ReturnRecords
from kiosk.desks.staff.returns_corner import ReturnsCorner
from kiosk.desks.staff.staff_desk import StaffDesk
from kiosk.desks.staff.stock_corner import StockCorner
from kiosk.ledger.pickups import LedgerPickups
from kiosk.ledger.print_jobs import LedgerPrintQueue
from kiosk.ledger.queue_tickets import LedgerQueue
from kiosk.ledger.return_slips import LedgerReturnSlips
from kiosk.ledger.return_stock import LedgerStock
from kiosk.ports.return_slips import ToPrint
from kiosk.rules.lockers.closing import Hours
from kiosk.rules.people.person import Person
from kiosk.rules.returns.pickup import Card
from kiosk.rules.returns.receipt import Receipt
from kiosk.rules.returns.slip import Slip
from kiosk.rules.service.queue import Topic
from kiosk.rules.service.returning import SERVICE
from kiosk.units import Language
from tests.app.staffed_screen import StaffedScreen
from tests.desks.service.returns_room import FORM, Printed, Window, clerk_of
from tests.rules.returns.policies import article, demo_book
from tests.rules.returns.slips import KEY, MEI
from tests.stories.bag_room import TEN

NUMBER, MEMBER = "R0100000009", "880012345"
CUP = article(n=1, item="30112", barcode="6901234500112", name="茶杯", quantity_milli=3000)
KETTLE = article(
    "appliance", n=2, item="20417", barcode="6901234567892", name="电水壶", quantity_milli=1000, serial="SN-77"
)
SOCKS = article("hygiene", n=3, item="70001", barcode="6907777777777", name="棉袜", quantity_milli=1000)
BOUGHT = Receipt(NUMBER, TEN - timedelta(days=5), "03", (CUP, KETTLE, SOCKS), MEMBER)
TAKEN = {
    **{"scanned": CUP.barcode, "member": MEMBER, "as-said": "yes", "whole": "yes", "worn": "no", "cause": "nothing"},
    **{"fault": "yes", "granted": "exchange", "note": "", "goods": "supplier", "phone": "13800138000"},
}
WELL = {"whole": "yes", "worn": "no", "cause": "nothing", "fault": "yes"}


@dataclass
class ReturnDesk(StaffedScreen):
    """till: what the tills know. copies, cards_again: slips and pick-up cards printed once more.
    closes: when the store does. broken: why the evening's sheets are not printed."""

    till: Window = field(default_factory=lambda: Window({NUMBER: BOUGHT}))
    copies: list[int] = field(default_factory=list)
    cards_again: list[int] = field(default_factory=list)
    printer: str = "desk"
    closes: time | None = time(9)
    broken: str = ""

    def __post_init__(self) -> None:
        self.offers = (SERVICE,)
        super().__post_init__()
        zone = self.room.now().tzinfo
        assert isinstance(zone, ZoneInfo)
        self.prints = LedgerPrintQueue(lambda: self.ledger, zone, lambda: KEY)
        self.slips = LedgerReturnSlips(lambda: self.ledger, zone, KEY, lambda: self.prints)
        self.pickups = LedgerPickups(lambda: self.ledger, zone, lambda: self.prints)
        self.queue = LedgerQueue(lambda: self.ledger, zone)
        shopper_side = clerk_of(self.till, self.ledger, zone, self.book, Printed(), self.warnings)
        self.services.clerks = {SERVICE.id: shopper_side}
        paper = Paper("和风百货", Language("zh-CN"), self.printer, self.names)
        self.receipts = ReceiptsAtHand(Window(self.till.receipts, self.till.back), FORM)
        self.desk = SlipDesk(self.slips, self.receipts.find, KEY, paper)
        self.pickup = PickupDesk(self.pickups, self.receipts.find, KEY, paper)
        records = ReturnRecords(self.services, self.queue)
        self.area = PickupCorner(self.pickup, self.receipts, self.names, self._card_again)
        self.corner = ReturnsCorner(
            *(self.desk, self.slips, self.pickups, records, self.receipts, demo_book(), self.names, self._again),
            self.note,
            self.area,
        )
        self.evening = DayEndCorner(DayEnd(self.slips, paper), self.hours_on, self.names, self._printed)
        self.stock = StockCorner(
            StockDesk(self.slips, LedgerStock(lambda: self.ledger, zone)), self.hours_on, self.names
        )
        returns = (self.corner, self.area, self.evening, self.stock)
        house, corners = self.staff.house, (*self.corners, *returns)
        assert self.staff.records is not None
        self.staff.records.elsewhere = frozenset({SERVICE.id})
        staff = self.staff
        self.staff = StaffDesk(house, staff.lockers, staff.binder, staff.records, corners, staff.other, returns)

    def names(self) -> dict[str, str]:
        return {one.id: one.name for one in self.people}

    def hours_on(self, day: date) -> Hours | None:
        """By default the day is over from nine o'clock on, for a test begins at ten."""
        if self.closes is None:
            return None
        opens = datetime.combine(day, time(8), self.now().tzinfo)
        return Hours(day, opens, datetime.combine(day, self.closes, self.now().tzinfo))

    def _printed(self, made: ToPrint, who: Person, now: datetime) -> str:
        if not self.broken:
            self.prints.add_all(made.printer, made.sheets, now, by=who.id)
        return self.broken

    def _again(self, slip: Slip, who: Person, now: object) -> str:
        self.copies.append(slip.number)
        return ""

    def _card_again(self, card: Card, who: Person, now: object) -> str:
        self.cards_again.append(card.number)
        return "" if self.printer else "no printer"

    # what shoppers do

    def brings_back(self, line: int = 1, wish: str = "exchange", reason: str = "fault", pieces: int = 1) -> str:
        """Somebody chooses at the kiosk, and takes a number; which."""
        self.taps("return")
        self.scans(NUMBER)
        self.taps(f"line {line}")
        if self.looks().key == "return.quantity":
            self.taps(*["more pieces"] * (pieces - 1), "next")
        self.taps(f"choose wish={wish}", f"choose reason={reason}")
        while (page := self.looks().key.removeprefix("return.")) != "decision":
            self.taps(f"choose {page}={WELL[page]}")
        self.taps("ticket")
        number = self.queue.of_day(self.now().date())[-1].shown
        self.taps("done")
        return number

    # what staff do

    def scans(self, code: str) -> str:
        """Something is scanned beside the screen; what is shown then."""
        assert self.face.reads(code), self.looks().key
        self.looks()
        self.services.pass_to(self.now())
        return self.looks().key

    def scanned(self, *codes: str) -> None:
        """Codes are read into the pages that ask for them."""
        for code in codes:
            self.scans(code)
            self.taps("next")

    def calls(self, by: Person, desk: int = 2) -> None:
        QueueDesk(self.queue).call_next(desk, frozenset(Topic), by, self.now())

    def goes_to_returns(self, who: Person) -> None:
        self.enters(who)
        self.taps("returns")

    def opens(self, key: str) -> None:
        self.taps(key)
        self.waits(1.1)

    def answers(self, **told: str) -> str:
        """Page after page as told, a choice by a tap, words by the keys or the scanner; the last page's name."""
        while True:
            page = self.looks().key.partition(".")[2]
            if page not in told:
                return page
            names = {target.name for target in self.looks().targets}
            if f"choose {told[page]}" in names:
                self.taps(f"choose {told[page]}")
            else:
                if told[page] == "?":
                    return page
                if told[page]:
                    self.scans(told[page])
                self.taps("next")

    def signs(self, who: Person, pin: str = "246135") -> None:
        if self.looks().key == "staff-id":
            self.face.knocks(who.id)
            self.looks()
        self.types(pin)
        self.taps("next")

    def looks_at_fields(self) -> None:
        """Every field of a slip is found right."""
        while any(target.name == "choose yes" for target in self.looks().targets):
            self.taps("choose yes")

    def fills_at_once(self, **told: str) -> Slip | str:
        """A slip without the screen: as its corner fills it; why not, where it does not."""
        return fills(self.corner, f"receipt {NUMBER}", MEI, self.now(), **told)


def fills(corner: ReturnsCorner, thing: str, by: Person, now: datetime, **told: str) -> Slip | str:
    """What a clerk is asked of a thing, answered page by page, and given."""
    answers = answered(corner, thing, by, now, **told)
    if isinstance(answers, str):
        return answers
    said = corner.do(thing, "fill", answers, by, now)
    if said.refused:
        return said.text
    slip = corner.book.slip(int(said.opens.rpartition(" ")[2])) if " slip " in said.opens else None
    return said.text if slip is None else slip


def answered(corner: ReturnsCorner, thing: str, by: Person, now: datetime, **told: str) -> dict[str, str] | str:
    """What a clerk answers; what the corner says instead, where it asks nothing."""
    corner.looked(thing, by, now)
    matter = corner.opened(thing, by, now)
    assert matter is not None
    form = next((one.asks for one in matter.deeds if one.deed == "fill"), None)
    if form is None:
        return matter.line
    wanted = {**TAKEN, "wish": "exchange", "reason": "fault", "quantity": "1", **told}
    answers: dict[str, str] = {}
    while (left := [page.id for page in form.pages(answers) if page.id not in answers]) and left[0] in wanted:
        answers[left[0]] = wanted[left[0]]
    return answers
