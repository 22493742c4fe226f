"""A lost tag at the real screen, from the sign-in to the cash office: two people, real clicks, a real latch, print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from kiosk.app.album import PANELS
from kiosk.app.sealing_key import sealing_key
from kiosk.desks.staff.lost_tag_corner import TAKE_UP
from kiosk.desks.staff.lost_tag_matters import Known, deeds_for, of_case, stands, told_of_case
from kiosk.display.marks import Placed
from kiosk.ledger.lockers import LedgerLockers
from kiosk.ledger.lost_tags import LedgerLostTags
from kiosk.ledger.people import PeoplePages
from kiosk.ledger.store import open_ledger
from kiosk.ledger.verify import Intact, verify
from kiosk.ports.staff_view import Offered, StaffDoor, StaffView
from kiosk.rules import service
from kiosk.rules.front.lost_tag_pages import which_locker
from kiosk.rules.front.session import Session
from kiosk.rules.front.staff_mode import StaffMode, acted, admitted, knocked, tapped
from kiosk.rules.front.taps import Acted
from kiosk.rules.lockers.lost_tag import USUAL, Case, Step
from kiosk.rules.people.person import Person, Right
from kiosk.rules.service.found import found_in
from kiosk.rules.service.service import Service
from kiosk.sentences import tell
from kiosk.units import LockerId
from tests.audio.waiting import eventually, let_pass
from tests.ledger.shop import fresh_ledger
from tests.ledger.values import SHANGHAI
from tests.stories.front_role import PATIENCE_S, PIN, Shop
from tests.stories.test_read_back import Shopper, pytestmark, store

__all__ = ["pytestmark"]

MEI = Person("mei", "Li Mei", frozenset({Right.BAGS}), date(2026, 1, 1))
NAMES = {"mei": "Li Mei", "lina": "Li Na"}
CARD = "11010519491231002X"
HELD_S = 3.3
BEGINS = Offered("report", TAKE_UP, "tag", "care", which_locker(frozenset({1, 2})), about="lost desk")
TAKEN = tuple(one for one in found_in(service, "SERVICE", Service) if one.begun_by(MEI) and not one.offered)
RECORDS = (BEGINS, *(Offered(one.id, one.form.title, one.icon, asks=one.form) for one in TAKEN))
ONE = LockerId(1)
ORDERED = tell("locker {n} is ordered open; say then whether the things were handed over", n=1)


class Desk:
    """What staff should see at the screen, made of what stands in the ledger."""

    def __init__(self, shop: Shop, reader: Shopper) -> None:
        self.shop, self.reader = shop, reader
        self.mode: StaffMode = knocked()
        self.facts: tuple[object, ...] = (StaffDoor(),)

    def case(self) -> Case | None:
        with open_ledger(self.shop.places.ledger) as ledger:
            return LedgerLostTags(lambda: ledger, SHANGHAI, sealing_key(self.shop.places.lost_tags_key)).case(1)

    def comes_to(self, step: Step) -> None:
        """The step stands in the ledger, and is shown; who looks at the screen can read it."""
        what = f"the case is {step.value}"
        eventually(lambda: (case := self.case()) is not None and case.step is step, within_s=15.0, what=what)
        case, now = self.case(), datetime.now(SHANGHAI)
        assert case is not None
        with open_ledger(self.shop.places.ledger) as ledger:
            lies = LedgerLockers(lambda: ledger, SHANGHAI).deposit(case.deposit)
        told = tuple(told_of_case(case, Known(NAMES, "left wall", lies, "", prints=False)))
        deeds = tuple(deeds_for(case, MEI, now, USUAL, prints=False))
        matter = replace(of_case(case, MEI, now, USUAL), told=told, deeds=deeds)
        self.facts = (
            StaffView("Li Mei", opened=matter, said=ORDERED if step is Step.OPENED else stands(case), records=RECORDS),
        )
        self.mode = replace(self.mode, asks=None, signing=False, deed="")
        self.reader.reads(self.screen())

    def screen(self) -> Placed:
        return self.reader.screen(Session(language=self.reader.language, staff=self.mode), facts=self.facts)

    def does(self, *names: str, reads: bool = True) -> None:
        """One click after another; a page that comes is read before it is touched."""
        for name in names:
            placed = self.screen()
            if reads:
                self.reader.reads(placed)
            tap = next(target.tap for target in placed.targets if target.name == name)
            self.reader.touches(placed, name)
            step = acted(self.mode, tap.act) if isinstance(tap, Acted) else tapped(self.mode, tap)  # type: ignore[arg-type]
            assert step[0] is not None
            self.mode = step[0]

    def types(self, text: str) -> None:
        self.reader.reads(self.screen())
        self.does(*(f"key {sign}" for sign in text), reads=False)
        asked = self.page()
        while self.page() == asked and self.mode.asks is not None and not self.mode.asks.sent:
            self.does("next", reads=False)

    def page(self) -> str:
        return "" if self.mode.asks is None else self.mode.asks.page

    def enters(self) -> None:
        """What waits is not known here: the way to the new records is, which stands above it."""
        self.mode = admitted(self.mode)
        self.facts = (StaffView("Li Mei", records=RECORDS),)
        let_pass(1.5)

    def proves(self, id: str) -> None:
        for text in (id, PIN):
            self.reader.reads(self.screen())
            self.does(*(f"key {sign}" for sign in text), reads=False)
            self.does("next", reads=False)


@pytest.mark.rule("L07")
@pytest.mark.rule("L08")
@pytest.mark.rule("L09")
def test_two_people_see_a_lost_tag_through_at_the_real_screen_and_every_step_can_be_read(tmp_path: Path) -> None:
    with store(tmp_path / "shop", PANELS["1024x600"], "45s") as (shop, reader):
        with fresh_ledger(shop.places.ledger) as ledger:
            PeoplePages(ledger, b"").add(MEI, "test", datetime.now(SHANGHAI), pin=PIN)
        role = shop.start()
        desk = Desk(shop, reader)

        home = reader.reads(reader.screen())
        left, top, width, height = next(target.rect for target in home.targets if target.name == "clock")
        reader.x.presses(left + width // 2, top + height // 2)
        let_pass(HELD_S)
        reader.x.lets_go()
        desk.proves("mei")
        desk.enters()
        desk.does("new", reads=False)
        desk.does("begin lost desk")
        desk.types("1")
        desk.comes_to(Step.REPORTED)
        desk.does("describe")
        desk.types("bag")
        desk.comes_to(Step.DESCRIBED)
        desk.does("compare", reads=False)
        desk.comes_to(Step.COMPARING)
        desk.does("fits", reads=False)
        desk.comes_to(Step.MATCHED)
        desk.does("identify", "choose identity-card")
        for text in (CARD, "w", "l"):
            desk.types(text)
        desk.does("choose yes", "send")
        desk.comes_to(Step.IDENTIFIED)
        desk.does("fee", "choose 1000")
        desk.comes_to(Step.PAID)
        desk.does("signed", reads=False)
        desk.comes_to(Step.SIGNED)
        desk.does("approve")
        desk.proves("lina")
        desk.comes_to(Step.APPROVED)
        assert shop.coils.given == []
        desk.does("open", reads=False)
        desk.comes_to(Step.OPENED)
        eventually(lambda: shop.coils.given == [ONE], within_s=PATIENCE_S, what="the door opens")
        shop.bank.push_shut(ONE)
        desk.does("hand-over", "choose at the desk")
        desk.comes_to(Step.HANDED_OVER)
        desk.does("file")
        desk.types("a")
        desk.comes_to(Step.FILED)

        logged = shop.stop(role)
        assert role.returncode == 0, logged
        assert "Traceback" not in logged
        assert shop.coils.given == [ONE]
        assert reader.read_back() == []
        case = desk.case()
        assert case is not None
        assert (case.cashier, case.approved_by, case.received_fen, case.kept) == ("mei", "lina", 1000, "at the desk")
        with open_ledger(shop.places.ledger) as ledger:
            assert isinstance(verify(ledger), Intact)
