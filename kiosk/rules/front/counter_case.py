"""What the return clerk is asked, page by page, and what follows: his answers win, and the policy decides anew.

It is a function of what lies on the counter (the receipt, what the shopper chose at the kiosk, the store's own tests)
and of the answers so far, so the screen asks it what to show and the desk whether what it was given is so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import TypeVar

from kiosk.rules.forms.flow import Answers
from kiosk.rules.forms.form import Choice, Form, Option, Page, Words
from kiosk.rules.front.returning import Finding, ReceiptAt, one_of, quantities_left
from kiosk.rules.returns.case import RECEIPT_ALONE, Case
from kiosk.rules.returns.clause import Answer, Paper, Question, Reason, Remedy
from kiosk.rules.returns.decision import Decision, Outcome, decide
from kiosk.rules.returns.goods import Trait, traits_of
from kiosk.rules.returns.judged import Judged
from kiosk.rules.returns.pickup import Trial, evidence
from kiosk.rules.returns.policy import PolicyBook
from kiosk.rules.returns.questions import AT_THE_COUNTER, open_questions, papers_that_matter
from kiosk.rules.returns.receipt import BadReceipt, Line, Receipt, quantity_of, shown_quantity
from kiosk.rules.returns.slip import (
    Filling,
    Goods,
    Kind,
    names_serial,
    wrong_article,
    wrong_member,
    wrong_phone,
    wrong_serial,
)
from kiosk.rules.service.returning import CHOICES, LINE, OUTCOME, QUANTITY, REASON, REMEDY, WISH
from kiosk.rules.writing.writing import Kind as Keys
from kiosk.sentences import N_, tell

FORM = "return-case"
SCANNED, SERIAL, MEMBER, AS_SAID, GRANTED, GOODS, NOTE, PHONE = (
    *("scanned", "serial", "member", "as-said", "granted", "goods", "note", "phone"),
)
PAPER = "paper-"
NOTHING = "nothing"  # is granted
_PERSONAL = frozenset({MEMBER, NOTE, PHONE})

_YES_NO = (
    Option("yes", N_("Yes"), icon="check-circle", tone="good"),
    Option("no", N_("No"), icon="x", tone="care"),
)
_FAULT = Choice(
    Question.FAULT.value,
    N_("Is there a fault, as far as you see?"),
    (
        Option("yes", N_("Yes, it is faulty"), icon="wrench", tone="care"),
        Option("no", N_("No, it works"), icon="check-circle", tone="good"),
        Option("unsure", N_("I am not sure"), icon="question", tone="plain"),
    ),
)
ASKED_PAPERS = {
    Paper.INVOICE: N_("Is the invoice here?"),
    Paper.TEST_RECORD: N_("Is the test record here?"),
    Paper.WARRANTY_CARD: N_("Is the warranty card here?"),
}
_GRANTS = {
    Remedy.REFUND: Option(Remedy.REFUND.value, N_("Return it: a refund"), icon="money", tone="good"),
    Remedy.EXCHANGE: Option(Remedy.EXCHANGE.value, N_("Exchange it"), icon="package", tone="store"),
    Remedy.REPAIR: Option(Remedy.REPAIR.value, N_("Send it for repair"), icon="wrench", tone="fetch"),
}
_NONE = Option(NOTHING, N_("It stays with the shopper"), icon="hand-waving", tone="plain")
_GOODS = Choice(
    GOODS,
    N_("What becomes of the goods?"),
    (
        Option(Goods.FLOOR.value, N_("Back to the floor"), icon="storefront", tone="good"),
        Option(Goods.SUPPLIER.value, N_("Back to the supplier"), icon="package", tone="store"),
        Option(Goods.SCRAP.value, N_("It is scrapped"), icon="x", tone="care"),
    ),
)
KINDS = {Remedy.REFUND: Kind.RETURN, Remedy.EXCHANGE: Kind.EXCHANGE}

One = TypeVar("One", bound=Enum)


@dataclass(frozen=True, slots=True)
class CounterCase:
    """Implements Pages: what lies on the counter. said: what the shopper chose at the kiosk; record: its number, 0 for
    neither. back: of a line, how much has come back already. tests: of this receipt."""

    book: PolicyBook = field(compare=False, repr=False)
    receipt: Receipt = field(repr=False)
    bought_on: date
    today: date
    back: tuple[tuple[int, int], ...] = ()
    said: Answers = ()
    record: int = 0
    tests: tuple[Trial, ...] = ()

    @property
    def form(self) -> Form:
        """What the clerk is asked; looked at as a whole before the slip takes its number."""
        return Form(FORM, N_("Return or swap"), self, review=True, send=N_("Fill the slip"))

    def __call__(self, answers: Mapping[str, str]) -> tuple[Page, ...]:
        return _pages_of(self, tuple(answers.items()))

    def line(self, answers: Mapping[str, str]) -> Line | None:
        """The line of what was scanned; the shopper's own where they chose one."""
        scanned = answers.get(SCANNED, "").strip()
        return next((line for line in self._wanted() if not wrong_article(line, scanned)), None)

    def case(self, answers: Mapping[str, str]) -> Case | None:
        """What the policy is asked, once line, quantity, wish and reason are known; None before."""
        line = self.line(answers)
        known = self._known(answers)
        wish, reason = one_of(Remedy, known.get(WISH, "")), one_of(Reason, known.get(REASON, ""))
        quantity = 0 if line is None else self._quantity(line, known)
        if line is None or wish is None or reason is None or not quantity:
            return None
        shown = evidence(self._tests(line), answers.get(SERIAL, "") or _only_serial(line))
        papers = RECEIPT_ALONE | shown.papers | {one for one in Paper if answers.get(PAPER + one.value) == "yes"}
        day = max(self.today, self.bought_on)  # a till's clock may be ahead of ours
        case = Case(line, quantity, self.bought_on, day, wish, reason, papers=papers, invoiced=self.receipt.invoiced)
        for question in AT_THE_COUNTER:
            answer = one_of(Answer, answers.get(question.value, ""))
            if answer is not None:
                case = case.answered(question, answer)
        for question, found in shown.answers:
            case = case.answered(question, found)
        return case

    def decision(self, answers: Mapping[str, str]) -> Decision | None:
        """What the policy says to it; None before it can say anything."""
        case = self.case(answers)
        return None if case is None else decide(self.book, case)

    def judged(self, answers: Mapping[str, str]) -> Judged | None:
        """What is kept of it with the slip: nothing personal."""
        decision = self.decision(answers)
        if decision is None:
            return None
        told = dict(self.said)
        return Judged(
            decision.outcome,
            decision.remedy,
            tuple(clause.id for clause in decision.hits),
            tuple((name, value) for name, value in answers.items() if name not in _PERSONAL),
            self.record,
            one_of(Outcome, told.get(OUTCOME, "")),
            one_of(Remedy, told.get(REMEDY, "")),
        )

    def filling(self, answers: Mapping[str, str], reasons: Mapping[Reason, str]) -> Filling | None:
        """What is written on the slip; None where nothing is granted that takes one. reasons: in the paper's words."""
        case, granted = self.case(answers), one_of(Remedy, answers.get(GRANTED, ""))
        if case is None or granted not in KINDS:
            return None
        traits = traits_of(case.line, self.book.on(case.bought_on).categories)
        return Filling(
            line=case.line.n,
            quantity_milli=case.quantity_milli,
            kind=KINDS[granted],
            scanned=answers[SCANNED].strip(),
            reason=reasons[case.reason],
            phone=answers.get(PHONE, ""),
            member=answers.get(MEMBER, "").strip(),
            note=answers.get(NOTE, ""),
            goods=one_of(Goods, answers.get(GOODS, "")) or Goods.SCRAP,
            fresh=Trait.FRESH in traits,
            spoiled=case.reason is Reason.SPOILED,
            serial=answers.get(SERIAL, ""),
        )

    # the pages

    def pages(self, answers: Mapping[str, str]) -> Iterator[Page]:
        """Up to the first one on whose answer it depends what is asked next."""
        yield self._scan()
        line = self.line(answers)
        if line is None:
            return
        if names_serial(line):
            yield Words(
                SERIAL,
                N_("Scan the serial number on the article"),
                kind=Keys.LETTERS,
                longest=32,
                check=lambda said: wrong_serial(line, said),
            )
        elif self._tests(line):
            yield Words(SERIAL, N_("Scan the serial number on the article"), kind=Keys.LETTERS, longest=32)
        if self.receipt.member:
            yield Words(
                MEMBER,
                N_("Scan the member card of this receipt"),
                kind=Keys.LETTERS,
                longest=32,
                private=True,
                check=lambda said: wrong_member(self.receipt, said.strip()),
            )
        yield from self._wished(line, answers)
        case = self.case(answers)
        if case is None:
            return
        yield from self._found(case, answers)

    def _scan(self) -> Words:
        wanted = self._wanted()
        one = wanted[0] if len(wanted) == 1 else None
        note = N_("Its barcode, or the store's item number")
        if one is not None:
            note = tell("For line {line} of the receipt: {article}", line=one.n, article=one.name)
        return Words(SCANNED, N_("Scan the article"), note, Keys.LETTERS, 40, check=self._scans)

    def _scans(self, scanned: str) -> str:
        wanted, scanned = self._wanted(), scanned.strip()
        if any(not wrong_article(line, scanned) for line in wanted):
            return ""
        if len(wanted) == 1:
            return wrong_article(wanted[0], scanned)
        if any(not wrong_article(line, scanned) for line in self.receipt.lines):
            return tell("all of it has come back already")
        return tell("this is on no line of the receipt: look whether it is the right receipt")

    def _wished(self, line: Line, answers: Mapping[str, str]) -> Iterator[Page]:
        if self._has_said:
            yield Choice(
                AS_SAID,
                N_("Is it as the shopper said at the kiosk?"),
                (
                    Option("yes", N_("Yes, as it stands here"), icon="check-circle", tone="good"),
                    Option("no", N_("No, ask anew"), icon="arrow-left", tone="care"),
                ),
            )
            if answers.get(AS_SAID) != "no":
                return
        left = quantities_left(self._at, line)
        if len(left) > 1:
            most = tell("{count} at most", count=shown_quantity(left[-1]))
            yield Words(QUANTITY, N_("How many of them?"), most, Keys.DIGITS, 6, check=lambda said: _count(said, left))
        yield CHOICES[WISH]
        yield CHOICES[REASON]

    def _found(self, case: Case, answers: Mapping[str, str]) -> Iterator[Page]:
        bare = replace(case, papers=case.papers - {one for one in ASKED_PAPERS if _asked(one, answers)})
        for paper in _papers_of(self, (bare.line.n, bare.quantity_milli, bare.wish, bare.reason), bare.papers):
            if paper not in bare.papers:
                yield Choice(PAPER + paper.value, ASKED_PAPERS[paper], _YES_NO)
                if PAPER + paper.value not in answers:
                    return
        told = replace(case, answers={one: said for one, said in case.answers.items() if one.value not in answers})
        while left := open_questions(self.book, told, AT_THE_COUNTER):
            yield _FAULT if left[0] is Question.FAULT else CHOICES[left[0].value]
            answer = case.answers.get(left[0])
            if answer is None:
                return
            told = told.answered(left[0], answer)
        yield self._grants(decide(self.book, case))
        granted = answers.get(GRANTED, "")
        if one_of(Remedy, granted) in KINDS:
            yield Words(
                NOTE, N_("Damage, and what else you see"), N_("Nothing to note? Go on."), longest=80, optional=True
            )
            if case.reason is not Reason.SPOILED:
                yield _GOODS
            yield Words(
                PHONE,
                N_("The shopper's telephone number"),
                kind=Keys.DIGITS,
                longest=20,
                private=True,
                check=wrong_phone,
            )

    def _grants(self, decision: Decision) -> Choice:
        """What the clerk may grant: what the policy does; in doubt a person decides, with its advice first (R06)."""
        advised = () if decision.remedy is None else (decision.remedy,)
        others = tuple(one for one in Remedy if one not in advised) if decision.outcome is Outcome.PERSON else ()
        options = (*(_GRANTS[one] for one in (*advised, *others)), _NONE)
        return Choice(GRANTED, N_("What is done?"), options)

    # what is known

    @property
    def _at(self) -> ReceiptAt:
        return ReceiptAt("", self.receipt.number, Finding.FOUND, self.receipt, self.bought_on, self.back)

    @property
    def _has_said(self) -> bool:
        return {LINE, WISH, REASON} <= dict(self.said).keys()

    def _wanted(self) -> tuple[Line, ...]:
        """The lines that may come back: the one that was chosen at the kiosk, else all of which anything is left."""
        chosen = dict(self.said).get(LINE, "")
        lines = tuple(line for line in self.receipt.lines if quantities_left(self._at, line))
        return tuple(line for line in lines if str(line.n) == chosen) if chosen else lines

    def _known(self, answers: Mapping[str, str]) -> Mapping[str, str]:
        if self._has_said and answers.get(AS_SAID) != "no":
            return dict(self.said) if answers.get(AS_SAID) == "yes" else {}
        return answers

    def _quantity(self, line: Line, known: Mapping[str, str]) -> int:
        left = quantities_left(self._at, line)
        if len(left) == 1:
            return left[0]
        return 0 if _count(known.get(QUANTITY, ""), left) else quantity_of(known[QUANTITY])

    def _tests(self, line: Line) -> tuple[Trial, ...]:
        return tuple(one for one in self.tests if one.line == line.n)


@lru_cache(maxsize=4)
def _pages_of(case: CounterCase, answers: Answers) -> tuple[Page, ...]:
    """Made once for what was answered, however often it is looked at: it goes through all that may be answered yet."""
    return tuple(case.pages(dict(answers)))


@lru_cache(maxsize=4)
def _papers_of(
    counter: CounterCase, what: tuple[int, int, Remedy, Reason], papers: frozenset[Paper]
) -> tuple[Paper, ...]:
    """Which papers matter, whatever is answered later: the longest of all looks ahead."""
    n, quantity, wish, reason = what
    line = counter.receipt.line(n)
    assert line is not None
    days = counter.bought_on, max(counter.today, counter.bought_on)
    case = Case(line, quantity, *days, wish, reason, papers=papers, invoiced=counter.receipt.invoiced)
    return papers_that_matter(counter.book, case)


def forget_case() -> None:
    """Nothing is kept of what somebody brought back."""
    _pages_of.cache_clear()
    _papers_of.cache_clear()


def _only_serial(line: Line) -> str:
    return line.serial if names_serial(line) else ""


def _asked(paper: Paper, answers: Mapping[str, str]) -> bool:
    return PAPER + paper.value in answers


def _count(said: str, left: range | tuple[int, ...]) -> str:
    try:
        wanted = quantity_of(said)
    except BadReceipt:
        return tell("write a number")
    if wanted in left:
        return ""
    return tell("only {count} can come back", count=shown_quantity(left[-1]))
