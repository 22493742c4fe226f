"""How the lockers stand at one moment, for the board and the status command: plain values, for any process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.ports.bag_day import CountShown
from kiosk.rules.lockers.locker import Locker
from kiosk.units import LockerId


@dataclass(frozen=True, slots=True)
class LockersReport:
    """lockers: in the order of positions. places: where each stands. for_staff: why a person is to look after it.

    warnings: what staff should know, the newest last. seats: what a shopper's screen shows now, by its name; steps:
    which step of the procedure that is. emergency_left: doors that an emergency is still to open.
    counts: of the tags, that go on.
    """

    now: datetime
    lockers: tuple[Locker, ...] = ()
    places: Mapping[LockerId, str] = field(default_factory=dict)
    for_staff: Mapping[LockerId, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    seats: Mapping[str, str] = field(default_factory=dict)
    steps: Mapping[str, str] = field(default_factory=dict)
    emergency_left: int = 0
    counts: tuple[CountShown, ...] = ()
