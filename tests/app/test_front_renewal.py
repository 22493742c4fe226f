"""The front role begins anew with another site by night, and never while somebody stands there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.app.front_renewal import Renewal
from kiosk.rules.lockers.closing import Hours
from tests.ledger.shop import fresh_ledger
from tests.rules.lockers.lost_tag_people import MEI
from tests.stories.bag_room import TEN
from tests.stories.test_counting_at_the_reader import CountedRoom

OTHER = "20261122T080000Z"


def hours_on(day: date) -> Hours:
    opens = TEN.replace(year=day.year, month=day.month, day=day.day, hour=9)
    return Hours(day, opens, opens.replace(hour=22))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[CountedRoom]:
    with closing(fresh_ledger(tmp_path / "ledger.sqlite")) as ledger:
        one = CountedRoom(ledger)
        one.in_service()
        one.wall = TEN.replace(hour=23)
        yield one


def due(room: CountedRoom, other: str = OTHER) -> str:
    return Renewal(lambda: other, hours_on).due(room.now(), room.mono_s(), room)


def test_by_night_the_other_site_is_taken_up(room: CountedRoom) -> None:
    assert due(room) == OTHER
    assert due(room, "") == ""


@pytest.mark.parametrize("hour", [9, 15, 22])
def test_by_day_and_while_the_last_bags_are_fetched_it_waits(room: CountedRoom, hour: int) -> None:
    room.wall = TEN.replace(hour=hour, minute=10)

    assert due(room) == ""


def test_nothing_is_taken_up_while_somebody_stores_or_fetches_a_bag(room: CountedRoom) -> None:
    id = room.begins()
    assert due(room) == ""
    room.puts_in(id, "li's bag")
    room.shuts(id).passes(300.0)

    assert due(room) == OTHER
    room.scans("P1.1").passes(0.5)
    assert due(room) == ""


def test_nothing_is_taken_up_while_tags_are_counted(room: CountedRoom) -> None:
    room.begins_to_count(by=MEI.id)

    assert due(room) == ""


def test_the_disk_is_asked_every_ten_seconds_and_not_at_each_message(room: CountedRoom) -> None:
    asked: list[str] = []

    def other() -> str:
        asked.append("")
        return ""

    renewal = Renewal(other, hours_on)
    for second in range(21):
        renewal.due(room.now() + timedelta(seconds=second), float(second), room)

    assert len(asked) == 3


def always(day: date) -> Hours:
    opens = TEN.replace(year=day.year, month=day.month, day=day.day, hour=5)
    return Hours(day, opens, opens + timedelta(days=1), True, True)


@pytest.mark.parametrize(
    ("clock", "taken"), [("04:59", ""), ("05:00", OTHER), ("05:59", OTHER), ("06:00", ""), ("23:00", "")]
)
def test_where_the_store_never_closes_it_is_taken_up_in_the_hour_after_the_turn(
    room: CountedRoom, clock: str, taken: str
) -> None:
    hour, minute = map(int, clock.split(":"))
    room.wall = TEN.replace(hour=hour, minute=minute)

    assert Renewal(lambda: OTHER, always).due(room.now(), room.mono_s(), room) == taken
