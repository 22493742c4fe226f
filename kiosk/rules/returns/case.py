"""What a shopper brings back, why, and what is wished: all that a decision may depend on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from kiosk.rules.returns.clause import Answer, Paper, Question, Reason, Remedy
from kiosk.rules.returns.receipt import PIECE_MILLI, BadReceipt, Line, check_quantity, shown_quantity

RECEIPT_ALONE = frozenset({Paper.RECEIPT})


@dataclass(frozen=True, slots=True)
class Case:
    """One line, or a part of it. Raises BadReceipt for a quantity or a day that cannot be.

    bought_on, today: by the store's clock. answers: a question that is not in it is as good as "unsure". papers: those
    at hand. invoiced: an invoice was issued. doubt: somebody at the desk is in doubt about it (R06).
    """

    line: Line
    quantity_milli: int
    bought_on: date
    today: date
    wish: Remedy
    reason: Reason
    answers: Mapping[Question, Answer] = field(default_factory=dict)
    papers: frozenset[Paper] = RECEIPT_ALONE
    invoiced: bool = False
    doubt: bool = False

    def __post_init__(self) -> None:
        check_quantity(self.quantity_milli)
        if self.quantity_milli > self.line.quantity_milli:
            most = shown_quantity(self.line.quantity_milli)
            raise BadReceipt("quantity", f"is more than the {most} that were bought", f"bring back {most} at most")
        if self.line.counted and self.quantity_milli % PIECE_MILLI:
            raise BadReceipt("quantity", "is not a whole number of pieces", "it was sold by the piece")
        if self.today < self.bought_on:
            raise BadReceipt(
                "bought", f"is {self.bought_on}, which is still to come", "check the receipt and the clock"
            )

    def answered(self, question: Question, answer: Answer) -> Case:
        """The case with one more answer."""
        return replace(self, answers={**self.answers, question: answer})
