"""The front role: one process that owns locks, scanners and, later, the touchscreen, and runs the bag-storage desk."""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable
from contextlib import ExitStack

from kiosk.app.places import Places
from kiosk.app.process import alone, late_ledger, stopped_by_signals
from kiosk.config.load import load_site
from kiosk.desks.lockers.messages import Message, StopAsked
from kiosk.errors import KioskError
from kiosk.hw.clock import SystemClock
from kiosk.ports.lockers_report import LockersReport

log = logging.getLogger(__name__)

REPORT_S = 0.25
SHORTEST_WAIT_S = 0.005

Inbox = queue.SimpleQueue[Message]
Watch = Callable[[LockersReport], None]


def run_front(places: Places, *, watch: Watch | None = None, demo: bool = False) -> None:
    """Mind the lockers until SIGTERM or SIGINT, then close in order. Main thread of a process of its own.

    Raises SiteError, and KioskError where the store has no lockers or another front role runs. watch: shown how they
    stand four times a second; an OSError from it stops the role in order. demo: the bank is simulated, and played on.
    """
    inbox: Inbox = queue.SimpleQueue()
    with ExitStack() as stack:
        stack.enter_context(stopped_by_signals(lambda name: inbox.put(StopAsked(name))))
        site = load_site(places.site)
        if site.lockers is None:
            raise KioskError(f"{places.site / 'site.toml'} has no [lockers]: the front role has nothing to do")
        stack.enter_context(alone(places.front_lock, "front"))
        clock = SystemClock(site.zone_info)
        open_once = stack.enter_context(late_ledger(places.ledger))
        people = People(open_once, places, clock)
        bank = stack.enter_context(_bank(site, inbox, clock, simulated=demo))
        front = _desk(site, site.lockers, clock, bank, open_once, places, people, inbox)
        ...
