"""A shopper at the window itself: taps go in as events of SDL, what is shown is read from the placed screen."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field, replace
from datetime import datetime

import pygame

from kiosk.app.album import NAMES, PANELS
from kiosk.app.touchscreen import Touchscreen, view_of
from kiosk.desks.lockers.messages import Message
from kiosk.desks.service.messages import ServiceMessage
from kiosk.desks.service.service_desk import ServiceDesk, by_id
from kiosk.desks.staff.messages import StaffMessage
from kiosk.display.marks import Line, Placed, opened
from kiosk.display.theme import STILL, Motion, Panel
from kiosk.display.window import Opening, Window
from kiosk.ledger.memory_service import MemoryServiceRecords
from kiosk.ports.touchscreen import FrontView, OpenHours
from kiosk.rules.service.service import Service
from tests.stories.bag_room import TEN, BagRoom

MOUSE_OF = {
    pygame.FINGERDOWN: pygame.MOUSEBUTTONDOWN,
    pygame.FINGERMOTION: pygame.MOUSEMOTION,
    pygame.FINGERUP: pygame.MOUSEBUTTONUP,
}
DAY = OpenHours(TEN.replace(hour=9), TEN.replace(hour=22))


def as_the_screen_gets_it(view: FrontView) -> FrontView:
    """The screen has a process of its own: only what goes through a pipe is shown there."""
    told = pickle.loads(pickle.dumps(replace(view, facts=())))
    assert isinstance(told, FrontView)
    assert told == replace(view, facts=()), "else whatever is touched while it is told anew would not count"
    return replace(told, facts=tuple(map(_told, view.facts)))


_TOLD: list[tuple[object, object]] = []  # a fact that was told already is not told again: as `thinned` has it
REMEMBERED = 8


def _told(fact: object) -> object:
    for was, told in _TOLD:
        if was is fact or was == fact:
            return told
    told = pickle.loads(pickle.dumps(fact))
    _TOLD.append((fact, told))
    del _TOLD[:-REMEMBERED]
    return told


@dataclass
class Hand:
    """Somebody before the screen of a bank in virtual time. finger: a touch panel instead of a mouse."""

    room: BagRoom
    panel: Panel = PANELS["800x480"]
    finger: bool = False
    motion: Motion = STILL
    hours: OpenHours | None = DAY
    offers: tuple[Service, ...] = ()
    facts: tuple[object, ...] = ()
    warnings: list[str] = field(default_factory=list)
    book: MemoryServiceRecords = field(init=False)
    services: ServiceDesk = field(init=False)
    window: Window = field(init=False)
    face: Touchscreen = field(init=False)

    def __post_init__(self) -> None:
        self.book = MemoryServiceRecords()
        self.services = ServiceDesk(self.room, self.book, by_id(self.offers), self.warnings.append)
        self.face = Touchscreen(self.panel, self.room, self.post)
        self.window = Window(Opening(self.panel), self.motion, self.room.mono_s)

    def post(self, message: Message | ServiceMessage | StaffMessage) -> None:
        """Each message to the desk that it is for."""
        if isinstance(message, ServiceMessage):
            self.services.handle(message)
        elif not isinstance(message, StaffMessage):  # staff have a screen of their own: staffed_screen
            self.room.inbox.append(message)

    def now(self) -> datetime:
        return self.room.now()

    def looks(self) -> Placed:
        """What is on the screen once the desk has answered."""
        self.room.settles()
        room = self.room
        view = view_of(room, self.services, "screen", NAMES, self.hours)
        self.face.tell(as_the_screen_gets_it(replace(view, facts=(*view.facts, *self.facts))))
        self.window.draw(self.face)
        assert self.window._placed is not None
        self.room.settles()
        return self.window._placed

    def waits(self, seconds: float) -> Placed:
        """Time passes a second at a time, and the screen with it."""
        self.looks()
        while seconds > 0:
            self.room.passes(min(1.0, seconds))
            seconds -= 1.0
            self.looks()
        return self.looks()

    def reads(self) -> str:
        return " ".join(mark.text for mark in opened(self.looks().marks, seen=True) if isinstance(mark, Line))

    def presses(self, name: str) -> None:
        """A finger goes down on a target, and stays."""
        x, y = self.centre(name)
        self._send(pygame.FINGERDOWN if self.finger else pygame.MOUSEBUTTONDOWN, x, y)

    def lets_go(self, name: str) -> None:
        x, y = self.centre(name)
        self._send(pygame.FINGERUP if self.finger else pygame.MOUSEBUTTONUP, x, y)

    def taps(self, *names: str) -> Placed:
        for name in names:
            self.waits(1.0)
            self.presses(name)
            self.lets_go(name)
        return self.looks()

    def draws(self, x: int, y: int, by: int, steps: int = 6) -> Placed:
        """A finger goes down at a place, moves so far down, and leaves."""
        self._send(pygame.FINGERDOWN if self.finger else pygame.MOUSEBUTTONDOWN, x, y)
        for step in range(1, steps + 1):
            self._send(pygame.FINGERMOTION if self.finger else pygame.MOUSEMOTION, x, y + by * step // steps)
        self._send(pygame.FINGERUP if self.finger else pygame.MOUSEBUTTONUP, x, y + by)
        return self.looks()

    def finds(self, name: str) -> Placed:
        """Leaf through the list until an entry is to be seen in full."""
        for _ in range(200):
            placed = self.looks()
            least = self.panel.target
            if any(target.name == name and target.rect[3] >= least for target in placed.targets):
                return placed
            self.taps("leaf down")
        raise AssertionError(f"{name} is not in the list")

    def centre(self, name: str) -> tuple[int, int]:
        found = [target.rect for target in self.looks().targets if target.name == name]
        assert len(found) == 1, (name, [target.name for target in self.looks().targets])
        left, top, width, height = found[0]
        return left + width // 2, top + height // 2

    def _send(self, kind: int, x: int, y: int) -> None:
        if self.finger:
            at = {"x": (x + 0.5) / self.panel.width, "y": (y + 0.5) / self.panel.height, "finger_id": 7}
            self.window._take(pygame.event.Event(kind, at), self.face)
        mouse = MOUSE_OF.get(kind, kind)
        self.window._take(pygame.event.Event(mouse, pos=(x, y), button=1, touch=self.finger), self.face)
