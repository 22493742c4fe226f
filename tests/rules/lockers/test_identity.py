from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.lockers.identity import Document, DocumentKind
from kiosk.rules.lockers.identity_check import Doubtful, check_digit, shown

TODAY = date(2026, 11, 23)
CARD = DocumentKind.IDENTITY_CARD


@pytest.mark.rule("L07")
@pytest.mark.parametrize(
    "written", ["11010519491231002X", "110105 19491231 002x", "110105-19491231-002X", "１１010519491231002X"]
)
def test_an_identity_card_is_known_however_its_number_is_written(written: str) -> None:
    assert shown(CARD, written, TODAY) == Document(CARD, "11010519491231002X")


@pytest.mark.parametrize("number", ["830000199003071230", "810000199003071237", "820000199003071239"])
def test_residents_from_taiwan_hong_kong_and_macau_get_their_bags_too(number: str) -> None:
    assert isinstance(shown(CARD, number, TODAY), Document)


@pytest.mark.rule("L07")
@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("", "an identity card has 18 digits"),
        ("1101051949123100", "an identity card has 18 digits"),
        ("11010519491231OO2X", "an identity card has 18 digits"),
        ("110105194912310021", "a digit of the identity card is not right"),
        ("110105199013310021", "a digit of the identity card is not right"),
        ("110105199002300020", "digits 7 to 14"),
        ("110105203001010020", "is not born yet"),
    ],
)
def test_a_number_that_cannot_be_right_is_told_without_repeating_it(number: str, why: str) -> None:
    from stdnum.cn import ric

    if why.startswith(("digits", "is not")):
        number = number[:-1] + ric.calc_check_digit(number)
    doubt = shown(CARD, number, TODAY)

    assert isinstance(doubt, Doubtful)
    assert why in doubt.why
    assert not number or number not in doubt.why


@given(st.from_regex("[0-9]{17}", fullmatch=True).filter(str.isascii))
def test_the_check_digit_is_the_one_that_others_compute(digits: str) -> None:
    from stdnum.cn import ric

    assert check_digit(digits) == ric.calc_check_digit(digits + "0")


@given(st.integers(0, 16), st.integers(0, 9))
def test_one_wrong_digit_never_passes(place: int, digit: int) -> None:
    right = "11010519491231002X"
    wrong = right[:place] + str(digit) + right[place + 1 :]

    assert isinstance(shown(CARD, wrong, TODAY), Doubtful) == (wrong != right)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_document_or_a_doubt(text: str) -> None:
    for kind in DocumentKind:
        assert isinstance(shown(kind, text, TODAY), Document | Doubtful)


@pytest.mark.parametrize("kind", [kind for kind in DocumentKind if kind is not CARD])
def test_other_documents_are_taken_as_they_are(kind: DocumentKind) -> None:
    assert shown(kind, "  E 1234  5678 ", TODAY) == Document(kind, "E 1234 5678")
    assert isinstance(shown(kind, "E1", TODAY), Doubtful)
    assert isinstance(shown(kind, "x" * 41, TODAY), Doubtful)


def test_a_screen_shows_too_little_of_a_number_to_use_it() -> None:
    assert Document(CARD, "11010519491231002X").masked == "11**************2X"
    assert Document(DocumentKind.OTHER, "1234").masked == "**"
