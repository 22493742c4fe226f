"""The evening of a return desk in staff mode for the album of screens: a register, what keeps it open, a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from kiosk.app.sample_return_desk import CLERK, NAMES, slips_of
from kiosk.desks.staff.day_end_matters import (
    of_handover,
    of_register,
    receiving,
    signing,
    told_of_goods,
    told_of_register,
)
from kiosk.desks.staff.return_matters import PRINT
from kiosk.desks.staff.returns_corner import SCAN
from kiosk.desks.staff.stock_corner import UNDO, of_stock, telling, told_of_stock
from kiosk.ports.return_slips import SignedRegister
from kiosk.ports.staff_view import Matter, StaffView
from kiosk.rules.front.staff_mode import StaffMode
from kiosk.rules.front.staff_taps import Room
from kiosk.rules.returns.day_end import why_not_signed
from kiosk.rules.returns.register import handovers, register
from kiosk.rules.returns.slip import Stage
from kiosk.rules.returns.stock import StockTold, untold
from kiosk.sentences import N_

NAME = "day-end"


def day_end_states(whole: StaffView, now: datetime) -> Iterator[tuple[str, StaffMode, StaffView]]:
    """Each state by its name."""
    day = now.date()
    paid = [
        replace(one, stage=Stage.SETTLED, approver="tao") for one in slips_of(now) if one.stage is not Stage.STAMPED
    ]
    names = ("青花瓷茶杯", "不锈钢保温杯 500ml", "家用静音空调 1.5匹", "棉袜")
    several = [
        replace(one, name=name, department=department)
        for one, name, department in zip(paid, names, ("家居", "家居", "大家电", "服装"), strict=True)
    ]
    carried = next(one for one in slips_of(now) if one.stage is Stage.STAMPED)
    found = register(day, (*several, carried), several[-1].number - 1)
    gap = register(day, (*several[:2], several[3], carried), several[-1].number - 1)
    lists = [of_handover(day, department, goods, NAME, day) for department, goods in handovers(several).items()]
    waiting = of_register(day, len(found.slips), NAME, day)
    area = replace(whole, returns=(waiting, *lists), counter=(SCAN,))
    yield "day-end", StaffMode(Room.RETURNS), area
    told = tuple(told_of_register(found, (), NAMES))
    sign = (signing(CLERK),)
    yield "day-end-register", *_at(replace(waiting, told=told, deeds=sign), area)
    missing = of_register(day, len(gap.slips), NAME, day)
    missing = replace(missing, told=tuple(told_of_register(gap, (), NAMES)), deeds=sign)
    refused = replace(area, said=why_not_signed(gap, None), refused=True)
    yield "day-end-gap", *_at(missing, refused)
    signatures = (SignedRegister(day, now, "tao", found.slips[-1].number),)
    signed = tuple(told_of_register(found, signatures, NAMES))
    yield "day-end-signed", *_at(replace(waiting, line=N_("It is signed"), told=signed, deeds=(PRINT,)), area)
    said = (StockTold(1, day, now, "tao", (several[0].number, several[1].number)),)
    changes = untold((several[0], replace(several[1], stage=Stage.VOID), *several[2:]), said)
    stock = of_stock(day, changes, now, (telling(changes), UNDO), tuple(told_of_stock(changes, said, NAMES)))
    yield "day-end-stock", *_at(stock, area)
    goods = tuple(told_of_goods(handovers(several)["家居"]))
    [own] = [one for one in lists if one.key.endswith("家居")]
    yield "day-end-handover", *_at(replace(own, told=goods, deeds=(receiving(CLERK, now),)), area)


def _at(matter: Matter, area: StaffView) -> tuple[StaffMode, StaffView]:
    return StaffMode(Room.RETURNS, matter.key), replace(area, opened=matter)
