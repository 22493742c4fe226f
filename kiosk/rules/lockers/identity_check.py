"""Whether the number of a shopper's document can be right (L07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from stdnum.cn import ric
from stdnum.exceptions import ValidationError
from stdnum.util import clean

from kiosk.rules.lockers.identity import Document, DocumentKind

RIC_DIGITS = 18
FREE_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Doubtful:
    """The number cannot be right. why: a sentence without the number."""

    why: str


def shown(kind: DocumentKind, number: str, today: date) -> Document | Doubtful:
    """The document, its number in one form of writing, or what is wrong with it.

    Of an identity card the length, the check digit and the date of birth are looked at, not the region, which
    `ric.validate` looks up too: its table lacks the residence permits of Hong Kong, Macau and Taiwan people (81…, 82…,
    83…) and places that were renamed, and nobody is to be refused their bag for that.
    """
    if kind is DocumentKind.IDENTITY_CARD:
        return _identity_card(number, today)
    plain = " ".join(number.split())
    if not 4 <= len(plain) <= FREE_LONGEST or not plain.isprintable():
        return Doubtful(f"the number of the document is 4 to {FREE_LONGEST} letters and digits")
    return Document(kind, plain)


def _identity_card(number: str, today: date) -> Document | Doubtful:
    plain = clean(number, " -").upper()
    digits = plain[:-1]
    if len(plain) != RIC_DIGITS or not (digits.isascii() and digits.isdigit()):
        return Doubtful(f"an identity card has {RIC_DIGITS} digits, the last may be X")
    if plain[-1] != ric.calc_check_digit(plain):
        return Doubtful("a digit of the identity card is not right: read it again from the card")
    try:
        born = ric.get_birth_date(plain)
    except ValidationError:
        return Doubtful("digits 7 to 14 of an identity card are the date of birth, and these are none")
    if born > today:
        return Doubtful("whoever has that identity card is not born yet: read it again from the card")
    return Document(DocumentKind.IDENTITY_CARD, plain)
