"""The front role: one process that owns locks, scanners, printers, touchscreen, and runs the desks behind them."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial
from multiprocessing.connection import Connection
from queue import SimpleQueue

from kiosk.app import heap
from kiosk.app.alone import alone
from kiosk.app.bag_day import bag_days_of, hours_of
from kiosk.app.demo_day import DemoDay, demo_site
from kiosk.app.drawer import has_desktop
from kiosk.app.ending import stopped_by_signals
from kiosk.app.fallen import Fallen
from kiosk.app.front_bags import BagStorage, House, bag_storage
from kiosk.app.front_demo import furnished, leave_receipts, put_into_service, roll_of
from kiosk.app.front_hatch import FrontDesk, Play, front_hatch
from kiosk.app.front_loop import Inbox, Nobody, Round, Watch
from kiosk.app.front_people import FrontPeople
from kiosk.app.front_renewal import Renewal
from kiosk.app.front_screen import Counter, at_screen, glass_of
from kiosk.app.front_wiring import World
from kiosk.app.heart import DESK, SCREEN, Heart
from kiosk.app.logs import log_to
from kiosk.app.new_tags import NewTags
from kiosk.app.other_role import listened_to
from kiosk.app.places import Places, other_site
from kiosk.app.played_lockers import PlayedLockers
from kiosk.app.played_printer import with_printer
from kiosk.app.priority import FRONT_NICE, go_before_others
from kiosk.app.process import late_ledger
from kiosk.app.queue_board import board_watch
from kiosk.app.reading_aloud import voice_of
from kiosk.app.screen_keeper import ScreenKeeper
from kiosk.app.service_wiring import service_desk
from kiosk.app.site_reading import SiteReading
from kiosk.app.staff_wiring import badges_of, prover, staff_desk
from kiosk.config.bag_storage import NO_LOCKERS
from kiosk.config.site import Site
from kiosk.desks.lockers.messages import Fault, StopAsked, Tick
from kiosk.desks.service.service_desk import ServiceDesk
from kiosk.errors import DeviceFault, KioskError
from kiosk.hw.clock import SystemClock
from kiosk.hw.simulated_printer import SimulatedPrinter
from kiosk.ledger.reserve import Reserve
from kiosk.rules.front.attract import Promotion
from kiosk.sentences import tell

log = logging.getLogger(__name__)


def run_front(
    places: Places,
    *,
    reading: SiteReading | None = None,
    screen: ScreenKeeper | None = None,
    watch: Watch | None = None,
    demo: DemoDay | None = None,
    roll: SimulatedPrinter | None = None,
) -> None:
    """Mind the lockers until SIGTERM or SIGINT, then close in order. Main thread of a process of its own.

    Raises SiteError, and KioskError where the store has nothing for it, or another one runs. watch: shown how things
    stand four times a second; an OSError from it stops the role in order. demo: its day, on a simulated bank
    that is in service. reading, screen: that were begun already. roll: the demo's printer.
    """
    go_before_others(FRONT_NICE)
    heap.share_among_threads()
    inbox: Inbox = SimpleQueue()
    with ExitStack() as stack:
        stack.enter_context(stopped_by_signals(lambda name: inbox.put(StopAsked(name))))
        fallen = stack.enter_context(Fallen("front", lambda why: inbox.put(Fault(why))))
        read = _read(places, reading)
        site = read if demo is None else furnished(demo_site(read, demo), desktop=has_desktop())
        if not site.has_front:
            file = places.site / "site.toml"
            raise KioskError(f"{file} has neither [lockers] nor [touchscreen]: the front role has nothing to do")
        site = replace(site, lockers=site.lockers or NO_LOCKERS)  # from here on there are lockers, if none at all
        stack.enter_context(alone(places.front_lock, "front role"))
        clock = SystemClock(site.zone_info)
        ledger = stack.enter_context(late_ledger(places.ledger))
        world = World(ledger, clock, inbox.put, Reserve(ledger))
        house = House(site, places, world, FrontPeople(ledger, clock.now), demo is not None, roll)
        if house.demo:
            leave_receipts(house, clock.now().date())
        bags = bag_storage(house, site.lockers or NO_LOCKERS, stack)
        heart = stack.enter_context(
            Heart("front", {DESK: None, SCREEN: None}, faults=lambda: (*bags.devices.faults, *fallen.faults()))
        )
        stack.enter_context(front_hatch(places.front_hatch, _hatch_desk(house, bags), house.people.prove, heart.values))
        log.info("the bag-storage desk begins, with %d lockers", len(bags.front.choices.places))
        bags.front.desk.begin()
        if bags.played is not None and not house.demo:
            bags.front.desk.warn(tell("no [[lockers.bank]] is wired: the lockers are simulated (kiosk lockers demo)"))
        if house.demo:
            put_into_service(house, bags)
        services = _services(house, bags, partial(inbox.put, Tick()))
        mind = Round(bags.front, services, inbox, partial(heart.beat, DESK), watch)
        mind.renewal = Renewal(partial(other_site, places), bag_days_of(site))
        heap.give_back()
        heart.ready()
        if site.touchscreen is None:
            mind.goes(Nobody())
        else:
            _before_the_screen(house, bags, mind, heart, stack, screen)
        log.info("the bag-storage desk is closed")


def _services(house: House, bags: BagStorage, wake: Callable[[], None]) -> ServiceDesk | None:
    """None, and staff are told, without the key of what is personal."""
    world = house.world
    try:
        return service_desk(house.site, house.places, world.ledger, world.clock, bags.front.desk.happened, wake)
    except DeviceFault as fault:
        bags.front.desk.warn(str(fault))
        return None


def _read(places: Places, reading: SiteReading | None) -> Site:
    """reading: that was begun already."""
    with closing(reading or SiteReading(places.site, spell=True)) as begun:
        return begun.site()


def shown_front(places: Places, demo: DemoDay, board: Connection) -> None:
    """The role as a child process of the demo: its log goes to a file, its state to the board's process."""
    log_to(places.state / "demo-front.log", logging.INFO)
    os.environ.setdefault("SDL_VIDEO_WINDOW_POS", "0,0")  # the drawer stands beside it
    roll = roll_of(places)
    run_front(places, watch=lambda report: board.send((report, roll.shown())), demo=demo, roll=roll)


def _hatch_desk(house: House, bags: BagStorage) -> FrontDesk:
    world, tags, played = house.world, bags.tags, bags.played
    play: Play | None = (
        None if played is None else PlayedLockers(played, world.post, world.clock.mono_s, tags.text_of).play
    )
    if play is not None and house.roll is not None:
        play = with_printer(house.roll, play)
    return FrontDesk(world.post, house.people.of_login, NewTags(tags.pages, world.clock.now), play)


def _before_the_screen(
    house: House, bags: BagStorage, mind: Round, heart: Heart, stack: ExitStack, screen: ScreenKeeper | None
) -> None:
    """The desks behind the touchscreen, until they are closed. screen: that was begun already."""
    site, warn, choice = house.site, bags.front.desk.warn, house.site.touchscreen
    assert choice is not None
    screen = screen or stack.enter_context(ScreenKeeper(glass_of(choice, site.name)))
    prove = stack.enter_context(prover(house.people, mind.inbox))
    stack.enter_context(listened_to(house.places.hatch, house.world.clock, mind.inbox.put))
    mind.staff = staff_desk(house, bags.front, mind.services, prove)
    counter = Counter(
        front=bags.front,
        services=mind.services,
        choice=choice,
        name=site.name,
        zone=site.time_zone,
        hours_on=hours_of(site),
        bags_on=bag_days_of(site),
        post=mind.inbox.put,
        clock=house.world.clock,
        seat=bags.seat,
        heart=heart,
        voice=stack.enter_context(voice_of(site, house.places, house.tell)),
        staff=mind.staff,
        badge=badges_of(house.places, house.people, warn),
        promotions=_promotions(site),
        queue=board_watch(site, house.world.ledger) if site.queue.board else None,
    )
    at_screen(counter, screen, mind.goes)


def _promotions(site: Site) -> tuple[Promotion, ...]:
    """Those of the site, their pictures where they lie."""
    return tuple(replace(one, picture=str(site.root / one.picture)) if one.picture else one for one in site.promotions)
