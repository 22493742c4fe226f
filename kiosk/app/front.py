"""The front role: one process that owns locks, scanners and, later, the touchscreen, and runs the bag-storage desk."""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from kiosk.app.admission import badge_key
from kiosk.app.front_hatch import FrontDesk, front_hatch
from kiosk.app.places import Places
from kiosk.app.played_lockers import PlayedLockers
from kiosk.app.process import TICK_S, alone, late_ledger, stopped_by_signals, woken
from kiosk.config.bag_storage import Lockers
from kiosk.config.load import load_site
from kiosk.config.site import Site
from kiosk.desks.lockers.bag_desk import BagDesk
from kiosk.desks.lockers.deposits import Deposits
from kiosk.desks.lockers.messages import Fault, Message, ReportAsked, StopAsked, Tick
from kiosk.desks.lockers.retrievals import Retrievals
from kiosk.desks.lockers.staff import Staff
from kiosk.desks.lockers.staff_counter import StaffCounter
from kiosk.errors import DeviceFault, KioskError, LedgerFault
from kiosk.hw.clock import SystemClock
from kiosk.hw.lock_simulated import SimulatedBank
from kiosk.ledger.lockers import LockerPages
from kiosk.ledger.people import PeoplePages, Refusal
from kiosk.ledger.store import Ledger
from kiosk.ports.clock import Clock
from kiosk.ports.lockers import LockBank
from kiosk.ports.lockers_report import LockersReport
from kiosk.rules.lockers.deposit import DepositTimes
from kiosk.rules.lockers.pulses import PulseChoices
from kiosk.rules.lockers.retrieval import RetrievalTimes
from kiosk.rules.people.person import Person

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
