"""Whether the wall clock was set (by NTP, by a hand): monotonic time, which never steps, tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.ports.clock import Clock

CLOCK_STEP_S = 2.0  # less is no step: NTP corrects itself, and the plan is followed by drift anyway


@dataclass(slots=True)
class ClockWatch:
    """steps: how often the clock was set since the role began."""

    clock: Clock
    steps: int = 0
    _difference_s: float = field(init=False)

    def __post_init__(self) -> None:
        self._difference_s = self._now_difference_s(self.clock.now())

    def stepped_s(self, now: datetime) -> float:
        """By how many seconds the clock was set since the last look; 0.0 for what needs no fuss."""
        difference_s = self._now_difference_s(now)
        step_s = difference_s - self._difference_s
        if abs(step_s) <= CLOCK_STEP_S:
            return 0.0
        self._difference_s = difference_s
        self.steps += 1
        return step_s

    def wall(self, mono_s: float, now: datetime) -> datetime:
        """The wall time of a moment of the monotonic clock."""
        return datetime.fromtimestamp(now.timestamp() - (self.clock.mono_s() - mono_s), tz=now.tzinfo)

    def _now_difference_s(self, now: datetime) -> float:
        return now.timestamp() - self.clock.mono_s()
