"""Everybody who ever stands at the screen, one event after another, and what must hold after each of them."""

from __future__ import annotations

import pickle
import random
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import psutil
import pygame

from kiosk.app.sample_store import GUIDE
from kiosk.app.touchscreen import business_of
from kiosk.desks.lockers.attendant import Attendant
from kiosk.desks.lockers.counts import Counts
from kiosk.desks.lockers.staff_counter import StaffCounter
from kiosk.desks.service.call import CallClerk
from kiosk.desks.service.guide import GuideClerk
from kiosk.desks.service.loans import LoanClerk
from kiosk.desks.service.lost_things import LostClerk
from kiosk.desks.service.page import PageClerk
from kiosk.display import glyphs, shapes
from kiosk.display.marks import Line, Placed, opened
from kiosk.display.theme import Panel
from kiosk.display.window import Window
from kiosk.hw.scan_frames import ScanFrames
from kiosk.ledger.air_requests import LedgerAirRequests
from kiosk.ledger.page_requests import PageRequests
from kiosk.ledger.store import open_ledger
from kiosk.rules import service
from kiosk.rules.forms.filling import Filling
from kiosk.rules.forms.form import Words
from kiosk.rules.front.session import Business
from kiosk.rules.front.taps import StaffWanted, StillThere, Understood
from kiosk.rules.returns.receipt import Receipt
from kiosk.rules.service.found import found_in
from kiosk.rules.service.service import Service
from tests.app.staffed_screen import PIN, StaffedScreen
from tests.desks.service.returns_room import Printed, clerk_of
from tests.desks.service.returns_room import Window as Till
from tests.rules.lockers.lost_tag_people import MEI, TAO
from tests.rules.returns.policies import article
from tests.rules.service.test_loan import CHAIR, HERE, UMBRELLA
from tests.stories.bag_room import SHANGHAI, TEN
from tests.stories.test_counting_at_the_reader import CountedRoom

DAY = 2_000  # events, until the shop begins anew; the window stays
HOME_S = 500.0  # by then every procedure has ended by its own times
HOMEWARD = 40  # events from one who wants back to the beginning to the next
MOST_TAPS = 30  # that the way back may take
OUT = ("home", "give up", "leave", "done", "back", "agree", "later", "fetch", "size small")
PERSONAL = 4  # so long a word that was typed is looked for afterwards
PEOPLE = (MEI, TAO)
SERVICES = tuple(HERE if one.id == "loan" else one for one in found_in(service, "SERVICE", Service))
NUMBER = "R0100000009"
GOODS = (
    article(n=1, name="茶杯", quantity_milli=3000),
    article("hygiene", n=2, name="棉袜"),
    article("appliance", n=3),
)
CODES = ("P1.1", "P2.1", "T1.1.3", "stolen", NUMBER, "R0100000001", "69012345678901", "小票", "8" * 512)
KEYS = (pygame.KEYDOWN, pygame.KEYUP, pygame.WINDOWFOCUSLOST, pygame.WINDOWEXPOSED, pygame.MOUSEWHEEL)


@dataclass
class Crowd:
    """done: events so far. homeward: how often somebody went back to the beginning by taps alone."""

    hand: StaffedScreen
    chance: random.Random
    frames: ScanFrames = field(default_factory=ScanFrames)
    done: int = 0
    homeward: int = 0
    typed: set[str] = field(default_factory=set)

    def goes_on(self) -> None:
        """One event: a tap, mostly at something; a swipe, a scan, a key, a door, staff, time."""
        self.done += 1
        what = self.chance.choices(
            (self._taps, self._misses, self._swipes, self._scans, self._plays, self._shuts, self._waits, self._works),
            (60, 8, 8, 6, 4, 8, 6, 2),
        )[0]
        what()
        self.sees()
        if self.done % HOMEWARD == 0:
            self.goes_home()

    def sees(self) -> Placed:
        """The screen: staff can be called from it, or a word leads to where they can; nobody's words are left on it."""
        placed, hand = self.hand.looks(), self.hand
        taps = [target.tap for target in placed.targets]
        dialog = len(taps) == 1 and isinstance(taps[0], StillThere | Understood)
        here = dialog or hand.face.stands.staffed or any(isinstance(tap, StaffWanted) for tap in taps)
        assert here, (self.done, placed.key, taps)
        assert placed.problems == (), (self.done, placed.key, placed.problems)
        pickle.dumps(hand.face._view)  # the screen has a process of its own
        flow = hand.face.session.flow
        if isinstance(flow, Filling):
            asked = {page.id for page in flow.pages if isinstance(page, Words)}
            self.typed |= {text for id, text in flow.answers if id in asked and len(text) >= PERSONAL}
        if hand.face.session.untouched and self.typed:
            shown = " ".join(mark.text for mark in opened(placed.marks) if isinstance(mark, Line))
            assert [text for text in self.typed if text in shown] == [], (self.done, placed.key)
            self.typed.clear()
        return placed

    def goes_home(self) -> None:
        """Somebody wants back to the beginning, and gets there by taps alone; whose door is open shuts it first."""
        before: list[str] = []
        for _ in range(MOST_TAPS):
            self.hand.room.passes(0.3)
            placed = self.sees()
            if placed.key in ("home", "closed"):
                self.homeward += 1
                return
            before.append(placed.key)
            if business_of(self.hand.face._view.bags) in (Business.ACTS, Business.OVER):
                self._shuts()
                self.hand.room.passes(91.0)  # the tag is shown to nobody: the desk ends it
                continue
            ways = {target.name: target.rect for target in placed.targets}
            way = next((ways[name] for name in OUT if name in ways), None)
            if way is None:
                assert len(ways) == 1, (self.done, placed.key, sorted(ways))
                way = next(iter(ways.values()))
            self._taps_at(way)
        raise AssertionError((self.done, "no way home", before))

    def comes_home(self) -> None:
        """Nobody is there any more: the doors are shut, and the screen begins anew."""
        self._send(pygame.FINGERUP, 1, 1)
        self._shuts()
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
        self.hand.room.passes(0.3)
        self._taps_at(self.chance.choice(self.hand.looks().targets).rect)

    def _taps_at(self, rect: tuple[int, int, int, int]) -> None:
        left, top, width, height = rect
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

    def _works(self) -> None:
        """Somebody of the staff shows a badge, and mostly knows the PIN."""
        self.hand.face.knocks(self.chance.choice(PEOPLE).id)
        for sign in self.chance.choice((PIN, PIN, "111111")):
            rects = [one.rect for one in self.hand.looks().targets if one.name == f"key {sign}"]
            if rects:
                self.hand.room.passes(0.3)
                self._taps_at(rects[0])
        ends = [one.rect for one in self.hand.looks().targets if one.name == "next"]
        if self.hand.face.stands.staffed and ends:
            self.hand.room.passes(0.3)
            self._taps_at(ends[0])


class Lockers(CountedRoom):
    """Without those who look into the ledger every second: lost tags, the closing."""

    def others(self) -> tuple[Attendant, ...]:
        return tuple(one for one in super().others() if isinstance(one, StaffCounter | Counts))


class Shop:
    """One window for years; its desks begin anew every day, on a ledger of that day."""

    def __init__(self, folder: Path, panel: Panel) -> None:
        """folder: with a ledger that nobody has written into, `new.sqlite`."""
        self._folder, self._panel = folder, panel
        self.window: Window | None = None
        self._left = 0

    @contextmanager
    def day(self, number: int) -> Iterator[StaffedScreen]:
        """Its screen; the window of the day before goes on."""
        path = self._folder / "day.sqlite"
        shutil.copy(self._folder / "new.sqlite", path)
        with closing(open_ledger(path)) as ledger:
            with closing(ledger.engine.raw_connection()) as raw:
                raw.cursor().execute("PRAGMA synchronous=OFF")  # no power is cut here
            room = Lockers(ledger)
            room.in_service()
            hand = StaffedScreen(room, self._panel, finger=True, offers=SERVICES, ledger=ledger, people=PEOPLE)
            if self.window is None:
                self.window = hand.window.__enter__()
            room.seconds = max(room.seconds, self.window._changed_s + 100_000.0)
            hand.window, hand.window._mono_s = self.window, room.mono_s
            hand.face._left = self._left + 1
            receipt = Receipt(NUMBER, TEN - timedelta(days=5), "03", GOODS, "880012345")
            hand.services.clerks = {
                "return": clerk_of(Till({NUMBER: receipt}), ledger, SHANGHAI, hand.book, Printed(), hand.warnings),
                "loan": LoanClerk(hand.book, (UMBRELLA, CHAIR)),
                "guide": GuideClerk("guide", GUIDE),
                "lost": LostClerk(hand.book, hand.notices),
                "page": PageClerk(PageRequests(lambda: ledger, SHANGHAI)),
                "call": CallClerk(hand.book, hand.notices, LedgerAirRequests(lambda: ledger, SHANGHAI)),
            }
            yield hand
            self._left = hand.face.left()
        for part in self._folder.glob("day.sqlite*"):
            part.unlink()


def walked(folder: Path, panel: Panel, events: int, name: str) -> tuple[int, list[int]]:
    """Let so many events come. How often somebody went home by taps; the memory used after each day, bytes."""
    process, grown, homeward = psutil.Process(), [], 0
    shop = Shop(folder, panel)
    for day in range(events // DAY):
        with shop.day(day) as hand:
            crowd = Crowd(hand, random.Random(f"{name} {day}"))
            while crowd.done < DAY:
                crowd.goes_on()
            crowd.comes_home()
            homeward += crowd.homeward
            assert [warning for warning in hand.warnings if "Traceback" in warning] == []
            assert hand.window._glyphs._bytes <= glyphs.ROOM_BYTES
            assert hand.window.painter.shapes._bytes <= shapes.ROOM_BYTES
        grown.append(process.memory_info().rss)
    assert shop.window is not None
    shop.window.__exit__(None, None, None)
    return homeward, grown
