"""The stock's own system at the screen, on a real ledger: what it is to be told, who told it, a slip of the finger."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest

from kiosk.desks.staff.corner import Said
from kiosk.desks.staff.stock_corner import CHANGED, KNOWN, UNDO
from kiosk.ledger.return_stock import LedgerStock
from kiosk.ledger.verify import Intact, verify
from kiosk.ports.staff_view import Matter
from kiosk.rules.people.person import Person
from kiosk.rules.returns.slip import Refused
from kiosk.rules.returns.stock import StockTold
from tests.app.return_desk import ReturnDesk
from tests.desks.staff.test_day_end_corner import back
from tests.ledger.shop import ask
from tests.ledger.values import SHANGHAI
from tests.rules.returns.slips import BAGS, DOOR, FLOOR, MEI, TAO, TILL

GONE = Said("Somebody has seen to it", refused=True)


def day(desk: ReturnDesk) -> str:
    return str(desk.now().date())


def opened(desk: ReturnDesk, by: Person = MEI) -> Matter:
    matter = desk.stock.opened(day(desk), by, desk.now())
    assert matter is not None
    return matter


def does(desk: ReturnDesk, deed: str, by: Person = MEI) -> Said:
    return desk.stock.do(day(desk), deed, {}, by, desk.now())


def shelf(desk: ReturnDesk, by: Person = MEI) -> list[str]:
    """What waits, once what was known before is no longer fresh."""
    desk.room.passes(31.0)
    return [one.key for one in desk.stock.shelf(by, desk.now())]


@pytest.mark.rule("R13")
def test_from_closing_time_on_the_stocks_goods_wait_for_clerks_and_who_leads_them(desk: ReturnDesk) -> None:
    back(desk, 1)
    for closes in (time(22), None):  # not over yet; a calendar that does not know the day
        desk.closes = closes
        assert shelf(desk) == []

    desk.closes = time(9)
    for who in (FLOOR, TILL, DOOR, BAGS):
        assert shelf(desk, who) == []
        assert desk.stock.opened(day(desk), who, desk.now()) is None
    [matter] = desk.stock.matters(TAO, desk.now())
    assert (matter.key, matter.line, matter.pressing) == (f"stock {day(desk)}", "Still to be told: 1", False)
    assert desk.stock.begins(MEI, desk.now()) == ()
    [(slip, words)] = opened(desk).told
    assert (slip.split(" · ")[0], words) == ("Slip 000001", "+1 茶杯 (30112)")
    [late] = desk.stock.shelf(MEI, desk.now() + timedelta(days=1))
    assert late.pressing


@pytest.mark.rule("R13")
def test_what_was_told_is_noted_with_who_and_leaves_the_list_and_a_slip_of_the_finger_is_taken_back(
    desk: ReturnDesk, tmp_path: Path
) -> None:
    back(desk, 1)
    back(desk, 2)
    [tell] = opened(desk).deeds

    said = does(desk, tell.deed)

    assert (said.refused, said.opens) == (False, f"stock {day(desk)}")
    assert shelf(desk) == []
    after = opened(desk)
    assert (after.line, [one.deed for one in after.deeds]) == (KNOWN, [UNDO.deed])
    assert dict(after.told)["Told"].startswith("李梅 ")
    assert dict(after.told)["Told"].endswith("slips 000001, 000002")
    assert does(desk, tell.deed).refused, "a second tap"

    assert not does(desk, UNDO.deed, TAO).refused
    assert does(desk, UNDO.deed, TAO) == GONE
    assert shelf(desk) == [f"stock {day(desk)}"]
    assert "Taken back" in dict(opened(desk).told)
    assert not does(desk, opened(desk).deeds[0].deed, TAO).refused
    told = ask(tmp_path / "ledger.sqlite", "SELECT actor, action FROM audit WHERE action LIKE '%stock%' ORDER BY n")
    assert told == [
        ("mei", "has told stock of"),
        ("tao", "undoes that stock was told of"),
        ("tao", "has told stock of"),
    ]
    assert isinstance(verify(desk.ledger), Intact)


@pytest.mark.rule("R13")
def test_what_came_back_while_somebody_typed_is_not_told_unseen(desk: ReturnDesk) -> None:
    back(desk, 1)
    [before] = opened(desk).deeds
    seen = desk.stock.desk.untold(desk.now().date())
    back(desk, 2)

    assert does(desk, before.deed) == Said(CHANGED, refused=True)
    late = desk.stock.desk.tell(desk.now().date(), seen, MEI, desk.now())
    assert isinstance(late, Refused)
    assert late.why.startswith("something came back meanwhile")
    assert opened(desk).line == "Still to be told: 2"
    assert desk.stock.desk.said(desk.now().date()) == ()


@pytest.mark.rule("R13")
@pytest.mark.rule("R11")
def test_a_slip_that_is_void_after_it_was_told_comes_up_again_to_be_taken_out(desk: ReturnDesk) -> None:
    back(desk, 1)
    does(desk, opened(desk).deeds[0].deed)

    voided = desk.corner.sign("slip 1", "void", {"why": "a field is wrong"}, MEI, TAO, desk.now())

    assert not voided.refused
    assert shelf(desk) == [f"stock {day(desk)}"]
    assert opened(desk).told[0][0].startswith("Slip 000001, void since · ")
    assert opened(desk).told[0][1].startswith("−1 茶杯")
    assert not does(desk, opened(desk).deeds[0].deed).refused
    assert shelf(desk) == []


@pytest.mark.rule("R13")
def test_who_may_not_and_what_is_not_there_is_refused_and_says_why(desk: ReturnDesk) -> None:
    today, stock = desk.now().date(), desk.stock.desk
    assert desk.stock.opened(day(desk), MEI, desk.now()) is None
    assert desk.stock.opened("tomorrow", MEI, desk.now()) is None
    assert does(desk, "tell") == GONE
    back(desk, 1)

    for refused in (stock.tell(today, stock.untold(today), FLOOR, desk.now()), stock.undo(today, FLOOR, desk.now())):
        assert isinstance(refused, Refused)
        assert "may not say that the stock's own system was told" in refused.why
    nothing = stock.tell(today - timedelta(days=1), (), MEI, desk.now())
    assert isinstance(nothing, Refused)
    assert "knows all of" in nothing.why
    never = stock.undo(today, MEI, desk.now())
    assert isinstance(never, Refused)
    assert "nothing was told" in never.why


@pytest.mark.rule("R13")
def test_of_two_hands_the_first_has_told_it(desk: ReturnDesk) -> None:
    back(desk, 1)
    today, stock = desk.now().date(), desk.stock.desk
    changes, book = stock.untold(today), stock._book
    word = StockTold(0, today, desk.now(), "tao", (1,))

    assert book.tell(word, 0) is not None
    assert book.tell(word, 0) is None

    late = stock.tell(today, changes, MEI, desk.now())
    assert isinstance(late, Refused)
    assert [one.by for one in book.said(today)] == ["tao"]


class Faster(LedgerStock):
    """Somebody else is, each time."""

    def tell(self, told: StockTold, after: int) -> StockTold | None:
        return None


@pytest.mark.rule("R13")
def test_whoever_is_late_reads_that_somebody_was_faster(desk: ReturnDesk) -> None:
    back(desk, 1)
    [tell] = opened(desk).deeds
    desk.stock.desk._book = Faster(lambda: desk.ledger, SHANGHAI)

    assert does(desk, tell.deed) == Said(f"somebody else was faster: look at {day(desk)} again", refused=True)
    assert desk.stock.shelf(MEI, desk.now()) == desk.stock.shelf(TAO, desk.now())
