"""Keys, tags and lockers for tests."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk.rules.lockers.locker import Assignment, Door, Locker, Size
from kiosk.rules.lockers.tags import Plaque, TagKey, Ticket
from kiosk.units import LockerId

NOW = datetime(2026, 11, 23, 15, tzinfo=ZoneInfo("Asia/Shanghai"))
KEY = TagKey(7, bytes(range(32)))
OTHER_STORES = TagKey(7, bytes(range(1, 33)))
NEXT = TagKey(8, bytes(32))
PLAQUE = Plaque(17, 3)
TICKET = Ticket(17, 4711)


def a_locker(assignment: Assignment = Assignment.OCCUPIED, *, number: int = 17, deposit: int = 4711) -> Locker:
    """Locker 5, whose plaque says 17, in its third generation."""
    return Locker(LockerId(5), Size.SMALL, number, 3, assignment, Door.CLOSED, NOW, deposit)
