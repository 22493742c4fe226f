"""Whatever hands and scanners do to the front role: no exception, no dead end, no leak. KIOSK_DEEP=1 for a million."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

import psutil
import pygame
import pytest

from kiosk.app.album import PANELS
from kiosk.app.touchscreen import Touchscreen
from kiosk.desks.service.service_desk import ServiceDesk, by_id
from kiosk.display import glyphs, shapes
from kiosk.display.marks import Placed
from kiosk.hw.scan_frames import ScanFrames
from kiosk.ledger.memory_service import MemoryServiceRecords
from kiosk.rules import service
from kiosk.rules.front.taps import StaffWanted, StillThere, Understood
from kiosk.rules.service.found import found_in
from kiosk.rules.service.service import Service
from tests.app.touching import Hand
from tests.stories.bag_room import BagRoom

DEEP = bool(os.environ.get("KIOSK_DEEP"))
EVENTS = 1_000_000 if DEEP else 10_000
DAY = 2_000  # events until the lockers begin anew; the window stays
HOME_S = 500.0  # by then every procedure has ended by its own times
LEAK_BYTES = 24_000_000
SERVICES = found_in(service, "SERVICE", Service)
CODES = ("P1.1", "P2.1", "T1.1.3", "stolen", "69012345678901", "小票", "8" * 512)
KEYS = (pygame.KEYDOWN, pygame.KEYUP, pygame.WINDOWFOCUSLOST, pygame.WINDOWEXPOSED, pygame.MOUSEWHEEL)


@dataclass
class Crowd:
    """Everybody who ever stands there. finger: at a touch panel."""

    hand: Hand
    chance: random.Random
    frames: ScanFrames = field(default_factory=ScanFrames)
    done: int = 0

    def goes_on(self) -> None:
        """One event: a tap, mostly at something; a swipe, a scan, a key, a door, time."""
        self.done += 1
        what = self.chance.choices(
            (self._taps, self._misses, self._swipes, self._scans, self._plays, self._shuts, self._waits),
            (60, 8, 8, 6, 4, 8, 6),
        )[0]
        what()
        self.sees()

    def sees(self) -> Placed:
        """The screen; staff can be called from it, or a word leads to where they can."""
        placed = self.hand.looks()
        taps = [target.tap for target in placed.targets]
        dialog = len(taps) == 1 and isinstance(taps[0], StillThere | Understood)
        assert dialog or any(isinstance(tap, StaffWanted) for tap in taps), (self.done, placed.key, taps)
        assert placed.problems == (), (self.done, placed.key, placed.problems)
        return placed

    def comes_home(self) -> None:
        """Nobody is there any more: the doors are shut, and the screen begins anew."""
        self._send(pygame.FINGERUP, 1, 1)
        for id in self.hand.room.cells:
            self.hand.room.shuts(id)
        for _ in range(5):
            self.hand.room.passes(HOME_S / 5)
            for _ in range(3):
                self.sees()
        assert self.hand.looks().key == "home", self.done
        assert self.hand.face.session.untouched, self.done

    def _send(self, kind: int, x: int, y: int) -> None:
        panel = self.hand.panel
        at = {"x": x / panel.width, "y": y / panel.height, "finger_id": self.chance.choice((1, 1, 1, 2))}
        self.hand.window._take(pygame.event.Event(kind, at), self.hand.face)

    def _somewhere(self) -> tuple[int, int]:
        return self.chance.randrange(self.hand.panel.width), self.chance.randrange(self.hand.panel.height)

    def _taps(self) -> None:
        left, top, width, height = self.chance.choice(self.hand.looks().targets).rect
        self.hand.room.passes(0.3)
        self.hand.looks()
        for kind in (pygame.FINGERDOWN, pygame.FINGERUP):
            self._send(kind, left + width // 2, top + height // 2)

    def _misses(self) -> None:
        x, y = self._somewhere()
        for kind in (pygame.FINGERDOWN, pygame.FINGERUP)[: self.chance.choice((1, 2))]:
            self._send(kind, x, y)

    def _swipes(self) -> None:
        x, y = self._somewhere()
        to_x, to_y = self._somewhere()
        self.hand.room.passes(0.3)
        self._send(pygame.FINGERDOWN, x, y)
        for step in range(1, 5):
            self._send(pygame.FINGERMOTION, x + (to_x - x) * step // 4, y + (to_y - y) * step // 4)
        self._send(pygame.FINGERUP, to_x, to_y)

    def _scans(self) -> None:
        length = self.chance.choice((3, 40, 4096))
        noise = bytes(self.chance.choices(range(256), k=length))
        data = self.chance.choice((noise, b"9" * length, self.chance.choice(CODES).encode() + b"\r"))
        for code in self.frames.feed(data):
            if not self.hand.face.reads(code):
                self.hand.room.scans(code, reader="screen")

    def _plays(self) -> None:
        kind = self.chance.choice(KEYS)
        values = {"key": pygame.K_ESCAPE, "mod": pygame.KMOD_ALT, "unicode": "q", "y": self.chance.choice((-3, 3))}
        self.hand.window._take(pygame.event.Event(kind, values), self.hand.face)

    def _shuts(self) -> None:
        for id, cell in self.hand.room.cells.items():
            if cell.open:
                self.hand.room.shuts(id)

    def _waits(self) -> None:
        self.hand.room.passes(self.chance.choice((0.05, 2.0, 16.0, 46.0, 61.0)))


def with_a_new_room(hand: Hand) -> None:
    """Another day at the same window."""
    hand.room = BagRoom().in_service()
    hand.room.seconds = hand.window._changed_s + 100_000.0
    hand.book = MemoryServiceRecords()
    hand.services = ServiceDesk(hand.room, hand.book, by_id(SERVICES), hand.warnings.append)
    left = hand.face.left()
    hand.face = Touchscreen(hand.panel, hand.room, hand.post)
    hand.face._left = left + 1
    hand.window._mono_s = hand.room.mono_s


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    hand = Hand(BagRoom().in_service(), PANELS["800x480"], finger=True, offers=SERVICES)
    with hand.window:
        yield hand


@pytest.mark.walk
def test_whatever_anybody_does_staff_can_be_called_the_screen_comes_home_and_memory_stays(hand: Hand) -> None:
    process = psutil.Process()
    grown: list[int] = []
    for day in range(EVENTS // DAY):
        crowd = Crowd(hand, random.Random(f"shoppers of day {day}"))
        for _ in range(DAY):
            crowd.goes_on()
        crowd.comes_home()
        with_a_new_room(hand)
        grown.append(process.memory_info().rss)

        assert hand.window._glyphs._bytes <= glyphs.ROOM_BYTES
        assert hand.window.painter.shapes._bytes <= shapes.ROOM_BYTES

    settled = grown[len(grown) // 4 :]
    assert max(settled) - settled[0] < LEAK_BYTES, [size // 1_000_000 for size in grown]
    assert [warning for warning in hand.warnings if "Traceback" in warning] == []
