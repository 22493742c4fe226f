"""Slips, receipts and people of the return desk for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.rules.people.person import Person, Right
from kiosk.rules.returns.receipt import Line, Receipt
from kiosk.rules.returns.slip import Filling, Kind, Refused, Slip, SlipField, fill
from kiosk.rules.returns.slip_deeds import Approve, Check, Deed, Pay, Redeem, ShopperSigns, Stamp, after

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 10, 30, tzinfo=SHANGHAI)
SINCE = date(2026, 1, 1)
MEI = Person("mei", "李梅", frozenset({Right.CLERK}), trained_on=SINCE)
LAN = Person("lan", "周兰", frozenset({Right.CLERK}), trained_on=SINCE)
TAO = Person("tao", "陈涛", frozenset({Right.SUPERVISOR}))
TILL = Person("till", "王收", frozenset({Right.CASHIER}), trained_on=SINCE)
DOOR = Person("door", "赵门", frozenset({Right.AUDITOR}))
FLOOR = Person("floor", "孙楼", frozenset({Right.FLOOR}))
BAGS = Person("bags", "吴包", frozenset({Right.BAGS}), trained_on=SINCE)
PEOPLE = (MEI, LAN, TAO, TILL, DOOR, FLOOR, BAGS)

MEMBER = "62120381"
KETTLE = Line(1, "10023", "6901234567892", "电热水壶 1.7L", "家电", 3000, 12900)
MEAT = Line(2, "20001", "", "五花肉", "生鲜", 535, 5980)
SOCKS = Line(3, "30007", "6909999999999", "棉袜", "服装", 10000, 1290)
RECEIPT = Receipt("R20261120000123", NOW - timedelta(days=3), "T2", (KETTLE, MEAT, SOCKS), MEMBER, True)
FILLING = Filling(1, 1000, Kind.RETURN, KETTLE.barcode, "不加热", "138-0013-8000", MEMBER, "外观完好")
EXCHANGE = replace(FILLING, kind=Kind.EXCHANGE)
LOOKED_AT = tuple(SlipField)
KEY = bytes(range(32))


def filled(filling: Filling = FILLING, number: int = 1, at: datetime = NOW) -> Slip:
    slip = fill(RECEIPT, filling, "mei", at)
    assert isinstance(slip, Slip), slip
    return replace(slip, number=number)


def done(slip: Slip, *deeds: tuple[Deed, Person], at: datetime = NOW) -> Slip:
    for deed, by in deeds:
        found = after(slip, deed, by, at)
        assert not isinstance(found, Refused), found
        slip = found
    return slip


TO_STAMPED: tuple[tuple[Deed, Person], ...] = ((ShopperSigns(), MEI), (Approve(LOOKED_AT), TAO), (Stamp(), MEI))
TO_PAID = (*TO_STAMPED, (Pay(), TILL))
TO_REDEEMED = (*TO_STAMPED, (Redeem(15000), TILL))
TO_CHECKED = (*TO_REDEEMED, (Check(15000), DOOR))
