from __future__ import annotations

import pytest

from kiosk.desks.staff.record_corner import RecordCorner
from kiosk.rules.people.person import Person
from tests.desks.service.desk_room import Room
from tests.rules.service.services import BAGS, WANG


def told(room: Room, who: Person) -> list[str]:
    matter = RecordCorner(room.desk, lambda note, now: None).opened("repair 1", who, room.wall)
    assert matter is not None
    return [said for _, said in matter.told]


@pytest.mark.rule("S20")
def test_who_works_at_the_screen_sees_what_is_personal_only_where_it_is_needed() -> None:
    room = Room()
    room.gives()

    assert "13800138000" in told(room, WANG)
    assert "13•••••••00" in told(room, BAGS)
    assert "13800138000" not in told(room, BAGS)


@pytest.mark.rule("S20")
def test_whoever_may_read_a_form_may_have_it_printed_and_nobody_else() -> None:
    room = Room()
    room.gives()
    printed: list[str] = []
    noted: list[str] = []
    corner = RecordCorner(
        room.desk,
        lambda note, _: noted.append(f"{note.actor} {note.action} {note.subject}"),
        prints=lambda service, record, figures, who, _: printed.append(f"{service.id} {record.number} by {who.id}"),
    )

    assert "print" in [one.deed for one in corner.matters(WANG, room.wall)[0].deeds]
    assert not corner.do("repair 1", "print", {}, WANG, room.wall).refused
    assert "print" not in [one.deed for one in corner.matters(BAGS, room.wall)[0].deeds]
    assert corner.do("repair 1", "print", {}, BAGS, room.wall).refused
    assert RecordCorner(room.desk, lambda *_: None).do("repair 1", "print", {}, WANG, room.wall).refused

    assert printed == ["repair 1 by wang"]
    assert noted == ["wang prints repair 1"]
