"""Sentences for people: English wherever they go, another language where somebody reads it."""

from __future__ import annotations

import json
import pickle

import pytest

from kiosk.errors import DeviceFault
from kiosk.sentences import Sentence, alias, from_wire, in_languages, said_in, tell, to_wire
from kiosk.units import LANGUAGES

CHINESE = {
    "locker {n}: {why}": "{n} 号柜：{why}",
    "no tag": "缺牌",
    "missing: {things}": "缺：{things}",
    ", ": "、",
    "Borrow": "借用",
    "en": "zh-CN",
}


def chinese(english: str) -> str:
    return CHINESE.get(english, english)


WHOLE = tell("locker {n}: {why}", n=3, why=tell("no tag"))


def test_a_sentence_is_english_for_whoever_takes_it_for_a_text() -> None:
    assert WHOLE == "locker 3: no tag"
    assert WHOLE.startswith("locker ")
    assert json.loads(json.dumps([WHOLE])) == ["locker 3: no tag"]


def test_a_screen_says_it_in_its_language_with_all_that_it_is_made_of() -> None:
    assert said_in(chinese, WHOLE) == "3 号柜：缺牌"
    assert said_in(chinese, tell("missing: {things}", things=(tell("no tag"), "Li Na"))) == "缺：缺牌、Li Na"
    assert tell("missing: {things}", things=["a", "b"]) == "missing: a, b"


def test_what_is_no_sentence_is_said_as_far_as_the_language_knows_it() -> None:
    assert said_in(chinese, "no tag") == "缺牌"
    assert said_in(chinese, "the cat {sleeps}") == "the cat {sleeps}"
    assert said_in(chinese, "") == ""
    assert said_in(chinese, tell("")) == ""


def test_staffs_own_words_are_never_taken_for_gaps() -> None:
    assert tell("locker {n}: {why}", n=1, why="a {bag}") == "locker 1: a {bag}"
    assert said_in(chinese, tell("the {bag}")) == "the {bag}"


def test_a_fault_that_is_raised_tells_its_sentence_still() -> None:
    told = str(DeviceFault(WHOLE))

    assert isinstance(told, Sentence)
    assert said_in(chinese, tell("locker {n}: {why}", n=9, why=DeviceFault(tell("no tag")))) == "9 号柜：缺牌"


def test_what_a_command_calls_by_an_id_a_screen_calls_by_its_title() -> None:
    loan = alias("Borrow", "loan")

    assert loan == "loan"
    assert said_in(chinese, loan) == "借用"


def test_what_the_store_wrote_in_several_languages_is_said_in_the_readers_or_in_the_first() -> None:
    both = in_languages({LANGUAGES[0]: "雨伞", LANGUAGES[2]: "Umbrella"})

    assert both == "Umbrella"
    assert said_in(chinese, both) == "雨伞"
    assert said_in(chinese, in_languages({LANGUAGES[2]: "Umbrella"})) == "Umbrella"
    assert in_languages({}) == ""


@pytest.mark.parametrize(
    "told", [WHOLE, tell("missing: {things}", things=("a", tell("no tag"))), alias("Borrow", "loan")]
)
def test_a_sentence_comes_through_the_ledger_and_from_another_process_as_it_was(told: Sentence) -> None:
    for read in (from_wire(json.loads(json.dumps(to_wire(told)))), pickle.loads(pickle.dumps(told))):
        assert read == told
        assert said_in(chinese, read) == said_in(chinese, told)


def test_what_has_words_of_its_own_is_a_text_on_the_wire_and_itself_from_another_process() -> None:
    both = in_languages({LANGUAGES[0]: "雨伞", LANGUAGES[2]: "Umbrella"})

    assert to_wire(both) == "Umbrella"
    assert said_in(chinese, pickle.loads(pickle.dumps(both))) == "雨伞"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", "plain"),
        (7, ""),
        (None, ""),
        ({"text": "kept"}, "kept"),
        ({"key": 1, "facts": {}, "text": 2}, ""),
        ({"key": "{other}", "facts": {"n": 1}, "text": "of another version"}, "of another version"),
        ({"key": "{n.real}", "facts": {"n": "x"}, "text": "no attribute"}, "no attribute"),
    ],
)
def test_what_is_not_of_the_form_is_a_text_and_nothing_worse(value: object, text: str) -> None:
    read = from_wire(value)

    assert read == text
    assert said_in(chinese, read) == text


def test_sentences_without_an_end_are_not_followed_for_ever() -> None:
    deep: object = "x"
    for _ in range(40):
        deep = {"key": "locker {n}: {why}", "facts": {"n": 1, "why": deep}, "text": "deep"}

    assert from_wire(deep) == "deep"
