"""Every case there can be, against the rule book restated as code: exactly one outcome each, and the right one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import product

import pytest

from kiosk.rules.returns.case import Case
from kiosk.rules.returns.clause import ANSWERS, Answer, Paper, Question, Reason, Remedy
from kiosk.rules.returns.decision import Outcome, decide
from tests.depth import DEEP
from tests.rules.returns.policies import BOUGHT, EVERY_PAPER, article, demo_book

KINDS = ("other", "appliance", "hygiene", "consumable", "tobacco-alcohol", "fresh", "clearance", "clearance appliance")
AGES = range(41) if DEEP else (7, 8, 15, 16, 30, 31)
PAPERS = (EVERY_PAPER, *(EVERY_PAPER - {paper} for paper in Paper), frozenset[Paper]())
YES, NO, UNSURE = Answer.YES, Answer.NO, Answer.UNSURE


def oracle(kind: str, case: Case) -> Outcome:
    """What the rule book says, rule by rule, written without looking at how the policy is kept."""
    if case.doubt:
        return Outcome.PERSON  # R06
    refused = set(_refusals(kind, case))
    if True in refused:
        return Outcome.REFUSE
    by_a_person = case.reason is Reason.MISTAKE or kind == "tobacco-alcohol"
    return Outcome.PERSON if None in refused or by_a_person else Outcome.ACCEPT


def _refusals(kind: str, case: Case) -> Iterator[bool | None]:
    """True: refused. None: it depends on what nobody is sure of."""
    appliance = "appliance" in kind
    age, wish, reason = (case.today - case.bought_on).days, case.wish, case.reason
    answer = case.answers
    faulty = reason in (Reason.FAULT, Reason.SPOILED)
    if "clearance" in kind or kind in ("hygiene", "consumable"):
        yield True  # R05
    if kind == "tobacco-alcohol":
        yield reason is Reason.UNWANTED or wish is Remedy.REPAIR  # R05
    yield Paper.RECEIPT not in case.papers or (case.invoiced and Paper.INVOICE not in case.papers)  # R01
    if appliance:
        yield age > 15 or (age > 7 and wish is Remedy.REFUND and faulty) or reason is Reason.UNWANTED  # R02
        yield not {Paper.TEST_RECORD, Paper.WARRANTY_CARD} <= case.papers  # R03
    else:
        yield age > 30  # R01, R05
        yield wish is not Remedy.EXCHANGE and reason is Reason.UNWANTED  # R04
        if wish is not Remedy.REPAIR and reason is not Reason.SPOILED:
            yield _worst(answer[Question.WORN], YES)  # R04
    spoiled = reason is Reason.SPOILED and not appliance
    yield wish is Remedy.REPAIR and (reason is Reason.MISTAKE or spoiled)
    if faulty:
        yield _worst(answer[Question.CAUSE], Answer.USE, Answer.OPENED, Answer.DISASTER)  # R03, R04
        if appliance or wish is not Remedy.EXCHANGE:
            yield _worst(answer[Question.FAULT], NO)  # R02, R04
    if wish is not Remedy.REPAIR and reason is not Reason.SPOILED:
        yield _worst(answer[Question.WHOLE], NO)  # R05


def _worst(given: Answer, *bad: Answer) -> bool | None:
    return None if given is UNSURE else given in bad


def cases(kind: str) -> Iterator[Case]:
    line = article(kind)
    answers = [dict(zip(ANSWERS, given, strict=True)) for given in product(*ANSWERS.values())]
    for age, wish, reason, given in product(AGES, Remedy, Reason, answers):
        day = BOUGHT + timedelta(days=age)
        every = DEEP or (given[Question.FAULT] is YES and given[Question.CAUSE] is Answer.NOTHING)
        for papers in PAPERS if every else PAPERS[:1]:
            yield Case(line, 1000, BOUGHT, day, wish, reason, given, papers, invoiced=True)
    for age, wish, reason, doubt in product(range(61), Remedy, Reason, (False, True)):
        day = BOUGHT + timedelta(days=age)
        yield Case(line, 1000, BOUGHT, day, wish, reason, answers[0], EVERY_PAPER, doubt=doubt)


@pytest.mark.rule("R01")
@pytest.mark.rule("R02")
@pytest.mark.rule("R03")
@pytest.mark.rule("R04")
@pytest.mark.rule("R05")
@pytest.mark.rule("R06")
@pytest.mark.parametrize("kind", KINDS)
def test_every_case_has_exactly_the_outcome_that_the_rule_book_says(kind: str) -> None:
    book = demo_book()
    deciding: dict[str, Outcome] = {}

    for case in cases(kind):
        decision = decide(book, case)

        assert decision.outcome is oracle(kind, case), (kind, case, [clause.id for clause in decision.hits])
        assert (decision.remedy == case.wish) == (decision.outcome is not Outcome.REFUSE), case
        assert decision.deciding is not None, case
        deciding[decision.deciding.id] = decision.outcome

    assert deciding


def test_no_clause_of_the_policy_is_out_of_reach() -> None:
    """Each decides some case of its own."""
    flawless = {Question.WHOLE: YES, Question.WORN: NO, Question.CAUSE: Answer.NOTHING, Question.FAULT: YES}
    flawed = [{**flawless, question: answer} for question, answers in ANSWERS.items() for answer in answers]
    deciding = set()
    ages = (7, 15, 16, 31)
    for kind, age, wish, reason, given, papers in product(KINDS, ages, Remedy, Reason, flawed, PAPERS):
        day = BOUGHT + timedelta(days=age)
        decision = decide(
            demo_book(), Case(article(kind), 1000, BOUGHT, day, wish, reason, given, papers, invoiced=True)
        )
        deciding.add(decision.hits[0].id)

    assert deciding == {clause.id for clause in demo_book().clauses}
