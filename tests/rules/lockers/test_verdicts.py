from __future__ import annotations

import pytest

from kiosk.rules.lockers.tags import Plaque, Printed, Ticket
from kiosk.rules.lockers.verdicts import ADVICE, Advice, Issued, Reason, Refused, Stored, judge
from tests.rules.lockers.tags import PLAQUE, TICKET, a_locker

HUNG_THERE = Stored(a_locker())  # with what lies in it its plaque was handed out
TICKETED = Stored(a_locker(), TICKET)


@pytest.mark.rule("L02")
@pytest.mark.parametrize(("tag", "stored"), [(PLAQUE, HUNG_THERE), (TICKET, TICKETED), (Ticket(17, 4710), HUNG_THERE)])
def test_a_tag_that_is_issued_and_not_withdrawn_counts(tag: Printed, stored: Stored) -> None:
    assert judge(Issued(tag), stored) == tag


@pytest.mark.rule("L02")
@pytest.mark.parametrize(
    ("issued", "stored", "refusal"),
    [
        (None, HUNG_THERE, Refused(Reason.NOT_ISSUED)),
        (Issued(PLAQUE, "lost"), HUNG_THERE, Refused(Reason.WITHDRAWN, "plaque 17 generation 3")),
        (Issued(TICKET, "lost"), TICKETED, Refused(Reason.WITHDRAWN, "ticket of deposit 4711 in 17")),
        (Issued(PLAQUE), None, Refused(Reason.NO_LOCKER, str(PLAQUE))),
        (Issued(Plaque(17, 2)), HUNG_THERE, Refused(Reason.GENERATION, "plaque 17 generation 2")),
        (Issued(Plaque(17, 4)), HUNG_THERE, Refused(Reason.GENERATION, "plaque 17 generation 4")),
        (Issued(PLAQUE), TICKETED, Refused(Reason.OTHER_TAG, str(PLAQUE))),  # it hangs on its hook
    ],
)
def test_every_other_tag_is_refused_with_its_own_reason(
    issued: Issued | None, stored: Stored | None, refusal: Refused
) -> None:
    assert judge(issued, stored) == refusal


def test_the_log_reads_which_tag_it_was_where_that_is_known() -> None:
    assert Refused(Reason.FORM).why == "it has not the form of a tag"
    assert Refused(Reason.WITHDRAWN, str(PLAQUE)).why == "plaque 17 generation 3: it was withdrawn"


@pytest.mark.rule("L02")
def test_shoppers_learn_nothing_of_what_was_found() -> None:
    assert {reason for reason in Reason if ADVICE[reason] is Advice.AGAIN} == {Reason.FORM, Reason.CHECK_DIGIT}
    assert len({reason.value for reason in Reason}) == len(ADVICE) == len(Reason)
