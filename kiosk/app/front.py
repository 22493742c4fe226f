"""The front role: one process that owns locks, scanners and, later, the touchscreen, and runs the bag-storage desk."""

from __future__ import annotations

import logging
import os
import queue
from contextlib import ExitStack
from functools import partial
from multiprocessing.connection import Connection

from kiosk.app.bag_day import bag_day, hours_of
from kiosk.app.demo_receipts import leave_demo_receipts
from kiosk.app.front_hatch import FrontDesk, front_hatch
from kiosk.app.front_loop import Inbox, Nobody, Round, Watch
from kiosk.app.front_people import FrontPeople
from kiosk.app.front_wiring import Front, Tags, World, bank_of, front_of, scanners_of, tags_of
from kiosk.app.heart import DESK, SCREEN, Heart
from kiosk.app.logs import log_to
from kiosk.app.new_tags import NewTags
from kiosk.app.places import Places
from kiosk.app.played_lockers import SEAT, PlayedLockers
from kiosk.app.process import alone, go_before_others, late_ledger, stopped_by_signals, woken
from kiosk.app.service_wiring import service_desk
from kiosk.app.site_reading import site_of
from kiosk.app.slip_printing import tickets_of
from kiosk.app.till_watch import tills_watched
from kiosk.config.site import Site
from kiosk.desks.lockers.closing_watch import ClosingWatch
from kiosk.desks.lockers.messages import Care, CareAsked, Fault, StopAsked, Tick
from kiosk.desks.lockers.staff_counter import StaffCounter
from kiosk.errors import DeviceFault, KioskError, LedgerFault
from kiosk.hw.clock import SystemClock
from kiosk.rules.lockers.locker import Assignment

log = logging.getLogger(__name__)

NICE = -5  # behind the broadcast
DEMO = "demo"  # who puts the demo's lockers into service

SCREEN_SEAT = "screen"  # the seat of the touchscreen


def run_front(places: Places, *, watch: Watch | None = None, demo: bool = False) -> None:
    """Mind the lockers until SIGTERM or SIGINT, then close in order. Main thread of a process of its own.

    Raises SiteError, and KioskError where the store has no lockers or another front role runs. watch: shown how they
    stand four times a second; an OSError from it stops the role in order. demo: the bank is simulated, and in service.
    """
    go_before_others(NICE)
    inbox: Inbox = queue.SimpleQueue()
    with ExitStack() as stack:
        stack.enter_context(stopped_by_signals(lambda name: inbox.put(StopAsked(name))))
        site = site_of(places.site)
        choices = site.lockers
        if choices is None:
            raise KioskError(f"{places.site / 'site.toml'} has no [lockers]: the front role has nothing to do")
        stack.enter_context(alone(places.front_lock, "front"))
        clock = SystemClock(site.zone_info)
        open_once = stack.enter_context(late_ledger(places.ledger))
        world = World(open_once, clock, inbox.put)
        # first of all: a role that was killed may have left a coil under current
        bank, played = stack.enter_context(bank_of(choices, site.panel.chip, world, simulated=demo))
        people = FrontPeople(open_once, clock.now)
        tags = tags_of(places, world)
        keep = None if played is None else places.slips
        hand_out = stack.enter_context(
            tickets_of(site, tags.pages, lambda text: inbox.put(Fault(text)), keep),
        )
        minding = bag_day(site, places, open_once, people.person, lambda text: inbox.put(Fault(text)))
        if demo:  # its day is not the calendar's
            minding = tuple(one for one in minding if not isinstance(one, ClosingWatch))
        front = front_of(choices, bank, tags, world, hand_out, (StaffCounter(people.person), *minding))
        stack.enter_context(scanners_of(site, world))
        if demo:
            _leave_receipts(site, places, clock)
        stack.enter_context(tills_watched(site, places, lambda text: inbox.put(Fault(text))))
        stack.enter_context(woken(partial(inbox.put, Tick())))
        play = None if played is None else PlayedLockers(played, inbox.put, clock.mono_s, tags.text_of).play
        heart = stack.enter_context(Heart("front", {DESK: None, SCREEN: None}))
        stack.enter_context(
            front_hatch(
                places.front_hatch,
                FrontDesk(inbox.put, people.of_login, NewTags(tags.pages, clock.now), play),
                people.prove,
                heart.values,
            )
        )
        log.info("the bag-storage desk begins, with %d lockers", len(choices.places))
        front.desk.begin()
        if played is not None and not demo:
            front.desk.warn("no [[lockers.bank]] is wired: the lockers are simulated (kiosk lockers demo)")
        if demo:
            _put_into_service(front, tags, inbox)
        services = service_desk(site, places, open_once, clock, front.desk.warn)
        mind = Round(front, services, inbox, partial(heart.beat, DESK), watch)
        heart.ready()
        if site.touchscreen is None and not (demo and _on_a_desktop()):
            mind.goes(Nobody())
        else:
            from kiosk.app.front_screen import IN_A_WINDOW, Counter, always, at_screen  # pygame

            choice = site.touchscreen or IN_A_WINDOW
            seat = SEAT if played is not None else SCREEN_SEAT
            hours_on = always if demo else hours_of(site)
            counter = Counter(front, services, choice, site.name, hours_on, inbox.put, clock, seat, heart)
            at_screen(counter, mind.goes)
        log.info("the bag-storage desk is closed")


def _on_a_desktop() -> bool:
    """Whether a window can be shown."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def shown_front(places: Places, board: Connection) -> None:
    """The role as a child process of the demo: its log goes to a file, its state to the board's process."""
    log_to(places.state / "demo-front.log", logging.INFO)
    run_front(places, watch=board.send, demo=True)


def _leave_receipts(site: Site, places: Places, clock: SystemClock) -> None:
    try:
        leave_demo_receipts(site, places, clock.now().date())
    except OSError as error:
        log.warning("the demo's receipts cannot be written: %s", error)


def _put_into_service(front: Front, tags: Tags, inbox: Inbox) -> None:
    """The demo's lockers are empty, and have their tags: nobody needs to look."""
    for locker in front.desk.cabinet.lockers.values():
        try:
            tags.issue(locker, DEMO, front.clock.now())
        except (DeviceFault, LedgerFault) as fault:
            front.desk.warn(str(fault))
        if locker.assignment is Assignment.OUT_OF_SERVICE:
            inbox.put(CareAsked(Care.EMPTY, locker.id, DEMO))  # after the doors have been read
