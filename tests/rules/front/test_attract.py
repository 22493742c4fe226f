"""What the screen shows while nobody touches it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.front.attract import EACH_S, Promotion, next_slide_s, on, resting
from kiosk.rules.front.session import Business, after, fresh
from kiosk.rules.front.taps import Page, Went
from kiosk.units import LANGUAGES
from tests.depth import examples

NOBODY = fresh(LANGUAGES[0], 100.0)


def test_a_campaign_comes_and_leaves_by_itself_with_both_its_days() -> None:
    always = Promotion("always", {})
    week = Promotion("week", {}, valid_from=date(2026, 11, 21), valid_until=date(2026, 11, 27))

    shown = {day: on((always, week), date(2026, 11, day)) for day in (20, 21, 27, 28)}

    assert shown == {20: (always,), 21: (always, week), 27: (always, week), 28: (always,)}


def test_slides_begin_once_nobody_has_touched_the_screen_for_so_long_and_follow_one_another() -> None:
    assert resting(NOBODY, 159.9, 60.0, 3) is None
    assert resting(NOBODY, 160.0, 60.0, 3) == 0
    assert resting(NOBODY, 160.0 + EACH_S, 60.0, 3) == 1
    assert resting(NOBODY, 160.0 + 3 * EACH_S, 60.0, 3) == 0


def test_a_touch_leads_home_and_the_slides_wait_again() -> None:
    session, orders = after(NOBODY, Went(Page.HOME), 500.0)

    assert orders == ()
    assert session.page is Page.HOME
    assert resting(session, 559.0, 60.0, 3) is None
    assert resting(session, 560.0, 60.0, 3) == 0


def test_nobody_is_shown_slides_who_is_in_the_middle_of_something() -> None:
    late = 10_000.0
    assert resting(replace(NOBODY, page=Page.FETCH), late, 60.0, 3) is None
    assert resting(replace(NOBODY, business=Business.ACTS), late, 60.0, 3) is None
    assert resting(replace(NOBODY, language=LANGUAGES[2]), late, 60.0, 3) is None
    assert resting(NOBODY, late, 0.0, 3) is None
    assert resting(NOBODY, late, 60.0, 0) is None
    assert next_slide_s(replace(NOBODY, page=Page.FETCH), late, 60.0, 3) is None


def test_a_single_slide_needs_no_waking() -> None:
    assert next_slide_s(NOBODY, 150.0, 60.0, 1) == 10.0
    assert next_slide_s(NOBODY, 170.0, 60.0, 1) is None
    assert next_slide_s(NOBODY, 170.0, 0.0, 1) is None


@settings(max_examples=examples(60))
@given(st.floats(0, 5000), st.integers(2, 9))
def test_the_screen_sleeps_until_the_next_slide_and_no_longer(rested_s: float, slides: int) -> None:
    now = 100.0 + rested_s
    wait = next_slide_s(NOBODY, now, 60.0, slides)
    assert wait is not None
    assert 0 < wait <= max(60.0, EACH_S)

    shown = resting(NOBODY, now, 60.0, slides)

    assert resting(NOBODY, now + wait * 0.99, 60.0, slides) == shown
    assert resting(NOBODY, now + wait + 0.001, 60.0, slides) != shown
