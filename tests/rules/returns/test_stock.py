"""What the stock's own system is told of slips, as a rule: each goods once, and out again where a slip is void."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.returns.slip import Slip, Stage
from kiosk.rules.returns.stock import StockTold, known, open_stock, undoable, untold
from tests.depth import examples
from tests.rules.returns.slips import FILLING, NOW, TO_PAID, done, filled

DAY = NOW.date()


def paid(number: int) -> Slip:
    return done(filled(FILLING, number), *TO_PAID)


def void(number: int) -> Slip:
    return replace(paid(number), stage=Stage.VOID)


def told(n: int, *came: int, went: tuple[int, ...] = (), undoes: int = 0) -> StockTold:
    return StockTold(n, DAY, NOW, "mei", came, went, undoes)


def shown(*slips: Slip, said: tuple[StockTold, ...] = ()) -> list[tuple[int, bool]]:
    return [(one.of.number, one.out) for one in untold(slips, said)]


@pytest.mark.rule("R13")
def test_goods_are_to_be_told_once_their_slip_is_approved_and_no_longer_once_they_were() -> None:
    waiting = filled(FILLING, 2)

    assert shown(paid(3), paid(1), waiting, void(4)) == [(1, False), (3, False)]
    assert shown(paid(1), paid(3), said=(told(1, 1),)) == [(3, False)]
    assert shown(paid(1), paid(3), said=(told(1, 1), told(2, 3))) == []
    [change] = untold((paid(1),), ())
    assert (change.of.item, change.of.quantity_milli) == (paid(1).item, paid(1).quantity_milli)


@pytest.mark.rule("R13")
@pytest.mark.rule("R11")
def test_what_was_told_of_a_slip_that_is_void_since_goes_out_again() -> None:
    assert shown(void(1), paid(2), said=(told(1, 1, 2),)) == [(1, True)]
    assert shown(void(1), paid(2), said=(told(1, 1, 2), told(2, went=(1,)))) == []


@pytest.mark.rule("R13")
def test_a_slip_of_the_finger_is_taken_back_once() -> None:
    said = (told(1, 1, 2), told(2, went=(1, 2), undoes=1))

    assert undoable(()) is None
    assert undoable(said[:1]) == said[0]
    assert undoable(said) is None
    assert known(said) == frozenset()
    assert shown(paid(1), paid(2), said=said) == [(1, False), (2, False)]


@pytest.mark.rule("R13")
def test_each_day_is_open_until_all_of_its_goods_were_told() -> None:
    yesterday = replace(paid(1), filled=NOW - timedelta(days=1))

    found = open_stock((paid(2), yesterday), ())
    assert list(found) == [yesterday.filled.date(), DAY]
    assert list(open_stock((yesterday, paid(2)), (told(1, 2),))) == [yesterday.filled.date()]


@pytest.mark.rule("R13")
@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.sampled_from(["approve", "void", "tell", "undo"]), max_size=12))
def test_whatever_happens_in_between_telling_all_leaves_nothing_untold_and_nothing_twice(steps: list[str]) -> None:
    slips: list[Slip] = []
    said: list[StockTold] = []
    in_stock: set[int] = set()  # as a person at the stock's own system would have it

    def tells() -> None:
        changes = untold(slips, said)
        came = tuple(one.of.number for one in changes if not one.out)
        went = tuple(one.of.number for one in changes if one.out)
        assert not in_stock & set(came)
        assert set(went) <= in_stock
        in_stock.difference_update(went)
        in_stock.update(came)
        said.append(told(len(said) + 1, *came, went=went))

    for step in (*steps, "tell"):
        match step:
            case "approve":
                slips.append(paid(len(slips) + 1))
            case "void" if slips:
                slips[-1] = void(slips[-1].number)
            case "undo" if (last := undoable(said)) is not None:
                in_stock.difference_update(last.came)
                in_stock.update(last.went)
                said.append(told(len(said) + 1, *last.went, went=last.came, undoes=last.n))
            case "tell":
                tells()
            case _:
                pass

    assert in_stock == known(said) == {slip.number for slip in slips if slip.stage is not Stage.VOID}
    assert untold(slips, said) == ()
