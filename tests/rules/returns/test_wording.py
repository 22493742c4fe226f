from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from kiosk.rules.returns.clause import Answer, Paper, Question, Reason, Remedy
from kiosk.rules.returns.decision import Outcome, decide
from kiosk.rules.returns.policy import PolicyBook
from kiosk.rules.returns.wording import in_words, next_step, reason, written_day
from kiosk.units import LANGUAGES, Language
from tests.rules.returns.policies import EVERY_PAPER, FLAWLESS, GOODS, case, demo_book

BOOK = demo_book()
ZH, TW, EN = LANGUAGES
FORBIDDEN = ("不懂", "不会", "不會", "不知道", "不行", "没有", "沒有", "我忙着呢", "这事跟我没关系")


def said(language: Language, **changes: object) -> tuple[str, str]:
    decision = decide(BOOK, case(**changes))  # type: ignore[arg-type] # what a case is made of
    return reason(BOOK.phrases, decision, language), next_step(BOOK.phrases, decision, language)


@pytest.mark.rule("R16")
def test_a_refusal_says_why_and_what_can_be_had_instead() -> None:
    why, step = said(EN, goods="appliance", age=8)

    assert why == "An appliance that fails between day 8 and day 15 is exchanged or repaired."
    assert step == "What we can do for you instead: an exchange. Please bring it with its papers to the return desk."


@pytest.mark.rule("R16")
def test_every_paper_that_is_missing_is_named_at_once_with_the_last_day() -> None:
    why, step = said(ZH, goods="appliance", papers=frozenset({Paper.RECEIPT}), invoiced=True)

    assert why == "这张小票已开过发票，退换货时请一并带来。电器退换需要提货时的检测记录。电器退换需要保修卡。"
    assert step == "请在11月9日之前带齐单据再来，我们马上为您办理。"
    assert said(EN, goods="appliance", papers=frozenset())[1] == (
        "Please bring the papers by 9 November, and we see to it at once."
    )


@pytest.mark.rule("R16")
def test_nobody_is_sent_for_a_paper_in_vain() -> None:
    late, step = said(EN, goods="appliance", age=16, papers=frozenset())
    assert late.startswith("This appliance was sold more than 15 days ago")
    assert step.startswith("With the warranty card the maker repairs it")

    why, step = said(EN, goods="appliance", age=8, papers=EVERY_PAPER - {Paper.TEST_RECORD})
    assert why == (
        "An appliance that fails between day 8 and day 15 is exchanged or repaired. "
        "For appliances we need the test record from the pick-up area."
    )
    assert step == "Please bring the papers by 17 November, and we see to it at once."


@pytest.mark.rule("R16")
def test_a_person_is_announced_with_our_recommendation() -> None:
    why, step = said(TW, answers={**FLAWLESS, Question.FAULT: Answer.UNSURE})

    assert why == "品質問題需要退換貨服務台確認。"
    assert step == "退換貨服務台的同仁會當面為您處理，我們建議：退貨退款。"


@pytest.mark.rule("R06")
@pytest.mark.rule("R16")
def test_a_case_in_doubt_names_the_clause_and_the_person_who_decides() -> None:
    why, step = said(EN, age=31, doubt=True)

    assert why.startswith("It was bought more than 30 days ago")
    assert step == "A colleague at the return desk decides this with you; our recommendation is: a refund."


@pytest.mark.rule("R16")
@pytest.mark.rule("S02")
@pytest.mark.parametrize("goods", GOODS)
def test_whatever_is_decided_is_said_in_three_languages_without_a_gap_or_a_forbidden_word(goods: str) -> None:
    answers: tuple[dict[Question, Answer], ...] = (
        FLAWLESS,
        {},
        {**FLAWLESS, Question.WHOLE: Answer.NO},
        {**FLAWLESS, Question.WORN: Answer.YES},
        {**FLAWLESS, Question.CAUSE: Answer.USE},
        {**FLAWLESS, Question.FAULT: Answer.NO},
    )
    papers = (frozenset(Paper), frozenset({Paper.RECEIPT}), frozenset[Paper]())
    for age, wish, why, given, have, doubt in product((0, 8, 16, 31), Remedy, Reason, answers, papers, (False, True)):
        decision = decide(
            BOOK, case(goods, age, wish=wish, reason=why, answers=given, papers=have, invoiced=True, doubt=doubt)
        )
        for language in LANGUAGES:
            for text in (reason(BOOK.phrases, decision, language), next_step(BOOK.phrases, decision, language)):
                assert text
                assert "{" not in text, (text, decision.hits)
                assert not any(word in text for word in FORBIDDEN)


def test_where_the_policy_says_nothing_a_person_is_announced() -> None:
    decision = decide(PolicyBook((), (), BOOK.phrases), case())

    assert decision.outcome is Outcome.PERSON
    assert reason(BOOK.phrases, decision, EN) == next_step(BOOK.phrases, decision, EN)
    assert "a refund" in next_step(BOOK.phrases, decision, EN)


def test_a_text_that_is_not_translated_yet_is_said_in_another_language() -> None:
    assert in_words({EN: "Hello"}, ZH) == "Hello"
    assert in_words({}, ZH) == ""


def test_a_day_is_written_as_people_write_it() -> None:
    assert [written_day(date(2026, 12, 5), one) for one in LANGUAGES] == ["12月5日", "12月5日", "5 December"]
