"""Tells a number of this store's receipts from another store's and from anything else that may be scanned (R01)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum

DIGIT = "#"


class Unknown(Enum):
    """Why a text is no number of our receipts."""

    NOTHING = "nothing was given"
    ANOTHER_STORE = "another store's receipt"
    NO_RECEIPT = "not a receipt's number"


@dataclass(frozen=True, slots=True)
class NumberForm:
    """How our receipts are numbered: "R01##########" is R01 and ten digits.

    family: how many of its first characters the receipts of all stores of the house have in common, 1 for the R.
    """

    text: str
    family: int = 1

    def __post_init__(self) -> None:
        if not self.digits or self.text != self.fixed + DIGIT * self.digits or not self.fixed.isalnum():
            raise ValueError(f"{self.text!r}: write letters or digits and then one {DIGIT} for each digit: R01########")
        if not self.fixed.isascii() or self.fixed != self.fixed.upper() or not 0 <= self.family <= len(self.fixed):
            raise ValueError(f"{self.text!r}: begin with capital letters or digits, as R01########")

    @property
    def fixed(self) -> str:
        """What every number of this store begins with."""
        return self.text.rstrip(DIGIT)

    @property
    def digits(self) -> int:
        """How many digits follow."""
        return self.text.count(DIGIT)

    def is_plain(self, text: str) -> bool:
        """Whether a text is one of our numbers, as the till prints it."""
        tail = text[len(self.text) - self.text.count(DIGIT) :]
        return len(text) == len(self.text) and text.startswith(self.fixed) and tail.isdecimal() and tail.isascii()


def read(text: str, form: NumberForm) -> str | Unknown:
    """The number as the till prints it, or why it is none. Wide characters, spaces, hyphens and small letters are
    forgiven, and whoever types may leave out what all our numbers begin with."""
    if form.is_plain(text):
        return text
    plain = unicodedata.normalize("NFKC", text[:200]).upper()
    plain = "".join(one for one in plain if not one.isspace() and one not in "-‐‑–—._")
    if not plain:
        return Unknown.NOTHING
    if not plain.isascii() or not plain.isalnum():
        return Unknown.NO_RECEIPT
    if len(plain) == form.digits and plain.isdecimal():
        return form.fixed + plain
    head, tail = plain[: len(form.fixed)], plain[len(form.fixed) :]
    if len(tail) != form.digits or not tail.isdecimal():
        return Unknown.NO_RECEIPT
    if head == form.fixed:
        return plain
    same_family = head[: form.family] == form.fixed[: form.family]
    return Unknown.ANOTHER_STORE if same_family else Unknown.NO_RECEIPT
