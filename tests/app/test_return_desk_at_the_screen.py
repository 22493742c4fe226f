"""A whole return by finger and scanner: the shopper at the kiosk, the clerk, the approver, the cashier, the door."""

from __future__ import annotations

import pytest

from kiosk.rules.front.counter_case import _pages_of
from kiosk.rules.printing.document import Code
from kiosk.rules.returns.slip import Goods, Slip, Stage
from tests.app.return_desk import CUP, KETTLE, MEMBER, TAKEN, ReturnDesk
from tests.rules.returns.slips import BAGS, DOOR, LAN, MEI, TAO, TILL


def slip_of(desk: ReturnDesk) -> Slip:
    slip = desk.slips.slip(1)
    assert slip is not None
    return slip


def wants_it_void(desk: ReturnDesk) -> None:
    desk.taps("void", "choose a field is wrong")


@pytest.mark.rule("R07")
@pytest.mark.rule("R08")
@pytest.mark.rule("R12")
@pytest.mark.rule("S07")
def test_a_whole_exchange_from_the_kiosk_to_the_door(desk: ReturnDesk) -> None:
    ticket = desk.brings_back(pieces=2)
    desk.calls(MEI)
    desk.enters(MEI)
    assert f"{ticket} · 茶杯" in desk.reads()  # called, so it stands among what presses
    desk.taps("returns")
    desk.opens("returns record 1")
    desk.taps("fill")
    assert desk.answers(**{**TAKEN, "member": "?"}) == "member"
    desk.scanned("99")
    assert "会员卡与小票不符" in desk.reads()
    assert desk.answers(**TAKEN) == "review"
    assert MEMBER not in desk.reads()
    desk.taps("send")

    assert "单号 000001：请顾客签名" in desk.reads()
    slip, judged = slip_of(desk), desk.slips.judged(1)
    assert judged is not None
    assert (slip.quantity_milli, slip.goods, slip.clerk, slip.member) == (2000, Goods.SUPPLIER, "mei", MEMBER)
    assert (judged.record, judged.differs) == (1, False)
    assert desk.book.records["return", 1].stage == "seen"
    desk.taps("sign", "approve")
    desk.looks_at_fields()
    desk.signs(TAO)
    assert [job.subject for job in desk.prints.open_jobs()] == [f"换货单 000001 ({n}/3)" for n in (1, 2, 3)]
    desk.taps("stamp", "leave")
    assert _pages_of.cache_info().currsize == 0

    (code,) = (part.text for part in desk.desk.sheets(slip_of(desk)).sheets[2].parts if isinstance(part, Code))
    desk.goes_to_returns(TILL)
    desk.taps("redeem")
    desk.scanned(code)
    desk.types("250.00")
    desk.taps("next")
    assert "抵 198.00 元，顾客再付 52.00 元" in desk.reads()
    desk.taps("leave")
    desk.goes_to_returns(DOOR)
    desk.taps("check")
    desk.scanned(code)
    desk.types("250.00")
    desk.taps("next")

    slip = slip_of(desk)
    assert (slip.stage, slip.approver, slip.cashier, slip.auditor) == (Stage.CHECKED, "tao", "till", "door")
    assert ("mei", "looks at", "return slip 000001") in desk.noted()


@pytest.mark.rule("R10")
@pytest.mark.rule("R11")
def test_only_who_may_signs_and_a_wrong_pin_signs_nothing(desk: ReturnDesk) -> None:
    desk.fills_at_once()
    desk.goes_to_returns(MEI)
    desk.opens("returns slip 1")
    wants_it_void(desk)
    desk.signs(TAO, "735218")
    assert "工号或密码有误" in desk.reads()
    assert slip_of(desk).stage is Stage.FILLED
    assert "735218" not in repr(desk.face.session)

    desk.taps("back", "back")
    wants_it_void(desk)
    desk.signs(LAN)
    assert "周兰 不能批准退换货单" in desk.reads()
    wants_it_void(desk)
    desk.signs(TAO)

    slip = slip_of(desk)
    assert (slip.stage, slip.voided_by, slip.void_why) == (Stage.VOID, ("mei", "tao"), "a field is wrong")
    assert len(desk.prints.open_jobs()) == 3


@pytest.mark.rule("R07")
def test_a_receipt_without_a_visit_to_the_kiosk_is_scanned_and_what_is_on_no_line_is_told(desk: ReturnDesk) -> None:
    desk.goes_to_returns(MEI)
    desk.taps("scan")
    desk.scanned("R0200000001")
    assert "这是我们另一家门店的小票" in desk.reads()
    desk.taps("scan")
    desk.scanned("R0100000009")
    desk.waits(1.1)
    assert "棉袜" in desk.reads()

    desk.taps("fill")
    desk.scanned("6900000000000")
    assert "小票上查无此商品" in desk.reads()
    desk.scanned(KETTLE.barcode)
    desk.scanned("SN-78")
    assert "小票上的机号是 SN-77" in desk.reads()


@pytest.mark.rule("R04")
@pytest.mark.rule("R16")
def test_the_clerks_answers_win_over_the_shoppers_and_the_difference_is_said(desk: ReturnDesk) -> None:
    desk.brings_back(wish="exchange", reason="unwanted")
    desk.goes_to_returns(MEI)
    desk.opens("returns record 1")
    desk.taps("fill")

    assert desk.answers(**{**TAKEN, "worn": "yes", "granted": "?"}) == "granted"
    assert "超出退换货规定的范围" in desk.reads()
    desk.taps("choose nothing", "send")

    assert desk.slips.slip(1) is None
    record = desk.book.records["return", 1]
    assert (record.stage, record.history[-1].told) == ("seen", {"granted": "nothing"})


def test_who_has_nothing_to_do_with_returns_sees_no_room_for_them(desk: ReturnDesk) -> None:
    desk.enters(BAGS)

    assert "returns" not in {target.name for target in desk.looks().targets}
    assert CUP.name not in desk.reads()
