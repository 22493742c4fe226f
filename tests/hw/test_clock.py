from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.hw.clock import SystemClock, VirtualClock

BERLIN = ZoneInfo("Europe/Berlin")
TEN = datetime(2026, 11, 23, 10, tzinfo=BERLIN)


def test_a_virtual_clock_stands_until_it_is_moved_and_never_goes_back() -> None:
    clock = VirtualClock(TEN)

    clock.move_to(90.0)
    clock.move_to(60.0)

    assert clock.mono_s() == 90.0
    assert clock.now() == TEN + timedelta(seconds=90)


def test_setting_the_wall_clock_leaves_monotonic_time_alone() -> None:
    clock = VirtualClock(TEN)
    clock.move_to(10.0)

    clock.step(-3600)

    assert clock.mono_s() == 10.0
    assert clock.now() == TEN + timedelta(seconds=10 - 3600)


def test_a_virtual_hour_lasts_an_hour_also_in_the_night_when_clocks_change() -> None:
    clock = VirtualClock(datetime(2026, 10, 25, 1, 30, tzinfo=BERLIN))

    clock.move_to(2 * 3600.0)

    assert clock.now().isoformat() == "2026-10-25T02:30:00+01:00"


def test_the_machines_clock_is_in_the_stores_zone_and_its_seconds_never_step() -> None:
    clock = SystemClock(BERLIN)

    first, second = clock.mono_s(), clock.mono_s()

    assert clock.now().tzinfo is BERLIN
    assert second >= first
