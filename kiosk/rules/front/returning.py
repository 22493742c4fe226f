"""Which page comes next when something is returned at the screen, and what is said in the end (R01, R06, R07, R16).

The flow (`rules/service/returning.py`) knows what was chosen, the desk has found the receipt; both together are a case
for part R of the rule book. The screen asks here what to show, the desk whether what it was given is so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import TypeVar

from kiosk.rules.forms.flow import Answers
from kiosk.rules.returns.case import RECEIPT_ALONE, Case
from kiosk.rules.returns.clause import ANSWERS, Answer, Paper, Question, Reason, Remedy
from kiosk.rules.returns.decision import Decision, Outcome, decide
from kiosk.rules.returns.policy import PolicyBook
from kiosk.rules.returns.questions import open_questions, papers_that_matter
from kiosk.rules.returns.receipt import PIECE_MILLI, Line, Receipt, shown_quantity
from kiosk.rules.service.returning import (
    ARTICLE,
    CLAUSES,
    LINE,
    NO_PAPER,
    OUTCOME,
    PAPERS,
    QUANTITY,
    REASON,
    RECEIPT,
    REMEDY,
    WISH,
)

DECISION = "decision"
LONGEST_CLAUSES = 400

One = TypeVar("One", bound=Enum)


@dataclass(frozen=True, slots=True, eq=False)
class ReturnCounter:
    """What the screens of the return desk are told: its policy, and what every receipt's number begins with; the same
    one as long as the desk stands."""

    book: PolicyBook
    prefix: str = ""


class Finding(Enum):
    """What became of a number that was looked up."""

    SOUGHT = "sought"
    FOUND = "found"
    ANOTHER_STORE = "another-store"
    NO_RECEIPT = "no-receipt"
    UNKNOWN = "unknown"
    AWAY = "away"  # the source of receipts cannot be asked


@dataclass(frozen=True, slots=True)
class ReceiptAt:
    """A receipt before the screen at a seat; whose it is stands not in it. asked: as it was scanned or typed.

    bought_on: by the store's clock. back: of a line, by its number, how much has come back already, in thousandths.
    """

    seat: str
    asked: str
    finding: Finding
    receipt: Receipt | None = None
    bought_on: date = date.min
    back: tuple[tuple[int, int], ...] = ()

    def left(self, line: Line) -> int:
        """Thousandths of a line that can still come back."""
        return max(0, line.quantity_milli - dict(self.back).get(line.n, 0))


@dataclass(frozen=True, slots=True)
class Step:
    """What is shown now. page: the name of what is asked, or DECISION. line: the one that was chosen. papers: those
    that are asked for. decision: at the end."""

    page: str
    line: Line | None = None
    quantity_milli: int = 0
    papers: tuple[Paper, ...] = ()
    decision: Decision | None = None


def quantities_left(found: ReceiptAt, line: Line) -> range | tuple[int, ...]:
    """What may be brought back of a line now, smallest first; what was weighed as a whole."""
    left = found.left(line)
    if line.counted:
        return range(PIECE_MILLI, left + 1, PIECE_MILLI)
    return (left,) if left else ()


def step(book: PolicyBook, found: ReceiptAt, chosen: Mapping[str, str], today: date) -> Step:
    """The first page that is not answered yet, or not with what can be chosen there."""
    line = _line(found, chosen.get(LINE, ""))
    if line is None:
        return Step(LINE)
    allowed = quantities_left(found, line)
    if (refused := _whatever_is_said(book, found, line, allowed[-1], today)) is not None:
        return Step(DECISION, line, allowed[-1], decision=refused)
    quantity = allowed[0] if len(allowed) == 1 else _number(chosen.get(QUANTITY, ""))
    if quantity not in allowed:
        return Step(QUANTITY, line)
    wish, reason = one_of(Remedy, chosen.get(WISH, "")), one_of(Reason, chosen.get(REASON, ""))
    if wish is None or reason is None:
        return Step(WISH if wish is None else REASON, line, quantity)
    return _asked(book, _case(found, line, quantity, today, wish, reason), chosen)


def _case(found: ReceiptAt, line: Line, quantity: int, today: date, wish: Remedy, reason: Reason) -> Case:
    assert found.receipt is not None
    day = max(today, found.bought_on)  # a till's clock may be ahead of ours
    return Case(line, quantity, found.bought_on, day, wish, reason, invoiced=found.receipt.invoiced)


def _whatever_is_said(book: PolicyBook, found: ReceiptAt, line: Line, quantity: int, today: date) -> Decision | None:
    """The refusal that one clause decides whatever is wished, and why: then nobody is asked first."""
    decisions = [
        decide(book, replace(_case(found, line, quantity, today, wish, reason), papers=frozenset(Paper)))
        for wish in Remedy
        for reason in Reason
    ]
    alike = all(
        one.outcome is Outcome.REFUSE and one.remedy is None and one.deciding == decisions[0].deciding
        for one in decisions
    )
    return decisions[0] if alike else None


def _asked(book: PolicyBook, case: Case, chosen: Mapping[str, str]) -> Step:
    line, quantity = case.line, case.quantity_milli
    papers = papers_that_matter(book, case)
    if papers:
        brought = _papers(chosen.get(PAPERS, ""), papers)
        if brought is None:
            return Step(PAPERS, line, quantity, papers)
        case = replace(case, papers=RECEIPT_ALONE | brought)
    while asks := open_questions(book, case):
        answer = one_of(Answer, chosen.get(asks[0].value, ""))
        if answer not in ANSWERS[asks[0]]:
            return Step(asks[0].value, line, quantity)
        case = case.answered(asks[0], answer)
    return Step(DECISION, line, quantity, papers, decide(book, case))


def answers_of(found: ReceiptAt, chosen: Mapping[str, str], at: Step) -> Answers:
    """What is kept of a case that was decided, for whoever goes on with it."""
    assert found.receipt is not None
    assert at.line is not None
    assert at.decision is not None
    decision = at.decision
    asked = {WISH, REASON, *(question.value for question in Question), *((PAPERS,) if at.papers else ())}
    remedy = () if decision.remedy is None else ((REMEDY, decision.remedy.value),)
    clauses = ", ".join(one.id for one in decision.hits)[:LONGEST_CLAUSES]
    return (
        (RECEIPT, found.receipt.number),
        (ARTICLE, at.line.name),
        (LINE, str(at.line.n)),
        (QUANTITY, shown_quantity(at.quantity_milli)),
        *((name, value) for name, value in chosen.items() if name in asked),
        (OUTCOME, decision.outcome.value),
        *remedy,
        *(((CLAUSES, clauses),) if clauses else ()),
    )


def ticked(papers: str) -> frozenset[str]:
    """Papers as they are written into a choice."""
    return frozenset(papers.split(",")) - {"", NO_PAPER}


def written(papers: Iterable[Paper]) -> str:
    """Papers for a choice; said even where there are none."""
    return ",".join(paper.value for paper in papers) or NO_PAPER


def _papers(text: str, asked: tuple[Paper, ...]) -> frozenset[Paper] | None:
    said = ticked(text)
    if not text or not said <= {paper.value for paper in asked}:
        return None
    return frozenset(paper for paper in asked if paper.value in said)


def _line(found: ReceiptAt, text: str) -> Line | None:
    line = None if found.receipt is None else found.receipt.line(_number(text))
    return None if line is None or not quantities_left(found, line) else line


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0


def one_of(kind: type[One], text: str) -> One | None:
    """The value that a text says, None for none of them."""
    return next((one for one in kind if one.value == text), None)
