from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from kiosk.rules.returns.case import Case
from kiosk.rules.returns.clause import ANSWERS, Answer, Paper, Question, Reason, Remedy
from kiosk.rules.returns.decision import decide
from kiosk.rules.returns.questions import AT_THE_COUNTER, AT_THE_KIOSK, open_questions, papers_that_matter
from tests.rules.returns.policies import EVERY_PAPER, case, demo_book

BOOK = demo_book()
WHOLE, WORN, CAUSE, FAULT = Question


def fresh(goods: str = "other", age: int = 3, **changes: object) -> Case:
    return case(goods, age, **({"answers": {}} | changes))


def turns(asked: Case, askable: tuple[Question, ...]) -> set[Question]:
    """The questions to which two answers end a case in two ways, whatever else is answered: by trying everything."""
    ends = {}
    for answers in product(*(ANSWERS[one] for one in askable)):
        decision = decide(BOOK, replace(asked, answers=dict(zip(askable, answers, strict=True))))
        ends[answers] = (decision.outcome, decision.remedy)
    return {
        question
        for at, question in enumerate(askable)
        for answers, end in ends.items()
        for other in ANSWERS[question]
        if ends[(*answers[:at], other, *answers[at + 1 :])] != end
    }


@pytest.mark.rule("R03")
@pytest.mark.rule("R04")
@pytest.mark.parametrize(
    ("goods", "age", "wish", "reason", "asked"),
    [
        ("other", 3, Remedy.REFUND, Reason.FAULT, (WHOLE, WORN, CAUSE)),
        ("other", 3, Remedy.EXCHANGE, Reason.UNWANTED, (WHOLE, WORN)),
        ("other", 3, Remedy.REPAIR, Reason.FAULT, (CAUSE,)),
        ("appliance", 3, Remedy.REFUND, Reason.FAULT, (WHOLE, CAUSE)),
        ("appliance", 3, Remedy.REFUND, Reason.UNWANTED, ()),
        ("other", 31, Remedy.REFUND, Reason.FAULT, ()),
        ("hygiene", 3, Remedy.REFUND, Reason.FAULT, ()),
        ("fresh", 3, Remedy.REFUND, Reason.SPOILED, (CAUSE,)),
    ],
)
def test_two_or_three_questions_are_asked_and_none_where_the_answer_is_known(
    goods: str, age: int, wish: Remedy, reason: Reason, asked: tuple[Question, ...]
) -> None:
    assert open_questions(BOOK, fresh(goods, age, wish=wish, reason=reason)) == asked


@pytest.mark.parametrize("goods", ["other", "appliance", "hygiene", "tobacco-alcohol", "fresh", "clearance"])
def test_a_question_is_asked_exactly_where_its_answer_can_change_the_outcome(goods: str) -> None:
    for age, wish, reason in product((7, 8, 16, 31), Remedy, Reason):
        unasked = fresh(goods, age, wish=wish, reason=reason)

        asked = open_questions(BOOK, unasked)

        assert set(asked) == turns(unasked, AT_THE_KIOSK), (age, wish, reason)
        assert len(asked) <= 3


def test_so_it_is_at_the_counter() -> None:
    for goods, wish in product(("other", "appliance"), Remedy):
        unasked = fresh(goods, 8, wish=wish)

        assert set(open_questions(BOOK, unasked, AT_THE_COUNTER)) == turns(unasked, AT_THE_COUNTER), (goods, wish)


def test_an_answer_may_make_the_next_question_idle() -> None:
    broken = fresh().answered(WHOLE, Answer.YES)
    assert open_questions(BOOK, broken) == (WORN, CAUSE)

    harmed = fresh("appliance").answered(CAUSE, Answer.USE)
    assert open_questions(BOOK, harmed) == (), "it is refused, whatever became of the packaging"


def test_what_was_answered_is_never_asked_again() -> None:
    asked = fresh()
    for _ in range(len(AT_THE_KIOSK)):
        (question, *_) = open_questions(BOOK, asked)
        asked = asked.answered(question, ANSWERS[question][0] if question is not WORN else Answer.NO)

    assert open_questions(BOOK, asked) == ()


def test_at_the_counter_the_clerk_confirms_the_fault() -> None:
    looked_at = fresh(answers={WHOLE: Answer.YES, WORN: Answer.NO, CAUSE: Answer.NOTHING})

    assert open_questions(BOOK, looked_at, AT_THE_COUNTER) == (FAULT,)
    assert open_questions(BOOK, looked_at) == ()


@pytest.mark.rule("R03")
def test_only_papers_that_matter_are_asked_for() -> None:
    assert papers_that_matter(BOOK, fresh("appliance")) == (Paper.TEST_RECORD, Paper.WARRANTY_CARD)
    assert papers_that_matter(BOOK, fresh("appliance", invoiced=True)) == (
        Paper.INVOICE,
        Paper.TEST_RECORD,
        Paper.WARRANTY_CARD,
    )
    assert papers_that_matter(BOOK, fresh("other", papers=frozenset({Paper.RECEIPT}))) == ()
    assert papers_that_matter(BOOK, fresh("other", invoiced=True)) == (Paper.INVOICE,)
    assert papers_that_matter(BOOK, fresh("appliance", 16)) == ()
    assert papers_that_matter(BOOK, fresh("clearance", papers=EVERY_PAPER)) == ()
