from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.forms.filling import Filling, opened
from kiosk.rules.forms.flow import Next, Read, Wrote
from kiosk.rules.forms.form import Always, Form, Words
from kiosk.rules.forms.money import (
    MOST_FEN,
    NoAmount,
    amount,
    fen_of,
    shown_fen,
    wrong_amount,
    wrong_price,
)
from kiosk.rules.writing.writing import Kind, Letter
from tests.depth import examples

PRICE = Form("x", "X", Always((Words("price", "How much?", kind=Kind.AMOUNT, longest=9, check=wrong_price),)))


@pytest.mark.parametrize(
    ("text", "fen"), [("12", 1200), ("12.5", 1250), ("12.50", 1250), (" 0.05 ", 5), ("0", 0), ("999999.99", MOST_FEN)]
)
def test_an_amount_is_yuan_with_two_decimals_at_most(text: str, fen: int) -> None:
    assert (amount(text), fen_of(text), wrong_amount(text)) == (fen, fen, "")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        *(((text), NoAmount.NOTHING) for text in ("", "a", ".5", "5.", "1,50", "１２", "1e3", "1.2.3", "￥5", "NaN")),
        *(((text), NoAmount.SIGNED) for text in ("-1", "+1", "-0.001")),
        *(((text), NoAmount.DECIMALS) for text in ("12.505", "12.500")),
        ("1000000", NoAmount.TOO_MUCH),
        ("12345678", NoAmount.NOTHING),
    ],
)
def test_three_decimals_signs_and_what_is_no_number_are_refused_in_words(text: str, why: NoAmount) -> None:
    assert amount(text) is why
    assert (wrong_amount(text), wrong_price(text), fen_of(text)) == (why.value, why.value, 0)


def test_nothing_costs_nothing() -> None:
    assert wrong_price("0.00") == NoAmount.NOTHING.value
    assert wrong_price("0.01") == ""


@settings(max_examples=examples(100))
@given(st.integers(0, MOST_FEN))
def test_what_is_shown_of_an_amount_reads_back(fen: int) -> None:
    assert amount(shown_fen(fen)) == fen


def test_amounts_are_written_as_people_write_them() -> None:
    assert [shown_fen(fen) for fen in (500, 5, 1234, -5)] == ["5.00", "0.05", "12.34", "-0.05"]


def test_a_code_that_is_scanned_while_an_amount_is_asked_for_is_no_amount() -> None:
    asks = opened(PRICE, chinese=True)
    assert asks.writes, "or it would be taken for a tag of a locker"

    for act in (Wrote(Letter("7")), Read("6901234567892")):
        after = asks.after(act).flow
        assert isinstance(after, Filling)
        asks = after

    turn = asks.after(Next())
    assert turn.given is not None
    assert turn.given.answers == (("price", "7"),)
