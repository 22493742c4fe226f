from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.display.breaking import NOT_FIRST, NOT_LAST, balanced, broken, pieces
from tests.depth import examples


def wide(text: str) -> int:
    return sum(2 if ord(character) > 0x2E80 else 1 for character in text)


TEXTS = st.text(alphabet="柜门已关好，。“”（）《》12 ab-￥%、", max_size=60)


def test_chinese_breaks_between_any_two_characters_and_latin_between_words() -> None:
    assert pieces("请按 12 号柜 Locker open") == ["请", "按 ", "12 ", "号", "柜 ", "Locker ", "open"]


@pytest.mark.parametrize("text", ["好，好", "门。门", "取（包）取", "听到“咔嗒”声"])
def test_no_line_begins_with_a_comma_or_ends_with_an_opening_bracket(text: str) -> None:
    for line in broken(text, 4, wide):
        assert line[0] not in NOT_FIRST
        assert line[-1] not in NOT_LAST


def test_a_number_is_never_torn_apart() -> None:
    assert broken("柜号12345", 6, wide) == ("柜号", "12345")


def test_lines_are_of_even_length_and_nothing_is_left_over_alone() -> None:
    text = "请将号牌上的条码对准扫描口吧"

    assert broken(text, 26, wide)[-1] == "吧"
    assert balanced(text, 26, wide) == ("请将号牌上的条", "码对准扫描口吧")


@settings(max_examples=examples(300))
@given(TEXTS, st.integers(1, 40))
def test_breaking_loses_no_character_and_balancing_takes_no_more_lines(text: str, room: int) -> None:
    lines = broken(text, room, wide)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert len(balanced(text, room, wide)) == len(lines)
    for line in lines:
        assert wide(line) <= room or len(pieces(line)) == 1
