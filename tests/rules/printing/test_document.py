from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.printing.document import (
    Align,
    Code,
    Column,
    Document,
    Field,
    Line,
    Part,
    Rule,
    Sign,
    Size,
    Space,
    Stamp,
    Table,
    read,
    stamped,
    words_of,
    written,
)
from tests.depth import examples

EVERY_PART: tuple[Part, ...] = (
    Line("退换货单", Size.LARGE, True, Align.CENTRE),
    Field("小票号", "R1", True),
    Table((Column("数量", 1.0, Align.RIGHT), Column("金额", 2.0)), (("2", "￥ 1.00"), ("1", "￥ 2.00"))),
    Rule(True),
    Space(2.5),
    Code("S-1"),
    Sign("批准人", "李"),
    Stamp("作废"),
)

texts = st.text(max_size=30)
parts = st.one_of(
    st.builds(Line, texts, st.sampled_from(Size), st.booleans(), st.sampled_from(Align)),
    st.builds(Field, texts, texts, st.booleans()),
    st.builds(Code, texts, st.floats(1, 60)),
    st.builds(Sign, texts, texts),
    st.builds(Stamp, texts),
    st.builds(Space, st.floats(0, 60)),
    st.builds(Rule, st.booleans()),
)


@settings(max_examples=examples(60))
@given(st.lists(parts, max_size=6), texts)
def test_whatever_is_queued_comes_out_of_the_queue_as_it_went_in(some: list[Part], title: str) -> None:
    document = Document(title, (*EVERY_PART, *some))

    assert read(written(document)) == document


GIANT = '{"title": "x", "parts": [{"kind": "line", "text": "a", "size": "giant", "bold": false, "align": "left"}]}'
NO_PART = '{"title": "x", "parts": [{}]}'


@pytest.mark.parametrize(
    "damaged", ["", "[]", "{}", "null", NO_PART, '{"title": "x", "parts": [{"kind": "a"}]}', GIANT]
)
def test_what_is_no_document_is_told_as_such(damaged: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read(damaged)


def test_what_the_release_before_has_queued_is_printed_by_this_one() -> None:
    table = Table((Column("a"),), (("1",),))
    queued = json.loads(written(Document("x", (table,))))
    del queued["parts"][0]["total"]

    assert read(json.dumps(queued)) == Document("x", (table,))


def test_a_row_with_too_few_cells_is_no_row() -> None:
    with pytest.raises(ValueError, match="a row of 1 cells in a table of 2 columns"):
        Table((Column("a"), Column("b")), (("1",),))


def test_a_stamp_stands_over_everything_else() -> None:
    copy = stamped(Document("slip", EVERY_PART), "副本")

    assert copy.parts == (Stamp("副本"), *EVERY_PART)


def test_every_word_of_a_sheet_can_be_read_without_paper() -> None:
    found = list(words_of(Document("slip", EVERY_PART)))

    lines = ["退换货单", "小票号 R1", "数量 金额", "2 ￥ 1.00", "1 ￥ 2.00", "S-1", "批准人 李", "作废"]
    assert found == lines
