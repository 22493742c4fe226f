"""A clock that goes by business days: what is due within three of them, whenever it came in (rule S03)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

Open = tuple[datetime, datetime]  # from when to when, on one business day
OpenOn = Callable[[date], Open | None]  # None on a day on which nobody is there

LOOK_AHEAD_DAYS = 60


def open_always(_: date) -> Open | None:
    """Nobody has said when the store is open."""
    return None


def within(days: int, at: datetime, open_on: OpenOn) -> datetime:
    """So many business days after a moment, at the same time of day while the store is open; what came in while it was
    closed counts from its next opening. Calendar days where nobody says when it is open."""
    ahead = (at.date() + timedelta(days=n) for n in range(-1, LOOK_AHEAD_DAYS))
    hours = [(opens, closes) for one in ahead if (day := open_on(one)) is not None for opens, closes in (day,)]
    left = [(opens, closes) for opens, closes in hours if at < closes]
    if len(left) <= days:
        return at + timedelta(days=days)
    begins = max(at, left[0][0])
    since_opening = begins - left[0][0]
    opens, closes = left[days]
    return min(opens + since_opening, closes)
