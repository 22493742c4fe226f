from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.lockers.lost_slip import NARROW, Copy, SlipField, SlipWords, slips_of, text_of
from kiosk.units import LANGUAGES, Language
from tests.rules.lockers.lost_tag_people import gone_through

PAID = gone_through(5)

# as the rule book words L08
L08 = (
    "date; shopper's name; address; tag number and locker position; fee; amount received and receipt number;"
    " signature of the employee who took it"
)


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


@pytest.mark.rule("L08")
def test_the_slip_has_the_fields_of_the_rule_in_its_order() -> None:
    for slip in slips_of(PAID, SlipWords("和风百货", "李梅", "左墙上排"), LANGUAGES[0]):
        fields = [line.field for line in slip.lines]

        assert "; ".join(field.value for field in fields if field is not SlipField.SHOPPER) == L08
        assert all(line.value for line in slip.lines if line.field is not SlipField.SHOPPER)


@pytest.mark.rule("L08")
@pytest.mark.parametrize("language", LANGUAGES)
def test_both_copies_say_the_same_and_for_whom_they_are(language: Language) -> None:
    office, shopper = slips_of(PAID, SlipWords("和风百货", "李梅", "左墙上排"), language)

    assert office.lines == shopper.lines
    assert office.copy != shopper.copy
    assert len(Copy) == 2
    for text in (text_of(office), text_of(shopper)):
        for wanted in ("2026-11-23", "王小明", "南京路", "7", "5.00", "000031", "李梅", "左墙上排", "000012"):
            assert wanted in text.replace("\n", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_labels_are_in_the_shoppers_language(language: Language) -> None:
    slip = slips_of(PAID, SlipWords("Hefeng", "Mei"), language)[0]
    chinese = any("一" <= sign <= "鿿" for line in slip.lines for sign in line.label)

    assert chinese == (language != "en")
    assert len({line.label for line in slip.lines}) == len(SlipField)


def test_the_two_chinese_scripts_are_not_mixed() -> None:
    simplified, traditional = (
        text_of(slips_of(PAID, SlipWords("", ""), language)[0]).replace("王小明", "").replace("上海市南京路1号", "")
        for language in LANGUAGES[:2]
    )

    assert not set("遗标记单费实与据员签财务顾号柜编联证凭为") & set(traditional)
    assert not set("遺標記單費實與據員簽財務顧號櫃編聯證憑為") & set(simplified)


@given(st.text(max_size=120), st.integers(24, 48), st.sampled_from(LANGUAGES))
def test_no_line_is_wider_than_the_paper_whatever_is_in_it(name: str, wide: int, language: Language) -> None:
    text = text_of(slips_of(replace(PAID, name=name, address=name), SlipWords(name, name, name), language)[0], wide)

    assert max(columns(line) for line in text.splitlines()) <= wide


def test_a_word_that_no_line_holds_is_broken() -> None:
    text = text_of(slips_of(PAID, SlipWords("x" * 70, "Mei"), LANGUAGES[2])[0], NARROW)

    assert text.splitlines()[:3] == ["x" * 32, "x" * 32, "x" * 6]


def test_a_latin_word_is_not_torn_where_it_fits_a_line() -> None:
    text = text_of(
        slips_of(PAID, SlipWords("Hefeng Department Store of the Whole Wide World", "Mei"), LANGUAGES[2])[0], NARROW
    )

    assert text.splitlines()[:2] == ["Hefeng Department Store of the", "Whole Wide World"]
