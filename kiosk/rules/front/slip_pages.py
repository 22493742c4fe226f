"""What is asked before a slip goes on: each field of an approval, the code and price at the till, why one is void."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.rules.forms.form import Choice, Form, Option, Page, Words
from kiosk.rules.forms.money import LONGEST, wrong_amount
from kiosk.rules.returns.credit import scanned
from kiosk.rules.returns.slip import Slip, SlipField
from kiosk.rules.returns.slip_deeds import Approve
from kiosk.rules.returns.slip_fields import shown
from kiosk.rules.writing.writing import Kind
from kiosk.sentences import N_, tell

APPROVAL, CREDIT = "slip-approval", "slip-credit"
CODE, PRICE = "code", "price"
RIGHT = "yes"
LONGEST_CODE = 24
_IS_RIGHT = (Option(RIGHT, N_("It is right"), icon="check-circle", tone="good"),)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a slip as it is shown."""

    field: SlipField
    value: str


@dataclass(frozen=True, slots=True)
class Approval:
    """Implements Pages: one page for each field, the amount and the original receipt first; whoever finds one that is
    not right leaves, and nothing is approved (R10)."""

    fields: tuple[Field, ...]

    def __call__(self, answers: Mapping[str, str]) -> tuple[Page, ...]:
        return tuple(Choice(one.field.name.lower(), one.field.value, _IS_RIGHT, one.value) for one in self.fields)


def approval(slip: Slip, names: Mapping[str, str]) -> Form:
    """What an approver looks at. names: of people, by id."""
    fields = tuple(Field(field, value) for field, value in shown(slip, names).items())
    return Form(APPROVAL, N_("Approve the slip"), Approval(fields))


def approved(told: Mapping[str, str]) -> Approve:
    """The fields that were found right, in the order in which they were."""
    return Approve(tuple(field for field in SlipField if told.get(field.name.lower()) == RIGHT))


def credit(title: str) -> Form:
    """An exchange slip is shown, at the till or at the door: its code, and the price of the new goods (R12)."""
    return Form(CREDIT, title, _credit)


def _credit(_: Mapping[str, str]) -> tuple[Page, ...]:
    return _CREDIT


def _is_code(text: str) -> str:
    return "" if scanned(text) is not None else tell("this is no code of a slip")


_CREDIT = (
    Words(CODE, N_("Scan the square on the slip"), kind=Kind.LETTERS, longest=LONGEST_CODE, check=_is_code),
    Words(PRICE, N_("The price of the new goods, in yuan"), N_("As 150.00"), Kind.AMOUNT, LONGEST, check=wrong_amount),
)
