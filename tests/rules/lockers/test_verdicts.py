from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.rules.broadcast.binder import unfit_words
from kiosk.rules.lockers.locker import Assignment
from kiosk.rules.lockers.tags import Plaque, Printed, Ticket
from kiosk.rules.lockers.verdicts import (
    ADVICE,
    AGAINST,
    SENTENCES,
    Admitted,
    Advice,
    Issued,
    Purpose,
    Reason,
    Refused,
    Stored,
    Verdict,
    judge,
)
from kiosk.units import LANGUAGES, LockerId
from tests.rules.lockers.tags import NOW, PLAQUE, TICKET, a_locker

TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)
HERE = LockerId(5)


def held(tag: Printed, assignment: Assignment = Assignment.OCCUPIED) -> Stored:
    """A bag of today, whose owner was given that tag."""
    return Stored(a_locker(assignment), tag, TODAY)


def collect(tag: Printed, stored: Stored | None) -> Verdict:
    return judge(Issued(tag), stored, TODAY, Purpose.COLLECT)


@pytest.mark.rule("L02")
@pytest.mark.parametrize("tag", [PLAQUE, TICKET])
def test_the_tag_that_was_handed_out_opens_its_locker(tag: Printed) -> None:
    assert collect(tag, held(tag)) == Admitted(HERE, tag)


@pytest.mark.rule("L02")
@pytest.mark.parametrize(
    ("tag", "stored", "reason"),
    [
        (PLAQUE, None, Reason.NO_LOCKER),
        (Plaque(17, 2), held(PLAQUE), Reason.GENERATION),
        (Plaque(17, 4), held(PLAQUE), Reason.GENERATION),
        (PLAQUE, held(TICKET), Reason.OTHER_TAG),  # it hangs on its hook, and the owner has a ticket
        (TICKET, held(PLAQUE), Reason.OVER),
        (Ticket(17, 4710), held(TICKET), Reason.OVER),  # of the shopper before
        (PLAQUE, replace(held(PLAQUE), day=YESTERDAY), Reason.OVERNIGHT),
        (TICKET, replace(held(TICKET), day=YESTERDAY), Reason.OVERNIGHT),
        (PLAQUE, held(PLAQUE, Assignment.OVERNIGHT), Reason.OVERNIGHT),
        (PLAQUE, held(PLAQUE, Assignment.QUARANTINED), Reason.QUARANTINED),
        (PLAQUE, held(PLAQUE, Assignment.OUT_OF_SERVICE), Reason.OUT_OF_SERVICE),
        (PLAQUE, Stored(a_locker(Assignment.FREE, deposit=0)), Reason.EMPTY),
        (PLAQUE, held(PLAQUE, Assignment.RESERVED), Reason.EMPTY),
    ],
)
def test_every_other_tag_is_refused_with_its_own_reason(tag: Printed, stored: Stored | None, reason: Reason) -> None:
    assert collect(tag, stored) == Refused(reason, str(tag))


@pytest.mark.rule("L02")
def test_a_tag_that_was_never_issued_or_was_withdrawn_opens_nothing() -> None:
    assert judge(None, held(PLAQUE), TODAY, Purpose.COLLECT) == Refused(Reason.NOT_ISSUED)
    withdrawn = judge(Issued(PLAQUE, "lost"), held(PLAQUE), TODAY, Purpose.COLLECT)
    assert withdrawn == Refused(Reason.WITHDRAWN, "plaque 17 generation 3")


@pytest.mark.rule("L01")
@pytest.mark.parametrize("tag", [PLAQUE, TICKET])
def test_a_shopper_proves_to_hold_the_tag_of_this_very_locker(tag: Printed) -> None:
    reserved = Stored(a_locker(Assignment.RESERVED))

    def proves(tag: Printed, expected: int) -> Verdict:
        return judge(Issued(tag), reserved, TODAY, Purpose.HAND_OUT, LockerId(expected))

    assert proves(tag, 5) == Admitted(HERE, tag)
    assert proves(tag, 6) == Refused(Reason.WRONG_LOCKER, str(tag))
    assert proves(Ticket(17, 4710), 5) == Refused(Reason.OVER, "ticket of deposit 4710 in 17")


def test_a_forgotten_thing_is_fetched_with_the_same_tag_while_the_grace_lasts() -> None:
    empty = a_locker(Assignment.FREE, deposit=0)

    def again(stored: Stored) -> Verdict:
        return judge(Issued(TICKET), stored, TODAY, Purpose.AGAIN)

    assert again(Stored(empty, TICKET, TODAY)) == Admitted(HERE, TICKET)
    assert again(Stored(empty)) == Refused(Reason.OVER, str(TICKET))
    assert again(held(TICKET)) == Refused(Reason.NOT_READY, str(TICKET))  # the next shopper has it already


@pytest.mark.parametrize("assignment", Assignment)
def test_staff_count_the_plaque_of_any_locker_whatever_is_in_it(assignment: Assignment) -> None:
    stored = Stored(a_locker(assignment))

    def counted(tag: Plaque, expected: int) -> Verdict:
        return judge(Issued(tag), stored, TODAY, Purpose.COUNT, LockerId(expected))

    assert counted(PLAQUE, 5) == Admitted(HERE, PLAQUE)
    assert counted(PLAQUE, 6) == Refused(Reason.WRONG_LOCKER, str(PLAQUE))
    assert counted(Plaque(17, 2), 5) == Refused(Reason.GENERATION, "plaque 17 generation 2")


def test_every_purpose_says_something_of_every_assignment() -> None:
    assert set(AGAINST) == set(Purpose)
    assert all(set(row) == set(Assignment) for row in AGAINST.values())


@pytest.mark.rule("L02")
def test_shoppers_learn_nothing_of_what_was_found() -> None:
    assert {reason for reason in Reason if ADVICE[reason] is Advice.AGAIN} == {Reason.FORM, Reason.CHECK_DIGIT}
    assert len({reason.value for reason in Reason}) == len(ADVICE) == len(Reason)


@pytest.mark.rule("L02")
@pytest.mark.parametrize("advice", Advice)
def test_a_refusal_is_kind_in_three_languages(advice: Advice) -> None:
    sentences = SENTENCES[advice]

    assert set(sentences) == set(LANGUAGES)
    assert [text for text in sentences.values() if unfit_words(text)] == []
