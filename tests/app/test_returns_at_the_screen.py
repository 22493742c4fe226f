"""Somebody brings something back at the offscreen window, with the demo store's policy (part R)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.display.screens.services import returning as face
from kiosk.rules.returns.receipt import Receipt
from kiosk.rules.service.returning import SERVICE
from tests.app.touching import Hand
from tests.desks.service.returns_room import Printed, Window, clerk_of
from tests.ledger.shop import fresh_ledger
from tests.rules.returns.policies import article
from tests.stories.bag_room import TEN, BagRoom
from tests.tills.exports import ZONE

NUMBER = "R0100000009"
LINES = (
    article(n=1, name="茶杯", quantity_milli=3000),
    article("appliance", n=2, name="电水壶", quantity_milli=1000),
    article("hygiene", n=3, name="棉袜", quantity_milli=1000),
)
WELL = {"whole": "yes", "worn": "no", "cause": "nothing"}


class Shopper(Hand):
    """Before the screen, with a receipt of five days ago."""

    till: Window
    printed: Printed

    def scans(self, code: str = NUMBER) -> str:
        """Which screen is there then."""
        assert self.face.reads(code)
        return self.sees()

    def sees(self) -> str:
        self.looks()
        self.services.pass_to(self.now())
        return self.looks().key


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Shopper]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    hand = Shopper(BagRoom().in_service(), offers=(SERVICE,))
    receipt = Receipt(NUMBER, TEN - timedelta(days=5), "03", LINES, "880012345")
    hand.till, hand.printed = Window({NUMBER: receipt}), Printed()
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger, hand.window:
        clerk = clerk_of(hand.till, ledger, ZONE, hand.book, hand.printed, hand.warnings)
        hand.services.clerks = {SERVICE.id: clerk}
        yield hand


@pytest.mark.rule("R01")
@pytest.mark.rule("R16")
@pytest.mark.rule("S07")
def test_what_does_not_please_is_exchanged_from_the_receipt_to_the_number(hand: Shopper) -> None:
    hand.taps("return")
    assert hand.scans() == "return.line"
    assert "880012345" not in hand.reads()

    hand.taps("line 1", "more pieces", "next")
    assert hand.looks().key == "return.wish"
    hand.taps("choose wish=exchange", "choose reason=fault")
    while (page := hand.looks().key.removeprefix("return.")) != "decision":
        hand.taps(f"choose {page}={WELL[page]}")
    assert "可以为您办理：换货" in hand.reads()
    assert "30 天内有质量问题的商品" in hand.reads()

    hand.taps("ticket")

    assert hand.looks().key == "return.next"
    assert "R001" in hand.reads()
    answers = hand.book.records["return", 1].answers
    assert (answers["article"], answers["quantity"], answers["wish"]) == ("茶杯", "2", "exchange")
    assert (answers["outcome"], answers["remedy"]) == ("accept", "exchange")
    assert hand.printed.tickets == [("R001", 0)]
    hand.taps("done")
    assert hand.looks().key == "home"


@pytest.mark.rule("R02")
def test_a_number_is_typed_and_the_papers_are_told_by_switches(hand: Shopper) -> None:
    hand.taps("English", "return", *(f"key {digit}" for digit in "00000009"), "next")
    assert hand.sees() == "return.line"

    hand.taps("line 2", "choose wish=refund", "choose reason=fault", "test-record", "warranty-card", "next")

    assert hand.looks().key in ("return.whole", "return.cause")
    hand.taps("back")
    assert hand.looks().key == "return.papers"


@pytest.mark.rule("R16")
@pytest.mark.rule("S02")
def test_who_is_refused_hears_the_clause_and_may_speak_with_a_person(hand: Shopper) -> None:
    hand.taps("return")
    hand.scans()

    hand.taps("line 3")

    assert hand.looks().key == "return.decision"
    assert "为保障卫生" in hand.reads()
    assert "三天内给您答复" in hand.reads()
    hand.taps("ticket")
    assert hand.book.records["return", 1].answers["outcome"] == "refuse"
    assert "R001" in hand.reads()


@pytest.mark.rule("R07")
def test_a_line_that_came_back_is_shown_and_cannot_be_chosen(hand: Shopper) -> None:
    hand.till.back = {NUMBER: ((1, 3000), (2, 1000))}
    hand.taps("return")
    hand.scans()

    names = {target.name for target in hand.looks().targets}
    assert "茶杯" in hand.reads()
    assert names & {"line 1", "line 2"} == set()

    hand.taps("back")
    hand.till.back = {NUMBER: tuple((line.n, line.quantity_milli) for line in LINES)}
    assert hand.scans() == "return.all-back"
    hand.taps("again")
    assert hand.looks().key == "return.number"


@pytest.mark.rule("R01")
@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("R0200000009", "return.another-store"),
        ("880012345", "return.no-receipt"),
        ("R0100000077", "return.unknown"),
    ],
)
def test_another_number_is_met_with_a_way_on(hand: Shopper, code: str, key: str) -> None:
    hand.taps("return")

    assert hand.scans(code) == key

    hand.taps("again")
    assert hand.looks().key == "return.number"
    assert hand.scans() == "return.line"


@pytest.mark.rule("R06")
def test_where_the_till_is_away_a_person_goes_on(hand: Shopper) -> None:
    hand.till.slow = True
    hand.taps("return")
    assert hand.scans() == "return.sought"
    assert "请稍等" in hand.reads()
    hand.till.slow, hand.till.away = False, "the till is away: look at its network"
    assert hand.sees() == "return.away"

    hand.taps("ticket")

    assert "R001" in hand.reads()
    assert hand.book.records["return", 1].answers == {"receipt": NUMBER, "outcome": "person"}


def test_a_purchase_long_ago_is_told_at_once(hand: Shopper) -> None:
    old = hand.till.receipts[NUMBER]
    hand.till.receipts[NUMBER] = replace(old, bought=TEN - timedelta(days=60))
    hand.taps("return")
    hand.scans()

    hand.taps("line 1")

    assert "超过 30 天" in hand.reads()


@pytest.mark.rule("S20")
def test_who_walks_away_leaves_nothing_of_the_receipt(hand: Shopper) -> None:
    hand.taps("return")
    hand.scans()
    hand.taps("line 1")
    assert face._step.cache_info().currsize

    assert hand.waits(62.0).key == "home"
    assert face._step.cache_info().currsize == 0
    assert hand.face.session.untouched
    hand.taps("return")
    assert hand.looks().key == "return.number"
    assert "茶杯" not in hand.reads()
