"""A pick-up by finger and scanner: a card, a test, the shopper's hands; and a test of what comes back."""

from __future__ import annotations

import pytest

from kiosk.rules.printing.document import Code
from kiosk.rules.returns.pickup import Occasion, Result, Stage
from tests.app.return_desk import NUMBER, ReturnDesk
from tests.rules.returns.slips import FLOOR, MEI


@pytest.mark.rule("R17")
def test_goods_are_collected_at_the_screen(desk: ReturnDesk) -> None:
    desk.goes_to_returns(FLOOR)
    desk.taps("new")
    desk.scanned(NUMBER)
    desk.taps("issue", "choose 2", "send")
    assert "提货卡 000001 已开卡" in desk.reads()

    desk.taps("test")
    desk.scanned("SN-78")
    assert "SN-77" in desk.reads()  # which the receipt names
    desk.taps("back")
    desk.taps("test")
    desk.scanned("SN-77")
    desk.taps("choose well", "send")
    assert "检测记录 000001：合格" in desk.reads()
    desk.taps("leave")

    card = desk.pickups.card(1)
    assert card is not None
    [code] = [part.text for part in desk.pickup.card_sheet(card).sheets[0].parts if isinstance(part, Code)]
    desk.goes_to_returns(MEI)
    assert "提货卡 000001" in desk.reads()
    desk.taps("shown")
    desk.scanned(code)
    desk.taps("hand-out", "choose yes")
    assert "提货卡 000001 已提货" in desk.reads()
    card = desk.pickups.card(1)
    assert card is not None
    assert (card.stage, card.handed_by) == (Stage.COLLECTED, "mei")
    assert [job.subject for job in desk.prints.open_jobs()] == ["提货卡 000001", "商品检测记录 000001"]


@pytest.mark.rule("R03")
def test_what_a_shopper_brings_back_is_tested_from_their_ticket(desk: ReturnDesk) -> None:
    desk.brings_back()
    desk.calls(MEI)
    desk.goes_to_returns(MEI)
    desk.opens("returns record 1")
    desk.taps("test-return", "choose 1")
    desk.scanned("CUP-1")
    desk.taps("choose each", *["choose fine"] * 4, "choose wrong", "next", "send")

    assert "检测记录 000001：有故障" in desk.reads()
    assert any(target.name == "fill" for target in desk.looks().targets)  # the ticket is still open
    [record] = desk.pickups.tests(NUMBER, 1)
    assert (record.occasion, record.result, record.serial) == (Occasion.RETURN, Result.DEFECTIVE, "CUP-1")
