"""The end of a shift among what waits in staff mode, until it is handed over (S17)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.desks.staff.corner import Said
from kiosk.desks.staff.handover_corner import TITLE, HandoverCorner
from kiosk.desks.staff.messages import Did, Looked, ProofAsked
from kiosk.ports.staff_view import StaffView
from kiosk.rules.front.staff_taps import Room
from kiosk.rules.service.handover import SERVICE
from tests.app.staffed_screen import PIN, StaffedScreen
from tests.ledger.shop import fresh_ledger
from tests.rules.lockers.lost_tag_people import ANNA, MEI, TAO
from tests.stories.test_counting_at_the_reader import CountedRoom


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[StaffedScreen]:
    with closing(fresh_ledger(tmp_path / "ledger.sqlite")) as ledger:
        room = CountedRoom(ledger)
        room.in_service()
        one = StaffedScreen(room, ledger=ledger, people=(MEI, TAO, ANNA), offers=(SERVICE,))
        ended = (one.now() - timedelta(minutes=5)).time()
        one.staff.corners = (HandoverCorner(one.services, (ended,), lambda _: True), *one.staff.corners)
        yield one


@pytest.mark.rule("S17")
def test_the_end_of_a_shift_presses_until_its_handover_is_written_and_then_waits_to_be_signed(
    screen: StaffedScreen,
) -> None:
    corner = screen.staff.corners[0]
    now = screen.now()
    [matter] = corner.matters(TAO, now)
    assert (matter.title, matter.pressing) == (TITLE, True)
    assert matter.line.startswith("The shift ended at 09:55")
    assert corner.opened("shift", TAO, now) == matter
    assert corner.do("shift", "handover", {}, TAO, now) == Said("Somebody has seen to it", refused=True)
    [write] = matter.deeds
    assert (write.about, write.deed) == (Room.NEW.value, SERVICE.id)

    screen.staff.handle(ProofAsked("screen", TAO.id, PIN))
    told = {"shift": "early", "remarks": "一切正常"}
    screen.staff.handle(Did("screen", write.about, write.deed, told))

    assert corner.matters(TAO, now) == ()
    assert corner.opened("shift", TAO, now) is None
    screen.staff.handle(Looked("screen", Room.MATTERS))
    [view] = [fact for fact in screen.staff.facts("screen") if isinstance(fact, StaffView)]
    assert [one.key for one in view.matters if one.key.startswith("record")] == ["record handover 1"]


@pytest.mark.rule("S17")
def test_it_is_named_to_those_alone_who_write_handovers(screen: StaffedScreen) -> None:
    corner = screen.staff.corners[0]

    assert corner.matters(MEI, screen.now()) == ()
    screen.services.services = {}
    assert corner.matters(TAO, screen.now()) == ()
