from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.returns.receipt_number import NumberForm, Unknown, read

FORM = NumberForm("R01##########")


@pytest.mark.rule("R01")
@pytest.mark.parametrize(
    "text", ["R012611010042", "r01-2611-01-0042", " Ｒ０１２６１１０１００４２ ", "2611010042", "2611 010 042"]
)
def test_our_own_receipt_is_known_however_its_number_is_written(text: str) -> None:
    assert read(text, FORM) == "R012611010042"


@pytest.mark.rule("R01")
def test_another_stores_receipt_is_told_from_what_is_no_receipt() -> None:
    assert read("R022611010042", FORM) is Unknown.ANOTHER_STORE
    assert read("6901234567892", FORM) is Unknown.NO_RECEIPT
    assert read("R01261101004", FORM) is Unknown.NO_RECEIPT
    assert read("R01261101004X", FORM) is Unknown.NO_RECEIPT
    assert read("销货明细单", FORM) is Unknown.NO_RECEIPT
    assert read(" - ", FORM) is Unknown.NOTHING


@given(st.text(max_size=300))
def test_whatever_is_scanned_is_our_number_or_has_a_reason(text: str) -> None:
    found = read(text, FORM)

    assert isinstance(found, Unknown) or (found.startswith("R01") and len(found) == 13 and found.isascii())


@pytest.mark.parametrize("text", ["", "####", "R01", "R0#1##", "r01####", "R-1####", "壹####"])
def test_a_form_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="R01########"):
        NumberForm(text)


def test_the_house_shares_no_more_than_the_beginning() -> None:
    with pytest.raises(ValueError, match="begin with capital letters"):
        NumberForm("R01####", family=4)
