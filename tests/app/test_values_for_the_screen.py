"""What the screen is told goes to a process of its own: views, policy and forms all cross a pipe."""

from __future__ import annotations

import pickle
from datetime import date

from kiosk.app.album import states
from kiosk.app.returns import with_days
from kiosk.config.returning import Periods
from kiosk.rules import service
from kiosk.rules.front.returning import ReturnCounter
from kiosk.rules.service.found import found_in
from kiosk.rules.service.service import Service
from tests.rules.front.test_counter_case import CASE, TOLD
from tests.rules.returns.policies import demo_book


def crossed(value: object) -> object:
    return pickle.loads(pickle.dumps(value))


def test_every_state_of_the_screen_can_be_told_to_its_process() -> None:
    for name, _, view, _ in states():
        assert crossed(view) is not None, name


def test_every_form_that_staff_may_be_shown_can_be_told() -> None:
    for one in found_in(service, "SERVICE", Service):
        for form in (one.form, *(deed.asks for deed in one.deeds if deed.asks is not None)):
            assert crossed(form) is not None, one.id


def test_a_store_s_own_policy_decides_the_same_on_the_other_side() -> None:
    counter = ReturnCounter(with_days(demo_book(), Periods(frozenset({date(2026, 12, 1)}))))

    told = crossed(counter)

    assert isinstance(told, ReturnCounter)
    assert told.book.shut(date(2026, 12, 1))
    assert not told.book.shut(date(2026, 12, 2))
    case = crossed(CASE)
    assert case == CASE
    assert isinstance(case, type(CASE))
    assert case({}) == CASE({}) or [page.id for page in case({})] == [page.id for page in CASE({})]
    assert case.line(TOLD) == CASE.line(TOLD)
