from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.writing.writing import (
    LONGEST_LETTERS,
    MOST_STROKES,
    Backspace,
    Candidate,
    Cleared,
    FormsAsked,
    Key,
    Kind,
    Layer,
    LayerAsked,
    Letter,
    MoreCandidates,
    Recognised,
    Stroked,
    Writing,
    after,
    begun,
)


def typed(writing: Writing, *keys: Key | str) -> Writing:
    for key in keys:
        for one in map(Letter, key) if isinstance(key, str) else (key,):
            writing = after(writing, one)
    return writing


PINYIN = begun(Kind.WORDS, chinese=True, longest=12)


def test_letters_wait_until_a_candidate_uses_them_up() -> None:
    writing = typed(PINYIN, "maozi")
    assert (writing.text, writing.letters) == ("", "maozi")

    assert typed(writing, Candidate("毛", 3)).letters == "zi"
    assert typed(writing, Candidate("帽子", 5)).whole == "帽子"


def test_the_divider_goes_with_what_is_before_it() -> None:
    assert typed(PINYIN, "xi'an", Candidate("西", 2)).letters == "an"
    assert typed(PINYIN, "'").text == "'"


def test_a_candidate_for_letters_that_are_not_there_changes_nothing() -> None:
    writing = typed(PINYIN, "ma")

    assert typed(writing, Candidate("帽子", 5)) == typed(writing, Candidate("x", 0)) == writing


def test_the_last_letter_goes_first_then_the_last_character() -> None:
    writing = typed(PINYIN, "ma", Candidate("妈", 2), "m")

    assert typed(writing, Backspace()).whole == "妈"
    assert typed(writing, Backspace(), Backspace(), Backspace()) == PINYIN
    assert typed(writing, Cleared()) == PINYIN


def test_other_keys_take_letters_that_wait_as_they_are() -> None:
    writing = typed(PINYIN, "abc", LayerAsked(Layer.SIGNS), "1，")

    assert writing.whole == "abc1，"
    assert typed(PINYIN, "ab", "A").whole == "abA"


def test_a_capital_is_for_one_letter() -> None:
    writing = typed(begun(Kind.NAME, chinese=False), LayerAsked(Layer.CAPITALS), "J")

    assert (writing.layer, writing.text) == (Layer.LATIN, "J")


def test_the_keys_that_come_first_are_those_of_the_field_and_the_language() -> None:
    assert begun(Kind.NAME, chinese=True).layer is Layer.PINYIN
    assert begun(Kind.NAME, chinese=False).layer is Layer.LATIN
    assert begun(Kind.LETTERS, chinese=True).layer is Layer.LATIN
    assert begun(Kind.DIGITS, chinese=True).layer is Layer.SIGNS


def test_more_candidates_are_a_page_on_until_letters_change() -> None:
    assert typed(PINYIN, MoreCandidates()).page == 0
    writing = typed(PINYIN, "ma", MoreCandidates(), MoreCandidates())
    assert writing.page == 2
    assert typed(writing, "o").page == 0


def test_somebody_may_ask_for_the_other_characters() -> None:
    assert PINYIN.taiwan is None
    assert typed(PINYIN, FormsAsked(True)).taiwan is True


LINE = Stroked(((100, 500), (900, 500)))


def test_lines_wait_until_they_are_recognised() -> None:
    hand = typed(PINYIN, LayerAsked(Layer.HAND))
    drawn = typed(hand, LINE, LINE)
    assert (drawn.text, len(drawn.strokes)) == ("", 2)

    assert typed(drawn, Recognised("二")) == replace(hand, text="二")
    assert typed(drawn, Backspace()).strokes == (LINE.stroke,)
    assert typed(drawn, Backspace(), Backspace(), Backspace()) == hand
    assert typed(drawn, MoreCandidates()).page == 1
    assert typed(drawn, Cleared()) == hand
    assert typed(drawn, LayerAsked(Layer.PINYIN)) == PINYIN


def test_a_line_counts_only_where_lines_are_drawn_and_nothing_is_recognised_without_one() -> None:
    hand = typed(PINYIN, LayerAsked(Layer.HAND))

    assert typed(PINYIN, LINE) == PINYIN
    assert typed(hand, Stroked(())) == hand
    assert typed(hand, Recognised("二")) == hand
    assert len(typed(hand, *[LINE] * 90).strokes) == MOST_STROKES


def test_a_full_field_takes_nothing_more() -> None:
    full = typed(begun(Kind.WORDS, chinese=False, longest=3), "abcdef")

    assert full.whole == "abc"
    assert typed(begun(Kind.WORDS, chinese=True, longest=1, text="王"), "a").letters == ""
    assert len(typed(begun(Kind.WORDS, chinese=True, longest=90), "a" * 99).letters) == LONGEST_LETTERS


KEYS = st.one_of(
    st.sampled_from("abz'AZ1，€\n\x00😀 ").map(Letter),
    st.builds(Candidate, st.sampled_from(["帽子", "x" * 50, ""]), st.integers(-3, 50)),
    st.sampled_from([Backspace(), Cleared(), MoreCandidates(), FormsAsked(True), Stroked(((1, 2),)), Recognised("二")]),
    st.sampled_from(list(Layer)).map(LayerAsked),
)


@given(st.sampled_from(list(Kind)), st.booleans(), st.integers(1, 20), st.lists(KEYS, max_size=40))
def test_no_key_is_ever_an_error_and_the_text_keeps_to_its_length(
    kind: Kind, chinese: bool, longest: int, keys: list[Key]
) -> None:
    writing = typed(begun(kind, chinese=chinese, longest=longest), *keys)

    assert len(writing.whole) <= longest
    assert len(writing.letters) <= LONGEST_LETTERS
    assert writing.page >= 0
