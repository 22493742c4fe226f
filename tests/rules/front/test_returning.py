"""Which page comes next when something is returned, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.forms.form import problems
from kiosk.rules.front.returning import DECISION, Finding, ReceiptAt, Step, answers_of, quantities_left, step
from kiosk.rules.returns.decision import Outcome
from kiosk.rules.returns.receipt import Receipt
from kiosk.rules.service.returning import CHOICES, SERVICE
from tests.depth import examples
from tests.rules.returns.policies import BOUGHT, article, demo_book
from tests.tills.exports import FIRST

LINES = (
    article(n=1, quantity_milli=3000),
    article("appliance", n=2, quantity_milli=1000),
    article("fresh", n=3, quantity_milli=535),
    article("hygiene", n=4, quantity_milli=1000),
)
RECEIPT = Receipt("R0100000009", FIRST.bought, "01", LINES, invoiced=True)
TODAY = BOUGHT + timedelta(days=3)
WELL = {"whole": "yes", "worn": "no", "cause": "nothing"}


def found(*back: tuple[int, int], receipt: Receipt | None = RECEIPT, bought: date = BOUGHT) -> ReceiptAt:
    return ReceiptAt("screen", RECEIPT.number, Finding.FOUND, receipt, bought, back)


def at(today: date = TODAY, here: ReceiptAt | None = None, **chosen: str) -> Step:
    return step(demo_book(), here or found(), chosen, today)


def test_the_pages_follow_one_another_as_far_as_they_are_answered() -> None:
    assert at().page == "line"
    assert at(line="1").page == "quantity"
    assert at(line="1", quantity="2000").page == "wish"
    assert at(line="1", quantity="2000", wish="refund").page == "reason"
    assert at(line="2").page == "wish"  # there is one only
    assert at(line="3").page == "wish"  # what was weighed comes back whole
    assert at(line="2", wish="refund", reason="fault").page == "papers"


@pytest.mark.parametrize(
    ("chosen", "page"),
    [
        ({"line": "9"}, "line"),
        ({"line": "one"}, "line"),
        ({"line": "1", "quantity": "4000"}, "quantity"),
        ({"line": "1", "quantity": "1500"}, "quantity"),
        ({"line": "1", "quantity": "-1000"}, "quantity"),
        ({"line": "1", "quantity": "1000", "wish": "boat"}, "wish"),
        ({"line": "2", "wish": "refund", "reason": "fault", "papers": "passport"}, "papers"),
        (
            {
                "line": "1",
                "quantity": "1000",
                "wish": "refund",
                "reason": "fault",
                "papers": "invoice",
                "whole": "boat",
            },
            "whole",
        ),
    ],
)
def test_an_answer_that_no_page_offers_is_asked_for_again(chosen: dict[str, str], page: str) -> None:
    assert step(demo_book(), found(), chosen, TODAY).page == page


def test_where_no_invoice_was_issued_and_no_paper_matters_none_is_asked_for() -> None:
    here = found(receipt=replace(RECEIPT, invoiced=False))

    assert at(here=here, line="1", quantity="1000", wish="refund", reason="fault").page == "whole"


@pytest.mark.rule("R07")
def test_what_has_come_back_cannot_be_brought_back_once_more() -> None:
    here = found((1, 2000), (2, 1000), (3, 100))

    assert tuple(quantities_left(here, LINES[0])) == (1000,)
    assert at(here=here, line="1").page == "wish"
    assert at(here=here, line="2").page == "line"
    assert quantities_left(here, LINES[2]) == (435,)
    assert step(demo_book(), found(receipt=None), {"line": "1"}, TODAY).page == "line"


@pytest.mark.rule("R01")
@pytest.mark.rule("R16")
def test_what_is_too_old_or_never_returnable_is_told_before_anything_is_asked() -> None:
    late, socks = at(BOUGHT + timedelta(days=60), line="1"), at(line="4")

    assert (late.page, socks.page) == (DECISION, DECISION)
    assert late.decision is not None
    assert socks.decision is not None
    assert late.decision.outcome is socks.decision.outcome is Outcome.REFUSE
    assert late.decision.deciding is not None
    assert late.decision.deciding.id == "R05-30-days"


@pytest.mark.rule("R02")
@pytest.mark.rule("R06")
def test_a_faulty_appliance_goes_to_a_person_with_our_recommendation() -> None:
    chosen = {"line": "2", "wish": "refund", "reason": "fault", "papers": "invoice,test-record,warranty-card", **WELL}
    there = step(demo_book(), found(), chosen, TODAY)

    assert there.decision is not None
    assert there.decision.outcome is Outcome.PERSON
    kept = dict(answers_of(found(), chosen, there))
    assert (kept["outcome"], kept["remedy"], kept["quantity"]) == ("person", "refund", "1")
    assert kept["papers"] == "invoice,test-record,warranty-card"
    assert problems(SERVICE.form, kept) == {}


def test_a_till_that_is_ahead_of_us_sold_it_today() -> None:
    assert at(BOUGHT - timedelta(days=1), line="1").page == "quantity"


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_whoever_answers_every_page_comes_to_a_decision_and_what_is_kept_leads_to_it_again(data: st.DataObject) -> None:
    chosen = {"line": data.draw(st.sampled_from("1234"))}
    today = BOUGHT + timedelta(days=data.draw(st.integers(0, 40)))
    for _ in range(9):
        there = step(demo_book(), found(), chosen, today)
        if there.page == DECISION:
            break
        if there.page == "quantity":
            offered = ["1000", "2000", "3000"]
        elif there.page == "papers":
            offered = ["none", ",".join(paper.value for paper in there.papers)]
        else:
            offered = [one.id for one in CHOICES[there.page].options]
        assert there.page not in chosen
        chosen[there.page] = data.draw(st.sampled_from(offered))

    there = step(demo_book(), found(), chosen, today)
    assert there.page == DECISION
    kept = dict(answers_of(found(), chosen, there))
    assert problems(SERVICE.form, kept) == {}
    again = {**kept, "quantity": str(there.quantity_milli)}
    assert dict(answers_of(found(), again, step(demo_book(), found(), again, today))) == kept
