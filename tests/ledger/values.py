"""Things that go on the air, for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.rules.broadcast.as_run import AsRun, Outcome
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.programme import Kind
from kiosk.units import ZoneId

SHANGHAI = ZoneInfo("Asia/Shanghai")
TEN = datetime(2026, 10, 24, 10, 0, tzinfo=SHANGHAI)


def a_song(n: int = 1, *, at: datetime = TEN) -> AsRun:
    """A song that just started."""
    start = at + timedelta(minutes=3 * n)
    return AsRun(
        day=at.date(),
        key=f"{n:04}:music/morning_tea",
        kind=Kind.MUSIC,
        id="music/morning_tea",
        air_class=AirClass.MUSIC,
        zones=(ZoneId("hall"), ZoneId("food")),
        due=None,
        planned_start=start,
        planned_end=start + timedelta(minutes=3),
        real_start=start + timedelta(milliseconds=20),
        phase="song",
    )


def played(entry: AsRun) -> AsRun:
    """The same, over."""
    assert entry.real_start is not None
    return replace(entry, real_end=entry.real_start + timedelta(minutes=3), outcome=Outcome.PLAYED, level_dbfs=-23.4)


def skipped(entry: AsRun) -> AsRun:
    """The same, never started."""
    return replace(entry, real_start=None, phase="", outcome=Outcome.SKIPPED, reason="cannot be decoded")
