"""The clocks: the machine's own, and a virtual one that moves only when it is told to."""

from __future__ import annotations

import time
from datetime import datetime, tzinfo


class SystemClock:
    """Implements ports.Clock with the machine's clock, in the store's time zone."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone

    def now(self) -> datetime:
        return datetime.now(self._zone)

    def mono_s(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait, in a program that has nothing else to do."""
        time.sleep(seconds)


class VirtualClock:
    """Implements ports.Clock for rendering and simulation: monotonic seconds start at 0."""

    def __init__(self, start: datetime) -> None:
        self._start = start.timestamp()
        self._zone = start.tzinfo
        self._passed_s = 0.0

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._start + self._passed_s, tz=self._zone)

    def mono_s(self) -> float:
        return self._passed_s

    def move_to(self, mono_s: float) -> None:
        """Let time pass until a moment of the monotonic clock; never backwards."""
        self._passed_s = max(self._passed_s, mono_s)

    def step(self, seconds: float) -> None:
        """Set the wall clock as NTP or a hand would, by so many seconds, while monotonic time goes on."""
        self._start += seconds
