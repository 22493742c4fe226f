from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.service.festival import FIRST_YEAR, LAST_YEAR, USUAL, Festival, festivals_on, upcoming
from kiosk.rules.service.member import SERVICE, consents, greeted
from kiosk.rules.service.occasions import greetings
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.service import Refused
from tests.depth import examples
from tests.rules.service.services import TEN, WANG

KNOWN = {festival.id: festival for festival in USUAL}
AUTUMN_2026 = date(2026, 9, 25)


def member(n: int = 1, birthday: str = "0308", greets: str = "yes") -> Record:
    told = {"name": "李娜", "phone": f"1380013800{n}", "birthday": birthday, "greetings": greets}
    begun = SERVICE.begun(told, "wang", TEN)
    assert isinstance(begun, Record)
    card = Done(TEN, WANG.id, "issue", {"card": f"M{n}", "level": "member"})
    issued = SERVICE.after(replace(begun, number=n), card, WANG)
    assert isinstance(issued, Record)
    return issued


@pytest.mark.rule("S08")
@pytest.mark.parametrize(
    ("festival", "day"),
    [
        ("spring-festival", date(2024, 2, 10)),
        ("spring-festival", date(2025, 1, 29)),
        ("spring-festival", date(2026, 2, 17)),
        ("spring-festival", date(2033, 1, 31)),
        ("new-years-eve", date(2025, 1, 28)),
        ("lantern", date(2026, 3, 3)),
        ("dragon-boat", date(2025, 5, 31)),
        ("qixi", date(2025, 8, 29)),
        ("mid-autumn", date(2025, 10, 6)),  # after a leap sixth month
        ("mid-autumn", AUTUMN_2026),
        ("double-ninth", date(2026, 10, 18)),
        ("laba", date(2027, 1, 15)),  # of the lunar year before
        ("national-day", date(2026, 10, 1)),
        ("new-year", date(2027, 1, 1)),
    ],
)
def test_festivals_are_on_the_days_on_which_people_keep_them(festival: str, day: date) -> None:
    assert KNOWN[festival].in_year(day.year) == day
    assert KNOWN[festival] in festivals_on(USUAL, day)


@settings(max_examples=examples(40))
@given(st.integers(FIRST_YEAR + 1, LAST_YEAR - 1))
def test_every_year_has_its_lunar_new_year_on_the_day_after_its_eve(year: int) -> None:
    eve, new_year = KNOWN["new-years-eve"].in_year(year), KNOWN["spring-festival"].in_year(year)

    assert eve is not None
    assert new_year == eve + timedelta(days=1)
    assert date(year, 1, 21) <= new_year <= date(year, 2, 21)


def test_what_no_calendar_has_is_on_no_day() -> None:
    assert Festival("x", {}, 2, 30).in_year(2026) is None
    assert Festival("x", {}, 1, 1, lunar=True).in_year(LAST_YEAR + 5) is None
    assert Festival("x", {}, 2, 29).in_year(2028) == date(2028, 2, 29)
    assert {Festival("x", {}, 12, 30, lunar=True).in_year(year) is None for year in range(2020, 2040)} == {True, False}


def test_the_next_festivals_are_told_in_their_order() -> None:
    found = upcoming(USUAL, date(2026, 12, 30), 60)

    assert [one.id for _, one in found] == ["new-year", "laba", "new-years-eve", "spring-festival", "lantern"]


@pytest.mark.rule("S08")
@pytest.mark.rule("S20")
def test_only_who_wants_it_and_holds_a_card_is_greeted() -> None:
    applied = replace(member(3), stage="applied")
    old = replace(member(4), answers={"name": "李", "birthday": "0925"})  # was never asked
    changed = SERVICE.after(member(5), Done(TEN, WANG.id, "consent", {"greetings": "no"}), WANG)
    assert isinstance(changed, Record)
    members = (member(1), member(2, greets="no"), applied, old, changed, member(6, birthday="0925"))

    found = greetings(members, USUAL, AUTUMN_2026)

    assert [(one.member.number, one.occasion) for one in found] == [
        (1, "mid-autumn 2026"),
        (6, "mid-autumn 2026"),
        (6, "birthday 2026"),
    ]
    assert not consents(old)
    assert greetings(members, USUAL, AUTUMN_2026 + timedelta(days=1)) == ()


@pytest.mark.rule("S08")
def test_a_member_is_greeted_once_for_an_occasion_and_again_the_next_year() -> None:
    done = Done(TEN, WANG.id, "greet", {"occasion": "mid-autumn 2026"})
    noted = SERVICE.after(member(), done, WANG)
    assert isinstance(noted, Record)

    assert greeted(noted, "mid-autumn 2026")
    assert greetings((noted,), USUAL, AUTUMN_2026) == ()
    assert [one.member for one in greetings((noted,), USUAL, AUTUMN_2026, again=True)] == [noted]
    assert len(greetings((noted,), USUAL, date(2027, 9, 15))) == 1
    assert isinstance(SERVICE.after(noted, done, WANG), Refused)
    assert isinstance(SERVICE.after(member(greets="no"), done, WANG), Refused)
