"""The pick-up area in staff mode: cards issued, goods tested before the shopper's eyes, handed out (R17)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.desks.returns.pickup_desk import PickupDesk
from kiosk.desks.returns.receipts_at_hand import ReceiptsAtHand
from kiosk.desks.service.returning import KNOWN
from kiosk.desks.staff.corner import Said
from kiosk.desks.staff.pickup_matters import NEW, SHOWN, WORKED, deeds_for, deeds_of, of_card, told_of_card
from kiosk.desks.staff.return_matters import FOUND_NOT, GONE, of_receipt, why_no_receipt
from kiosk.ports.staff_view import Kind, Matter, Offered
from kiosk.rules.forms.form import problems
from kiosk.rules.front import pickup_pages as pages
from kiosk.rules.people.person import Person
from kiosk.rules.returns.pickup import Card, Trial, numbered
from kiosk.rules.returns.receipt import Receipt
from kiosk.rules.returns.receipt_number import Unknown
from kiosk.rules.returns.slip import Refused
from kiosk.rules.returns.slip_rights import Deed as Right
from kiosk.rules.returns.slip_rights import may
from kiosk.sentences import N_, tell

DESK = "desk"


@dataclass(slots=True)
class PickupCorner:
    """Implements RoomCorner and SeesLooks. names: of people, by id. prints: has a card and its records printed once
    more, why not, "" for done."""

    desk: PickupDesk
    receipts: ReceiptsAtHand
    names: Callable[[], Mapping[str, str]]
    prints: Callable[[Card, Person, datetime], str]
    name: str = "pickup"

    def sees(self, who: Person, now: datetime) -> bool:
        return not may(who, Right.PICK_UP, now.date())

    def matters(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        """Nothing presses: a card waits for its shopper."""
        return ()

    def shelf(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        return tuple(of_card(one, self.name) for one in self.desk.waiting()) if self.sees(who, now) else ()

    def begins(self, who: Person, now: datetime) -> tuple[Offered, ...]:
        about = f"{self.name} {DESK}"
        return tuple(replace(one, about=about) for one in (NEW, SHOWN)) if self.sees(who, now) else ()

    def looked(self, thing: str, who: Person, now: datetime) -> None:
        """A receipt is looked up anew; on a card stands nothing personal."""
        kind, _, id = thing.partition(" ")
        if kind == "receipt" and id:
            self.receipts.ask(id, now)

    def opened(self, thing: str, who: Person, now: datetime) -> Matter | None:
        kind, _, id = thing.partition(" ")
        if not self.sees(who, now):
            return None
        match kind:
            case "card" if id.isdecimal():
                card = self.desk.card(int(id))
                return None if card is None else self._card(card)
            case "receipt" if id:
                return self._receipt(id, who, now)
            case "desk":
                return Matter(f"{self.name} {DESK}", Kind.PICKUP, N_("Pick-up area"), deeds=self.begins(who, now))
            case _:
                return None

    def do(self, thing: str, deed: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        if why := may(who, Right.PICK_UP, now.date()):
            return Said(why, refused=True)
        matter = self.opened(thing, who, now)
        offered = () if matter is None else tuple(one for one in matter.deeds if one.deed == deed)
        if not offered:
            return Said(GONE, refused=True)
        asks = offered[0].asks
        if asks is not None and (wrong := problems(asks, told)):
            return Said(next(iter(wrong.values())), refused=True)
        _, _, id = thing.partition(" ")
        match deed:
            case "new":
                return self._scanned(told[pages.RECEIPT], now)
            case "shown":
                return self._shown(told[pages.CODE])
            case "issue":
                return self._said(self.desk.issue(id, int(told[pages.LINE]), who, now))
            case "test-return":
                return self.comes_back(id, told, who, now)
            case "test":
                return self._said(self.desk.test(int(id), pages.tried(told), who, now))
            case "hand-out":
                return self._said(self.desk.hand_out(int(id), pages.papers(told), who, now))
            case "void":
                return self._said(self.desk.void(int(id), told[pages.WHY], who, now))
            case _:
                return self._again(int(id), who, now)

    def comes_back(self, number: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        """What comes back with a receipt is tested at the return desk, whoever has it open there."""
        receipt = self.receipts.find(number)
        if receipt is None:
            return Said(GONE, refused=True)
        if wrong := problems(pages.tries_at_the_desk(receipt), told):
            return Said(next(iter(wrong.values())), refused=True)
        return self._said(self.desk.test_here(receipt, int(told[pages.LINE]), pages.tried(told), who, now))

    def tries(self, receipt: Receipt, who: Person, now: datetime) -> tuple[Offered, ...]:
        """The test of what comes back with a receipt, for whoever may fill a slip for it."""
        return tuple(one for one in deeds_of(receipt, who, now) if one.deed == "test-return")

    # what is seen

    def _card(self, card: Card) -> Matter:
        tests = self.desk.tests(card)
        told = tuple(told_of_card(card, tests, self.names()))
        return replace(of_card(card, self.name), told=told, deeds=tuple(deeds_for(card, tests)))

    def _receipt(self, number: str, who: Person, now: datetime) -> Matter:
        known = self.receipts.seen(number, now)
        if known is None or known.receipt is None:
            title = tell("Receipt {receipt}", receipt=number)
            deeds = () if known is None else self.begins(who, now)[:1]
            return Matter(f"{self.name} receipt {number}", Kind.PICKUP, title, why_no_receipt(known), deeds=deeds)
        matter = replace(of_receipt(known, self.name), kind=Kind.PICKUP)
        return replace(matter, deeds=tuple(deeds_of(known.receipt, who, now)))

    # what is done

    def _scanned(self, text: str, now: datetime) -> Said:
        number = self.receipts.ask(text, now)
        if isinstance(number, Unknown):
            return Said(FOUND_NOT[KNOWN[number]], refused=True)
        return Said("", opens=f"{self.name} receipt {number}")

    def _shown(self, code: str) -> Said:
        number = pages.number_typed(code) or self.desk.card_of(code)
        if not number or self.desk.card(number) is None:
            return Said(N_("This is no pick-up card of this store"), refused=True)
        return Said("", opens=f"{self.name} card {number}")

    def _said(self, done: Card | Trial | Refused) -> Said:
        if isinstance(done, Refused):
            return Said(done.why, refused=True)
        if isinstance(done, Trial):
            what = {"number": numbered(done.number), "result": tell(WORKED[done.result])}
            return Said(tell("Test record {number}: {result}", **what))
        text = tell("Pick-up card {card} is {stage}", card=numbered(done.number), stage=tell(done.stage.value))
        return Said(text, opens=f"{self.name} card {done.number}")

    def _again(self, number: int, who: Person, now: datetime) -> Said:
        card = self.desk.card(number)
        assert card is not None  # it was opened
        if why := self.prints(card, who, now):
            return Said(why, refused=True)
        return Said(N_("The copies wait for the printer"))
