from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.desks.broadcast.notices import FORGET_S, MOST_HAPPENED, SHOWN, Notices
from kiosk.ports.staff_view import Warned
from tests.ledger.values import TEN


class Passing:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def time() -> Passing:
    return Passing()


@pytest.fixture
def notices(time: Passing) -> Notices:
    return Notices(time, lambda: TEN + timedelta(seconds=time.now_s))


def test_what_is_told_again_is_shown_once_and_logged_once(notices: Notices, caplog: pytest.LogCaptureFixture) -> None:
    notices.tell("the disk is full")
    notices.tell("the disk is full")

    assert notices.shown == ["the disk is full"]
    assert len(caplog.records) == 1


def test_only_the_newest_few_are_shown(notices: Notices) -> None:
    for number in range(SHOWN + 2):
        notices.tell(str(number))

    assert notices.shown == [str(number) for number in range(2, SHOWN + 2)]


def test_what_is_over_is_shown_no_more(notices: Notices) -> None:
    notices.tell("self-check: a song is missing")
    notices.tell("the disk is full")

    notices.withdraw("self-check: ")

    assert notices.shown == ["the disk is full"]


def test_a_new_day_forgets_yesterday_but_not_what_was_told_again(notices: Notices, time: Passing) -> None:
    notices.tell("yesterday's")
    notices.tell("still so")
    time.now_s = FORGET_S + 1.0
    notices.tell("still so")
    notices.tell("fresh")

    notices.forget()

    assert notices.shown == ["still so", "fresh"]


def test_what_is_shown_tells_since_when_it_is_so(notices: Notices, time: Passing) -> None:
    notices.tell("the disk is full")
    time.now_s = 60.0
    notices.tell("the disk is full")
    notices.tell("a song is missing")

    assert notices.warned() == (
        Warned("the disk is full", TEN),
        Warned("a song is missing", TEN + timedelta(seconds=60)),
    )


def test_what_happened_goes_once_somebody_has_seen_to_it_and_what_is_broken_stays(notices: Notices) -> None:
    notices.tell("a button is stuck")
    notices.happened("a song broke off")
    broken, over = notices.warned()
    assert (broken.happened, over.happened) == (False, True)

    notices.seen(broken.mark)
    notices.seen(over.mark)

    assert notices.shown == ["a button is stuck"]
    notices.happened("a song broke off")
    assert notices.shown == ["a button is stuck", "a song broke off"], "it broke off again"


def test_what_happened_outlasts_the_day_and_however_much_is_wrong_until_somebody_has_seen_to_it(
    notices: Notices, time: Passing
) -> None:
    notices.happened("a song broke off")
    for number in range(SHOWN + 2):
        notices.tell(str(number))
    time.now_s = FORGET_S + 1.0
    notices.forget()

    assert [one.text for one in notices.warned()] == ["a song broke off"]
    for number in range(MOST_HAPPENED + 1):
        notices.happened(f"song {number} broke off")
    assert len(notices.warned()) == MOST_HAPPENED
    assert notices.shown == [f"song {number} broke off" for number in range(MOST_HAPPENED + 1)][-SHOWN:]


def test_what_happened_before_this_start_stands_before_what_is_told_since(notices: Notices) -> None:
    notices.tell("the disk is full")

    notices.recall((Warned("a song broke off", TEN, happened=True), Warned("the disk is full", TEN, happened=True)))

    assert notices.shown == ["a song broke off", "the disk is full"]
    assert [one.happened for one in notices.warned()] == [True, False]
