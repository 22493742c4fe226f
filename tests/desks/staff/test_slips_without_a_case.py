"""A slip whose ticket the power cut off: the next start, or the next clerk, finds it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.desks.service.returning import ReturnClerk
from kiosk.desks.staff.return_matters import WITHOUT_CASE
from kiosk.rules.returns.decision import Outcome
from kiosk.rules.returns.judged import Judged
from kiosk.rules.returns.slip import Slip
from kiosk.rules.service.record import Record
from kiosk.rules.service.returning import SERVICE
from tests.app.return_desk import NUMBER, ReturnDesk
from tests.desks.staff.returns_staff import CUP_BACK, signs, visit
from tests.rules.returns.slips import MEI, TAO, TILL


@pytest.mark.rule("R07")
def test_a_slip_whose_ticket_was_not_noted_before_the_power_went_closes_its_ticket_at_the_next_start(
    desk: ReturnDesk,
) -> None:
    record = visit(desk)
    slip = cut_off(desk, record)
    waits = desk.book.record("return", record.number)
    assert waits is not None
    assert waits.stage == "waits"

    clerk = desk.services.clerks["return"]
    assert isinstance(clerk, ReturnClerk)
    clerk.slips_for = desk.slips.slips_for
    clerk.pass_to(desk.now() + timedelta(hours=13))  # before anything lapses

    closed = desk.book.record("return", record.number)
    assert closed is not None
    assert (closed.stage, closed.history[-1].told) == ("seen", {"number": str(slip.number)})
    assert desk.corner.shelf(MEI, desk.now())[0].key == f"returns slip {slip.number}"


@pytest.mark.rule("R07")
@pytest.mark.rule("R08")
def test_a_slip_without_a_case_presses_on_the_next_clerk_until_it_is_signed_or_void(desk: ReturnDesk) -> None:
    record = desk.book.record("return", visit(desk).number)
    assert record is not None
    slip = cut_off(desk, record)
    lapses = SERVICE.by_itself(record, desk.now() + timedelta(hours=13))
    assert lapses is not None
    desk.book.keep(lapses, was=record, over=True)
    next_day = desk.now() + timedelta(days=1)

    assert desk.corner.matters(MEI, desk.now()) == ()
    (matter,) = desk.corner.matters(MEI, next_day)
    opened = desk.corner.opened(f"slip {slip.number}", MEI, next_day)

    assert matter.key == f"returns slip {slip.number}"
    assert matter.line.endswith("left lying: go on with it, or make it void")
    assert desk.corner.matters(TILL, next_day) == ()
    assert opened is not None
    assert WITHOUT_CASE in opened.told
    assert {one.deed for one in opened.deeds} >= {"sign", "void"}
    signs(desk, "void", MEI, TAO, why="it was filled twice")
    assert desk.corner.matters(MEI, next_day) == ()


def cut_off(desk: ReturnDesk, record: Record) -> Slip:
    """The slip is written, and the power goes before its ticket knows."""
    desk.receipts.seen(NUMBER, desk.now())
    judged = Judged(Outcome.ACCEPT, None, record=record.number)
    made = desk.desk.fill(NUMBER, CUP_BACK, MEI, desk.now(), judged)
    assert isinstance(made, Slip), made
    return made
