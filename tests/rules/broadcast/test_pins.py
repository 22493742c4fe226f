from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.rules.broadcast.pins import PAUSE, Tries, after_wrong, unfit

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.rule("B14")
def test_five_wrong_pins_make_a_pause_of_five_minutes() -> None:
    tries = Tries()
    waits = []
    for _ in range(5):
        waits.append(tries.left(NOW))
        tries = after_wrong(tries, NOW)

    assert waits == [timedelta(0)] * 5
    assert tries.left(NOW) == timedelta(minutes=5)
    assert tries.left(NOW + timedelta(minutes=5)) == timedelta(0)
    assert after_wrong(tries, NOW + PAUSE) == Tries(1)


def test_a_clock_that_was_set_back_makes_no_pause_longer() -> None:
    assert Tries(0, NOW + timedelta(days=365)).left(NOW) == PAUSE


@pytest.mark.parametrize("pin", ["482913", "000001", "112233", "905512345678"])
def test_a_pin_of_six_to_twelve_digits_is_fit(pin: str) -> None:
    assert unfit(pin) == ""


@pytest.mark.parametrize("pin", ["", "48291", "4829130000000", "48291a", "４８２９１３", "482 913", "-48291"])
def test_anything_else_is_no_pin(pin: str) -> None:
    assert unfit(pin) == "a PIN is 6 to 12 digits"


@pytest.mark.parametrize("pin", ["000000", "777777", "123456", "890123", "654321", "109876"])
def test_a_pin_that_anybody_would_try_first_is_turned_down(pin: str) -> None:
    assert "anybody would try" in unfit(pin)
