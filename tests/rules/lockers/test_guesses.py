from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.rules.lockers.guesses import COUNTED, Alarm, GuessChoices, Guesses, after
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


@pytest.mark.rule("L02")
def test_how_much_may_be_tried_within_how_long_is_the_stores_choice() -> None:
    choices = GuessChoices(wrong=2, forgeries=1, within_s=60.0)

    first, forged = after(Guesses(), Reason.FORGED, NOW, choices)
    late, nothing = after(first, Reason.STRANGE_CODE, NOW + timedelta(seconds=61), choices)
    closed, alarm = after(late, Reason.STRANGE_CODE, NOW + timedelta(seconds=90), choices)

    assert forged is Alarm.FORGERIES
    assert nothing is None
    assert (closed.closed, alarm) == (True, Alarm.CLOSED)
