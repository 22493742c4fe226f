"""The front role: one process that owns locks, scanners and, later, the touchscreen, and runs the bag-storage desk."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from multiprocessing.connection import Connection
from queue import SimpleQueue

from kiosk.app.bag_day import bag_day, closing_choices, demo_closing_choices, hours_of, note_keeper
from kiosk.app.coils_record import record_coils
from kiosk.app.counting import counts_of
from kiosk.app.demo_day import DemoDay, demo_site
from kiosk.app.demo_receipts import leave_demo_receipts
from kiosk.app.demo_staff import DEMO, DemoStaff, register_demo_staff
from kiosk.app.drawer import has_desktop
from kiosk.app.front_hatch import FrontDesk, front_hatch
from kiosk.app.front_loop import Inbox, Nobody, Round, Watch
from kiosk.app.front_people import FrontPeople
from kiosk.app.front_wiring import Beside, Front, Tags, World, bank_of, front_of, scanners_of, tags_of
from kiosk.app.heart import DESK, SCREEN, Heart
from kiosk.app.logs import log_to
from kiosk.app.lost_slip_printing import lost_slips_of
from kiosk.app.new_tags import NewTags
from kiosk.app.places import Places
from kiosk.app.played_lockers import SEAT, PlayedLockers
from kiosk.app.printing import presses, print_queue
from kiosk.app.process import alone, go_before_others, late_ledger, stopped_by_signals, woken
from kiosk.app.reading_aloud import voice_of
from kiosk.app.service_wiring import service_desk
from kiosk.app.site_reading import site_of
from kiosk.app.slip_printing import tickets_of
from kiosk.app.staff_wiring import badges_of, prover, staff_desk
from kiosk.app.till_watch import tills_watched
from kiosk.config.site import Site
from kiosk.config.wired_banks import LockBankChoices
from kiosk.desks.lockers.messages import Care, CareAsked, Fault, StopAsked, Tick
from kiosk.desks.lockers.staff_counter import StaffCounter
from kiosk.errors import DeviceFault, KioskError, LedgerFault
from kiosk.hw.clock import SystemClock
from kiosk.ledger.reserve import Reserve
from kiosk.rules.front.attract import Promotion
from kiosk.rules.lockers.locker import Assignment

log = logging.getLogger(__name__)

NICE = -5  # behind the broadcast

SCREEN_SEAT = "screen"  # the seat of the touchscreen


def run_front(places: Places, *, watch: Watch | None = None, demo: DemoDay | None = None) -> None:
    """Mind the lockers until SIGTERM or SIGINT, then close in order. Main thread of a process of its own.

    Raises SiteError, and KioskError where the store has no lockers or another front role runs. watch: shown how they
    stand four times a second; an OSError from it stops the role in order. demo: its day, on a simulated bank
    that is in service.
    """
    go_before_others(NICE)
    inbox: Inbox = SimpleQueue()
    with ExitStack() as stack:
        stack.enter_context(stopped_by_signals(lambda name: inbox.put(StopAsked(name))))
        read = site_of(places.site, spell=True)
        site = read if demo is None else demo_site(read, demo)
        choices = site.lockers
        if choices is None:
            raise KioskError(f"{places.site / 'site.toml'} has no [lockers]: the front role has nothing to do")
        stack.enter_context(alone(places.front_lock, "front"))
        clock = SystemClock(site.zone_info)
        open_once = stack.enter_context(late_ledger(places.ledger))
        world = World(open_once, clock, inbox.put, Reserve(open_once))
        if demo is None:
            _record_coils(places, choices.banks, site.panel.chip, world)
        # first of all: a role that was killed may have left a coil under current
        bank, played = stack.enter_context(bank_of(choices, site.panel.chip, world, simulated=demo is not None))
        people = FrontPeople(open_once, clock.now)
        tags = tags_of(places, world)
        keep = None if played is None else places.slips
        queue = print_queue(places, open_once, site.zone_info)
        hand_out = stack.enter_context(
            tickets_of(site, tags.pages, lambda text: inbox.put(Fault(text)), keep, queue),
        )
        stack.enter_context(presses(site, places, open_once, clock, lambda text: inbox.put(Fault(text))))
        slips = stack.enter_context(lost_slips_of(site, places, world, keep))
        closing = closing_choices if demo is None else demo_closing_choices
        minding = bag_day(site, places, open_once, people.person, lambda text: inbox.put(Fault(text)), closing)
        staffed = () if demo is None else (DemoStaff(),)
        seats = _seats(site, played is not None)
        counts = counts_of(site, world, tags, people.person, seats)
        others = (StaffCounter(people.person), *minding, *slips, *staffed)
        beside = Beside(hand_out, counts, seats, others, note_keeper(site, places, open_once))
        front = front_of(choices, bank, tags, world, beside)
        stack.enter_context(scanners_of(site, world))
        if demo is not None:
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
        if played is not None and demo is None:
            front.desk.warn("no [[lockers.bank]] is wired: the lockers are simulated (kiosk lockers demo)")
        if demo is not None:
            _put_into_service(front, tags, inbox)
            register_demo_staff(open_once, clock.now(), front.desk.warn)
        services = service_desk(site, places, open_once, clock, front.desk.warn, partial(inbox.put, Tick()))
        mind = Round(front, services, inbox, partial(heart.beat, DESK), watch)
        heart.ready()
        if site.touchscreen is None and not (demo is not None and has_desktop()):
            mind.goes(Nobody())
        else:
            from kiosk.app.front_screen import IN_A_WINDOW, Counter, at_screen  # pygame

            choice = site.touchscreen or IN_A_WINDOW
            seat = SEAT if played is not None else SCREEN_SEAT
            voice = stack.enter_context(voice_of(site, places, lambda text: inbox.put(Fault(text))))
            prove = stack.enter_context(prover(people, inbox))
            mind.staff = staff_desk(site, front, services, people, world, prove)
            badge = badges_of(places, people, front.desk.warn)
            hours_on = hours_of(site)
            counter = Counter(
                front, services, choice, site.name, hours_on, inbox.put, clock, seat, heart, voice, mind.staff, badge
            )
            counter = replace(counter, promotions=_promotions(site))
            at_screen(counter, mind.goes)
        log.info("the bag-storage desk is closed")


def _promotions(site: Site) -> tuple[Promotion, ...]:
    """Those of the site, their pictures where they lie."""
    return tuple(replace(one, picture=str(site.root / one.picture)) if one.picture else one for one in site.promotions)


def _record_coils(places: Places, banks: Sequence[LockBankChoices], chip: int | None, world: World) -> None:
    try:
        record_coils(places.coils, banks, chip)
    except OSError as error:  # then the site is read instead, which takes longer
        world.post(Fault(f"{places.coils} cannot be written: {error.strerror}; let the kiosk's user write there"))


def _seats(site: Site, simulated: bool) -> frozenset[str]:
    """Where something can be scanned: every reader, and the screens beside which they are."""
    screens = {SEAT} if simulated else {SCREEN_SEAT} if site.touchscreen is not None else set()
    return frozenset(one.id for one in site.scanners) | screens


def shown_front(places: Places, demo: DemoDay, board: Connection) -> None:
    """The role as a child process of the demo: its log goes to a file, its state to the board's process."""
    log_to(places.state / "demo-front.log", logging.INFO)
    os.environ.setdefault("SDL_VIDEO_WINDOW_POS", "0,0")  # the drawer stands beside it
    run_front(places, watch=board.send, demo=demo)


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
