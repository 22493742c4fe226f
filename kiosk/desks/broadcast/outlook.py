"""What the day is doing and what comes next, in words and items for the board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kiosk.rules.broadcast.beside import is_beside
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.on_air import OnAir
from kiosk.rules.broadcast.programme import Item
from kiosk.rules.broadcast.rounds import later


def phase(air: OnAir, day: BusinessDay | None, now: datetime) -> str:
    """What the day is doing."""
    if air.stopping:
        return "closing down"
    if day is None:
        return "planning the day"
    if now < day.opens:
        return f"opens at {day.opens:%H:%M:%S}"
    if now >= day.closes and not day.joins_after:
        return "closed"
    welcome, closing = day.day_type.welcome, day.day_type.closing
    if welcome is not None and now < day.end_moment(welcome):
        return "welcome"
    return "closing" if closing is not None and now >= day.moment(closing.start) else "programme"


def upcoming(air: OnAir, now: datetime, most: int) -> Sequence[Item]:
    """What comes next on the air: who waits when their turn is expected, then what is planned."""
    return (*expected(air, now), *air.programme)[:most]


def expected(air: OnAir, now: datetime) -> tuple[Item, ...]:
    """What waits, with the time at which it is likely to be on, the first one first.

    On the line one follows the other from the end of what sounds; none begins while something speaks in a zone. What is
    for some zones begins with the song after them, one at a time. An evacuation counts as over after this round.
    """
    line = air.expected_end(now)
    spoken = now if air.beside is None else later(air.beside_began or now, air.beside.duration_s)
    waits: list[Item] = []
    for item in (one for one in air.waiting if not is_beside(one)):
        waits.append(_at(item, max(line, spoken)))
        line = waits[-1].end
    song = line
    for item in (one for one in air.waiting if is_beside(one)):
        waits.append(_at(item, max(song, spoken)))
        spoken = waits[-1].end
    return tuple(sorted(waits, key=lambda one: one.start))


def _at(item: Item, moment: datetime) -> Item:
    return replace(item, start=moment, end=later(moment, item.duration_s))
