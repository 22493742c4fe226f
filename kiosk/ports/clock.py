"""The clock, which only the composition root may own."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Wall time for what should be on, monotonic seconds for how long something took; never mixed."""

    def now(self) -> datetime:
        """The store's wall time, zone-aware."""

    def mono_s(self) -> float:
        """Seconds that never step, from an arbitrary origin."""
