"""What is asked before a slip goes on: each field of an approval, the code and the price at the till."""

from __future__ import annotations

import pytest

from kiosk.rules.forms.form import Choice, problem, problems
from kiosk.rules.front.slip_pages import Approval, approval, approved, credit
from kiosk.rules.returns.slip import SlipField, Stage
from kiosk.rules.returns.slip_deeds import Approve, ShopperSigns
from kiosk.rules.returns.slip_fields import shown
from tests.rules.returns.slips import MEI, done, filled


@pytest.mark.rule("R09")
@pytest.mark.rule("R10")
def test_every_field_has_a_page_with_its_value_the_amount_and_the_receipt_first() -> None:
    form = approval(filled(), {"mei": "李梅"})
    pages = form.pages({})

    assert all(isinstance(page, Choice) for page in pages)
    assert [page.ask for page in pages[:2] if isinstance(page, Choice)] == ["amount", "receipt number"]
    assert len(pages) == len(SlipField)
    assert "李梅" in {page.line for page in pages if isinstance(page, Choice)}
    every = {page.id: "yes" for page in pages}
    assert problems(form, every) == {}
    assert approved(every) == Approve(tuple(SlipField))
    assert approved({"amount": "yes"}) == Approve((SlipField.AMOUNT,))
    assert form == approval(filled(), {"mei": "李梅"})
    assert isinstance(form.pages, Approval)


@pytest.mark.rule("R10")
def test_an_approver_sees_whether_the_shopper_has_signed() -> None:
    slip = filled()
    signed = done(slip, (ShopperSigns(), MEI))

    assert signed.stage is Stage.SIGNED
    assert shown(slip, {})[SlipField.SHOPPER] == "not yet"
    assert shown(signed, {})[SlipField.SHOPPER] == "on the paper"
    assert shown(slip, {})[SlipField.CLERK] == "mei"


@pytest.mark.rule("R12")
def test_only_the_code_of_a_slip_is_taken_at_the_till() -> None:
    code, price = credit("Take it as cash").pages({})

    assert problem(code, "RS000001-ABCDEFGH") == ""
    assert problem(code, "6901234567892") == "this is no code of a slip"
    assert credit("x") == credit("x")
    assert [problem(price, said) for said in ("150", "150.5", "150.50", "0.00")] == [""] * 4
    assert problem(price, "1.505") == "Please write two decimals at most, such as 12.50"
    assert problem(price, "-1") == "Please write the amount without a sign, such as 12.50"
    assert problem(price, "") != ""
