from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.forms.money import MOST_FEN, shown_fen
from kiosk.rules.returns.receipt import (
    MOST_MILLI,
    BadReceipt,
    Line,
    Receipt,
    check_day,
    price_of,
    quantity_of,
    shown_quantity,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
BOUGHT = datetime(2026, 11, 1, 15, 30, tzinfo=SHANGHAI)


def line(**changes: Any) -> Line:
    usual: dict[str, Any] = {
        "n": 1,
        "item": "20417",
        "barcode": "6901234567892",
        "name": "电水壶 1.7L",
        "category": "小家电",
        "quantity_milli": 2000,
        "unit_price_fen": 12_990,
    }
    return Line(**(usual | changes))


def receipt(**changes: Any) -> Receipt:
    usual: dict[str, Any] = {"number": "R012611010042", "bought": BOUGHT, "till": "03", "lines": (line(),)}
    return Receipt(**(usual | changes))


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"quantity_milli": 0}, "quantity", "is 0"),
        ({"quantity_milli": -1000}, "quantity", "is -1"),
        ({"quantity_milli": MOST_MILLI + 1}, "quantity", "more than anybody buys"),
        ({"unit_price_fen": -1}, "unit_price", "is -0.01"),
        ({"unit_price_fen": MOST_FEN + 1}, "unit_price", "more than any price"),
        ({"n": 0}, "n", "is 0"),
        ({"item": ""}, "item", "is missing"),
        ({"item": "20 417"}, "item", "is '20 417'"),
        ({"barcode": "69;01"}, "barcode", "is '69;01'"),
        ({"serial": "a\nb"}, "serial", "letters, digits"),
        ({"name": " "}, "name", "1 to 120 characters"),
        ({"name": "壶" * 10_000}, "name", "…"),
        ({"category": "小家电\n"}, "category", "up to 120 characters"),
    ],
)
def test_a_line_that_no_till_prints_is_refused_with_its_field_and_the_remedy(
    changes: dict[str, Any], field: str, says: str
) -> None:
    with pytest.raises(BadReceipt) as refused:
        line(**changes)

    assert refused.value.field == field
    assert says in str(refused.value)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": ""}, "number"),
        ({"number": "R01 2611"}, "number"),
        ({"till": "Kasse drei!"}, "till"),
        ({"member": "8800;1"}, "member"),
        ({"bought": datetime(2026, 11, 1, 15, 30)}, "bought"),  # noqa: DTZ001 # that is what is refused
        ({"lines": ()}, "lines"),
        ({"lines": (line(n=2), line(n=1))}, "lines"),
        ({"lines": (line(), line())}, "lines"),
    ],
)
def test_a_receipt_that_no_till_prints_is_refused_with_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(BadReceipt) as refused:
        receipt(**changes)

    assert refused.value.field == field


def test_a_receipt_from_the_future_is_refused_but_a_till_may_be_a_few_minutes_ahead() -> None:
    now = BOUGHT.astimezone(UTC)

    check_day(BOUGHT + timedelta(minutes=10), now)
    with pytest.raises(BadReceipt, match="2026-11-01 15:41, which is still to come"):
        check_day(BOUGHT + timedelta(minutes=11), now)


@pytest.mark.parametrize(
    ("text", "fen"), [("12", 1200), ("12.5", 1250), ("12.50", 1250), (" 0.00 ", 0), ("999999.99", MOST_FEN)]
)
def test_a_price_is_read_as_tills_write_it(text: str, fen: int) -> None:
    assert price_of(text) == fen


@pytest.mark.parametrize(
    "text", ["12.500", "12.505", "-1", "1e3", "12,50", "", "￥12", "1000000", "１２", "NaN", "--1"]
)
def test_a_price_with_three_decimals_or_none_at_all_is_refused(text: str) -> None:
    with pytest.raises(BadReceipt, match=r"^unit_price: "):
        price_of(text)


@pytest.mark.parametrize(
    ("text", "milli"), [("2", 2000), ("2.000", 2000), ("0.535", 535), ("+1", 1000), ("0.5350", 535)]
)
def test_a_quantity_is_read_as_tills_write_it(text: str, milli: int) -> None:
    assert quantity_of(text) == milli


@pytest.mark.parametrize("text", ["0", "-1", "0.0005", "two", "", "10000", "1.2.3"])
def test_a_quantity_of_nothing_or_less_is_refused(text: str) -> None:
    with pytest.raises(BadReceipt, match=r"^quantity: "):
        quantity_of(text)


@given(st.integers(1, MOST_MILLI), st.integers(0, MOST_FEN))
def test_what_is_shown_of_a_quantity_and_a_price_reads_back(quantity_milli: int, fen: int) -> None:
    assert quantity_of(shown_quantity(quantity_milli)) == quantity_milli
    assert price_of(shown_fen(fen)) == fen


def test_half_a_fen_is_rounded_up_as_tills_do() -> None:
    meat = line(quantity_milli=535, unit_price_fen=2999)

    assert meat.amount_fen == 1604  # 16.04465
    assert line(quantity_milli=500, unit_price_fen=1).amount_fen == 1
    assert receipt(lines=(meat, line(n=2))).total_fen == 1604 + 25_980


def test_the_day_of_purchase_is_the_one_on_the_stores_clock() -> None:
    late = receipt(bought=datetime(2026, 11, 1, 16, 30, tzinfo=UTC))

    assert late.bought_on(SHANGHAI) == date(2026, 11, 2)
    assert late.bought_on(UTC) == date(2026, 11, 1)


def test_a_line_is_found_by_its_number() -> None:
    both = receipt(lines=(line(), line(n=3, item="20418")))

    assert both.line(3) == line(n=3, item="20418")
    assert both.line(2) is None
