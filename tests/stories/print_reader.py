"""A shopper who clicks on a real window, looks for what should be there pixel by pixel, and reads it all as print."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from shutil import which

import pygame

from kiosk.app.album import MONO_S, NOW
from kiosk.display.dictionary import book
from kiosk.display.glyphs import Glyphs
from kiosk.display.marks import Line, Placed, Rect
from kiosk.display.painter import Painter
from kiosk.display.parts import Kit
from kiosk.display.placing import Placer
from kiosk.display.screens.faces import faces
from kiosk.display.screens.scene import Scene
from kiosk.display.screens.shown import shown
from kiosk.display.theme import Panel, Theme
from kiosk.display.words import words
from kiosk.ports.touchscreen import BagStage, FrontView, Outcome
from kiosk.rules.forms.flow import Flow
from kiosk.rules.front.session import Session
from kiosk.rules.front.taps import Acted
from kiosk.rules.lockers.locker import Size
from kiosk.rules.service.call import ASKED, CallStands
from kiosk.units import LANGUAGES, Language
from tests.audio.waiting import eventually, let_pass
from tests.stories.front_role import PATIENCE_S
from tests.stories.x_display import XDisplay

SCRIPT = dict(zip(LANGUAGES, ("chi_sim", "chi_tra", "eng"), strict=True))
LIKE = 0.8  # of the characters: print is read at 99 %, and a question mark in more than one way
LARGER = 2
ENTRY_S = 0.4  # a screen comes with a movement, and takes no tap meanwhile
MARGIN = 8
SERVICES = ("page",)


def can_read() -> bool:
    """Whether the reader of print is installed with the three languages."""
    if which("tesseract") is None:
        return False
    told = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False).stdout
    return set(SCRIPT.values()) <= set(told.split())


@dataclass
class PrintReader:
    """language: in which they read. photographed: what was to be read, and the file that shows how it was printed.
    called: staff were told to come, which every screen says from then on."""

    x: XDisplay
    folder: Path
    panel: Panel
    language: Language = LANGUAGES[0]
    glyphs: Glyphs = field(default_factory=Glyphs)
    photographed: list[tuple[str, Path]] = field(default_factory=list)
    called: bool = False

    def screen(
        self,
        session: Session | None = None,
        stage: BagStage | None = None,
        told: str = "",
        facts: tuple[object, ...] = (),
    ) -> Placed:
        """As it should be, to know where to look."""
        outcome = Outcome("page", told) if told else None
        facts = (*facts, *((CallStands("screen", ASKED),) if self.called else ()))
        view = FrontView({LANGUAGES[0]: "和风百货"}, {Size.SMALL: 2}, None, stage, SERVICES, outcome, facts)
        own = session or Session(language=self.language)
        scene = Scene(Kit(Theme(self.panel), words(self.language), book), own, view, NOW, MONO_S, 12.0)
        return Placer(self.panel, self.glyphs.measure).place(shown(scene))

    def service(self, id: str) -> Flow:
        """As it begins."""
        kit = Kit(Theme(self.panel), words(self.language), book)
        return faces()[id].begins(Scene(kit, Session(language=self.language), FrontView(), NOW, MONO_S))

    def flow(self, flow: Flow | None) -> Placed:
        """A page of a service."""
        return self.screen(Session(language=self.language, flow=flow))

    def step(self, sentence: str, number: int = 0) -> Placed:
        """Waits until the screen says what a step of the bag storage says."""
        step = sentence.partition(".")[2].replace("-", " ")
        return self.reads(self.screen(stage=BagStage(sentence, step, number, Size.SMALL, MONO_S + 60.0)))

    def reads(self, placed: Placed, *, dialog: bool = False) -> Placed:
        """Waits until the largest words of a screen are at their place, and keeps them to be read. dialog: those over
        it."""
        rects = self._wait(placed, self._looked_at(placed, dialog=dialog))
        for line, rect in rects:
            self._photograph(line.text, rect, self.x.sees(rect))
        let_pass(ENTRY_S)
        return placed

    def touches(self, placed: Placed, name: str = "") -> None:
        """Clicks on something; where there is one thing only, it needs no name."""
        target = next(target for target in placed.targets if name in ("", target.name))
        left, top, width, height = target.rect
        self.x.clicks(left + width // 2, top + height // 2)

    def acts(self, flow: Flow, name: str) -> Flow | None:
        """A click on a page of a service; the page after it."""
        placed = self.flow(flow)
        tap = next(target.tap for target in placed.targets if target.name == name)
        assert isinstance(tap, Acted)
        self.touches(placed, name)
        return flow.after(tap.act).flow

    def read_back(self) -> list[tuple[str, str]]:
        """What was to be read and was not, with what was read instead: all photographs at one look."""
        listed = self.folder / f"{self.language}.txt"
        listed.write_text("".join(f"{path}\n" for _, path in self.photographed), encoding="utf-8")
        reading = ["tesseract", str(listed), "-", "-l", SCRIPT[self.language], "--psm", "7"]
        found = subprocess.run(reading, capture_output=True, text=True, check=True).stdout.split("\f")
        pairs = zip((text for text, _ in self.photographed), found, strict=False)
        return [(wanted, read) for wanted, read in pairs if not _like(wanted, read)]

    def _looked_at(self, placed: Placed, *, dialog: bool) -> list[Line]:
        every = [mark for mark in placed.marks if isinstance(mark, Line) and len(mark.text) > 1]
        bold = [line for line in every if line.bold]
        region = placed.moving
        assert region is not None
        inside = [line for line in bold if region[1] <= line.rect[1] < region[1] + region[3]]
        if dialog:
            inside = [max(bold[-4:], key=lambda line: line.size)]
        if not inside:
            inside = [line for line in every if region[1] <= line.rect[1] < region[1] + region[3]][:1]
        worded = [line for line in inside if not re.fullmatch(r"[\d:]+", line.text)]
        largest = max(line.size for line in worded)
        return [line for line in worded if line.size == largest][:2]

    def _wait(self, placed: Placed, lines: list[Line]) -> list[tuple[Line, Rect]]:
        painter = Painter((self.panel.width, self.panel.height), self.glyphs)
        painter.show(placed, None, (0, 0, 0, 0), 0.0)
        looked = []
        for line in lines:
            part = painter.canvas.get_rect().clip(line.rect)
            wanted = pygame.image.tobytes(painter.canvas.subsurface(part), "RGB")
            rect = (part.left, part.top, part.width, part.height)
            what = f"{line.text!r} is on the screen"
            eventually(lambda at=rect, seen=wanted: self.x.sees(at) == seen, within_s=PATIENCE_S, what=what)  # type: ignore[misc]
            wide = painter.canvas.get_rect().clip(part.inflate(2 * MARGIN, 2 * MARGIN))
            looked.append((line, (wide.left, wide.top, wide.width, wide.height)))
        return looked

    def _photograph(self, text: str, rect: Rect, pixels: bytes) -> None:
        _, _, width, height = rect
        seen = pygame.image.frombytes(pixels, (width, height), "RGB")
        file = self.folder / f"{self.language}-{len(self.photographed)}.png"
        pygame.image.save(pygame.transform.smoothscale(seen, (width * LARGER, height * LARGER)), file)
        self.photographed.append((text, file))


def _like(wanted: str, read: str) -> bool:
    one, other = "".join(wanted.split()), "".join(read.split())
    return SequenceMatcher(None, one, other).ratio() >= LIKE
