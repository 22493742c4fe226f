from __future__ import annotations

from kiosk.desks.staff.board_corner import CALLED, WarningCorner
from kiosk.ports.staff_view import Kind, Warned
from tests.rules.lockers.lost_tag_people import TAO
from tests.stories.bag_room import TEN


def test_staff_read_where_a_shopper_waits_and_not_how_the_kiosk_calls_the_seat() -> None:
    told = tuple(Warned(CALLED + seat, TEN) for seat in ("screen", "gate"))

    matters = WarningCorner(lambda: told, lambda _: None, lambda *_: None, lambda _: None).matters(TAO, TEN)

    assert [(one.kind, one.line) for one in matters] == [(Kind.CALL, "gate"), (Kind.CALL, "At the touchscreen")]
