from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

import pytest

from kiosk.desks.broadcast.outlook import expected, phase, upcoming
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.on_air import OnAir
from kiosk.rules.broadcast.programme import Item
from kiosk.units import ZoneId
from tests.desks.broadcast.test_requests import evacuation, promo
from tests.rules.broadcast.studio import item as item_of
from tests.rules.broadcast.studio import later
from tests.rules.broadcast.test_self_check import DAY, MONDAY, SHANGHAI

NOON = datetime.combine(MONDAY, time(12), tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("08:00", "opens at 09:00:00"),
        ("09:00", "welcome"),
        ("09:09:59", "welcome"),
        ("09:10", "programme"),
        ("21:49:59", "programme"),
        ("21:50", "closing"),
        ("22:00", "closed"),
    ],
)
def test_the_board_says_what_the_day_is_doing(at: str, said: str) -> None:
    now = datetime.combine(MONDAY, time.fromisoformat(at), tzinfo=SHANGHAI)

    assert phase(OnAir(), DAY, now) == said
    assert phase(OnAir(stopping=True), DAY, now) == "closing down"
    assert phase(OnAir(), None, now) == "planning the day"


def test_what_waits_comes_before_what_is_planned_and_the_list_has_an_end() -> None:
    planned: tuple[Item, ...] = tuple(replace(promo, key=str(number)) for number in range(3))
    air = OnAir(waiting=(evacuation,), programme=planned)

    assert [item.key for item in upcoming(air, NOON, 3)] == [evacuation.key, "0", "1"]


def seconds(air: OnAir, after_s: float = 0.0) -> list[tuple[str, float]]:
    """Who is expected when, in seconds from noon."""
    now = later(NOON, after_s)
    return [(item.key, item.start.timestamp() - NOON.timestamp()) for item in expected(air, now)]


def asked(key: str, duration_s: float = 20.0, *zones: str) -> Item:
    where = tuple(ZoneId(zone) for zone in zones)
    return replace(item_of(key, AirClass.ROUTINE, NOON, duration_s), key=key, zones=where)


@pytest.mark.rule("B08")
def test_what_waits_is_shown_for_the_end_of_the_song_and_one_after_the_other() -> None:
    song = item_of("song", AirClass.MUSIC, NOON, 180.0)
    air = OnAir(current=song, began=later(NOON, 5.0), waiting=(asked("one"), asked("two")))

    assert seconds(air, 60.0) == [("one", 185.0), ("two", 205.0)]


def test_what_waits_out_of_silence_is_shown_for_now() -> None:
    assert seconds(OnAir(waiting=(asked("one"),)), 7.0) == [("one", 7.0)]


@pytest.mark.rule("B08")
def test_what_waits_for_a_zone_is_shown_for_the_song_after_those_for_the_whole_store() -> None:
    song = item_of("song", AirClass.MUSIC, NOON, 180.0)
    air = OnAir(
        current=song, began=NOON, waiting=(asked("food", 30.0, "food"), asked("all"), asked("hall", 9.0, "hall"))
    )

    assert seconds(air, 60.0) == [("all", 180.0), ("food", 200.0), ("hall", 230.0)]


@pytest.mark.rule("B10")
def test_what_waits_for_the_whole_store_is_shown_for_after_what_speaks_in_a_zone() -> None:
    song = item_of("song", AirClass.MUSIC, NOON, 30.0)
    air = OnAir(
        current=song, began=NOON, beside=asked("food", 60.0, "food"), beside_began=NOON, waiting=(asked("all"),)
    )

    assert seconds(air, 10.0) == [("all", 60.0)]


def test_what_waits_is_expected_for_as_long_as_it_lasts() -> None:
    (item,) = expected(OnAir(waiting=(asked("one", 12.0),)), NOON)

    assert item.duration_s == 12.0
