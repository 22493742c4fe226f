"""Scrolling a list of 400 entries and typing a name: what each frame and each key costs the processor."""

from __future__ import annotations

import time
import tracemalloc
from statistics import median

import pygame
import pytest

from kiosk.app.album import PANELS, Look, album
from kiosk.display.dictionary import FILE, book
from kiosk.display.glyphs import Glyphs
from kiosk.display.painter import Painter
from kiosk.display.placing import Placer
from kiosk.rules.writing.book import Book
from kiosk.rules.writing.candidates import candidates
from kiosk.rules.writing.writing import Kind, Letter, after, begun
from tests.bench.figures import Figures
from tests.display.screens.test_writing import page
from tests.rules.writing.usual_names import NAMES

pytestmark = pytest.mark.bench

FRAME_MS = 1000.0 / 60.0
SENTENCES = ("wodeqianbaodiaozaisanloudeshiyijianli", "qingwenmuyingshizainali", "tuihuoxuyaodaixiaopiaoma", "mz", "qb")


def ms_since(began_s: float) -> float:
    return 1000.0 * (time.process_time() - began_s)


def p95(took: list[float]) -> float:
    return sorted(took)[int(0.95 * len(took))]


@pytest.mark.parametrize("size", ["1280x800", "800x480"])
def test_scrolling(figures: Figures, size: str) -> None:
    panel, glyphs = PANELS[size], Glyphs()
    placer = Placer(panel, glyphs.measure)
    screen = dict(album(Look(panel)))["part-list"]
    began_s = time.process_time()
    placed = placer.place(screen)
    figures.tell(f"list of 400 at {size}: placed for the first time", ms_since(began_s), "ms")
    began_s = time.process_time()
    placer.place(screen)
    figures.tell(f"list of 400 at {size}: placed again", ms_since(began_s), "ms")
    painter = Painter((panel.width, panel.height), glyphs)
    window = pygame.Surface((panel.width, panel.height), depth=32)
    painter.frame(window, painter.show(placed, None, (0, 0, 0, 9), 0.0), 0.0)
    furthest = placed.panes[0].furthest
    for name, step in (("thrown, entries never seen before", 67), ("drawn back and forth", -5)):
        took, offset = [], 0 if step > 0 else 2000
        for _ in range(400):
            offset = (offset + step) % furthest if step > 0 else 2000 + (offset + step) % 300
            began_s = time.process_time()
            dirty = painter.show(placed.rolled({"groups": offset}), None, (0, 0, 0, 9), 0.0)
            painter.frame(window, dirty, 0.0)
            took.append(ms_since(began_s))
        figures.tell(f"list of 400 at {size}, {name}: a frame, median", median(took), "ms")
        late = 100.0 * sum(one > FRAME_MS for one in took) / len(took)
        figures.at_most(f"list of 400 at {size}, {name}: late frames of 60 a second", late, 1.0, "%")


def test_typing(figures: Figures) -> None:
    """Each letter of names and sentences, as it is typed, from a dictionary that has just been read."""
    tracemalloc.start()
    fresh = Book(FILE.read_text(encoding="utf-8"))
    fresh.readings("帽")
    figures.at_most("pinyin: dictionary in memory", tracemalloc.get_traced_memory()[0] / 1e6, 20.0, "MB")
    tracemalloc.stop()
    began_s = time.process_time()
    known = Book(FILE.read_text(encoding="utf-8"))
    figures.tell("pinyin: dictionary read", ms_since(began_s), "ms")
    took = []
    for names, texts in ((True, [letters for _, letters in NAMES]), (False, SENTENCES)):
        for letters in texts:
            for end in range(1, len(letters) + 1):
                began_s = time.process_time()
                candidates(known, letters[:end], names=names)
                took.append(ms_since(began_s))
    figures.tell("pinyin: candidates for a key, median", median(took), "ms")
    figures.at_most("pinyin: candidates for a key, p95", p95(took), 2.0, "ms")
    first = [
        name for name, letters in NAMES if name in [one.text for one in candidates(known, letters, names=True)[:5]]
    ]
    figures.at_least("pinyin: of 70 usual names, among the first five", float(len(first)), 54.0, "")


def test_a_key_under_a_finger(figures: Figures) -> None:
    """From a letter to the picture: candidates, screen, placing, painting."""
    book()
    panel, glyphs = PANELS["1280x800"], Glyphs()
    placer = Placer(panel, glyphs.measure)
    painter = Painter((panel.width, panel.height), glyphs)
    took = []
    for _, letters in NAMES[:30]:
        writing = begun(Kind.NAME, chinese=True)
        for letter in letters:
            began_s = time.process_time()
            writing = after(writing, Letter(letter))
            painter.show(placer.place(page(writing, Look(panel))), None, (0, 0, 0, 9), 0.0)
            took.append(ms_since(began_s))
    figures.tell("keyboard at 1280x800: letter to picture, median", median(took), "ms")
    figures.at_most("keyboard at 1280x800: letter to picture, p95", p95(took), FRAME_MS, "ms")
