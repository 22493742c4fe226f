"""PINs: which are fit, and how guessing is limited: five wrong ones, then a pause (B14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

SHORTEST, LONGEST = 6, 12
MOST_WRONG = 5
PAUSE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Tries:
    """wrong: PINs since the last right one or pause. paused_until: no PIN is looked at before; None: at once."""

    wrong: int = 0
    paused_until: datetime | None = None

    def left(self, now: datetime) -> timedelta:
        """How much of a pause is left. Never more than a pause is long: the clock may have been set back meanwhile."""
        if self.paused_until is None:
            return timedelta(0)
        return min(max(self.paused_until - now, timedelta(0)), PAUSE)


def after_wrong(tries: Tries, now: datetime) -> Tries:
    """One more that was wrong."""
    wrong = tries.wrong + 1
    return Tries(0, now + PAUSE) if wrong >= MOST_WRONG else Tries(wrong)


def unfit(pin: str) -> str:
    """Why nobody should have that PIN, "" where it is fit."""
    if not (pin.isascii() and pin.isdecimal() and SHORTEST <= len(pin) <= LONGEST):
        return f"a PIN is {SHORTEST} to {LONGEST} digits"
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if len(steps) == 1 and steps <= {0, 1, 9}:
        return "that is the first PIN anybody would try: choose another"
    return ""
