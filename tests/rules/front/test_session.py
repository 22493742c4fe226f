from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.front.ease import Ease
from kiosk.rules.front.session import Business, Session, after, fresh, left_s, next_due_s, passed
from kiosk.rules.front.taps import (
    Agreed,
    CodeGiven,
    Eased,
    Erased,
    GivenUp,
    Page,
    SizeWanted,
    Spoke,
    StaffWanted,
    StillThere,
    StoreWanted,
    Tap,
    Typed,
    Understood,
    Went,
)
from kiosk.rules.lockers.locker import Size
from kiosk.units import LANGUAGES, Language
from tests.depth import examples

ENGLISH = Language("en")
TAPS: tuple[Tap, ...] = (
    StoreWanted(), SizeWanted(Size.SMALL), Agreed("check"), GivenUp(), StaffWanted(), CodeGiven("123456789"),
    Went(Page.CODE), Spoke(ENGLISH), Eased(Ease(large_text=True)), Typed("7"), Erased(), StillThere(), Understood(),
)  # fmt: skip


def at_code(touched_s: float = 0.0) -> Session:
    return replace(fresh(LANGUAGES[0], touched_s), page=Page.CODE, digits="123", language=ENGLISH)


def test_nobody_there_is_never_asked_anything() -> None:
    session, orders = passed(fresh(LANGUAGES[0], 0.0), Business.NONE, 10_000.0)

    assert session == fresh(LANGUAGES[0], 0.0)
    assert orders == ()
    assert next_due_s(session, 10_000.0) is None


@pytest.mark.rule("S20")
def test_after_45_seconds_it_is_asked_and_after_15_more_everything_personal_is_forgotten() -> None:
    asked, _ = passed(at_code(), Business.NONE, 45.0)
    begun_anew, orders = passed(asked, Business.NONE, 60.0)

    assert asked.asked
    assert left_s(asked, 45.0) == 15.0
    assert begun_anew == fresh(LANGUAGES[0], 60.0)
    assert orders == ()


def test_whoever_is_still_there_goes_on_where_they_were() -> None:
    asked, _ = passed(at_code(), Business.NONE, 50.0)

    session, orders = after(asked, StillThere(), 55.0)

    assert session == replace(at_code(), touched_s=55.0)
    assert orders == ()
    assert not passed(session, Business.NONE, 99.0)[0].asked


def test_a_question_of_the_procedure_that_nobody_answers_is_given_up() -> None:
    session, _ = passed(at_code(), Business.ASKS, 0.0)

    _, orders = passed(session, Business.ASKS, 61.0)

    assert orders == (GivenUp(),)


@pytest.mark.parametrize("business", [Business.ACTS, Business.OVER])
def test_a_shopper_at_the_lockers_is_not_asked_whether_they_are_at_the_screen(business: Business) -> None:
    session, _ = passed(at_code(), business, 0.0)

    session, orders = passed(session, business, 3_600.0)

    assert not session.asked
    assert orders == ()


def test_each_move_of_the_procedure_counts_as_a_sign_of_life() -> None:
    session, _ = passed(fresh(LANGUAGES[0], 0.0), Business.ACTS, 100.0)
    session, _ = passed(session, Business.ASKS, 300.0)

    assert not passed(session, Business.ASKS, 344.0)[0].asked
    assert passed(session, Business.ASKS, 345.0)[0].asked


def test_after_the_end_of_a_procedure_the_language_stays_for_the_next_thing() -> None:
    session, _ = passed(at_code(), Business.OVER, 0.0)

    session, _ = passed(session, Business.NONE, 8.0)

    assert (session.page, session.digits, session.language) == (Page.HOME, "", ENGLISH)


def test_digits_stop_at_the_length_of_a_code_and_are_gone_once_it_is_given() -> None:
    session = fresh(LANGUAGES[0], 0.0)
    for digit in "12345678901":
        session, _ = after(session, Typed(digit), 1.0)
    shortened, _ = after(session, Erased(), 1.0)
    given_it, orders = after(session, CodeGiven(session.digits), 2.0)

    assert session.digits == "123456789"
    assert shortened.digits == "12345678"
    assert given_it.digits == ""
    assert orders == (CodeGiven("123456789"),)


def test_a_code_is_not_kept_when_its_page_is_left() -> None:
    session, _ = after(at_code(), Went(Page.FETCH), 1.0)

    assert session.digits == ""


def test_that_staff_come_is_told_for_ten_seconds_or_until_it_is_read() -> None:
    called, orders = after(fresh(LANGUAGES[0], 0.0), StaffWanted(), 5.0)

    assert orders == (StaffWanted(),)
    assert next_due_s(called, 5.0) == 15.0
    assert not passed(called, Business.NONE, 14.0)[0].told
    assert passed(called, Business.NONE, 15.0)[0].told
    assert after(called, Understood(), 6.0)[0].told


@settings(max_examples=examples(150))
@given(st.lists(st.tuples(st.sampled_from(TAPS), st.floats(0.0, 100.0), st.sampled_from(Business)), max_size=40))
def test_whatever_is_tapped_an_hour_without_a_touch_forgets_it(history: list[tuple[Tap, float, Business]]) -> None:
    now_s, session = 0.0, fresh(LANGUAGES[0], 0.0)
    for tap, pause_s, business in history:
        now_s += pause_s
        session, _ = passed(session, business, now_s)
        session, _ = after(session, tap, now_s)

    session, _ = passed(session, Business.NONE, now_s + 1.0)
    for later_s in range(1, 3600, 12):
        session, _ = passed(session, Business.NONE, now_s + later_s)

    assert session.untouched


def test_who_asked_for_more_time_has_twice_the_time_for_everything() -> None:
    patient = replace(at_code(), ease=Ease(more_time=True), called_s=0.0)

    assert next_due_s(patient, 1.0) == 20.0
    assert next_due_s(replace(patient, told=True), 1.0) == 90.0
    assert not passed(patient, Business.NONE, 19.0)[0].told
    assert passed(replace(patient, told=True), Business.NONE, 89.0)[0] == replace(patient, told=True)
    assert passed(patient, Business.NONE, 90.0)[0].asked
    assert left_s(patient, 90.0) == 30.0
    assert passed(patient, Business.NONE, 120.0)[0].untouched
