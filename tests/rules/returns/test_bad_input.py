"""What comes to the return desk edited, borrowed or impossible: refused in words, and nothing is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.rules.returns.credit import code_of, genuine, scanned
from kiosk.rules.returns.slip import Refused, Slip, fill
from tests.rules.returns.slips import EXCHANGE, FILLING, KETTLE, KEY, MEMBER, NOW, RECEIPT, filled


@pytest.mark.rule("R07")
@pytest.mark.parametrize("at", range(len(KETTLE.barcode)))
def test_a_barcode_with_one_edited_digit_is_not_the_article_of_the_receipt(at: int) -> None:
    digit = str((int(KETTLE.barcode[at]) + 1) % 10)
    edited = KETTLE.barcode[:at] + digit + KETTLE.barcode[at + 1 :]

    refused = fill(RECEIPT, replace(FILLING, scanned=edited), "mei", NOW)

    assert isinstance(refused, Refused)
    assert KETTLE.name in refused.why


@pytest.mark.rule("R12")
def test_an_exchange_slip_whose_code_was_edited_is_worth_nothing() -> None:
    slip = filled(EXCHANGE, 12)
    code = code_of(slip, KEY)
    whole = scanned(code)
    assert whole is not None
    assert genuine(whole, slip, KEY)

    for edited in (code.replace("000012", "000013"), code[:-1] + ("A" if code[-1] != "A" else "B")):
        read = scanned(edited)
        assert read is not None
        assert not genuine(read, slip, KEY)
    assert not genuine(whole, replace(slip, amount_fen=slip.amount_fen * 10), KEY), "nor is one for another amount"


@pytest.mark.rule("R07")
@pytest.mark.parametrize("quantity_milli", [0, -1, -1000, 500, 4000])
def test_nothing_less_than_nothing_and_more_than_was_bought_comes_back(quantity_milli: int) -> None:
    assert isinstance(fill(RECEIPT, replace(FILLING, quantity_milli=quantity_milli), "mei", NOW), Refused)


@pytest.mark.rule("R07")
@pytest.mark.rule("S20")
@pytest.mark.parametrize("member", ["", MEMBER[:-1] + ("1" if MEMBER[-1] != "1" else "2"), "880099999"])
def test_the_member_number_of_another_person_is_refused_without_telling_whose_it_should_be(member: str) -> None:
    refused = fill(RECEIPT, replace(FILLING, member=member), "mei", NOW)

    assert isinstance(refused, Refused)
    assert MEMBER not in refused.why
    assert isinstance(fill(RECEIPT, FILLING, "mei", NOW), Slip)
