"""The evening of the return desk as rules: what keeps a register from being signed, what still goes to the floor."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.rules.printing.document import words_of
from kiosk.rules.returns.day_end import left, open_days, why_not_signed
from kiosk.rules.returns.register import handover_sheet, handovers, register, roll
from kiosk.rules.returns.slip import Goods, Slip
from kiosk.rules.returns.slip_words import WORDS
from kiosk.units import LANGUAGES
from tests.rules.returns.slips import EXCHANGE, FILLING, NOW, TO_PAID, TO_STAMPED, done, filled

DAY = NOW.date()
YESTERDAY = NOW - timedelta(days=1)
ON_FLOOR = replace(FILLING, goods=Goods.FLOOR)


def paid(number: int, department: str = "家电") -> Slip:
    return replace(done(filled(ON_FLOOR, number), *TO_PAID), department=department)


def why(*slips: Slip, signed: int | None = None) -> str:
    return why_not_signed(register(DAY, slips, 0), signed)


@pytest.mark.rule("R13")
def test_a_register_waits_for_missing_numbers_for_slips_that_lie_here_and_for_nobody_else() -> None:
    carried = done(filled(EXCHANGE, 2), *TO_STAMPED)  # the shopper has it, and may come tomorrow

    assert why(paid(1), carried) == ""
    assert why(paid(1), paid(3)).startswith("not signed: 000002 are missing: look for their paper")
    for steps in (0, 1, 2):
        lying = done(filled(FILLING, 2), *TO_STAMPED[:steps])
        assert why(paid(1), lying).startswith("not signed: 000002 still lie with the desk")


@pytest.mark.rule("R13")
def test_a_register_is_signed_once_and_again_only_with_later_slips() -> None:
    assert why(paid(1), signed=1) == f"the register of {DAY} is signed up to slip 000001 already"
    assert why(paid(1), paid(2), signed=1) == ""
    assert why() == ""
    assert why(signed=0).endswith("up to slip 000000 already")


@pytest.mark.rule("R13")
def test_a_day_is_open_until_its_register_is_signed_and_every_department_has_its_goods() -> None:
    slips = (replace(paid(1), filled=YESTERDAY), paid(2), paid(3, "服装"), paid(4, "服装"))

    before = open_days(slips, {YESTERDAY.date(): 1, DAY: 3}, {})
    assert [(one.day, one.signed, one.slips) for one in before] == [(YESTERDAY.date(), True, 1), (DAY, False, 3)]
    assert list(before[0].goods) == ["家电"]
    assert before[1].goods == {}  # the register comes first

    [after] = open_days(slips, {YESTERDAY.date(): 1, DAY: 4}, {YESTERDAY.date(): {("家电", 1)}, DAY: {("服装", 3)}})
    assert {name: [one.number for one in goods] for name, goods in after.goods.items()} == {"家电": [2], "服装": [4]}
    done_with = {("家电", 2), ("服装", 3), ("服装", 4)}
    assert open_days(slips[1:], {DAY: 4}, {DAY: done_with}) == ()
    assert left(handovers(slips), {("家电", 1), ("家电", 2)}).keys() == {"服装"}


@pytest.mark.rule("R13")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_roll_has_every_slip_its_totals_and_who_signed(language: str) -> None:
    words = WORDS[language]  # type: ignore[index]
    several = (paid(1), done(filled(EXCHANGE, 2), *TO_STAMPED))

    sheet = roll(register(DAY, several, 0), words, "和风百货", "陈涛")
    text = "\n".join(words_of(sheet))
    for said in ("000001", "000002", "129.00", words.whole, "陈涛", str(DAY)):
        assert said in text, said
    assert words.none in "\n".join(words_of(roll(register(DAY, (), 0), words, "和风百货", "")))
    handed = handover_sheet(DAY, "家电", handovers(several)["家电"], words, "和风百货", "孙楼")
    assert "孙楼" in "\n".join(words_of(handed))
