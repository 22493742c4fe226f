"""What the day is doing and what comes next, in words and items for the board."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.on_air import OnAir
from kiosk.rules.broadcast.programme import Item


def phase(air: OnAir, day: BusinessDay | None, now: datetime) -> str:
    """What the day is doing."""
    if air.stopping:
        return "closing down"
    if day is None:
        return "planning the day"
    if now < day.opens:
        return f"opens at {day.opens:%H:%M:%S}"
    if now >= day.closes:
        return "closed"
    if now < day.end_moment(day.day_type.welcome):
        return "welcome"
    return "closing" if now >= day.moment(day.day_type.closing.start) else "programme"


def upcoming(air: OnAir, most: int) -> Sequence[Item]:
    """What comes next on the air."""
    return (*air.waiting, *air.programme)[:most]
