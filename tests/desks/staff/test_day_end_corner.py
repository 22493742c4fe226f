"""The evening of the return desk asked directly, on a real ledger: registers, handover lists, who signs what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from kiosk.desks.returns.day_end import DayEnd
from kiosk.desks.staff.corner import Said
from kiosk.ledger.return_slips import LedgerReturnSlips
from kiosk.ledger.store import Ledger
from kiosk.ports.return_slips import SignedRegister
from kiosk.ports.staff_view import Matter
from kiosk.rules.people.person import Person
from kiosk.rules.printing.document import Code, Stamp, words_of
from kiosk.rules.returns.slip import Goods, Kind, Refused, SlipField
from tests.app.return_desk import ReturnDesk
from tests.ledger.shop import ask, by_hand, unguarded
from tests.rules.returns.slips import BAGS, DOOR, FLOOR, KEY, MEI, PEOPLE, TAO, TILL
from tests.stories.test_counting_at_the_reader import CountedRoom

GONE = Said("Somebody has seen to it", refused=True)
EVERY = {field.name.lower(): "yes" for field in SlipField}


def back(desk: ReturnDesk, number: int, steps: int = 4, goods: Goods = Goods.FLOOR) -> None:
    """A cup comes back: filled, signed, approved, stamped."""
    made = desk.fills_at_once(goods=goods.value)
    assert not isinstance(made, str), made
    assert (made.number, made.kind) == (number, Kind.EXCHANGE)
    now, thing = desk.now(), f"slip {number}"
    todo: tuple[Callable[[], Said], ...] = (
        lambda: desk.corner.do(thing, "sign", {}, MEI, now),
        lambda: desk.corner.sign(thing, "approve", EVERY, MEI, TAO, now),
        lambda: desk.corner.do(thing, "stamp", {}, MEI, now),
    )
    for step in todo[: steps - 1]:
        assert not step().refused


def today(desk: ReturnDesk) -> date:
    return desk.now().date()


def register(desk: ReturnDesk) -> str:
    return f"register {today(desk)}"


def cups(desk: ReturnDesk) -> str:
    made = desk.slips.slip(1)
    assert made is not None
    return f"handover {today(desk)} {made.department}"


def opened(desk: ReturnDesk, thing: str, by: Person = TAO) -> Matter:
    matter = desk.evening.opened(thing, by, desk.now())
    assert matter is not None
    return matter


def told(matter: Matter) -> str:
    return "\n".join(f"{heading}: {words}" for heading, words in matter.told)


def shelf(desk: ReturnDesk, by: Person = TAO) -> list[str]:
    """What waits, once what was known before is no longer fresh."""
    desk.room.passes(6.0)
    return [one.key.removeprefix("day-end ") for one in desk.evening.shelf(by, desk.now())]


def signs(desk: ReturnDesk, thing: str, deed: str, who: Person = TAO, signer: Person = TAO) -> Said:
    return desk.evening.sign(thing, deed, {}, who, signer, desk.now())


@pytest.mark.rule("R13")
def test_from_closing_time_on_the_register_waits_for_whoever_may_sign_it(desk: ReturnDesk) -> None:
    back(desk, 1)
    desk.closes = time(22)
    assert shelf(desk) == []
    assert opened(desk, register(desk)).deeds == ()
    desk.closes = None  # a calendar that does not know the day
    assert shelf(desk) == []

    desk.closes = time(9)
    for who in (MEI, FLOOR, TILL, DOOR, BAGS):
        assert shelf(desk, who) == []
        assert desk.evening.opened(register(desk), who, desk.now()) is None
    [matter] = desk.evening.matters(TAO, desk.now())
    assert (matter.key, matter.pressing) == (f"day-end {register(desk)}", False)
    assert matter.line == "Slips: 1 · waits for its signature"
    assert [(one.deed, one.signs, one.signer) for one in opened(desk, register(desk)).deeds] == [("sign", True, "tao")]
    assert desk.evening.begins(TAO, desk.now()) == ()


@pytest.mark.rule("R13")
def test_what_is_signed_at_the_screen_is_what_the_command_writes(desk: ReturnDesk, tmp_path: Path) -> None:
    back(desk, 1)
    back(desk, 2, goods=Goods.SUPPLIER)
    before = told(opened(desk, register(desk)))
    for words in ("000001 to 000002 · complete, none is missing", "In all", "exchanges 198.00",
                  "Not settled: 000001 · Next: the cashier"):  # fmt: skip
        assert words in before, words

    said = signs(desk, register(desk), "sign")

    assert said == Said("陈涛 has signed up to slip 000002", opens=f"day-end {register(desk)}")
    [signed] = desk.slips.registers(today(desk))
    assert (signed.by, signed.last) == ("tao", 2)
    signs_in_audit = "SELECT actor, subject FROM audit WHERE action = 'signs' ORDER BY n DESC LIMIT 1"
    assert ask(tmp_path / "ledger.sqlite", signs_in_audit) == [("tao", f"return register {today(desk)}")]
    after = opened(desk, register(desk))
    assert "Signed: 陈涛" in told(after)
    assert [one.deed for one in after.deeds] == ["print"]
    job, sheet = desk.prints.open_jobs()[-1], desk.evening.desk.register_roll(today(desk)).sheets[0]
    assert job.subject == f"退换货登记簿 {today(desk)}"
    assert "陈涛" in "\n".join(words_of(sheet))

    assert signs(desk, register(desk), "sign") == GONE
    assert desk.evening.desk.sign(today(desk), TAO, desk.now()) == Refused(
        f"the register of {today(desk)} is signed up to slip 000002 already"
    )
    assert len(desk.slips.registers(today(desk))) == 1
    back(desk, 3)  # somebody came after all
    assert shelf(desk) == [register(desk)]
    assert signs(desk, register(desk), "sign").text.endswith("up to slip 000003")


@pytest.mark.rule("R13")
def test_who_may_not_and_what_is_not_ready_is_not_signed_and_says_why(desk: ReturnDesk, tmp_path: Path) -> None:
    back(desk, 1)
    back(desk, 2, steps=1)

    refused = signs(desk, register(desk), "sign", signer=MEI)
    assert "李梅 may not sign the register" in refused.text
    lying = signs(desk, register(desk), "sign")
    assert lying.text == "not signed: 000002 still lie with the desk: go on with them, or make them void"
    unguarded(tmp_path / "ledger.sqlite")
    by_hand(
        tmp_path / "ledger.sqlite",
        "DELETE FROM return_judged WHERE slip = 1",
        "DELETE FROM return_slip_progress WHERE slip = 1",
        "DELETE FROM return_slip WHERE n = 1",
    )
    assert "000002 to 000002 · missing: 000001" in told(opened(desk, register(desk)))
    gap = signs(desk, register(desk), "sign")
    assert gap.text == "not signed: 000001 are missing: look for their paper, and call the technician"
    assert all(one.refused for one in (refused, lying, gap))
    assert desk.slips.registers(today(desk)) == ()
    assert desk.prints.open_jobs() == () or all("登记" not in job.subject for job in desk.prints.open_jobs())


@pytest.mark.rule("R13")
def test_each_department_signs_for_its_goods_once_the_register_is_signed(desk: ReturnDesk) -> None:
    back(desk, 1)
    assert opened(desk, cups(desk)).deeds == ()
    assert signs(desk, cups(desk), "receive", MEI, FLOOR) == GONE
    signs(desk, register(desk), "sign")

    for who in (MEI, TAO, FLOOR):
        assert shelf(desk, who) == [cups(desk)]
    assert shelf(desk, TILL) == []
    assert "Slip 000001: 茶杯 × 1 (30112)" in told(opened(desk, cups(desk), MEI))
    assert [one.signer for who in (MEI, TAO, FLOOR) for one in opened(desk, cups(desk), who).deeds] == ["", "", "floor"]
    assert "may not take goods back" in signs(desk, cups(desk), "receive", MEI, MEI).text

    said = signs(desk, cups(desk), "receive", MEI, FLOOR)

    assert said.text.startswith("孙楼 has signed for ")
    [handed] = desk.slips.handovers(today(desk))
    assert (handed.by, handed.slips) == ("floor", (1,))
    assert desk.prints.open_jobs()[-1].subject == f"退换商品交接单 {today(desk)}"
    assert shelf(desk, MEI) == []
    assert "Signed: 孙楼" in told(opened(desk, cups(desk), MEI))
    assert isinstance(desk.evening.desk.receive(today(desk), handed.department, FLOOR, desk.now()), Refused)
    assert signs(desk, cups(desk), "receive", MEI, FLOOR) == GONE

    back(desk, 2)  # later goods: for those alone it signs again
    signs(desk, register(desk), "sign")
    signs(desk, cups(desk), "receive", FLOOR, FLOOR)
    assert [one.slips for one in desk.slips.handovers(today(desk))] == [(1,), (2,)]


@pytest.mark.rule("R13")
def test_what_was_left_on_the_evening_before_presses_until_it_is_signed(desk: ReturnDesk) -> None:
    back(desk, 1)
    thing, tomorrow = register(desk), desk.now() + timedelta(days=1)

    [matter] = desk.evening.matters(TAO, tomorrow)
    assert (matter.key, matter.pressing) == (f"day-end {thing}", True)
    assert not desk.evening.sign(thing, "sign", {}, TAO, TAO, tomorrow).refused
    assert [one.pressing for one in desk.evening.matters(TAO, tomorrow)] == [True]  # its goods


def test_what_is_signed_is_printed_once_more_as_a_copy_and_stays_signed_where_it_is_not_printed(
    desk: ReturnDesk,
) -> None:
    back(desk, 1)
    desk.broken = "the disk is full"
    said = signs(desk, register(desk), "sign")
    assert said == Said(
        "陈涛 has signed up to slip 000001; it is not printed: the disk is full", opens=f"day-end {register(desk)}"
    )
    assert desk.evening.do(register(desk), "print", {}, TAO, desk.now()) == Said("the disk is full", refused=True)
    desk.broken = ""
    signs(desk, cups(desk), "receive", MEI, FLOOR)
    while desk.prints.begin("desk", desk.now()) is not None:
        pass

    for thing in (register(desk), cups(desk)):
        assert desk.evening.do(thing, "print", {}, TAO, desk.now()) == Said("The copies wait for the printer")
        begun = desk.prints.begin("desk", desk.now())
        assert begun is not None
        assert begun[1].parts[0] == Stamp("副本 COPY")
    assert desk.evening.do(register(desk), "sign", {}, TAO, desk.now()) == GONE


def test_the_ledger_is_asked_twice_a_minute(desk: ReturnDesk) -> None:
    back(desk, 1)
    now = desk.now()
    assert len(desk.evening.shelf(TAO, now)) == 1
    desk.evening.desk.sign(today(desk), TAO, now)  # by the command, say
    soon, later = (desk.evening.shelf(TAO, now + timedelta(seconds=seconds)) for seconds in (29, 30))
    assert [one.key.split()[1] for one in (*soon, *later)] == ["register", "handover"]


def test_a_store_without_a_printer_signs_all_the_same(ledger: Ledger) -> None:
    room = CountedRoom(ledger)
    room.in_service()
    desk = ReturnDesk(room, ledger=ledger, people=PEOPLE, printer="")
    back(desk, 1)

    assert signs(desk, register(desk), "sign").text == "陈涛 has signed up to slip 000001"
    assert opened(desk, register(desk)).deeds == ()
    assert desk.evening.do(register(desk), "print", {}, TAO, desk.now()) == GONE


@pytest.mark.parametrize(
    "thing", ["register", "register soon", "handover 2026-01-01 x", "register 2026-01-01", "something 2026-01-01"]
)
def test_what_is_not_there_is_not_opened(desk: ReturnDesk, thing: str) -> None:
    assert desk.evening.opened(thing, TAO, desk.now()) is None
    assert desk.evening.do(thing, "print", {}, TAO, desk.now()) == GONE
    assert signs(desk, thing, "sign") == GONE
    assert shelf(desk) == []


class Raced(LedgerReturnSlips):
    """Somebody signs between the look and the signature."""

    def registers(self, day: date, last: date | None = None) -> tuple[SignedRegister, ...]:
        return ()


def test_two_who_sign_at_once_sign_once(desk: ReturnDesk) -> None:
    back(desk, 1)
    paper = replace(desk.desk._paper)
    zone = desk.now().tzinfo
    assert zone is not None
    evening = DayEnd(Raced(lambda: desk.ledger, zone, KEY), paper)

    first, second = (evening.sign(today(desk), TAO, desk.now()) for _ in range(2))

    assert isinstance(first, SignedRegister)
    assert second == Refused(f"the register of {today(desk)} was signed by somebody else: look at it again")
    assert evening.receive(today(desk), "nobody", FLOOR, desk.now()) == Refused(
        f"nothing goes back to nobody on {today(desk)}"
    )


def test_credit_that_nobody_used_stands_in_the_register(desk: ReturnDesk) -> None:
    back(desk, 1)
    third = desk.desk.sheets(desk.slips.of_day(today(desk))[0]).sheets[2]
    [code] = [part.text for part in third.parts if isinstance(part, Code)]
    said = desk.corner.do("desk", "redeem", {"code": code, "price": "90.00"}, TILL, desk.now())
    assert not said.refused, said

    assert "Credit that nobody used: 9.00" in told(opened(desk, register(desk)))


def test_void_slips_stand_in_the_register_by_their_numbers(desk: ReturnDesk) -> None:
    back(desk, 1)
    why = {"why": "it was filled twice"}
    assert not desk.corner.sign("slip 1", "void", why, MEI, TAO, desk.now()).refused

    assert "Void: 000001" in told(opened(desk, register(desk)))
    assert signs(desk, register(desk), "sign").text.endswith("up to slip 000001")
    assert shelf(desk) == []  # nothing of it goes back to the floor
