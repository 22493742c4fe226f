"""The real role at a real screen: clicks on an X server, and what the screen says read back by a reader of print."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from shutil import which

import pygame
import pytest

from kiosk.app.album import MONO_S, NOW
from kiosk.display.glyphs import Glyphs
from kiosk.display.marks import Line, Placed, Rect
from kiosk.display.parts import Kit
from kiosk.display.placing import Placer
from kiosk.display.screens.faces import faces
from kiosk.display.screens.scene import Scene
from kiosk.display.screens.shown import shown
from kiosk.display.theme import Panel, Theme
from kiosk.display.words import words
from kiosk.ports.touchscreen import BagStage, FrontView, Outcome
from kiosk.rules.front.session import Session
from kiosk.rules.front.taps import Page
from kiosk.rules.lockers.locker import Size
from kiosk.units import LANGUAGES, Language, LockerId
from tests.audio.waiting import eventually, let_pass
from tests.depth import DEEP
from tests.stories.front_role import PATIENCE_S, Shop
from tests.stories.test_touch_shop import ALL_DAY
from tests.stories.x_display import PRESENT, XDisplay, x_display

PANEL = Panel(1024, 600, 222.0)
SITE = '\n[touchscreen]\nwidth = 1024\nheight = 600\nwidth_mm = 222.0\nservices = ["rating"]\n'
SCRIPT = dict(zip(LANGUAGES, ("chi_sim", "chi_tra", "eng"), strict=True))
SIMPLE, TAIWAN, ENGLISH = LANGUAGES
NAMES = dict(zip(LANGUAGES, ("简体中文", "繁體中文", "English"), strict=True))
THREE = LockerId(3)
LIKE = 0.8  # of the characters: print is read at 99 %, and a question mark in more than one way
LARGER = 2
ENTRY_S = 0.6  # a screen comes with a movement, and takes no tap meanwhile
IDLE_S = 70.0


def _reads() -> bool:
    if which("tesseract") is None:
        return False
    told = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False).stdout
    return set(SCRIPT.values()) <= set(told.split())


pytestmark = pytest.mark.skipif(not PRESENT or not _reads(), reason="Xvfb, or tesseract with its languages, is missing")


@dataclass
class Reader:
    """A shopper who reads what is there and clicks on it. language: in which they read."""

    x: XDisplay
    folder: Path
    language: Language = SIMPLE
    glyphs: Glyphs = field(default_factory=Glyphs)

    def screen(self, session: Session | None = None, stage: BagStage | None = None, told: str = "") -> Placed:
        """As it should be, to know where to look."""
        outcome = Outcome("rating", told) if told else None
        view = FrontView({SIMPLE: "和风百货"}, {Size.SMALL: 2}, None, stage, ("rating",), outcome)
        own = session or Session(language=self.language)
        scene = Scene(Kit(Theme(PANEL), words(self.language)), own, view, NOW, MONO_S, 12.0)
        return Placer(PANEL, self.glyphs.measure).place(shown(scene))

    def step(self, sentence: str, number: int = 0) -> Placed:
        """Waits until the screen says what a step of the bag storage says."""
        step = sentence.partition(".")[2].replace("-", " ")
        return self.reads(self.screen(stage=BagStage(sentence, step, number, Size.SMALL, MONO_S + 60.0)))

    def reads(self, placed: Placed, *, dialog: bool = False) -> Placed:
        """Waits until the largest words of a screen can be read at their place. dialog: those over it."""
        lines = [mark for mark in placed.marks if isinstance(mark, Line) and mark.bold and len(mark.text) > 1]
        region = placed.moving
        assert region is not None
        inside = [line for line in lines if region[1] <= line.rect[1] < region[1] + region[3]]
        if dialog:
            inside = [max(lines[-4:], key=lambda line: line.size)]
        largest = max(line.size for line in inside if not re.fullmatch(r"[\d:]+", line.text))
        looked = [line for line in inside if line.size == largest][:2]

        for line in looked:
            eventually(lambda one=line: self._like(one), within_s=PATIENCE_S, what=f"{line.text!r} can be read")  # type: ignore[misc]
        let_pass(ENTRY_S)
        return placed

    def touches(self, placed: Placed, name: str) -> None:
        left, top, width, height = next(target.rect for target in placed.targets if target.name == name)
        self.x.clicks(left + width // 2, top + height // 2)

    def _like(self, line: Line) -> bool:
        wanted, found = "".join(line.text.split()), "".join(self._read(line.rect).split())
        return SequenceMatcher(None, wanted, found).ratio() >= LIKE

    def _read(self, rect: Rect) -> str:
        """What is printed there on the real display."""
        left, top = max(0, rect[0] - 8), max(0, rect[1] - 6)
        width, height = min(PANEL.width - left, rect[2] + 16), min(PANEL.height - top, rect[3] + 12)
        seen = pygame.image.frombytes(self.x.sees((left, top, width, height)), (width, height), "RGB")
        file = self.folder / "seen.png"
        pygame.image.save(pygame.transform.smoothscale(seen, (width * LARGER, height * LARGER)), file)
        reading = ["tesseract", str(file), "-", "-l", SCRIPT[self.language], "--psm", "7"]
        return subprocess.run(reading, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def x() -> Iterator[XDisplay]:
    with x_display(PANEL.width, PANEL.height) as display:
        yield display


@pytest.fixture
def shop(tmp_path: Path, x: XDisplay, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    monkeypatch.setenv("DISPLAY", x.name)
    monkeypatch.setenv("SDL_VIDEODRIVER", "x11")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    one = Shop(tmp_path / "shop")
    site = one.places.site
    (site / "site.toml").write_text((site / "site.toml").read_text(encoding="utf-8") + SITE, encoding="utf-8")
    (site / "schedules" / "day_types.toml").write_text(ALL_DAY, encoding="utf-8")
    one.furnish()
    try:
        yield one
    finally:
        one.close()


def speaks(reader: Reader, language: Language) -> Placed:
    """The language is chosen on the screen; its home."""
    reader.touches(reader.reads(reader.screen()), NAMES[language])
    reader.language = language
    return reader.reads(reader.screen())


@pytest.mark.rule("L01")
@pytest.mark.rule("L02")
@pytest.mark.rule("L05")
def test_a_bag_is_left_and_fetched_and_every_step_can_be_read(shop: Shop, x: XDisplay, tmp_path: Path) -> None:
    role = shop.start()
    reader = Reader(x, tmp_path)

    reader.touches(reader.reads(reader.screen()), "store")
    reader.touches(reader.step("deposit.size"), "size small")
    reader.touches(reader.step("deposit.valuables"), "agree")
    reader.touches(reader.step("deposit.check"), "agree")
    reader.step("deposit.put-in", THREE)
    shop.bank.push_shut(THREE)
    reader.step("deposit.tag", THREE)
    shop.reader.reads(shop.plaque(THREE))
    reader.step("deposit.kept", THREE)
    reader.reads(reader.screen())  # home: the shopper comes back later
    shop.reader.reads(shop.plaque(THREE))
    reader.step("retrieval.take-out", THREE)
    shop.bank.push_shut(THREE)
    reader.touches(reader.step("retrieval.grace", THREE), "agree")
    reader.step("retrieval.done")

    logged = shop.stop(role)
    assert role.returncode == 0, logged
    assert "Traceback" not in logged


@pytest.mark.rule("S19")
def test_the_language_is_changed_and_the_service_rated_in_traditional_chinese(
    shop: Shop, x: XDisplay, tmp_path: Path
) -> None:
    role = shop.start()
    reader = Reader(x, tmp_path)

    reader.touches(speaks(reader, TAIWAN), "rating")
    begun = faces()["rating"].begins(Scene(Kit(Theme(PANEL), words(TAIWAN)), Session(), FrontView(), NOW, MONO_S))
    reader.touches(reader.reads(reader.screen(Session(language=TAIWAN, flow=begun))), "choose 5")
    reader.touches(reader.reads(reader.screen(told="rating.thanks")), "done")
    reader.reads(reader.screen())

    logged = shop.stop(role)
    assert role.returncode == 0, logged
    assert "Traceback" not in logged


@pytest.mark.rule("L07")
def test_who_lost_a_tag_calls_staff_in_english(shop: Shop, x: XDisplay, tmp_path: Path) -> None:
    role = shop.start()
    reader = Reader(x, tmp_path)

    reader.touches(speaks(reader, ENGLISH), "fetch")
    fetch = reader.reads(reader.screen(Session(language=ENGLISH, page=Page.FETCH)))
    reader.touches(fetch, "call staff")
    reader.reads(reader.screen(Session(language=ENGLISH, page=Page.FETCH, called_s=MONO_S)), dialog=True)

    logged = shop.stop(role)
    assert role.returncode == 0, logged
    assert "Traceback" not in logged


@pytest.mark.skipif(not DEEP, reason="a minute of real time: KIOSK_DEEP=1")
def test_who_walks_away_is_asked_and_then_the_screen_begins_anew(shop: Shop, x: XDisplay, tmp_path: Path) -> None:
    role = shop.start()
    reader = Reader(x, tmp_path)
    reader.touches(speaks(reader, ENGLISH), "fetch")
    reader.reads(reader.screen(Session(language=ENGLISH, page=Page.FETCH)))

    let_pass(IDLE_S - PATIENCE_S)
    reader.reads(reader.screen(Session(language=ENGLISH, page=Page.FETCH, asked=True)), dialog=True)
    let_pass(15.0)
    reader.language = SIMPLE
    reader.reads(reader.screen())

    assert shop.stop(role) is not None
