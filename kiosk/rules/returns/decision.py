"""Decides a case: accept, refuse, or to a person with our recommendation, and on which clauses (R01 to R06)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kiosk.rules.returns.case import Case
from kiosk.rules.returns.clause import Answer, Clause, Effect, Paper, Reason, Remedy
from kiosk.rules.returns.goods import Trait, Traits, traits_of
from kiosk.rules.returns.policy import PolicyBook, Spoken, last_day


class Outcome(Enum):
    """What becomes of a case; exactly one of these."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    PERSON = "person"


class Tell(Enum):
    """Who has to know of it, beside the shopper."""

    DEPARTMENT_AT_ONCE = "department-at-once"  # fresh or frozen goods come back (R14)
    SUPERVISOR_URGENTLY = "supervisor-urgently"  # spoiled or expired goods were sold (R14)
    VENDOR_STAFF = "vendor-staff"  # they may handle it with us (R15)


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer. remedy: what is granted, what we recommend to the person, or what can be had instead, None: nothing.

    hits: every clause that speaks on it, the deciding one first. open: those of them that only an answer can settle.
    until: the last day on which `remedy`, else the wish, else what is offered can be had; None where nothing is.
    """

    outcome: Outcome
    remedy: Remedy | None
    hits: tuple[Clause, ...]
    open: tuple[Clause, ...] = ()
    until: date | None = None
    tell: frozenset[Tell] = frozenset()

    @property
    def deciding(self) -> Clause | None:
        """The clause that decided; None where the policy says nothing at all, and a person decides."""
        return self.hits[0] if self.hits else None


_WITHOUT_INVOICE = frozenset({Paper.RECEIPT, Paper.TEST_RECORD, Paper.WARRANTY_CARD})
_ALL_PAPERS = _WITHOUT_INVOICE | {Paper.INVOICE}


class _Verdict(Enum):
    YES = 2
    MAYBE = 1
    NO = 0


def decide(book: PolicyBook, case: Case) -> Decision:
    """The decision on a case, by the policy of the day of purchase. Total: every case has exactly one."""
    policy = book.on(case.bought_on)
    traits = traits_of(case.line, policy.categories)
    spoken = policy.spoken(traits, case.reason, policy.stage(case.bought_on, case.today, book.shut))
    missing = missing_papers(case)
    remedy: Remedy | None
    verdict, hits, unsettled = _on(case, spoken, case.wish, missing)
    if case.doubt or verdict is _Verdict.MAYBE:
        outcome, remedy = Outcome.PERSON, case.wish
    elif verdict is _Verdict.YES:
        outcome, remedy = Outcome.ACCEPT, case.wish
    else:
        outcome, remedy = Outcome.REFUSE, _instead(case, spoken, missing)
    until = _until(book, case, spoken, remedy)
    return Decision(outcome, remedy, hits, unsettled, until, frozenset(_tell(traits, case.reason, outcome)))


def missing_papers(case: Case) -> frozenset[Paper]:
    """The papers that are not at hand; an invoice only where one was issued."""
    return (_ALL_PAPERS if case.invoiced else _WITHOUT_INVOICE) - case.papers


def _on(
    case: Case, spoken: Spoken, wish: Remedy, missing: frozenset[Paper]
) -> tuple[_Verdict, tuple[Clause, ...], tuple[Clause, ...]]:
    """Whether a wish is granted, with the clauses that hit, the deciding ones first, and those still open.

    What no paper can change stands before the papers that are missing: nobody shall fetch one in vain.
    """
    firm: list[Clause] = []
    lacking: list[Clause] = []
    unsettled: list[Clause] = []
    for clause in spoken.refusals[wish]:
        if clause.missing:
            if not clause.missing.isdisjoint(missing):
                lacking.append(clause)
            continue
        if not clause.answers:
            firm.append(clause)
            continue
        given = [(case.answers.get(question, Answer.UNSURE), bad) for question, bad in clause.answers.items()]
        if not case.doubt and any(answer in bad for answer, bad in given):
            firm.append(clause)
        elif case.doubt or any(answer is Answer.UNSURE for answer, _ in given):
            unsettled.append(clause)
    offers = spoken.offers
    if firm:
        return _Verdict.NO, (*firm, *lacking, *offers), ()
    if not offers:
        return _Verdict.MAYBE, (), ()
    fitting = tuple(clause for clause in offers if wish in clause.remedies)
    if not fitting:
        return _Verdict.NO, (*offers, *lacking), ()
    if lacking:
        return _Verdict.NO, (*lacking, *offers), ()
    if unsettled or fitting[0].effect is Effect.PERSON:
        return _Verdict.MAYBE, (*unsettled, *fitting), tuple(unsettled)
    return _Verdict.YES, fitting, ()


def _instead(case: Case, spoken: Spoken, missing: frozenset[Paper]) -> Remedy | None:
    """What else the shopper can have: a sure thing first, else what a person may grant, else nothing."""
    others = [(remedy, _on(case, spoken, remedy, missing)[0]) for remedy in Remedy if remedy is not case.wish]
    found = [remedy for verdict in (_Verdict.YES, _Verdict.MAYBE) for remedy, said in others if said is verdict]
    return found[0] if found else None


def _until(book: PolicyBook, case: Case, spoken: Spoken, remedy: Remedy | None) -> date | None:
    offered = spoken.latest
    if not offered:
        return None
    days = offered[remedy if remedy in offered else case.wish if case.wish in offered else next(iter(offered))]
    return None if days is None else last_day(case.bought_on, days, book.shut)


def _tell(traits: Traits, reason: Reason, outcome: Outcome) -> Iterator[Tell]:
    if reason is Reason.SPOILED:
        yield Tell.SUPERVISOR_URGENTLY
    if outcome is not Outcome.REFUSE:
        if Trait.FRESH in traits:
            yield Tell.DEPARTMENT_AT_ONCE
        if Trait.VENDOR in traits:
            yield Tell.VENDOR_STAFF
