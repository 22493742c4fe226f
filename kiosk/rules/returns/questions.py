"""What is worth asking about a case: a question whose answer cannot change the outcome is never asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from kiosk.rules.returns.case import Case
from kiosk.rules.returns.clause import ANSWERS, Answer, Paper, Question, Remedy
from kiosk.rules.returns.decision import Outcome, decide
from kiosk.rules.returns.policy import PolicyBook

AT_THE_KIOSK = (Question.WHOLE, Question.WORN, Question.CAUSE)
AT_THE_COUNTER = (*AT_THE_KIOSK, Question.FAULT)
BROUGHT_ALONG = (Paper.INVOICE, Paper.TEST_RECORD, Paper.WARRANTY_CARD)

Ending = tuple[Outcome, Remedy | None]


def open_questions(book: PolicyBook, case: Case, askable: tuple[Question, ...] = AT_THE_KIOSK) -> tuple[Question, ...]:
    """The questions that the case does not answer yet and whose answer may change what becomes of it, in order."""
    left = tuple(question for question in askable if question not in case.answers)
    endings = {
        answers: _ending(book, replace(case, answers={**case.answers, **dict(zip(left, answers, strict=True))}))
        for answers in product(*(ANSWERS[question] for question in left))
    }
    return tuple(question for at, question in enumerate(left) if _turns(endings, at))


def papers_that_matter(book: PolicyBook, case: Case) -> tuple[Paper, ...]:
    """The papers, besides the receipt, without which the case may end in another way, whatever is answered."""
    left = tuple(question for question in AT_THE_COUNTER if question not in case.answers)
    others = case.papers - set(BROUGHT_ALONG)
    return tuple(
        paper
        for paper in BROUGHT_ALONG
        if any(_ending(book, one) != _ending(book, two) for one, two in _with_and_without(case, paper, others, left))
    )


def _with_and_without(
    case: Case, paper: Paper, others: frozenset[Paper], left: tuple[Question, ...]
) -> Iterator[tuple[Case, Case]]:
    """The case with all papers and with all but one, for whatever may be answered."""
    every = others | set(BROUGHT_ALONG)
    for answers in product(*(ANSWERS[question] for question in left)):
        given = {**case.answers, **dict(zip(left, answers, strict=True))}
        yield replace(case, answers=given, papers=every), replace(case, answers=given, papers=every - {paper})


def _ending(book: PolicyBook, case: Case) -> Ending:
    decision = decide(book, case)
    return decision.outcome, decision.remedy


def _turns(endings: dict[tuple[Answer, ...], Ending], at: int) -> bool:
    """Whether there are answers that differ at one place alone and end differently."""
    seen: dict[tuple[Answer, ...], Ending] = {}
    for answers, ending in endings.items():
        rest = answers[:at] + answers[at + 1 :]
        if seen.setdefault(rest, ending) != ending:
            return True
    return False
