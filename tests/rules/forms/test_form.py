from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.forms.form import Page, problem, problems
from kiosk.rules.forms.masking import MASK, masked
from tests.depth import examples
from tests.rules.forms.forms import FORM, GOOD, MANY, NAME, READ, THING, WHY


@pytest.mark.parametrize(
    ("page", "answer", "wrong"),
    [
        (READ, "yes", ""),
        (READ, "", "Please read this first"),
        (THING, "umbrella", ""),
        (THING, "pushchair", "Please choose one of these"),
        (THING, "boat", "Please choose one of these"),
        (MANY, "12", ""),
        (MANY, "13", "Please write an even number"),
        (MANY, "", "Please write something here"),
        (MANY, "1234", "Please write it shorter"),
        (NAME, "", ""),
        (NAME, "   ", ""),
        (NAME, "a\x00b", "Please write it shorter"),
        (WHY, " ", "Please write something here"),
        (WHY, "诉" * 10_000, "Please write it shorter"),
    ],
)
def test_an_answer_is_taken_or_it_is_said_what_is_wrong_with_it(page: Page, answer: str, wrong: str) -> None:
    assert problem(page, answer) == wrong


def test_a_form_is_given_when_every_page_that_its_answers_lead_to_is_answered() -> None:
    assert problems(FORM, GOOD) == {}
    assert problems(FORM, GOOD | {"many": "12"}) == {"why": "Please write something here"}
    assert problems(FORM, GOOD | {"many": "12", "why": "a party"}) == {}
    assert problems(FORM, {}) == {
        "read": "Please read this first",
        "thing": "Please choose one of these",
        "many": "Please write something here",
    }


def test_what_nobody_asked_for_is_not_taken() -> None:
    assert problems(FORM, GOOD | {"why": "a party", "drop": "table"}) == dict.fromkeys(
        ("why", "drop"), "This was not asked"
    )


@pytest.mark.rule("S20")
@pytest.mark.parametrize(
    ("said", "shown"),
    [("13800138000", "13•••••••00"), ("王芳", "王•"), ("王", "•"), ("", ""), ("欧阳小明", "欧••明")],
)
def test_what_is_personal_is_covered_so_that_its_owner_knows_it_again(said: str, shown: str) -> None:
    assert masked(said) == shown


@pytest.mark.rule("S20")
@given(st.text(min_size=1))
@settings(max_examples=examples(100))
def test_at_least_half_of_what_is_personal_is_covered(said: str) -> None:
    shown = masked(said)

    assert len(shown) == len(said)
    assert shown.count(MASK) * 2 >= len(said)
