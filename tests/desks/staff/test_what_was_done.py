"""What staff see of a record: how it stands, who answers for it, what was done to it and what was said of it."""

from __future__ import annotations

from dataclasses import replace

from kiosk.desks.service.messages import FormGiven
from kiosk.desks.staff.messages import RoleHeard
from kiosk.desks.staff.record_corner import RecordCorner
from kiosk.rules.service.record import Done
from kiosk.rules.service.service import BY_ITSELF
from tests.app.staffed_screen import StaffedScreen
from tests.desks.staff.test_corners import desk, ledger
from tests.rules.lockers.lost_tag_people import TAO
from tests.stories.bag_room import TEN

__all__ = ["desk", "ledger"]


def test_a_record_says_who_answers_for_it_and_everything_that_was_done(desk: StaffedScreen) -> None:
    desk.services.handle(FormGiven("other", "long", {"read": "yes", "what": "a"}))
    was = desk.book.record("long", 1)
    assert was is not None
    done = (
        Done(TEN, BY_ITSELF, "lapses"),
        Done(TEN, BY_ITSELF, "ticket R001"),
        Done(TEN, TAO.id, "note", {"what": "it is wet"}),
        Done(TEN, TAO.id, "note", {}),
        Done(TEN, TAO.id, "done"),
    )
    desk.book.keep(replace(was, owner=TAO.id, history=done), was=was, over=False)
    corner = RecordCorner(desk.services, desk.note)

    matter = corner.opened("long 1", TAO, TEN)

    assert matter is not None
    assert matter.line == f"1 · open · {TAO.id}"
    said = [words for heading, words in matter.told if heading == "Done"]
    assert [one.rpartition(": ")[2] for one in said] == ["lapses", "ticket R001", "Note", "Note", "Done"]
    assert said[0].endswith("service desk: lapses")
    assert ("What?", "it is wet") in matter.told


def test_where_nobody_listens_to_the_broadcast_role_what_it_tells_harms_nothing(desk: StaffedScreen) -> None:
    desk.staff.other = None

    desk.staff.handle(RoleHeard(TEN, answered=False))

    assert desk.staff.facts("screen") == ()
