from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.rules.lockers.guesses import COUNTED, Alarm, Guesses, after
from kiosk.rules.lockers.verdicts import Reason
from tests.rules.lockers.tags import NOW


def tried(*reasons: Reason, every: timedelta = timedelta(minutes=1)) -> tuple[Guesses, list[Alarm | None]]:
    guesses, alarms = Guesses(), []
    for at, reason in enumerate(reasons):
        guesses, alarm = after(guesses, reason, NOW + at * every)
        alarms.append(alarm)
    return guesses, alarms


@pytest.mark.rule("L02")
def test_after_five_guesses_the_staff_are_called_once_and_codes_wait_for_them() -> None:
    guesses, alarms = tried(*[Reason.STRANGE_CODE] * 7)

    assert guesses.closed
    assert alarms == [None, None, None, None, Alarm.CLOSED, None, None]


@pytest.mark.rule("L02")
@pytest.mark.parametrize("reason", [Reason.FORGED, Reason.STRANGE_KEY])
def test_three_forgeries_are_an_alarm(reason: Reason) -> None:
    guesses, alarms = tried(Reason.FORGED, Reason.STRANGE_CODE, Reason.FORGED, reason)

    assert alarms == [None, None, None, Alarm.FORGERIES]
    assert not guesses.closed


def test_a_fourth_forgery_calls_nobody_again() -> None:
    assert tried(*[Reason.FORGED] * 4)[1] == [None, None, Alarm.FORGERIES, None]


def test_guesses_of_the_hour_before_do_not_count() -> None:
    guesses, alarms = tried(*[Reason.FORGED] * 20, every=timedelta(minutes=30))

    assert not guesses.closed
    assert set(alarms) == {None}
    assert len(guesses.wrong) == 2


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason not in COUNTED])
def test_what_was_misread_or_comes_too_late_is_no_guess(reason: Reason) -> None:
    assert tried(*[reason] * 10) == (Guesses(), [None] * 10)


def test_a_clock_that_was_set_back_admits_no_guesser_sooner() -> None:
    guesses, alarms = tried(*[Reason.STRANGE_CODE] * 5, every=timedelta(hours=-3))

    assert guesses.closed
    assert alarms[-1] is Alarm.CLOSED
