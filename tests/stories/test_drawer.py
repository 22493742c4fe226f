"""The drawer of `kiosk demo`: a newcomer lives through leaving and fetching a bag with the mouse alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from multiprocessing.connection import Connection, wait
from pathlib import Path

import pytest

from kiosk.app.album import MONO_S, NOW
from kiosk.app.demo_day import DemoDay
from kiosk.app.demo_lockers import Newest, lockers_beside
from kiosk.app.drawer import BESIDE, HEIGHT, WIDTH, WIDTH_MM, Show, drawer_beside
from kiosk.app.front_demo import IN_A_WINDOW
from kiosk.app.places import Places
from kiosk.display.dictionary import book
from kiosk.display.glyphs import Glyphs
from kiosk.display.parts import Kit
from kiosk.display.placing import Placer
from kiosk.display.screens.drawer import Pulled, Tray, drawer
from kiosk.display.screens.scene import Scene
from kiosk.display.screens.shown import shown
from kiosk.display.theme import Panel, Theme
from kiosk.display.words import english, words
from kiosk.ports.drawer import DrawerView
from kiosk.ports.lockers_report import LockersReport
from kiosk.ports.touchscreen import BagStage, FrontView, OpenHours
from kiosk.rules.broadcast.keypad import Key
from kiosk.rules.broadcast.panel import ON_AIR, Lamp
from kiosk.rules.front.session import Session
from kiosk.rules.lockers.locker import Assignment, Door, Size
from kiosk.units import LANGUAGES, LockerId
from tests.audio.waiting import eventually, let_pass
from tests.ledger.values import SHANGHAI
from tests.sites import SITE, write_site
from tests.stories.test_demo_lockers import ROWS
from tests.stories.x_display import PRESENT, XDisplay, x_display

PATIENCE_S = 40.0
ENTRY_S = 0.6  # a screen comes with a movement, and takes no tap meanwhile
ONE = LockerId(1)
KEYS = (Key("1", "promo"), Key("2", "evacuate", "holds 3 s"))
LAMPS = {"promo": Lamp.OFF, "evacuate": Lamp.OFF, ON_AIR: Lamp.ON}

pytestmark = pytest.mark.skipif(not PRESENT, reason="Xvfb is not installed")


class Newcomer:
    """Somebody with a mouse, before both windows."""

    def __init__(self, x: XDisplay, newest: Newest, drawn: tuple[Connection | None, Show]) -> None:
        self.x, self._newest = x, newest
        self.pressed, self._draw = drawn
        self.report: LockersReport | None = None
        glyphs = Glyphs()
        self._screen = Panel(IN_A_WINDOW.width, IN_A_WINDOW.height, IN_A_WINDOW.width_mm)
        self._drawer = Panel(WIDTH, HEIGHT, WIDTH_MM)
        self._on_screen, self._in_drawer = Placer(self._screen, glyphs.measure), Placer(self._drawer, glyphs.measure)

    def looks(self) -> LockersReport | None:
        """What the demo's own loop does: the newest report goes to the drawer."""
        self.report = self._newest() or self.report
        self._draw(DrawerView(KEYS, LAMPS, self.report))
        return self.report

    def sees(self, what: str, door: Door | None = None, assignment: Assignment | None = None) -> None:
        def so() -> bool:
            report = self.looks()
            locker = None if report is None or not report.lockers else report.lockers[0]
            fits = locker is not None and door in (None, locker.door)
            return fits and locker is not None and assignment in (None, locker.assignment)

        eventually(so, within_s=PATIENCE_S, what=what)
        let_pass(ENTRY_S)

    def is_at(self, step: str) -> None:
        eventually(lambda: (r := self.looks()) is not None and step in r.steps.values(), within_s=PATIENCE_S, what=step)
        let_pass(ENTRY_S)

    def touches(self, name: str, sentence: str = "") -> None:
        """On the touchscreen, at a step of the procedure."""
        step = sentence.partition(".")[2].replace("-", " ")
        stage = BagStage(sentence, step, 0, Size.SMALL, MONO_S + 60.0) if sentence else None
        hours = OpenHours(NOW - timedelta(hours=1), NOW + timedelta(hours=1))
        view = FrontView({LANGUAGES[0]: "测试"}, {Size.SMALL: 2}, hours, stage, services=("rating",))
        kit = Kit(Theme(self._screen), words(LANGUAGES[0]), book)
        placed = self._on_screen.place(shown(Scene(kit, Session(), view, NOW, MONO_S)))
        self._clicks(next(one.rect for one in placed.targets if one.name == name), 0)

    def does(self, name: str, tray: Tray = Tray.LOCKERS) -> None:
        """In the drawer."""
        kit = Kit(Theme(self._drawer), english, book)
        scene = Scene(kit, Session(LANGUAGES[2], LANGUAGES[2]), FrontView(), NOW, 0.0)
        placed = self._in_drawer.place(drawer(scene, DrawerView(KEYS, LAMPS, self.report), Pulled(tray)))
        self._clicks(next(one.rect for one in placed.targets if one.name == name), BESIDE)
        let_pass(ENTRY_S)

    def _clicks(self, rect: tuple[int, int, int, int], left: int) -> None:
        self.x.clicks(left + rect[0] + rect[2] // 2, rect[1] + rect[3] // 2)


@pytest.fixture
def newcomer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newcomer]:
    places = Places(write_site(tmp_path / "site", site=SITE + ROWS), tmp_path / "state")
    day = DemoDay(datetime.now(SHANGHAI) - timedelta(minutes=1), 30)
    with x_display(BESIDE + WIDTH, HEIGHT) as x:
        monkeypatch.setenv("DISPLAY", x.name)
        monkeypatch.setenv("SDL_VIDEODRIVER", "x11")
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        with lockers_beside(places, day) as newest, drawer_beside(places) as drawn:
            yield Newcomer(x, newest, drawn)


@pytest.mark.rule("L01")
@pytest.mark.rule("L02")
def test_a_bag_is_left_and_fetched_with_the_mouse_alone(newcomer: Newcomer) -> None:
    newcomer.sees("the lockers are in service", Door.CLOSED, Assignment.FREE)
    let_pass(2.0)
    newcomer.touches("store")
    newcomer.is_at("size")
    newcomer.touches("size small", "deposit.size")
    newcomer.is_at("valuables")
    newcomer.touches("agree", "deposit.valuables")
    newcomer.is_at("check")
    newcomer.touches("agree", "deposit.check")
    newcomer.sees("the door springs open", Door.OPEN)

    newcomer.does("put")
    newcomer.does("shut")
    newcomer.is_at("tag")
    newcomer.does("scan")
    newcomer.sees("the bag is kept", Door.CLOSED, Assignment.OCCUPIED)
    newcomer.does("scan")
    newcomer.sees("the door springs open again", Door.OPEN)
    newcomer.does("take")
    newcomer.does("shut")

    newcomer.sees("the locker is free again", Door.CLOSED, Assignment.FREE)


def test_a_button_of_the_panel_is_pressed_and_a_door_is_forced(newcomer: Newcomer) -> None:
    newcomer.sees("the lockers are in service", Door.CLOSED, Assignment.FREE)
    let_pass(2.0)

    newcomer.does("panel")
    newcomer.does("press evacuate", Tray.PANEL)
    assert newcomer.pressed is not None
    assert wait([newcomer.pressed], PATIENCE_S)
    assert newcomer.pressed.recv() == "2"
    newcomer.does("lockers", Tray.PANEL)
    newcomer.does("force")

    newcomer.sees("the door stands open by force", Door.FORCED)
