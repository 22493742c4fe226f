"""A bag is left and fetched at the real screen: clicks on an X server, a lock board and a reader on serial lines."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pygame
import pytest

from kiosk.app.album import MONO_S, NOW
from kiosk.display.glyphs import Glyphs
from kiosk.display.marks import Placed, Rect
from kiosk.display.painter import Painter
from kiosk.display.parts import Kit
from kiosk.display.placing import Placer
from kiosk.display.screens.scene import Scene
from kiosk.display.screens.shown import shown
from kiosk.display.theme import Panel, Theme
from kiosk.display.words import words
from kiosk.ports.touchscreen import BagStage, FrontView
from kiosk.rules.front.session import Session
from kiosk.rules.lockers.locker import Size
from kiosk.units import Language, LockerId
from tests.audio.waiting import eventually, let_pass
from tests.noon import DEMO_ZONE, noon_zone
from tests.stories.front_role import PATIENCE_S, Shop
from tests.stories.x_display import PRESENT, XDisplay, x_display

PANEL = Panel(1024, 600, 222.0)
TOUCHSCREEN = """
[touchscreen]
width = 1024
height = 600
width_mm = 222.0
services = []
"""
TAIWAN = Language("zh-TW")
THREE = LockerId(3)
ENTRY_S = 0.6  # a screen comes with a movement, and takes no tap meanwhile

pytestmark = pytest.mark.skipif(not PRESENT, reason="Xvfb is not installed")


class Touched(Protocol):
    """A display and a finger."""

    def sees(self, rect: Rect) -> bytes:
        """What stands there, pixel by pixel, RGB."""

    def clicks(self, x: int, y: int) -> None: ...


class Shopper:
    """Somebody who looks at the screen and touches it; knows what each screen looks like."""

    def __init__(self, x: Touched, patience_s: float = PATIENCE_S) -> None:
        self.x = x
        self.patience_s = patience_s
        self.free = 2  # lockers, as the screen tells
        self.session = Session()
        self._glyphs = Glyphs()
        self._placer = Placer(PANEL, self._glyphs.measure)

    def screen(self, bags: BagStage | None = None) -> Placed:
        kit = Kit(Theme(PANEL, self.session.ease), words(self.session.language))
        view = FrontView({Language("zh-CN"): "和风百货"}, {Size.SMALL: self.free}, None, bags)
        return self._placer.place(shown(Scene(kit, self.session, view, NOW, MONO_S)))

    def sees(self, sentence: str, number: int = 0) -> Placed:
        """Waits until the content of a step is on the screen, pixel by pixel."""
        step = sentence.partition(".")[2].replace("-", " ")
        placed = self.screen(BagStage(sentence, step, number, Size.SMALL, MONO_S + 60.0))
        assert placed.moving is not None
        left, top, width, height = placed.moving
        self._waits_for(placed, (left, top, width, height * 3 // 4))  # below may be a countdown
        return placed

    def sees_home(self) -> Placed:
        """Waits until the card for fetching is there; the greeting above it depends on the time of the day."""
        placed = self.screen()
        left, top, width, height = next(target.rect for target in placed.targets if target.name == "fetch")
        self._waits_for(placed, (left + 30, top + 30, width - 60, height - 60))
        return placed

    def _waits_for(self, placed: Placed, part: Rect) -> None:
        painter = Painter((PANEL.width, PANEL.height), self._glyphs)
        painter.show(placed, None, (0, 0, 0, 0), 0.0)
        expected = pygame.image.tobytes(painter.canvas.subsurface(part), "RGB")
        eventually(
            lambda: self.x.sees(part) == expected, within_s=self.patience_s, what=f"the screen shows {placed.key}"
        )
        let_pass(ENTRY_S)

    def touches(self, placed: Placed, name: str) -> None:
        left, top, width, height = next(target.rect for target in placed.targets if target.name == name)
        self.x.clicks(left + width // 2, top + height // 2)


def with_screen(site: Path, screen: str = TOUCHSCREEN) -> None:
    """It has a touchscreen, and is open now, at whatever hour somebody tries it."""
    text = (site / "site.toml").read_text(encoding="utf-8").replace(DEMO_ZONE, noon_zone())
    (site / "site.toml").write_text(text + screen, encoding="utf-8")


@pytest.fixture
def x() -> Iterator[XDisplay]:
    with x_display(PANEL.width, PANEL.height) as display:
        yield display


@pytest.fixture
def shop(tmp_path: Path, x: XDisplay, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    monkeypatch.setenv("DISPLAY", x.name)
    monkeypatch.setenv("SDL_VIDEODRIVER", "x11")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    one = Shop(tmp_path)
    with_screen(one.places.site)
    try:
        yield one
    finally:
        one.close()


@pytest.mark.rule("L01")
@pytest.mark.rule("L02")
@pytest.mark.rule("L05")
@pytest.mark.rule("L06")
def test_a_bag_is_left_and_fetched_with_real_clicks_in_traditional_chinese(shop: Shop, x: XDisplay) -> None:
    shop.furnish()
    role = shop.start()
    shopper = Shopper(x)
    home = shopper.sees_home()

    shopper.touches(home, "繁體中文")
    shopper.session = replace(shopper.session, language=TAIWAN)
    shopper.touches(shopper.sees_home(), "store")
    shopper.touches(shopper.sees("deposit.size"), "size small")
    shopper.touches(shopper.sees("deposit.valuables"), "agree")
    check = shopper.sees("deposit.check")
    assert shop.bank.orders == []
    shopper.touches(check, "agree")
    shopper.sees("deposit.put-in", THREE)
    assert shop.coils.given == [THREE]
    shop.bank.push_shut(THREE)
    shopper.sees("deposit.tag", THREE)
    shop.reader.reads(shop.plaque(THREE))
    shopper.sees("deposit.kept", THREE)
    shopper.touches(shopper.sees_home(), "fetch")
    shop.reader.reads(shop.plaque(THREE))
    shopper.sees("retrieval.take-out", THREE)
    shop.bank.push_shut(THREE)
    shopper.touches(shopper.sees("retrieval.grace", THREE), "agree")
    shopper.sees("retrieval.done")

    logged = shop.stop(role)
    assert role.returncode == 0, logged
    assert "Traceback" not in logged
    assert shop.coils.given == [THREE, THREE]


def test_without_a_display_the_lockers_open_all_the_same(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":none")
    shop.furnish()
    role = shop.start()

    shop.reader.reads(shop.plaque(2))

    eventually(lambda: shop.doors()["open"] == [2], within_s=PATIENCE_S, what="the door opens")
    logged = shop.stop(role)
    assert role.returncode == 0, logged
    assert "the touchscreen" in logged
    assert os.environ["DISPLAY"] == ":none"
