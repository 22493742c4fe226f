"""Pick-up cards and test records: nothing is handed out untested, and what a test found counts at the return desk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.rules.front.pickup_pages import VOIDED
from kiosk.rules.printing.document import Code, Stamp, words_of
from kiosk.rules.returns.clause import Answer, Paper, Question
from kiosk.rules.returns.credit import card_code, card_number
from kiosk.rules.returns.pickup import (
    TRANSITIONS,
    Card,
    Event,
    Evidence,
    Occasion,
    Result,
    Stage,
    Trial,
    Tried,
    Trying,
    evidence,
    goes_on,
    handed_out,
    issued,
    tried_at_the_desk,
    tried_out,
    void,
)
from kiosk.rules.returns.pickup_sheets import WORDS, card_sheet, record_sheet
from kiosk.rules.returns.slip import Refused
from kiosk.units import LANGUAGES, Language
from tests.rules.returns.slips import BAGS, FLOOR, KETTLE, KEY, MEI, NOW, RECEIPT, TILL

EVERYTHING = frozenset(Tried)
BOTH = frozenset({Paper.RECEIPT, Paper.INVOICE})
WHY = "the wrong line"
FINE = Trying("sn-1", EVERYTHING)
DEAD = Trying("SN-1", EVERYTHING, frozenset({Tried.POWER}), " stays dark ")


def card(pieces: int = 1, serial: str = "") -> Card:
    line = replace(KETTLE, quantity_milli=pieces * 1000, serial=serial)
    made = issued(replace(RECEIPT, lines=(line,)), 1, FLOOR, NOW)
    assert isinstance(made, Card), made
    return replace(made, number=12)


def after_tests(one: Card, *said: Trying) -> tuple[Card, tuple[Trial, ...]]:
    tests: list[Trial] = []
    for n, testing in enumerate(said, 1):
        done = tried_out(one, testing, FLOOR, NOW)
        assert not isinstance(done, Refused), done.why
        one, record = done
        tests.append(replace(record, number=n))
    return one, tuple(tests)


@pytest.mark.rule("R17")
def test_what_was_tested_and_works_is_handed_out_for_receipt_invoice_and_card() -> None:
    one, tests = after_tests(card(2), FINE, replace(FINE, serial="SN-2"))

    done = handed_out(one, tests, BOTH, FLOOR, NOW)

    assert isinstance(done, Card)
    assert (done.stage, done.handed_by, done.papers, done.deeds) == (Stage.COLLECTED, "floor", BOTH, 3)
    assert done.is_over


@pytest.mark.rule("R17")
def test_nothing_is_handed_out_untested_defective_or_without_its_papers() -> None:
    untested = handed_out(card(), (), BOTH, FLOOR, NOW)
    one, tests = after_tests(card(2), FINE)
    half = handed_out(one, tests, BOTH, FLOOR, NOW)
    one, tests = after_tests(card(), FINE, DEAD)
    broken = handed_out(one, tests, BOTH, FLOOR, NOW)
    one, tests = after_tests(card(), DEAD, FINE)
    unpapered = handed_out(one, tests, frozenset({Paper.RECEIPT}), FLOOR, NOW)
    uninvoiced = handed_out(replace(one, invoiced=False), tests, frozenset({Paper.RECEIPT}), FLOOR, NOW)

    assert untested == Refused("pick-up card 000012 is issued: that cannot be done to it now")
    assert half == Refused("1 of 2 were tested and work: test the others first")
    assert broken == Refused("0 of 1 were tested and work: test the others first")
    assert unpapered == Refused("nothing is handed out without these papers: the invoice")
    assert isinstance(uninvoiced, Card)


@pytest.mark.rule("R17")
def test_a_card_is_for_what_is_sold_by_the_piece_and_minded_by_those_of_the_pick_up_area() -> None:
    refused = [
        issued(RECEIPT, 9, FLOOR, NOW),
        issued(RECEIPT, 2, FLOOR, NOW),
        issued(RECEIPT, 1, BAGS, NOW),
        tried_out(card(), FINE, TILL, NOW),
        tried_out(card(serial="SN-9"), FINE, FLOOR, NOW),
        tried_out(card(), replace(FINE, serial=" "), FLOOR, NOW),
        tried_out(card(), Trying("SN-1", frozenset()), FLOOR, NOW),
        tried_out(card(), Trying("SN-1", frozenset({Tried.LOOK}), frozenset({Tried.POWER})), FLOOR, NOW),
        tried_at_the_desk(RECEIPT, 1, FINE, FLOOR, NOW),
        handed_out(card(), (), BOTH, BAGS, NOW),
    ]

    assert [one.why[:18] for one in refused if isinstance(one, Refused)] == [
        *("receipt R202611200", "五花肉 was weighed: o", "吴包 may not mind wh", "王收 may not mind wh"),
        *("the receipt names ", "a test record need", "a test record says", "what was not tried"),
        *("孙楼 may not fill a ", "吴包 may not mind wh"),
    ]


def test_a_card_is_made_void_as_long_as_its_goods_are_here() -> None:
    gone = void(card(), WHY, MEI, NOW)
    one, tests = after_tests(card(), FINE)
    collected = handed_out(one, tests, BOTH, FLOOR, NOW)
    assert isinstance(gone, Card)
    assert isinstance(collected, Card)

    late = [void(gone, WHY, MEI, NOW), void(collected, WHY, MEI, NOW), tried_out(collected, FINE, FLOOR, NOW)]

    assert (gone.stage, gone.is_over) == (Stage.VOID, True)
    assert all(isinstance(one, Refused) for one in late)
    assert {event for _, event in TRANSITIONS} == set(Event)
    assert [goes_on(card(), event) for event in Event] == [True, False, True]


@pytest.mark.parametrize("why", ["", " \t", "why " * 40, "two\nlines"])
def test_nobody_makes_a_card_void_without_saying_why_in_a_line(why: str) -> None:
    assert void(card(), why, MEI, NOW) == Refused("say why the pick-up card is void, in 80 characters at most")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_void_card_is_printed_as_such_with_its_reason_and_without_its_code(language: Language) -> None:
    code = card_code(12, RECEIPT.number, KEY)
    usual, other = (void(card(), why, MEI, NOW) for why in (WHY, "水浸了"))
    assert isinstance(usual, Card)
    assert isinstance(other, Card)

    sheet = card_sheet(usual, "", language, code, {})

    assert isinstance(sheet.parts[0], Stamp)
    assert not any(isinstance(part, Code) for part in sheet.parts)
    assert WORDS[language].voids[WHY] in "\n".join(words_of(sheet))
    assert "水浸了" in "\n".join(words_of(card_sheet(other, "", language, code, {})))
    assert set(WORDS[language].voids) == set(VOIDED)


@pytest.mark.rule("R03")
def test_a_test_of_ours_is_the_test_record_and_what_it_found_answers_for_the_fault() -> None:
    _, (fine,) = after_tests(card(), FINE)
    _, (dead,) = after_tests(card(), DEAD)
    late = replace(fine, number=9)
    paper = frozenset({Paper.TEST_RECORD})

    assert (dead.result, dead.note, fine.result) == (Result.DEFECTIVE, "stays dark", Result.WORKS)
    assert evidence(()) == Evidence()
    assert evidence((dead,), "SN-2") == Evidence()  # another piece
    assert evidence((dead,)) == Evidence(paper)  # nobody has looked which piece it is
    assert evidence((dead,), "sn-1 ") == Evidence(paper, ((Question.FAULT, Answer.YES),))
    assert evidence((fine,), "SN-1") == Evidence(paper)  # it worked on the day it was collected
    assert evidence((dead, late), "SN-1") == Evidence(paper)
    here = tried_at_the_desk(RECEIPT, 1, FINE, MEI, NOW)
    assert isinstance(here, Trial)
    assert here.occasion is Occasion.RETURN
    assert evidence((dead, replace(here, number=9)), "SN-1") == Evidence(paper, ((Question.FAULT, Answer.NO),))


@pytest.mark.rule("R17")
@pytest.mark.parametrize("language", LANGUAGES)
def test_card_and_record_say_what_they_are_about_in_every_language(language: str) -> None:
    one, (dead,) = after_tests(card(serial="SN-1"), DEAD)
    code = card_code(one.number, one.receipt, KEY)

    paper = card_sheet(one, "和风百货", language, code, {"floor": "孙楼"})  # type: ignore[arg-type]  # one of them
    record = record_sheet(dead, one.name, "和风百货", language, {"floor": "孙楼"})  # type: ignore[arg-type]
    plain = card_sheet(replace(one, serial="", invoiced=False), "", language, code, {})  # type: ignore[arg-type]
    bare = record_sheet(replace(dead, card=0, note="", tried=frozenset({Tried.POWER})), "", "", language, {})  # type: ignore[arg-type]

    assert Code(code, 30.0) in paper.parts
    for text in ("000012", one.receipt, "SN-1", "孙楼", KETTLE.name):
        assert text in "\n".join(words_of(paper))
    for text in ("000001", "stays dark", "SN-1", "孙楼", KETTLE.name):
        assert text in "\n".join(words_of(record))
    assert len(plain.parts) == len(paper.parts) - 1
    assert len(bare.parts) == len(record.parts) - 2


def test_the_code_of_a_card_is_told_from_anything_else() -> None:
    code = card_code(12, RECEIPT.number, KEY)

    assert card_number(f" {code.lower()} ") == 12
    assert card_number("RS000012-ABCDEFGH") == 0
    assert card_code(12, "R9", KEY) != code
