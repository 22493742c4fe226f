"""A service that is open at the screen: what taps, time and the desks make of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.rules.forms.filling import Filling, opened
from kiosk.rules.forms.flow import Back, Chose, Given, Next, Wrote
from kiosk.rules.front.session import Business, Session, after, fresh, passed
from kiosk.rules.front.taps import Acted, Dismissed, GivenUp, Opened, Page, StaffWanted, StoreWanted, Went
from kiosk.rules.writing.writing import Letter
from kiosk.units import LANGUAGES
from tests.rules.forms.forms import AT_ONCE, FORM


def at_form(form: Filling | None = None) -> Session:
    return after(fresh(LANGUAGES[0], 0.0), Opened(form or opened(FORM, chinese=True)), 0.0)[0]


def with_a_name() -> Session:
    session = at_form()
    for act in (Next(), Chose("umbrella"), Wrote(Letter("2")), Next(), Wrote(Letter("李"))):
        session, _ = after(session, Acted(act), 1.0)
    return session


def test_a_service_is_opened_acted_on_and_given_to_its_desk() -> None:
    session = at_form(opened(AT_ONCE, chinese=True))

    session, orders = after(session, Acted(Chose("umbrella")), 1.0)

    assert orders == (Given("rating", (("thing", "umbrella"),)),)
    assert session.flow is not None
    assert session.flow.page == "rating.sent"


def test_it_is_left_by_back_from_its_first_page_or_by_going_elsewhere() -> None:
    assert after(at_form(), Acted(Back()), 1.0)[0].flow is None
    assert after(at_form(), Went(Page.EASE), 1.0)[0].flow is None
    assert after(at_form(), StoreWanted(), 1.0)[0].flow is None


def test_an_act_without_a_service_changes_nothing() -> None:
    session = fresh(LANGUAGES[0], 1.0)

    assert after(session, Acted(Next()), 1.0) == (session, ())


def test_calling_staff_leaves_what_was_filled_in() -> None:
    session, orders = after(with_a_name(), StaffWanted(), 2.0)

    assert orders == (StaffWanted(),)
    assert session.flow == with_a_name().flow


@pytest.mark.rule("S20")
def test_a_form_that_is_abandoned_on_any_page_is_forgotten() -> None:
    session = with_a_name()
    assert "李" in repr(session)

    asked, _ = passed(session, Business.NONE, 46.0)
    anew, orders = passed(asked, Business.NONE, 61.0)

    assert asked.asked
    assert asked.flow == session.flow
    assert anew == fresh(LANGUAGES[0], 61.0)
    assert orders == ()


@pytest.mark.rule("S20")
def test_when_the_desk_has_answered_the_form_is_forgotten_and_the_answer_some_time_later() -> None:
    session, _ = passed(with_a_name(), Business.NONE, 2.0, answered=True)
    assert session.flow is None
    assert "李" not in repr(session)

    asked, _ = passed(session, Business.NONE, 47.0, answered=True)
    anew, orders = passed(asked, Business.NONE, 62.0, answered=True)

    assert asked.asked
    assert anew == fresh(LANGUAGES[0], 62.0)
    assert orders == (Dismissed(),)


def test_what_was_answered_is_read_and_the_home_screen_comes() -> None:
    session, _ = passed(with_a_name(), Business.NONE, 2.0, answered=True)

    session, orders = after(session, Dismissed(), 3.0)
    gone, nothing = passed(session, Business.NONE, 3.1)

    assert orders == (Dismissed(),)
    assert nothing == ()
    assert (gone.answered, gone.page, gone.flow) == (False, Page.HOME, None)


def test_a_tag_that_is_scanned_meanwhile_comes_before_the_form() -> None:
    session, orders = passed(with_a_name(), Business.ACTS, 2.0)

    assert session.flow is None
    assert orders == ()


def test_a_question_of_the_lockers_and_an_answer_are_both_given_up_by_who_walks_away() -> None:
    session = replace(with_a_name(), business=Business.ASKS, answered=True, flow=None)

    asked, _ = passed(session, Business.ASKS, 60.0, answered=True)
    _, orders = passed(asked, Business.ASKS, 75.0, answered=True)

    assert orders == (Dismissed(), GivenUp())
