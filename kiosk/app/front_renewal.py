"""When the front role begins anew with another version of the site: at night, when nobody stands at it.

Where the store does not close, that is in the hour after the turn of the lockers' day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from kiosk.desks.broadcast.site_watch import LOOK_S
from kiosk.desks.lockers.bag_desk import BagDesk
from kiosk.desks.lockers.counts import Counts
from kiosk.desks.lockers.deposits import Deposits
from kiosk.desks.lockers.retrievals import Retrievals
from kiosk.rules.lockers.closing import Hours
from kiosk.rules.lockers.locker import Door

QUIET = timedelta(hours=1)  # after the turn of the lockers' day
AFTER_CLOSING = timedelta(minutes=15)  # the last bags are fetched, the tags counted


class Minded(Protocol):
    """What is looked at before."""

    @property
    def desk(self) -> BagDesk: ...
    @property
    def deposits(self) -> Deposits: ...
    @property
    def retrievals(self) -> Retrievals: ...
    @property
    def counts(self) -> Counts: ...


@dataclass(slots=True)
class Renewal:
    """The desk's thread only. other: the version that is to be taken up, "" while there is none. hours_on: the days of
    the bag storage."""

    other: Callable[[], str]
    hours_on: Callable[[date], Hours | None]
    _looked_s: float = float("-inf")
    _waits: str = ""

    def due(self, now: datetime, mono_s: float, front: Minded) -> str:
        """The version with which to begin anew now, "" for not now. The screen is to be asked besides."""
        if mono_s - self._looked_s >= LOOK_S:
            self._looked_s, self._waits = mono_s, self.other()
        return "" if not self._waits or self._is_open(now) or in_use(front) else self._waits

    def _is_open(self, now: datetime) -> bool:
        found = (self.hours_on(now.date() + timedelta(days=day)) for day in (-1, 0))
        return any(hours is not None and _lasts(hours, now) for hours in found)


def _lasts(hours: Hours, now: datetime) -> bool:
    """Whether that day's shoppers may come; where the doors stay open there is an hour in which few do."""
    begins = hours.opens + QUIET if hours.joins_before else hours.opens
    return begins <= now < (hours.closes if hours.joins_after else hours.closes + AFTER_CLOSING)


def in_use(front: Minded) -> bool:
    """Whether somebody is about to leave or fetch something, or counts."""
    cabinet = front.desk.cabinet
    doors = (Door.OPENING, Door.OPEN)
    moving = cabinet.in_hand or any(one.door in doors for one in cabinet.lockers.values())
    return bool(moving or front.deposits.shown() or front.retrievals.shown() or front.counts.shown())
