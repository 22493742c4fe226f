from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.tills.export import BadExport, CutOff, Mistake, Told, receipts_in
from tests.depth import examples
from tests.tills.exports import CUPS, FIRST, HEADING, KETTLE, MEAT, READING, SECOND, text


def parsed(content: str) -> tuple[list[object], list[Mistake]]:
    told = Told()
    found = list(receipts_in(content.splitlines(keepends=True), READING, told))
    return [one.receipt for one in found], told.mistakes


def test_a_tills_export_becomes_receipts() -> None:
    assert parsed(text(KETTLE, CUPS, MEAT)) == ([FIRST, SECOND], [])


def test_chinese_headings_in_any_order_are_understood_and_what_is_optional_may_be_missing() -> None:
    content = text(
        "牛腩,R01-00000002,2026-11-21T10:00:00+08:00,1,1,50001,0.535,59.8",
        heading="品名,单号,时间,收银台,行号,货号,数量,单价",
    )

    [receipt], mistakes = parsed(content)

    assert mistakes == []
    assert receipt.number == "R0100000002"  # type: ignore[attr-defined]
    assert receipt.bought == SECOND.bought  # type: ignore[attr-defined]


@pytest.mark.rule("R01")
@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("R0100000002", "R0200000002", "line 2: number is 'R0200000002', another store's receipt"),
        ("R0100000002", "R01000002", "line 2: number is 'R01000002', not a receipt's number"),
        ("0.535", "0", "line 2: quantity is 0"),
        ("0.535", "-1", "line 2: quantity is -1"),
        ("59.80", "59.805", "line 2: unit_price is '59.805', with 3 decimals"),
        ("59.80", "-1", "line 2: unit_price is -1.00"),
        ("2026/11/21 10:00:00", "2026-11-22 09:11:00", "line 2: bought is 2026-11-22 09:11, which is still to come"),
        ("2026/11/21 10:00:00", "2026-11-21", "line 2: bought is '2026-11-21', without a time of day"),
        ("2026/11/21 10:00:00", "21.11.2026 10 Uhr", "line 2: bought is '21.11.2026 10 Uhr', which is no time"),
        (",1,50001", ",one,50001", "line 2: n is 'one'"),
        (",0,0,", ",maybe,0,", "line 2: clearance is 'maybe'"),
        (",0,0,", ",0", "line 2: has 13 fields instead of 15"),
        ("牛腩", "", "line 2: name is ''"),
        ("牛腩", "牛\x07腩", "line 2: name is"),
    ],
)
def test_a_line_that_no_till_may_print_is_told_with_its_place_and_the_remedy(old: str, new: str, says: str) -> None:
    receipts, [mistake] = parsed(text(MEAT.replace(old, new), KETTLE, CUPS))

    assert str(mistake).startswith(says)
    assert mistake.remedy
    assert receipts == [FIRST], "the others are looked at as well, so that all mistakes are told at once"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ((KETTLE, KETTLE), "line 3: line 1 of receipt R0100000001 comes again"),
        ((CUPS, KETTLE), "line 3: line 1 of receipt R0100000001 comes out of order"),
        ((KETTLE, CUPS.replace(",03,", ",04,")), "line 3: has another time, till, member or invoice"),
    ],
)
def test_lines_that_contradict_each_other_are_told_with_their_numbers(rows: tuple[str, ...], says: str) -> None:
    _, [mistake] = parsed(text(*rows))

    assert str(mistake).startswith(says)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("a;b;c\n", "line 1: the column 'a;b;c' is unknown"),
        (HEADING.replace("member", "till") + "\n", "the column till is there twice"),
        (HEADING.replace(",n,", ",") + "\n", "the columns n are missing"),
        (text(KETTLE.replace("电水壶", '电"水"壶"').replace("小家电", '"小家电')), "is no CSV"),
        (text(KETTLE, "x" * 5000), "longer than 4000 characters"),
        (text("END,0", KETTLE), "line 3: goes on after END"),
        (text("END,many"), "line 2: END does not say how many lines"),
        (text(*["x"] * 60), "line 51: has 1 fields"),
    ],
)
def test_what_is_no_export_is_refused(content: str, says: str) -> None:
    with pytest.raises(BadExport) as refused:
        parsed(content)

    assert says in str(refused.value)


@pytest.mark.parametrize("content", ["", HEADING, text(KETTLE)[:-1], text(KETTLE, CUPS)[:-40], text(KETTLE, "END,2")])
def test_an_export_that_is_cut_off_is_told_from_one_with_mistakes(content: str) -> None:
    with pytest.raises(CutOff):
        parsed(content)


def test_a_till_that_says_how_many_lines_it_wrote_is_believed() -> None:
    assert parsed(text(KETTLE, CUPS, "END,2") + "\r\n\n") == ([FIRST], [])


@given(st.integers(0, 400))
@settings(max_examples=examples(60))
def test_wherever_an_export_is_cut_nothing_false_is_read(at: int) -> None:
    whole = text(KETTLE, CUPS, MEAT, "END,3")

    try:
        receipts, mistakes = parsed(whole[:at])
    except (CutOff, BadExport):
        return

    assert mistakes or receipts in ([], [FIRST], [FIRST, SECOND])


@given(st.text(max_size=300))
def test_whatever_lies_there_is_read_or_refused_in_words(content: str) -> None:
    with suppress(CutOff, BadExport):
        receipts, mistakes = parsed(content)
        assert receipts == []
        assert all(str(one).startswith("line ") for one in mistakes)
