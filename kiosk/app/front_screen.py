"""The front role's touchscreen: what the desks show goes to its process, what is tapped comes into their inbox.

A display that is not there, or goes, keeps nobody's things locked up: the desks work on, and staff are told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache, partial

from kiosk.app.front_loop import Onlooker
from kiosk.app.front_wiring import Front
from kiosk.app.heart import SCREEN, Heart
from kiosk.app.screen_keeper import Behind, ScreenKeeper
from kiosk.app.screen_values import Setting
from kiosk.app.touchscreen import view_of
from kiosk.config.first_look import Glass
from kiosk.config.site import Touchscreen as Choice
from kiosk.desks.lockers.messages import Message
from kiosk.desks.service.messages import ServiceMessage
from kiosk.desks.service.service_desk import ServiceDesk
from kiosk.desks.staff.messages import StaffMessage
from kiosk.desks.staff.staff_desk import StaffDesk
from kiosk.ports.clock import Clock
from kiosk.ports.lockers import Scanned
from kiosk.ports.touchscreen import OpenHours, ReadingVoice
from kiosk.rules.front.attract import Promotion, Promotions, on
from kiosk.rules.lockers.closing import Hours, closing_after, doors_close
from kiosk.rules.service.queue_board import Board
from kiosk.units import Language

RESTS_S = 120.0  # so long untouched, and nobody is there
PATIENCE_S = (
    180.0  # of the desk at a question: the screen itself asks and gives up sooner, and later for who needs time
)
LOOK_AHEAD_DAYS = 14

Loop = Callable[[Onlooker], None]


def nobodys(code: str) -> str:
    """No badge is known."""
    return ""


@dataclass(frozen=True, slots=True)
class Counter:
    """The desks behind the screen. bags_on: the days of the bag storage. choice: the store's screen. name: of the
    store. zone: of its clock. seat: what the screen is called. voice: reads the screen aloud, None where
    nothing is wired for that. badge: whose a code is that was read, the person's id, "" for nobody's. queue:
    what its board shows, None where it is not shown here."""

    front: Front
    services: ServiceDesk | None
    choice: Choice
    name: Mapping[Language, str]
    zone: str
    hours_on: Callable[[date], Hours | None]
    bags_on: Callable[[date], Hours | None]
    post: Callable[[Message | ServiceMessage | StaffMessage], None]
    clock: Clock
    seat: str
    heart: Heart
    voice: ReadingVoice | None = None
    staff: StaffDesk | None = None
    badge: Callable[[str], str] = nobodys
    promotions: tuple[Promotion, ...] = ()
    queue: Callable[[datetime], Board] | None = None


def glass_of(choice: Choice, name: Mapping[Language, str]) -> Glass:
    """The panel, as its process is told of it."""
    return Glass(choice.width, choice.height, choice.width_mm, choice.whole, choice.language, dict(name))


def at_screen(counter: Counter, screen: ScreenKeeper, loop: Loop) -> None:
    """Mind the desks and show them, until they are closed. loop: minds them, and calls back after each message."""
    choice, front, heart = counter.choice, counter.front, counter.heart
    front.retrievals.seats = {**front.retrievals.seats, **dict.fromkeys(choice.scanners, counter.seat)}
    times = front.deposits.times
    front.deposits.times = replace(times, asked_s=max(times.asked_s, PATIENCE_S))
    speaks, glass = counter.voice is not None, glass_of(choice, counter.name)
    setting = Setting(glass, counter.seat, counter.zone, choice.attract_s, choice.idle_s, speaks)
    before = _Before(counter, screen, lru_cache(maxsize=64)(counter.hours_on))
    before.show()
    beats, rests = partial(heart.beat, SCREEN), partial(heart.rests, SCREEN)
    screen.serve(setting, Behind(counter.post, beats, rests, counter.voice))
    loop(before)


@dataclass(frozen=True, slots=True)
class _Before:
    """Implements Onlooker: the touchscreen before the desks."""

    counter: Counter
    screen: ScreenKeeper
    hours_on: Callable[[date], Hours | None]

    def show(self) -> None:
        """The screen sees how everything stands now."""
        counter = self.counter
        now = counter.clock.now()
        hours = open_hours(self.hours_on, now)
        if hours is not None and hours.closes_soon(now) is None:
            hours = replace(hours, bags_by=closing_after(now, self.counter.bags_on))
        view = view_of(counter.front, counter.services, counter.seat, counter.name, hours, counter.staff)
        queue = () if counter.queue is None else (counter.queue(now),)
        today = Promotions(on(counter.promotions, now.date()))
        self.screen.show(replace(view, facts=(*view.facts, today, *queue)))

    def rests(self) -> bool:
        """Nobody of the staff is there, and nobody has touched it for a while."""
        stands = self.screen.stands
        return stands.untouched and self.counter.clock.mono_s() - stands.touched_s >= RESTS_S

    def reads(self, scanned: Scanned) -> bool:
        """A service that is open at this screen takes what is scanned beside it; so do staff, and their badges."""
        counter = self.counter
        if counter.front.retrievals.seat_of(scanned.reader) != counter.seat:
            return False
        if counter.staff is not None:
            if (person := counter.badge(scanned.text)) != "":
                self.screen.knocks(person)
                return True
            if self.screen.stands.staffed:  # no shopper stands there
                return not counter.staff.counts_at(counter.seat) and (self.screen.reads(scanned.text) or True)
        return self.screen.reads(scanned.text)


def open_hours(hours_on: Callable[[date], Hours | None], now: datetime) -> OpenHours | None:
    """The hours that last now, else the next ones; None where nobody says when the store is open."""
    for days in range(-1, LOOK_AHEAD_DAYS):
        hours = hours_on(now.date() + timedelta(days=days))
        if hours is not None and now < hours.closes:
            return OpenHours(hours.opens, doors_close(hours, hours_on))
    return None
