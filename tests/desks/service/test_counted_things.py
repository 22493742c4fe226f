from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.desks.service.counted_things import CountingClerk
from kiosk.rules.service import trolley
from kiosk.rules.service.record import Done, Record
from tests.desks.service.desk_room import Room
from tests.rules.service.services import LEAD, WANG

DAY = timedelta(days=1)


def counts(room: Room, trolleys: int, damaged: int = 0) -> None:
    told = {"trolleys": str(trolleys), "baskets": "9", "damaged": str(damaged), "remark": ""}
    assert isinstance(room.desk.enter("trolley", told, WANG, room.wall), Record)


def said(room: Room) -> list[str]:
    return [notice.text for notice in room.board.hanging()]


@pytest.mark.rule("S16")
def test_who_leads_is_told_what_is_missing_and_that_a_week_has_gone_by() -> None:
    room = Room(services=(trolley.SERVICE,))
    clerk = CountingClerk(trolley.SERVICE, room.book, room.board, trolley.reports)
    room.desk.clerks = {"trolley": clerk}
    counts(room, 200)
    room.passes()
    assert said(room) == []
    room.passes(7 * DAY)
    assert said(room) == ["trolleys and baskets were last counted on 2026-11-23"]

    counts(room, 190, damaged=1)

    assert said(room) == ["10 trolleys fewer than on 2026-11-23, 1 damaged"]
    counts(room, 190, damaged=1)
    assert said(room) == ["1 damaged"]
    room.passes()
    counts(room, 190)
    assert said(room) == []
    assert room.desk.facts() == ()
    record = room.book.records["trolley", 1]
    assert clerk.said(record, room.wall).sentence == "trolley.thanks"
    assert clerk.objects(record, room.wall) is None
    clerk.done(record, Done(room.wall, LEAD.id, "x"), room.wall)
