"""A list and a keyboard in the real window under X11: drawn, thrown, turned and typed by a hand that really moves."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import Thread

import pytest

from kiosk.display.glyphs import Glyphs
from kiosk.display.marks import Placed
from kiosk.display.placing import Placer
from kiosk.rules.writing.writing import Kind, Letter, after, begun
from tests.audio.waiting import eventually, let_pass
from tests.stories.page_child import PANEL, OnePage, naming
from tests.stories.x_display import PRESENT, XDisplay, x_display

PATIENCE_S = 30.0
ENTRY_S = 0.5

pytestmark = pytest.mark.skipif(not PRESENT, reason="Xvfb is not installed")


class Page:
    """What the child tells, and the hand before it."""

    def __init__(self, x: XDisplay, child: subprocess.Popen[str]) -> None:
        self.x = x
        self._lines: SimpleQueue[str] = SimpleQueue()
        self._child = child
        self._reader = Thread(target=self._listens)
        self._reader.start()

    def _listens(self) -> None:
        assert self._child.stdout is not None
        with self._child.stdout as said:
            for line in said:
                self._lines.put(line)

    def close(self) -> None:
        self._child.terminate()
        self._child.wait()
        self._reader.join()

    def hears(self) -> dict[str, object]:
        try:
            told = json.loads(self._lines.get(timeout=PATIENCE_S))
        except Empty:
            pytest.fail("the page said nothing")
        assert isinstance(told, dict)
        return told

    def silent(self) -> bool:
        return self._lines.empty()

    def draws(self, x: int, start: int, end: int) -> None:
        self.x.presses(x, start)
        for step in range(1, 9):
            self.x.moves(x, start + (end - start) * step // 8)
            let_pass(0.01)
        self.x.lets_go()


@contextmanager
def shown(name: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    with x_display(PANEL.width, PANEL.height) as x:
        monkeypatch.setenv("DISPLAY", x.name)
        monkeypatch.setenv("SDL_VIDEODRIVER", "x11")
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.stories.page_child", name], stdout=subprocess.PIPE, text=True
        )
        page = Page(x, child)
        try:
            assert page.hears() == {"there": True}
            let_pass(ENTRY_S)
            yield page
        finally:
            page.close()


def placed(name: str) -> Placed:
    return Placer(PANEL, Glyphs().measure).place(OnePage(name).screen())


def test_a_hand_draws_a_list_leafs_and_turns_the_wheel_and_taps_only_when_it_taps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page_as_placed = placed("part-list")
    pane = page_as_placed.panes[0].rect
    middle = pane[0] + 200
    room = (middle, pane[1] + 40, 60, pane[3] - 80)
    with shown("part-list", monkeypatch) as page:
        first = page.x.sees(room)
        page.draws(middle, pane[1] + pane[3] - 20, pane[1] + 20)
        eventually(lambda: page.x.sees(room) != first, within_s=PATIENCE_S, what="the list moved")
        assert page.hears() == {"touched": True}
        let_pass(3.0)  # the longest throw has run out by then
        rests = page.x.sees(room)
        let_pass(0.3)
        assert page.x.sees(room) == rests

        down = next(target.rect for target in page_as_placed.targets if target.name == "leaf down")
        page.x.clicks(down[0] + 20, down[1] + 20)
        assert page.hears() == {"touched": True}
        eventually(lambda: page.x.sees(room) != rests, within_s=PATIENCE_S, what="the list was leafed")

        page.x.moves(middle, pane[1] + 60)
        page.x.turns_wheel()
        assert page.hears() == {"touched": True}
        let_pass(0.6)
        assert page.silent()

        for down_px in (0, 20):  # one of them lies on an entry, however far the list was thrown
            page.x.clicks(middle, pane[1] + pane[3] // 2 + down_px)
        assert page.hears()["tap"] == "Went"


def test_a_name_is_typed_with_real_clicks(monkeypatch: pytest.MonkeyPatch) -> None:
    placer, writing = Placer(PANEL, Glyphs().measure), begun(Kind.NAME, chinese=True)
    with shown("writing", monkeypatch) as page:
        for letter in "zhangwei":
            at_hand = placer.place(naming(writing))
            left, top, width, height = next(one.rect for one in at_hand.targets if one.name == f"key {letter}")
            page.x.clicks(left + width // 2, top + height // 2)
            writing = after(writing, Letter(letter))
            assert page.hears()["text"] == writing.whole
        chosen = next(one.rect for one in placer.place(naming(writing)).targets if one.name == "candidate 张伟")
        page.x.clicks(chosen[0] + 20, chosen[1] + 20)

        assert page.hears() == {"tap": "Acted", "text": "张伟"}
