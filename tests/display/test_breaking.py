from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.display.breaking import NOT_FIRST, NOT_LAST, balanced, broken, pieces
from tests.depth import examples


def wide(text: str) -> int:
    return sum(2 if ord(character) > 0x2E80 else 1 for character in text)


TEXTS = st.text(alphabet="柜门已关好，。“”（）《》12 ab-￥%、", max_size=60)


def test_chinese_may_break_between_any_two_characters_and_latin_between_words() -> None:
    assert pieces("请按绿键 Locker open") == ["请", "按", "绿", "键 ", "Locker ", "open"]


def test_what_a_number_counts_stands_beside_it() -> None:
    assert pieces("第12 号柜") == ["第", "12 号", "柜"]
    assert broken("还有 25 个空柜", 7, wide) == ("还有", "25 个空", "柜")


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
    assert balanced(text, 26, wide) == ("请将号牌上的", "条码对准扫描口吧")


@pytest.mark.parametrize(
    ("room", "lines"),
    [
        (10, ("雷击、", "水灾或火灾")),
        (14, ("出现故障，", "用起来不正常")),
        (32, ("下一位就是您。叫到号时，", "请带好商品和小票到退换货服务台。")),
        (34, ("如有质量方面的问题，欢迎到", "总服务台，我们会帮您联系厂家。")),
        (30, ("需要同事当面看一下商品的", "包装和配件是否齐全，", "以及有无使用痕迹。")),
        (26, ("请将号牌上的条码对准", "扫描口，距离约一掌。")),
        (34, ("前面還有 12 位。叫到號時，", "請帶好商品和明細到退換貨服務台。")),
    ],
)
def test_a_line_ends_after_a_comma_or_between_two_words(room: int, lines: tuple[str, ...]) -> None:
    assert balanced("".join(lines), room, wide) == lines


def test_a_word_too_long_for_its_room_is_taken_apart_all_the_same() -> None:
    assert balanced("总服务台", 6, wide) == ("总服", "务台")


def test_a_long_text_fills_one_line_after_the_other() -> None:
    lines = balanced("本店营业至晚上十点，请您合理安排购物时间，并带好随身物品。" * 4, 30, wide)

    assert len(lines) > 4
    assert min(wide(line) for line in lines[:-1]) >= 18


@settings(max_examples=examples(300))
@given(TEXTS, st.integers(0, 40))  # a widget squeezed to nothing has no room
def test_breaking_loses_no_character_and_balancing_takes_no_more_lines(text: str, room: int) -> None:
    lines = broken(text, room, wide)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert len(balanced(text, room, wide)) == len(lines)
    for line in lines:
        assert wide(line) <= room or len(pieces(line)) == 1
