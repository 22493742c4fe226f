"""What shoppers find by characters, pinyin, initials, English, other words, and in spite of their slips (S01)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.config.load import load_site
from kiosk.config.spelling import spelled
from kiosk.rules.service.store_plan import Entry, StoreGuide
from kiosk.rules.service.store_search import MOST, _slips, folded, found
from kiosk.units import LANGUAGES, Language
from tests.depth import examples

PROJECT = Path(__file__).parents[3]


@cache
def demo() -> StoreGuide:
    guide = load_site(PROJECT).guide
    assert guide is not None
    return spelled(guide)


def first(query: str) -> str:
    entries = found(demo(), query)
    return entries[0].name[LANGUAGES[0]] if entries else ""


@pytest.mark.rule("S01")
@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("洗手间", "洗手间"),
        ("厕所", "洗手间"),  # another word
        ("衛生間", "洗手间"),
        ("restroom", "洗手间"),
        ("Toilets", "洗手间"),
        ("xishoujian", "洗手间"),
        ("xsj", "洗手间"),  # initials
        ("洗sj", "洗手间"),  # the rest of it is still letters
        ("请问洗手间在哪里？", "洗手间"),  # a whole sentence
        ("where is the toilet", "洗手间"),
        ("maozi", "围巾帽子"),
        ("mz", "围巾帽子"),
        ("congdianqi", "充电器"),  # as it sounds in the south
        ("liunai", "牛奶乳品"),
        ("phoen", "手机"),  # a slip of the finger
        ("sheos", "女鞋与箱包"),
        ("A21", "金福楼"),  # what stands on a counter's sign
        ("ＡＴＭ", "自动取款机"),
        ("jeans", "女裤"),
        ("watches", "手表"),
        ("手錶", "手表"),
        ("打车", "出租车候车处"),
    ],
)
def test_a_question_finds_what_is_meant(asked: str, meant: str) -> None:
    assert first(asked) == meant


@pytest.mark.rule("S01")
def test_of_several_alike_the_nearest_comes_first() -> None:
    floors = [entry.floor for entry in found(demo(), "厕所") if entry.name[LANGUAGES[2]] == "Toilets"]

    assert floors[0] == demo().here.floor
    assert sorted(floors) == ["1", "2", "3", "b1"]


def test_what_the_store_has_not_is_found_by_nobody() -> None:
    assert found(demo(), "飞机") == ()
    assert found(demo(), "asdfgh") == ()
    assert found(demo(), "qqq") == ()
    assert found(demo(), "  ？！ ") == ()


def test_a_word_inside_another_counts_less_than_the_word_itself() -> None:
    names = [entry.name[LANGUAGES[0]] for entry in found(demo(), "手机")]

    assert names[0] == "手机"
    assert "手机数码" in names


@settings(max_examples=examples(60), deadline=None)
@given(st.sampled_from(range(200)), st.sampled_from(LANGUAGES))
def test_everything_is_found_by_its_own_name_in_each_language(place: int, language: Language) -> None:
    entries = demo().entries
    entry = entries[place % len(entries)]

    assert alike(entry) & {alike_name(one) for one in found(demo(), entry.name[language])[:3]}


def alike(entry: Entry) -> set[str]:
    return {alike_name(entry)}


def alike_name(entry: Entry) -> str:
    return entry.name[LANGUAGES[2]]


@settings(max_examples=examples(60), deadline=None)
@given(st.text(max_size=24))
def test_no_question_is_too_strange(question: str) -> None:
    entries = found(demo(), question)

    assert len(entries) <= MOST
    assert len(set(entries)) == len(entries)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("phone", "phone", 0), ("phoen", "phone", 1), ("phne", "phone", 1), ("phoone", "phone", 1), ("phxne", "phone", 1),
     ("abcd", "phone", 2), ("ab", "phone", 2)],
)  # fmt: skip
def test_letters_left_out_put_in_mistaken_or_swapped_are_counted(one: str, other: str, slips: int) -> None:
    assert _slips(one, other, 1) == slips


def test_texts_are_compared_without_case_signs_and_width() -> None:
    assert folded("  Women’s  SHOES—and bags ") == "womens shoes and bags"
    assert folded("洗手间 （一楼）") == "洗手间一楼"
