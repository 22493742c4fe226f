"""A clause of the returns policy: when it speaks, what it says to that, and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from kiosk.rules.returns.goods import Traits
from kiosk.units import Language


class Remedy(Enum):
    """What a shopper may wish, and get. In this order another one is offered where the wished one cannot be had."""

    REFUND = "refund"
    EXCHANGE = "exchange"
    REPAIR = "repair"


class Reason(Enum):
    """Why something comes back, as the shopper says."""

    FAULT = "fault"  # it does not work, or not as it should
    SPOILED = "spoiled"  # spoiled or expired (R14)
    MISTAKE = "mistake"  # not what the label says, or another article than was wanted: the store's doing
    UNWANTED = "unwanted"  # it does not fit, or does not please


class Paper(Enum):
    """What a shopper may have to show (R01, R03)."""

    RECEIPT = "receipt"
    INVOICE = "invoice"
    TEST_RECORD = "test-record"
    WARRANTY_CARD = "warranty-card"


class Question(Enum):
    """What may be asked about the article. FAULT is for the return desk alone: it confirms a fault (R04)."""

    WHOLE = "whole"  # are the original packaging and all parts there? (R05)
    WORN = "worn"  # are there visible traces of use? (R04)
    CAUSE = "cause"  # what happened to it? (R03, R04)
    FAULT = "fault"  # has the return desk confirmed the fault?


class Answer(Enum):
    """What may be answered."""

    YES = "yes"
    NO = "no"
    NOTHING = "nothing"  # that could have harmed it
    USE = "use"  # wrong use, care or storage
    OPENED = "opened"  # opened or repaired by the shopper or by somebody else than the maker
    DISASTER = "disaster"  # lightning, flood, fire, earthquake
    UNSURE = "unsure"


_YES_NO = (Answer.YES, Answer.NO, Answer.UNSURE)
ANSWERS: Mapping[Question, tuple[Answer, ...]] = {
    Question.WHOLE: _YES_NO,
    Question.WORN: _YES_NO,
    Question.CAUSE: (Answer.NOTHING, Answer.USE, Answer.OPENED, Answer.DISASTER, Answer.UNSURE),
    Question.FAULT: _YES_NO,
}


class Effect(Enum):
    """What a clause does to a case on which it speaks."""

    REFUSE = "refuse"
    GRANT = "grant"  # any of its remedies
    PERSON = "person"  # a person decides; its remedies are what we recommend


Words = Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause. What is empty or None does not narrow it.

    id: for ever the same, as "R05-hygiene". rules: of the rule book, that it stands for. text: why, for the shopper.
    next_step: what the shopper can do. open_text: why a person must look, while it depends on an answer that nobody is
    sure of. goods: one of these traits is wanted; not_goods: none of these. from_day, to_day: days since the purchase,
    both included. answers: to any one of these questions one of these answers. missing: one of these papers is.
    valid_from, valid_until: the days of purchase for which it holds, both included.
    """

    id: str
    rules: tuple[str, ...]
    effect: Effect
    text: Words
    next_step: Words
    open_text: Words = field(default_factory=dict)
    remedies: frozenset[Remedy] = frozenset()
    goods: Traits = frozenset()
    not_goods: Traits = frozenset()
    wishes: frozenset[Remedy] = frozenset()
    reasons: frozenset[Reason] = frozenset()
    from_day: int | None = None
    to_day: int | None = None
    answers: Mapping[Question, frozenset[Answer]] = field(default_factory=dict)
    missing: frozenset[Paper] = frozenset()
    valid_from: date | None = None
    valid_until: date | None = None

    def __post_init__(self) -> None:
        if (self.effect is Effect.REFUSE) == bool(self.remedies):
            raise ValueError(f"{self.id}: a refusal has no remedies, anything else has one at least")
        if self.effect is not Effect.REFUSE and (self.answers or self.missing or self.wishes):
            raise ValueError(f"{self.id}: only a refusal depends on answers, papers or wishes")

    def is_about(self, traits: Traits, reason: Reason) -> bool:
        """Whether it speaks on such goods for such a reason at all."""
        if self.goods and self.goods.isdisjoint(traits):
            return False
        return self.not_goods.isdisjoint(traits) and (not self.reasons or reason in self.reasons)
