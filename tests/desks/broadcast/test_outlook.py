from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

import pytest

from kiosk.desks.broadcast.outlook import phase, upcoming
from kiosk.rules.broadcast.on_air import OnAir
from kiosk.rules.broadcast.programme import Item
from tests.desks.broadcast.test_requests import evacuation, promo
from tests.rules.broadcast.test_self_check import DAY, MONDAY, SHANGHAI


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

    assert [item.key for item in upcoming(air, 3)] == [evacuation.key, "0", "1"]
