"""What is asked where goods are collected: lines, tests, papers, why a card is void."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.rules.forms.form import Choice, Form, problem, problems
from kiosk.rules.front.pickup_pages import (
    WHY_VOID,
    hands_out,
    number_typed,
    papers,
    scans_card,
    scans_receipt,
    tried,
    tries_at_the_desk,
    tries_out,
    which_line,
)
from kiosk.rules.returns.clause import Paper
from kiosk.rules.returns.credit import card_code
from kiosk.rules.returns.pickup import Card, Tried, Trying, issued
from tests.rules.returns.slips import FLOOR, KEY, NOW, RECEIPT

ONE_BY_ONE = {"serial": "sn-1", "whole": "each", **{one.value: "fine" for one in Tried}}


def card(**changes: object) -> Card:
    made = issued(RECEIPT, 1, FLOOR, NOW)
    assert isinstance(made, Card), made
    return replace(made, number=1, **changes)  # type: ignore[arg-type]  # of a card


def asked(form: Form, **told: str) -> list[str]:
    return [page.id for page in form.pages(told)]


@pytest.mark.rule("R17")
def test_a_good_test_is_two_answers_and_each_thing_that_was_tried_may_be_said() -> None:
    form = tries_out(card())

    assert asked(form) == ["serial", "whole"]
    assert asked(form, whole="each") == ["serial", "whole", "look", "parts", "power", "works", "quiet"]
    assert asked(form, whole="each", power="wrong")[-1] == "note"
    assert asked(form, whole="well", power="wrong") == ["serial", "whole"]
    assert tried({"serial": "SN-1", "whole": "well"}) == Trying("SN-1", frozenset(Tried))
    told = {**ONE_BY_ONE, "power": "wrong", "quiet": "untried", "note": "stays dark"}
    assert problems(form, told) == {}
    found = frozenset({Tried.POWER})
    assert tried(told) == Trying("sn-1", frozenset(Tried) - {Tried.QUIET}, found, "stays dark")
    assert tried({}) == Trying("", frozenset())


@pytest.mark.rule("R17")
def test_another_piece_than_the_receipt_names_is_refused_at_its_page() -> None:
    serial, _ = tries_out(card(serial="SN-1", pieces=1)).pages({})
    of_many, _ = tries_out(card(serial="SN-1")).pages({})

    assert problem(serial, "SN-2") == "the receipt names serial number SN-1: this is another piece"
    assert problem(serial, " sn-1 ") == ""
    assert problem(of_many, "SN-2") == ""


@pytest.mark.rule("R03")
def test_at_the_return_desk_it_is_asked_which_article_was_tested() -> None:
    form = tries_at_the_desk(RECEIPT)
    line, serial, _ = form.pages({})

    assert isinstance(line, Choice)
    assert [(one.id, one.words) for one in line.options] == [("1", "电热水壶 1.7L × 3"), ("3", "棉袜 × 10")]
    assert problem(line, "2") == "Please choose one of these"  # it was weighed
    assert problem(serial, "SN-9") == ""
    assert asked(which_line(RECEIPT, "x", "y")) == ["line"]


@pytest.mark.rule("R17")
def test_the_papers_that_a_card_needs_are_asked_for_one_by_one() -> None:
    assert asked(hands_out(card())) == ["paper-receipt", "paper-invoice"]
    assert asked(hands_out(card(invoiced=False))) == ["paper-receipt"]
    assert papers({"paper-receipt": "yes", "paper-invoice": "no"}) == {Paper.RECEIPT}


def test_a_card_is_known_by_its_square_or_its_number_and_a_receipt_is_whatever_the_till_knows() -> None:
    (code,) = scans_card("x").pages({})
    (receipt,) = scans_receipt("x").pages({})

    for text in (card_code(1, RECEIPT.number, KEY), "12", "000012"):
        assert problem(code, text) == "", text
    for text in ("RS000001-ABCDEFGH", "6901234567892", "0", "1234567890", "１２", ""):
        assert problem(code, text), text
    assert [number_typed(text) for text in ("000012", "PC000012-ABCDEFGH", "１２")] == [12, 0, 0]
    assert problem(receipt, "R0100000009") == ""


def test_a_void_card_has_one_of_four_reasons_and_nobody_s_own_words() -> None:
    (why,) = WHY_VOID.pages({})

    assert isinstance(why, Choice)
    assert len(why.options) == 4
    assert problem(why, "李女士 138 0013 8000") == "Please choose one of these"
