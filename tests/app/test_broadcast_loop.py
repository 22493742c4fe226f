"""The broadcast role's loop goes on by monotonic time, whatever is done to the wall clock."""

from __future__ import annotations

import queue
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import tzlocal.unix

from kiosk.app.broadcast import _loop
from kiosk.app.process import woken
from kiosk.desks.broadcast.messages import Message, Tick
from kiosk.hw.clock import SystemClock


@dataclass
class Desk:
    """A desk whose wall clock is set by so much at its first tick, and that closes at its third."""

    step: timedelta
    clock: SystemClock = field(default_factory=lambda: SystemClock(UTC))
    ticks: list[float] = field(default_factory=list)

    @property
    def done(self) -> bool:
        return len(self.ticks) >= 3

    def handle(self, message: Message) -> None:
        if isinstance(message, Tick):
            self.ticks.append(self.clock.mono_s())

    def next_wake(self) -> datetime | None:
        """Long ago, or in ten years, once the clock was set."""
        return self.clock.now() + self.step if self.ticks else None


# two seconds each: it is the real loop
@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_that_is_set_by_years_keeps_the_desk_neither_waiting_nor_counting(years: int) -> None:
    desk: Any = Desk(timedelta(days=365 * years))
    inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()

    with woken() as scheduler:
        assert scheduler.get_jobs() == []  # nothing recurs
        began_s = desk.clock.mono_s()
        _loop(desk, inbox, scheduler, None, dict, lambda: None)  # type: ignore[arg-type]

    assert desk.ticks[-1] - began_s < 30.0


def test_a_machine_whose_time_zone_has_no_name_has_its_broadcast_woken_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "CST-8")  # China, as POSIX writes it
    monkeypatch.setattr(tzlocal.unix, "_cache_tz", None)  # as in a fresh process
    tomorrow = datetime.now(UTC) + timedelta(days=1)

    with woken() as scheduler:
        scheduler.add_job(str, "date", run_date=tomorrow)

        assert [job.next_run_time for job in scheduler.get_jobs()] == [tomorrow]
