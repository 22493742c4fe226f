from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from kiosk.rules.forms.form import problems
from kiosk.rules.service.choices import Lendable
from kiosk.rules.service.loan import SERVICE, Stock, due, form_of, left_of, lent_here
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.service import Refused
from kiosk.units import LANGUAGES
from tests.rules.service.services import LEAD, TEN, WANG
from tests.rules.service.test_complaint import open_on

UMBRELLA = Lendable("umbrella", {LANGUAGES[0]: "雨伞", LANGUAGES[2]: "Umbrella"}, 2)
CHAIR = Lendable("wheelchair", {LANGUAGES[0]: "轮椅"}, 1, "wheelchair")
HERE = lent_here(SERVICE, (UMBRELLA, CHAIR), open_on)
ASKED = {"thing": "umbrella", "phone": "13800138000", "name": "李娜"}


def asked(thing: str = "umbrella", stage: str = "asked") -> Record:
    begun = HERE.begun(ASKED | {"thing": thing}, "screen", TEN)
    assert isinstance(begun, Record)
    return replace(begun, stage=stage)


def done(record: Record, deed: str, minutes: int = 5, **told: str) -> Record:
    moved = HERE.after(record, Done(TEN + timedelta(minutes=minutes), "wang", deed, told), WANG)
    assert isinstance(moved, Record), moved
    return moved


@pytest.mark.rule("S10")
def test_an_umbrella_is_asked_for_handed_out_and_returned() -> None:
    lent = done(asked(), "hand-out")
    assert (lent.stage, lent.owner) == ("lent", "wang")

    back = done(lent, "return", 60)

    assert (back.stage, back.due) == ("returned", None)


@pytest.mark.rule("S10")
def test_what_is_lent_is_due_when_the_store_closes_and_an_extension_counts_anew() -> None:
    lent = done(asked(), "hand-out")
    assert lent.due == TEN.replace(hour=22)

    on_tuesday = done(lent, "extend", 24 * 60)
    assert on_tuesday.due == TEN + timedelta(days=1, hours=12)
    assert due(replace(lent, since=TEN.replace(hour=21, minute=50)), open_on) == TEN.replace(hour=22, minute=50)
    assert due(lent) == lent.since + timedelta(hours=12)


@pytest.mark.rule("S10")
def test_what_is_lent_after_midnight_is_due_when_that_night_ends() -> None:
    def night_shop(day: date) -> tuple[datetime, datetime]:
        opens = datetime.combine(day, time(18), TEN.tzinfo)
        return opens, opens + timedelta(hours=8)

    lent = done(asked(), "hand-out")
    after_midnight = datetime.combine(TEN.date(), time(0, 30), TEN.tzinfo)

    assert due(replace(lent, since=after_midnight), night_shop) == after_midnight.replace(hour=2, minute=0)


@pytest.mark.rule("S10")
def test_the_last_one_is_lent_once_and_what_waits_to_be_fetched_is_as_good_as_lent() -> None:
    others = (asked(), asked("wheelchair"), asked(stage="returned"))

    assert HERE.objects(asked(), others) is None
    assert HERE.objects(asked(), (*others, asked(stage="lent"))) == Refused("every umbrella is lent", "loan.none-left")
    assert HERE.objects(asked("wheelchair"), others) == Refused("every wheelchair is lent", "loan.none-left")


@pytest.mark.rule("S10")
def test_what_is_left_is_counted_and_stands_on_the_cards() -> None:
    records = (asked(), asked(stage="lent"), asked("wheelchair", "returned"), replace(asked(), service="rating"))

    stock = left_of((UMBRELLA, CHAIR), (*records, asked(stage="lent")))

    assert stock == Stock((UMBRELLA, CHAIR), (0, 1))
    (choice, *_) = form_of(stock).pages({})
    assert [(one.words, one.left) for one in choice.options] == [("Umbrella", 0), ("轮椅", 1)]  # type: ignore[union-attr]
    assert problems(form_of(stock), ASKED) == {"thing": "Please choose one of these"}


def test_what_nobody_fetches_within_half_an_hour_is_for_others() -> None:
    assert HERE.by_itself(asked(), TEN + timedelta(minutes=29)) is None

    lapsed = HERE.by_itself(asked(), TEN + timedelta(minutes=30))

    assert lapsed is not None
    assert lapsed.stage in HERE.over
    assert done(asked(), "not-fetched").stage == "lapsed"


def test_what_comes_back_damaged_or_never_is_written_down() -> None:
    lent = done(asked(), "hand-out")

    assert done(lent, "damaged", remark="伞骨断了").stage == "returned"
    assert done(lent, "lost", remark="顾客赔偿").stage == "lost"
    assert isinstance(HERE.after(lent, Done(TEN, "zhao", "lost", {}), LEAD), Refused)
