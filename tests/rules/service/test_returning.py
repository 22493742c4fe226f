from __future__ import annotations

import pytest

from kiosk.rules.forms.flow import Act, Back, Chose, Flow, Given, Next, Read, Sought, Wrote
from kiosk.rules.forms.form import Choice, problems
from kiosk.rules.returns.clause import ANSWERS, Paper, Question, Reason, Remedy
from kiosk.rules.returns.decision import Outcome
from kiosk.rules.service.returning import (
    AGAIN,
    CHOICES,
    FIELDS,
    LONGEST_CODE,
    PAPER_NAMES,
    SERVICE,
    TICKET,
    Returning,
    given,
)
from kiosk.rules.writing.writing import Letter


def goes(*acts: Act) -> Returning:
    flow: Flow | None = Returning()
    for act in acts:
        assert flow is not None
        flow = flow.after(act).flow
    assert isinstance(flow, Returning)
    return flow


SCANNED = Read("R0100000001")


@pytest.mark.rule("R01")
def test_a_receipt_is_scanned_or_its_number_typed_and_the_desk_looks_for_it() -> None:
    scanned = Returning().after(SCANNED)
    typed = goes(Wrote(Letter("0")), Wrote(Letter("1"))).after(Next())

    assert scanned.sought == Sought("return", "R0100000001")
    assert typed.sought == Sought("return", "01")
    assert scanned.flow is not None
    assert scanned.flow.page == "return.found"


def test_nothing_is_looked_for_where_nothing_was_written() -> None:
    assert Returning().after(Next()).sought is None
    assert Returning().after(Read(" \n")).flow == Returning()


def test_whatever_a_scanner_reads_is_no_longer_than_a_number_may_be() -> None:
    assert len(goes(Read("\x00" + "9" * 10_000)).sought) == LONGEST_CODE - 1


def test_another_receipt_may_be_scanned_until_a_line_was_chosen() -> None:
    assert goes(SCANNED).writes
    assert goes(SCANNED, Read("R0100000002")).sought == "R0100000002"
    chosen = goes(SCANNED, Chose("line=1"))
    assert not chosen.writes
    assert goes(SCANNED, Chose("line=1"), Read("R0100000002")) == chosen


def test_back_takes_the_last_answer_back_then_the_receipt_then_leads_home() -> None:
    flow = goes(SCANNED, Chose("line=1"), Chose("wish=refund"), Chose("count=3"))

    assert goes(SCANNED, Chose("line=1"), Chose("count=2"), Chose("count=3"), Back()).chosen == ()
    one = flow.after(Back()).flow
    assert isinstance(one, Returning)
    assert one.answers == {"line": "1"}
    assert goes(SCANNED, Back()) == Returning()
    assert Returning().after(Back()).flow is None


@pytest.mark.parametrize("act", [Chose("boat=1"), Chose("line"), Wrote(Letter("1")), Next()])
def test_what_makes_no_sense_now_changes_nothing(act: Act) -> None:
    assert goes(SCANNED, act) == goes(SCANNED)


def test_an_answer_that_is_given_again_counts_once() -> None:
    flow = goes(SCANNED, Chose("ticked=invoice"), Chose("line=1"), Chose("line=2"))

    assert flow.chosen == (("line", "2"),)
    assert flow.page == "return.line"


@pytest.mark.rule("R06")
def test_without_a_decision_a_person_still_takes_it_on() -> None:
    turn = goes(SCANNED).after(Chose(TICKET))

    assert turn.given == Given("return", (("receipt", "R0100000001"), ("outcome", "person")))
    assert isinstance(turn.flow, Returning)
    assert turn.flow.page == "return.sent"
    assert not turn.flow.writes
    assert turn.flow.after(Back()).flow == turn.flow
    assert turn.given is not None
    assert problems(SERVICE.form, dict(turn.given.answers)) == {}


def test_a_decided_case_is_given_as_the_screen_says_it() -> None:
    answers = (("receipt", "R0100000001"), ("article", "a=b\\c"), ("outcome", "accept"))

    assert goes(SCANNED).after(Chose(given(answers))).given == Given("return", answers)


def test_another_receipt_begins_anew() -> None:
    assert goes(SCANNED, Chose(AGAIN)) == Returning()


def test_the_pages_offer_what_the_rule_book_knows() -> None:
    def ids(page: str) -> list[str]:
        found = FIELDS[page]
        assert isinstance(found, Choice)
        return [one.id for one in found.options]

    assert ids("wish") == ids("remedy") == [one.value for one in Remedy]
    assert ids("reason") == [one.value for one in Reason]
    assert ids("outcome") == [one.value for one in Outcome]
    for question in set(Question) - {Question.FAULT}:
        assert [one.id for one in CHOICES[question.value].options] == [one.value for one in ANSWERS[question]]
    assert set(PAPER_NAMES) == {one.value for one in Paper} - {Paper.RECEIPT.value}
