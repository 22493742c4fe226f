"""The front role with its touchscreen: the window has the main thread, as SDL wants it, the desk a thread of its own.

A display that is not there keeps nobody's things locked up: then the desk works without one, and staff are told.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from kiosk.app.aloud import Aloud, Listened
from kiosk.app.front_loop import Nobody, Onlooker
from kiosk.app.front_wiring import Front
from kiosk.app.heart import SCREEN, Heart
from kiosk.app.touchscreen import Touchscreen, view_of
from kiosk.config.site import Touchscreen as Choice
from kiosk.desks.lockers.messages import Fault, Mended, Message, StopAsked
from kiosk.desks.service.messages import ServiceMessage
from kiosk.desks.service.service_desk import ServiceDesk
from kiosk.desks.staff.messages import StaffMessage
from kiosk.desks.staff.staff_desk import StaffDesk
from kiosk.display.shapes import picture_fault
from kiosk.display.theme import Panel
from kiosk.display.window import Opening, Window
from kiosk.errors import DeviceFault
from kiosk.ports.clock import Clock
from kiosk.ports.lockers import Scanned
from kiosk.ports.touchscreen import OpenHours, ReadingVoice
from kiosk.rules.front.attract import Promotion, Promotions, on
from kiosk.rules.lockers.closing import Hours
from kiosk.rules.service.queue_board import Board
from kiosk.sentences import tell
from kiosk.units import Language

log = logging.getLogger(__name__)

RESTS_S = 120.0  # so long untouched, and nobody is there
PATIENCE_S = (
    180.0  # of the desk at a question: the screen itself asks and gives up sooner, and later for who needs time
)
LOOK_AHEAD_DAYS = 14
DISPLAY = "the display has "  # how what is to be said of its size begins

Loop = Callable[[Onlooker], None]


def nobodys(code: str) -> str:
    """No badge is known."""
    return ""


@dataclass(frozen=True, slots=True)
class Counter:
    """The desks behind the screen. choice: the store's screen. name: of the store. seat: what the screen is called.
    voice: reads the screen aloud, None where nothing is wired for that. badge: whose a code is that was read, the
    person's id, "" for nobody's. queue: what its board shows, None where it is not shown here."""

    front: Front
    services: ServiceDesk | None
    choice: Choice
    name: Mapping[Language, str]
    hours_on: Callable[[date], Hours | None]
    post: Callable[[Message | ServiceMessage | StaffMessage], None]
    clock: Clock
    seat: str
    heart: Heart
    voice: ReadingVoice | None = None
    staff: StaffDesk | None = None
    badge: Callable[[str], str] = nobodys
    promotions: tuple[Promotion, ...] = ()
    queue: Callable[[datetime], Board] | None = None


def at_screen(counter: Counter, loop: Loop) -> None:
    """Mind the desk and show it, until it is closed. loop: minds it, and calls back after each message."""
    choice = counter.choice
    panel = Panel(choice.width, choice.height, choice.width_mm)

    def remarks(said: str) -> None:
        """How its size fits the site: staff see it until it does."""
        counter.post(Mended(DISPLAY))
        if said:
            counter.post(Fault(said))

    opening = Opening(panel, choice.whole, next(iter(counter.name.values()), "kiosk"), remarks=remarks)
    ends = threading.Event()

    def over() -> bool:  # asked by the window each time it comes round
        counter.heart.beat(SCREEN)
        return ends.is_set()

    face = Touchscreen(panel, counter.clock, counter.post, seat=counter.seat, home=choice.language, over=over)
    face.attract_s = choice.attract_s
    face.times = replace(face.times, idle_s=choice.idle_s)
    face.aloud = None if counter.voice is None else Aloud(counter.voice)
    face.listened = None if counter.voice is None else Listened(counter.voice)
    front = counter.front
    front.retrievals.seats = {**front.retrievals.seats, **dict.fromkeys(choice.scanners, counter.seat)}
    times = front.deposits.times
    front.deposits.times = replace(times, asked_s=max(times.asked_s, PATIENCE_S))
    hours_on = lru_cache(maxsize=64)(counter.hours_on)

    before = _Before(counter, face, hours_on, _promotions_on(counter))

    try:
        window = Window(opening).__enter__()
    except DeviceFault as fault:
        counter.post(Fault(tell("the touchscreen: {fault}", fault=fault)))
        loop(Nobody())
        return
    ended: list[BaseException] = []

    def mind() -> None:
        try:
            before.show()
            loop(before)
        except BaseException as error:  # noqa: BLE001  told by the main thread
            ended.append(error)
        finally:
            ends.set()
            window.wake()

    face.wake = window.wake
    desk = threading.Thread(target=mind, name="desk")
    desk.start()
    try:
        window.run(face)
        counter.post(StopAsked("the touchscreen is closed"))
    except DeviceFault as fault:
        counter.post(Fault(tell("the touchscreen: {fault}", fault=fault)))  # the desk goes on without it
    except BaseException:
        counter.post(StopAsked("the touchscreen failed"))
        raise
    finally:
        counter.heart.rests(SCREEN)
        desk.join()
        face.wake = _nobody
        window.__exit__(None, None, None)
    if ended:
        raise ended[0]


@dataclass(frozen=True, slots=True)
class _Before:
    """Implements Onlooker: the touchscreen before the desks."""

    counter: Counter
    face: Touchscreen
    hours_on: Callable[[date], Hours | None]
    promotions: Callable[[date], Promotions]

    def show(self) -> None:
        """The screen sees how everything stands now."""
        counter = self.counter
        now = counter.clock.now()
        hours = open_hours(self.hours_on, now)
        view = view_of(counter.front, counter.services, counter.seat, counter.name, hours, counter.staff)
        queue = () if counter.queue is None else (counter.queue(now),)
        self.face.tell(replace(view, facts=(*view.facts, self.promotions(now.date()), *queue)))

    def rests(self) -> bool:
        """Nobody of the staff is there, and nobody has touched it for a while."""
        session = self.face.session
        return session.untouched and self.counter.clock.mono_s() - session.touched_s >= RESTS_S

    def reads(self, scanned: Scanned) -> bool:
        """A service that is open at this screen takes what is scanned beside it; so do staff, and their badges."""
        counter = self.counter
        if counter.front.retrievals.seat_of(scanned.reader) != counter.seat:
            return False
        if counter.staff is not None:
            if (person := counter.badge(scanned.text)) != "":
                self.face.knocks(person)
                return True
            if self.face.staffed:
                return not counter.staff.counts_at(counter.seat)  # no shopper stands there
        return self.face.reads(scanned.text)


def _promotions_on(counter: Counter) -> Callable[[date], Promotions]:
    """What is on at a date. Of a picture that cannot be shown staff are told once, and its words do without it."""

    @lru_cache(maxsize=1)
    def pictured() -> tuple[Promotion, ...]:
        found = []
        for one in counter.promotions:
            fault = picture_fault(one.picture) if one.picture else ""
            if fault:
                counter.post(Fault(tell("promotion {one}: {fault}", one=one.id, fault=fault)))
            found.append(replace(one, picture="") if fault else one)
        return tuple(found)

    return lru_cache(maxsize=2)(lambda day: Promotions(on(pictured(), day)))


def open_hours(hours_on: Callable[[date], Hours | None], now: datetime) -> OpenHours | None:
    """The hours that last now, else the next ones; None where nobody says when the store is open."""
    for days in range(-1, LOOK_AHEAD_DAYS):
        hours = hours_on(now.date() + timedelta(days=days))
        if hours is not None and now < hours.closes:
            return OpenHours(hours.opens, hours.closes)
    return None


def _nobody() -> None:
    """No window to wake."""
