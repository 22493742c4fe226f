from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.display.sheet_fonts import STAND_IN, shown
from kiosk.rules.printing.document import Code, Document, Field, Line, Sign, Stamp, words_of
from kiosk.rules.returns.register import (
    HEADINGS,
    Total,
    corrections,
    handover_sheet,
    handovers,
    missing,
    register,
    rows,
    sheet,
)
from kiosk.rules.returns.slip import Goods, Kind, Stage
from kiosk.rules.returns.slip_deeds import Redeem, Void
from kiosk.rules.returns.slip_sheets import copies
from kiosk.rules.returns.slip_words import WORDS
from kiosk.units import LANGUAGES, Language
from tests.depth import examples
from tests.rules.returns.slips import (
    EXCHANGE,
    FILLING,
    MEI,
    NOW,
    TAO,
    TILL,
    TO_PAID,
    TO_REDEEMED,
    TO_STAMPED,
    done,
    filled,
)

DAY = date(2026, 11, 23)
NAMES = {"mei": "李梅", "tao": "陈涛", "till": "王收"}
SOCKS = replace(FILLING, line=3, quantity_milli=2000, scanned="30007", goods=Goods.SUPPLIER)
CN = Language("zh-CN")


def a_day() -> tuple[object, ...]:
    return (
        done(filled(EXCHANGE, 12), *TO_STAMPED, (Redeem(10000), TILL)),
        done(filled(FILLING, 10), *TO_PAID),
        done(filled(SOCKS, 11), *TO_STAMPED),
        done(filled(FILLING, 13), (Void(MEI, "写错"), TAO)),
        filled(FILLING, 14),
    )


@pytest.mark.rule("R13")
def test_slips_stand_in_the_register_in_the_order_of_their_numbers_and_none_is_missing() -> None:
    found = register(DAY, a_day(), 9)  # type: ignore[arg-type]

    assert [slip.number for slip in found.slips] == [10, 11, 12, 13, 14]
    assert found.missing == ()
    assert [slip.number for slip in found.open] == [11, 14]
    assert [slip.number for slip in found.void] == [13]


@pytest.mark.rule("R13")
def test_totals_are_by_department_and_void_slips_count_nothing() -> None:
    found = register(DAY, a_day(), 9)  # type: ignore[arg-type]

    assert found.totals == (Total("家电", 3, 25800, 12900), Total("服装", 1, 2580, 0))
    assert found.totals[0].amount_fen == 38700
    assert found.lost_fen == 2900


@pytest.mark.rule("R08")
def test_a_number_that_is_missing_is_told_also_the_first_of_the_day() -> None:
    assert missing([12, 14], 9) == (10, 11, 13)
    assert missing([], 9) == ()


@pytest.mark.rule("R08")
@settings(max_examples=examples(60))
@given(st.sets(st.integers(1, 60)), st.integers(0, 30))
def test_exactly_the_numbers_that_nobody_used_are_missing(used: set[int], before: int) -> None:
    later = [n for n in used if n > before]

    assert set(missing(later, before)) | set(later) == set(range(before + 1, max(later, default=before) + 1))
    assert not set(missing(later, before)) & set(later)


@pytest.mark.rule("R13")
def test_stock_is_told_of_what_was_approved_and_of_nothing_void() -> None:
    assert [(one.number, one.quantity_milli, one.goods) for one in corrections(register(DAY, a_day(), 9).slips)] == [  # type: ignore[arg-type]
        (10, 1000, Goods.FLOOR),
        (11, 2000, Goods.SUPPLIER),
        (12, 1000, Goods.FLOOR),
    ]
    void_after_all = done(filled(FILLING, 15), *TO_STAMPED, (Void(MEI, "写错"), TAO))
    assert corrections([void_after_all]) == ()


@pytest.mark.rule("R13")
def test_each_department_signs_for_what_goes_back_to_its_floor() -> None:
    of = handovers(register(DAY, a_day(), 9).slips)  # type: ignore[arg-type]

    assert {department: [one.number for one in goods] for department, goods in of.items()} == {"家电": [10, 12]}
    document = handover_sheet(DAY, "家电", of["家电"], WORDS[CN], "和风百货")
    assert [part.label for part in document.parts if isinstance(part, Sign)] == ["部门签收", "主管签名"]
    assert "000010 10023 电热水壶 1.7L 1" in list(words_of(document))


@pytest.mark.rule("R13")
def test_the_register_is_a_page_with_every_field_that_is_not_personal() -> None:
    found = register(DAY, a_day(), 9)  # type: ignore[arg-type]

    document = sheet(found, WORDS[CN], "和风百货", NAMES, "陈涛")
    text = "\n".join(words_of(document))

    assert "单号连续，没有缺号" in text
    assert "李梅" in text
    assert "138-0013-8000" not in text
    assert "62120381" not in text
    assert all(len(row) == len(HEADINGS) for row in rows(found, NAMES))
    assert document.parts[-1] == Sign("主管签名", "陈涛")
    empty = "\n".join(words_of(sheet(register(DAY, (), 3), WORDS[CN], "和风百货", {}, "")))
    assert "当日没有退换货单" in empty
    gaps = "\n".join(words_of(sheet(register(DAY, a_day(), 7), WORDS[CN], "", {}, "")))  # type: ignore[arg-type]
    assert "缺号: 000008, 000009" in gaps


def test_a_slip_of_yesterday_evening_stands_in_yesterdays_register() -> None:
    assert filled(at=NOW - timedelta(days=1)).day == DAY - timedelta(days=1)


def fields(document: Document) -> dict[str, str]:
    return {part.label: part.value for part in document.parts if isinstance(part, Field)}


@pytest.mark.rule("R08")
@pytest.mark.rule("R09")
@pytest.mark.parametrize("language", LANGUAGES)
def test_three_copies_say_whose_they_are_and_everything_that_a_slip_says(language: Language) -> None:
    words = WORDS[language]
    slip = done(filled(EXCHANGE, 12), *TO_STAMPED)

    made = copies(slip, "和风百货", language, "RS000012-ABCDEFGH", NAMES)

    assert len(made) == 3
    for copy, document in zip(words.copies, made, strict=True):
        lines = [part.text for part in document.parts if isinstance(part, Line)]
        assert [copy in lines, "000012" in lines, words.marked[Kind.EXCHANGE] in lines] == [True] * 3
        on_it = fields(document)
        wanted = (words.date, words.receipt, words.bought, words.member, words.phone, words.item, words.name)
        assert all(on_it[label] for label in (*wanted, words.reason))
        assert "1 129.00 129.00" in list(words_of(document))
        signs = {part.label: part.name for part in document.parts if isinstance(part, Sign)}
        assert signs == {words.shopper: "", words.clerk: "李梅", words.approver: "陈涛", words.cashier: ""}
        assert Code("RS000012-ABCDEFGH", 30.0) in document.parts
        assert "138" not in document.title
    assert STAND_IN not in shown("".join(words_of(made[0])))


@pytest.mark.rule("R08")
def test_a_return_is_worth_nothing_at_the_till_so_it_has_no_code() -> None:
    slip = done(filled(replace(FILLING, note="")), *TO_PAID)

    (first, *_) = copies(slip, "和风百货", CN, "", NAMES)

    assert not [part for part in first.parts if isinstance(part, Code)]
    assert [part.name for part in first.parts if isinstance(part, Sign)] == ["", "李梅", "陈涛", "王收"]


@pytest.mark.rule("R11")
def test_all_three_copies_of_a_void_slip_say_so_with_both_signatures() -> None:
    slip = done(filled(EXCHANGE, 12), (Void(MEI, "写错数量"), TAO))

    made = copies(slip, "和风百货", CN, "", NAMES)

    assert len(made) == 3
    for document in made:
        assert [part for part in document.parts if isinstance(part, Stamp)] == [Stamp("作废")] * 2
        assert [part.name for part in document.parts if isinstance(part, Sign)] == ["李梅", "陈涛"]
        assert fields(document)["作废原因"] == "写错数量"
        assert not [part for part in document.parts if isinstance(part, Code)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_usual_reason_for_a_void_slip_is_printed_in_the_language_of_the_paper(language: Language) -> None:
    slip = done(filled(EXCHANGE, 12), (Void(MEI, "a field is wrong"), TAO))

    words = WORDS[language]
    assert {fields(one)[words.void_why] for one in copies(slip, "", language, "", NAMES)} == {
        words.voids["a field is wrong"]
    }


def test_redeemed_slips_are_counted_once_whatever_they_are_worth() -> None:
    slip = done(filled(EXCHANGE, 1), *TO_REDEEMED)

    assert register(DAY, (slip,), 0).totals == (Total("家电", 1, 0, 12900),)
    assert slip.stage is Stage.SETTLED
