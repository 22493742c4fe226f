from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.service.found_thing import SERVICE as FOUND
from kiosk.rules.service.lost import SERVICE as LOST
from kiosk.rules.service.lost_and_found import (
    CATEGORIES,
    COLORS,
    DAYS,
    PLACES,
    SURE,
    WORTH_A_LOOK,
    lost_on,
    matches,
    score,
)
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.service import Refused
from tests.depth import examples
from tests.rules.service.services import LEAD, TEN, WANG

MISSED = {
    "category": "wallet",
    "color": "brown",
    "when": "1",
    "place": "checkout",
    "looks": "里面有一张照片",
    "phone": "13800138000",
}
KEPT = {
    "category": "wallet",
    "color": "brown",
    "place": "checkout",
    "looks": "里面有照片和钥匙",
    "kept": "柜 3",
    "finder": "",
}
HANDED = {"described": "yes", "document": "identity-card", "name": "李娜", "phone": "13800138000"}
DAY = timedelta(days=1)


def missed(**answers: str) -> Record:
    begun = LOST.begun(MISSED | answers, "screen", TEN)
    assert isinstance(begun, Record)
    return begun


def kept(number: int = 1, told: Mapping[str, str] | None = None, *, days: int = 0, **answers: str) -> Record:
    begun = FOUND.begun(KEPT | answers | dict(told or {}), "wang", TEN + days * DAY)
    assert isinstance(begun, Record)
    return replace(begun, number=number)


@pytest.mark.rule("S09")
@pytest.mark.parametrize(
    ("found", "fits"),
    [
        (kept(), 98),
        (kept(days=-1), 100),
        (kept(days=-2), 100),  # people are wrong about the day
        (kept(days=-3), 0),
        (kept(days=9), 80),
        (kept(days=400), 80),
        (kept(color="red"), 73),
        (kept(color="several"), 85),
        (kept(place="food"), 83),
        (kept(place="elsewhere"), 90),
        (kept(color="red", place="food", days=9), 40),
        (kept(category="keys"), 0),
        (replace(kept(), answers={}), 0),
    ],
)
def test_what_was_found_fits_by_its_kind_colour_place_and_day(found: Record, fits: int) -> None:
    assert score(missed(), found) == fits


@pytest.mark.rule("S09")
def test_the_best_comes_first_and_what_does_not_fit_is_left_out() -> None:
    found = (
        kept(1, color="red", place="food", days=9),
        kept(2, place="food"),
        kept(3),
        kept(4),
        kept(5, category="bag"),
    )

    assert [match.found.number for match in matches(missed(), found)] == [3, 4, 2]
    assert matches(replace(missed(), answers={}), (replace(kept(), answers={}),)) == ()


TOLD_BY = [st.sampled_from([one.id for one in options]) for options in (CATEGORIES, COLORS, PLACES)]


@settings(max_examples=examples(150))
@given(st.tuples(*TOLD_BY), st.tuples(*TOLD_BY), st.sampled_from([one.id for one in DAYS]), st.integers(-60, 60))
def test_a_score_is_from_0_to_100_and_nothing_scores_higher_than_the_same(
    gone: tuple[str, ...], here: tuple[str, ...], when: str, days: int
) -> None:
    names = ("category", "color", "place")
    lost = missed(when=when, **dict(zip(names, gone, strict=True)))
    same = replace(kept(1, dict(zip(names, gone, strict=True))), at=TEN - int(when) * DAY)
    other = replace(kept(1, dict(zip(names, here, strict=True))), at=TEN + days * DAY)

    assert 0 <= score(lost, other) <= 100 == score(lost, same)
    assert lost_on(lost) <= TEN.date()


@pytest.mark.rule("S09")
def test_a_thing_is_handed_out_for_a_description_and_a_document_and_for_nothing_less() -> None:
    found = kept()

    for missing in HANDED:
        told = {id: said for id, said in HANDED.items() if id != missing}
        assert isinstance(FOUND.after(found, Done(TEN, "wang", "hand-out", told), WANG), Refused), missing
    handed = FOUND.after(found, Done(TEN, "wang", "hand-out", HANDED), WANG)

    assert isinstance(handed, Record)
    assert handed.stage in FOUND.over
    assert handed.owner == "wang"


@pytest.mark.rule("S09")
def test_what_nobody_asks_for_is_decided_on_by_who_leads() -> None:
    found = kept()
    assert found.due == TEN + 90 * DAY

    assert isinstance(FOUND.after(found, Done(TEN, "wang", "give-away", {"remark": "x"}), WANG), Refused)
    given_away = FOUND.after(found, Done(TEN, "zhao", "give-away", {"remark": "x"}), LEAD)

    assert isinstance(given_away, Record)
    assert given_away.due is None


@pytest.mark.rule("S09")
def test_what_is_missed_is_looked_for_for_two_months() -> None:
    assert LOST.by_itself(missed(), TEN + 59 * DAY) is None
    closed = LOST.by_itself(missed(), TEN + 60 * DAY)
    assert closed is not None
    assert closed.stage in LOST.over
    assert SURE > WORTH_A_LOOK
