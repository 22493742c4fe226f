"""What happened at the lockers in the night is told in the morning, whatever became of the role meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.desks.lockers.messages import Fault, Happened
from kiosk.desks.lockers.unseen_here import UNKEPT
from kiosk.ports.staff_view import Warned
from tests.ledger.shop import fresh_ledger
from tests.stories.bag_day_room import DayRoom

REFUSED, AWAY = "the till's export 0311.csv is refused", "printer bags: it is away"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DayRoom]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger:
        room = DayRoom(ledger)
        room.in_service()
        yield room


def told(room: DayRoom) -> tuple[Warned, ...]:
    return tuple(one for one in room.desk.warned if one.text in (REFUSED, AWAY))


def test_a_crash_after_it_happened_hides_nothing_and_nobody_is_told_of_what_was_seen_to(room: DayRoom) -> None:
    room.posts(Happened(REFUSED))
    room.posts(Fault(AWAY))
    was = room.now()

    room.starts().passes(2.0)

    assert told(room) == (Warned(REFUSED, was, happened=True),)
    room.desk.seen(REFUSED)
    room.passes(2.0)
    room.starts().passes(2.0)
    assert told(room) == ()


def test_while_nothing_can_be_written_staff_are_told_so_and_what_happened_is_written_afterwards(room: DayRoom) -> None:
    room.away = True
    room.posts(Happened(REFUSED))
    room.passes(1.0)
    assert any(text.startswith(UNKEPT) for text in room.desk.warnings)

    room.away = False
    room.passes(4.0)

    assert not any(text.startswith(UNKEPT) for text in room.desk.warnings)
    room.starts().passes(2.0)
    assert [one.text for one in told(room)] == [REFUSED]
