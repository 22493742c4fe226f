"""How soon a role that ended is started again: at once, and ever later while it fails again and again."""

from __future__ import annotations

from dataclasses import dataclass

FIRST_PAUSE_S = 0.25
LONGEST_PAUSE_S = 60.0
SOUND_S = 15.0  # a role that ran so long was sound: its next failure is a first one again


@dataclass(frozen=True, slots=True)
class Start:
    """One start of a role. failures: how many lives before it were short, in a row. begins_s: monotonic seconds."""

    failures: int
    begins_s: float


def pause_s(failures: int) -> float:
    """How long to wait before a role is started again that failed so many times in a row, 1 or more."""
    return min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** min(failures - 1, 20))


def next_start(last: Start | None, now_s: float) -> Start:
    """When a role begins that is started now. last: the one before, None where that ended in order."""
    if last is None or now_s - last.begins_s >= SOUND_S:
        return Start(0, now_s)
    failures = last.failures + 1
    return Start(failures, max(now_s, min(last.begins_s, now_s) + pause_s(failures)))
