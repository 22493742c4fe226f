"""The broadcast role's warnings in staff mode: what it is, since when, what to do, and that nobody answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.desks.staff.messages import RoleHeard
from kiosk.desks.staff.role_corner import PATIENCE, REMEDY, SILENT, RoleCorner
from kiosk.ports.staff_view import Warned
from tests.rules.lockers.lost_tag_people import TAO
from tests.stories.bag_room import TEN

STUCK = Warned("button talk: it is stuck", TEN - timedelta(minutes=3))


@pytest.fixture
def corner() -> RoleCorner:
    return RoleCorner()


def unanswered(corner: RoleCorner, times: int) -> None:
    for time in range(times):
        corner.hear(RoleHeard(TEN + timedelta(seconds=20 * time), answered=False))


def test_what_the_broadcast_role_tells_is_shown_with_since_when_the_newest_first(corner: RoleCorner) -> None:
    corner.hear(RoleHeard(TEN, (STUCK, Warned("the disk is full", TEN))))

    shown = corner.matters(TAO, TEN)

    assert [(one.title, one.at) for one in shown] == [("the disk is full", TEN), (STUCK.text, STUCK.at)]
    assert corner.opened(shown[0].key.partition(" ")[2], TAO, TEN) == shown[0]
    assert corner.opened("nothing", TAO, TEN) is None


def test_notices_and_findings_that_are_matters_of_their_own_are_not_told_twice(corner: RoleCorner) -> None:
    corner.hear(RoleHeard(TEN, (Warned("for the manager: two tags", TEN), Warned("self-check: no sound", TEN))))

    assert corner.matters(TAO, TEN) == ()


def test_a_role_that_does_not_answer_presses_with_what_to_do_and_since_the_first_time(corner: RoleCorner) -> None:
    corner.hear(RoleHeard(TEN, (STUCK,)))
    unanswered(corner, PATIENCE - 1)
    assert [one.title for one in corner.matters(TAO, TEN)] == [STUCK.text], "it may just have been started again"

    unanswered(corner, 1)

    [silent] = corner.matters(TAO, TEN)
    assert (silent.title, silent.at, silent.pressing) == (SILENT, TEN, True)
    assert REMEDY in dict(silent.told).values()


def test_an_answer_ends_the_silence(corner: RoleCorner) -> None:
    unanswered(corner, PATIENCE)
    corner.hear(RoleHeard(TEN))

    assert corner.matters(TAO, TEN) == ()
    unanswered(corner, PATIENCE - 1)
    assert corner.matters(TAO, TEN) == ()


def test_a_warning_goes_by_itself_and_nobody_waves_it_away(corner: RoleCorner) -> None:
    corner.hear(RoleHeard(TEN, (STUCK,)))

    assert corner.do("x", "seen", {}, TAO, TEN).refused
    assert len(corner.matters(TAO, TEN)) == 1
