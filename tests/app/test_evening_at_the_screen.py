"""The evening of the return desk by finger: the register signed, its goods received by their department."""

from __future__ import annotations

import pytest

from kiosk.rules.returns.slip import SlipField
from tests.app.return_desk import ReturnDesk
from tests.rules.returns.slips import FLOOR, MEI, TAO

EVERY = {field.name.lower(): "yes" for field in SlipField}


@pytest.mark.rule("R13")
def test_the_register_is_signed_and_the_goods_are_received_at_the_screen(desk: ReturnDesk) -> None:
    now = desk.now()
    desk.fills_at_once(goods="floor")
    desk.corner.do("slip 1", "sign", {}, MEI, now)
    desk.corner.sign("slip 1", "approve", EVERY, MEI, TAO, now)
    desk.enters(TAO)
    register = f"day-end register {now.date()}"
    desk.opens(register)
    assert "连续，无缺号" in desk.reads()
    desk.taps("sign")
    desk.signs(TAO)
    assert "单号 000001 尚未办完" in desk.reads()
    assert desk.slips.registers(now.date()) == ()

    desk.corner.do("slip 1", "stamp", {}, MEI, now)
    desk.taps("sign")
    desk.signs(TAO, "735218")
    assert desk.slips.registers(now.date()) == ()
    desk.taps("back", "back")
    desk.taps("sign")
    desk.signs(TAO)
    assert "陈涛 已签字，至单号 000001" in desk.reads()
    [signed] = desk.slips.registers(now.date())
    assert (signed.by, signed.last) == ("tao", 1)
    desk.taps("leave")

    slip = desk.slips.slip(1)
    assert slip is not None
    desk.goes_to_returns(MEI)
    desk.opens(f"day-end handover {now.date()} {slip.department}")
    assert "茶杯" in desk.reads()
    desk.taps("receive")
    desk.signs(FLOOR)

    assert "部门已签收" in desk.reads()
    [handed] = desk.slips.handovers(now.date())
    assert (handed.by, handed.slips) == ("floor", (1,))
    titles = [job.subject for job in desk.prints.open_jobs()][-2:]
    assert titles == [f"退换货登记簿 {now.date()}", f"退换商品交接单 {now.date()}"]
