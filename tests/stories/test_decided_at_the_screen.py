"""What staff decide at the touchscreen about a page: the broadcast role finds it in the ledger, and carries it out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.office import Office
from kiosk.desks.broadcast.asked_decisions import AskedDecisions
from kiosk.errors import LedgerFault
from kiosk.ledger.page_decisions import LedgerPageDecisions
from kiosk.ledger.pages import LedgerPages
from kiosk.ledger.store import Ledger
from kiosk.rules.broadcast.page_watch import Origin, Page, Stage
from tests.ledger.shop import fresh_ledger
from tests.stories.paging import WANG, with_buttons
from tests.stories.shop import Shop, played


class Deciding:
    """A broadcast desk whose pages are in a real ledger, and the front role's side of it."""

    def __init__(self, shop: Shop, ledger: Ledger) -> None:
        self.shop, self.away = shop, ""
        zone = shop.office.site.zone_info

        def opened() -> Ledger:
            if self.away:
                raise LedgerFault(self.away)
            return ledger

        self.pages = LedgerPages(lambda: ledger, zone)
        self.decisions = LedgerPageDecisions(opened, zone)
        shop.book = self.pages  # type: ignore[assignment]
        shop.attendants = (AskedDecisions(self.decisions),)
        shop.opens_at("09:20").ticks().until("09:30")

    def asks(self) -> int:
        """A shopper asks at the touchscreen."""
        now = self.shop.now
        n = self.pages.enter(Page(WANG, now, Origin.FRONT, "front", now, caller="李娜"))
        self.shop.passes(2)
        return n

    def decides(self, n: int, step: str, why: str = "") -> None:
        self.decisions.ask(n, step, "bea", why, self.shop.now)

    def says_so(self, n: int) -> Page:
        """Nobody came when they were called: the slip is written."""
        self.decides(n, "approve")
        self.shop.passes(600)
        return self.page(n)

    def page(self, n: int) -> Page:
        [found] = [one for one in self.pages.since(self.shop.at("00:00")) if one.n == n]
        return found


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Iterator[Deciding]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger:
        yield Deciding(with_buttons(office), ledger)


@pytest.mark.rule("B18")
def test_a_page_that_staff_approve_at_the_screen_is_aired_under_their_name(desk: Deciding) -> None:
    n = desk.asks()

    desk.decides(n, "approve")
    desk.shop.passes(400)

    [line] = played(desk.shop.calls("page/guest-mr"))
    assert line.operator == "bea"
    assert desk.decisions.waiting() == ()


@pytest.mark.rule("B18")
def test_a_page_that_staff_decline_at_the_screen_tells_the_shopper_why(desk: Deciding) -> None:
    n = desk.asks()

    desk.decides(n, "decline", "nobody understands the name")
    desk.shop.passes(3)

    page = desk.page(n)
    assert (page.stage, page.why) == (Stage.DECLINED, "nobody understands the name")


def test_of_two_hands_the_first_decides_and_the_second_is_answered(desk: Deciding) -> None:
    n = desk.asks()

    desk.decides(n, "decline", "no")
    desk.decides(n, "approve")
    desk.shop.passes(3)
    desk.decides(n, "approve")
    desk.shop.passes(400)

    assert desk.page(n).stage is Stage.DECLINED
    assert desk.decisions.waiting() == ()
    assert desk.shop.calls("page/guest-mr") == []


def test_a_word_that_no_page_knows_is_closed_and_changes_nothing(desk: Deciding) -> None:
    n = desk.asks()

    desk.decides(n, "sing")
    desk.shop.passes(3)

    assert desk.page(n).stage is Stage.REQUESTED
    assert desk.decisions.waiting() == ()


def test_while_the_ledger_is_away_staff_are_told_and_the_word_counts_afterwards(desk: Deciding) -> None:
    n = desk.asks()
    desk.decides(n, "approve")

    desk.away = "the disk is gone"
    desk.shop.passes(5)
    assert any("the disk is gone" in text for text in desk.shop.announcer.warnings)
    desk.away = ""
    desk.shop.passes(400)

    assert not any("the disk is gone" in text for text in desk.shop.announcer.warnings)
    assert desk.page(n).stage is not Stage.REQUESTED


@pytest.mark.rule("S18")
@pytest.mark.rule("B20")
def test_a_message_slip_is_ticked_at_the_screen_with_who_took_it_and_when(desk: Deciding) -> None:
    n = desk.asks()
    assert desk.says_so(n).stage is Stage.SLIP

    desk.decides(n, "delivered", "handed to the person it is for")
    desk.shop.passes(2)

    page = desk.page(n)
    assert (page.stage, page.why) == (Stage.DELIVERED, "handed to the person it is for")
    assert page.since > page.slip.when  # type: ignore[union-attr]
