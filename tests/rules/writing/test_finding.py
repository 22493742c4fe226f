from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.display.dictionary import book
from kiosk.rules.writing.finding import initials, rank

READ = book().readings


@pytest.mark.parametrize(
    ("text", "letters"),
    [("帽子", "mz"), ("1楼女装", "1lnz"), ("電梯", "dt"), ("Lego 积木", "legojm"), ("，。", ""), ("", "")],
)
def test_the_first_letters_of_a_text(text: str, letters: str) -> None:
    assert initials(text, READ) == letters


@pytest.mark.parametrize("query", ["mz", "maozi", "maoz", "mzi", "帽", "帽子", "m", "M Z", "子"])
def test_a_hat_is_found_by_its_letters_its_pinyin_and_its_characters(query: str) -> None:
    assert rank(query, "帽子", READ) is not None


@pytest.mark.parametrize("query", ["mm", "maozie", "zm", "鞋", "", " ", "'"])
def test_what_does_not_mean_it_finds_nothing(query: str) -> None:
    assert rank(query, "帽子", READ) is None


def test_a_character_of_two_readings_is_found_by_both() -> None:
    assert rank("yh", "银行", READ) is not None
    assert rank("yinxing", "银行", READ) is not None
    assert rank("yinhang", "银行", READ) is not None


def test_traditional_characters_are_found_by_the_same_letters() -> None:
    assert rank("tz", "童裝", READ) == rank("tz", "童装", READ)


def test_the_better_match_has_the_lower_rank() -> None:
    ranks = [rank("nz", text, READ) for text in ("女装", "潮流女装")]
    latin = [rank("lego", text, READ) for text in ("LEGO", "Lego Technic", "Big Lego", "Biglego")]

    assert ranks == sorted(ranks, key=lambda one: one if one is not None else 99)
    assert None not in ranks
    assert latin == [0, 1, 2, 3]


@given(st.text(alphabet="女男装鞋帽子珠宝ab1 ", min_size=1, max_size=8))
def test_every_text_is_found_by_its_own_first_letters(text: str) -> None:
    letters = initials(text, READ)

    assert (rank(letters, text, READ) is not None) == bool(letters)
