"""The broadcast role's warnings in staff mode: what it is, since when, what to do, and that nobody answers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from kiosk.desks.staff.messages import RoleHeard
from kiosk.desks.staff.role_corner import PATIENCE, REMEDY, SILENT, RoleCorner
from kiosk.ports.staff_view import Warned
from tests.rules.lockers.lost_tag_people import TAO
from tests.stories.bag_room import TEN

STUCK = Warned("button talk: it is stuck", TEN - timedelta(minutes=3))


BROKE_OFF = Warned("a song broke off", TEN - timedelta(minutes=1), happened=True)


@dataclass
class Words:
    """Implements SeenWarnings."""

    said: list[tuple[str, str]] = field(default_factory=list)

    def see(self, warned: Warned, by: str, at: datetime) -> None:
        self.said.append((warned.text, by))

    def waiting(self) -> tuple[tuple[int, str], ...]:
        return ()

    def taken_down(self, n: int) -> None:
        """Nobody does here."""


@pytest.fixture
def corner() -> RoleCorner:
    return RoleCorner(Words())


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


def test_what_happened_is_seen_to_once_and_shown_no_more_however_long_the_role_tells_it(corner: RoleCorner) -> None:
    corner.hear(RoleHeard(TEN, (STUCK, BROKE_OFF)))
    assert [tuple(deed.deed for deed in one.deeds) for one in corner.matters(TAO, TEN)] == [("seen",), ()]

    assert corner.do(STUCK.mark, "seen", {}, TAO, TEN).refused
    assert corner.do(BROKE_OFF.mark, "open", {}, TAO, TEN).refused
    assert not corner.do(BROKE_OFF.mark, "seen", {}, TAO, TEN).refused
    assert corner.do(BROKE_OFF.mark, "seen", {}, TAO, TEN).refused, "a second hand"

    assert corner.words == Words([(BROKE_OFF.text, TAO.id)])
    corner.hear(RoleHeard(TEN, (STUCK, BROKE_OFF)))
    assert [one.title for one in corner.matters(TAO, TEN)] == [STUCK.text]


def test_what_happens_again_is_shown_again(corner: RoleCorner) -> None:
    corner.hear(RoleHeard(TEN, (BROKE_OFF,)))
    corner.do(BROKE_OFF.mark, "seen", {}, TAO, TEN)

    corner.hear(RoleHeard(TEN, (replace(BROKE_OFF, at=TEN),)))

    assert [one.title for one in corner.matters(TAO, TEN)] == [BROKE_OFF.text]
