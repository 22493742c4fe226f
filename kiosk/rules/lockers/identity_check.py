"""Whether the number of a shopper's document can be right (L07)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from kiosk.rules.lockers.identity import Document, DocumentKind
from kiosk.sentences import N_, tell

RIC_DIGITS = 18
FREE_LONGEST = 40
CHECKS = "10X98765432"  # what the last digit is, by the remainder of the others (ISO 7064, modulus 11, radix 2)


@dataclass(frozen=True, slots=True)
class Doubtful:
    """The number cannot be right. why: a sentence without the number."""

    why: str


def shown(kind: DocumentKind, number: str, today: date) -> Document | Doubtful:
    """The document, its number in one form of writing, or what is wrong with it.

    Of an identity card the length, the check digit and the date of birth are looked at, not the region: tables of those
    lack the residence permits of Hong Kong, Macau and Taiwan people (81…, 82…, 83…) and places that were renamed, and
    nobody is to be refused their bag for that. The screen asks this at each number, so it is done without a library:
    stdnum brings along six megabytes that would stay with it.
    """
    if kind is DocumentKind.IDENTITY_CARD:
        return _identity_card(number, today)
    plain = " ".join(number.split())
    if not 4 <= len(plain) <= FREE_LONGEST or not plain.isprintable():
        return Doubtful(tell("the number of the document is 4 to {longest} letters and digits", longest=FREE_LONGEST))
    return Document(kind, plain)


def _identity_card(number: str, today: date) -> Document | Doubtful:
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", number).upper() if sign not in " -")
    digits = plain[:-1]
    if len(plain) != RIC_DIGITS or not (digits.isascii() and digits.isdigit()):
        return Doubtful(tell("an identity card has {digits} digits, the last may be X", digits=RIC_DIGITS))
    if plain[-1] != check_digit(digits):
        return Doubtful(N_("a digit of the identity card is not right: read it again from the card"))
    try:
        born = date(int(plain[6:10]), int(plain[10:12]), int(plain[12:14]))
    except ValueError:
        return Doubtful(N_("digits 7 to 14 of an identity card are the date of birth, and these are none"))
    if born > today:
        return Doubtful(N_("whoever has that identity card is not born yet: read it again from the card"))
    return Document(DocumentKind.IDENTITY_CARD, plain)


def check_digit(digits: str) -> str:
    """The last of an identity card's digits, from the seventeen before it."""
    weights = (pow(2, RIC_DIGITS - 1 - place, 11) for place in range(len(digits)))
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % len(CHECKS)]
