"""A window with one page, for a hand to touch: tells a line of JSON when it is there, and one for each tap."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator

from kiosk.app.album import NOW, PANELS, VIEW, Look, album
from kiosk.display.dictionary import book
from kiosk.display.parts import Key, Kit
from kiosk.display.screens.frame import flow_head
from kiosk.display.screens.scene import Scene
from kiosk.display.screens.writing import Asked, writing_screen
from kiosk.display.theme import Theme
from kiosk.display.widgets import Screen
from kiosk.display.window import Opening, Window
from kiosk.display.words import words
from kiosk.rules.forms.flow import Wrote
from kiosk.rules.front.session import Session
from kiosk.rules.front.taps import Acted, GivenUp, Tap
from kiosk.rules.writing.writing import Kind, Writing, after, begun
from kiosk.units import LANGUAGES

PANEL = PANELS["800x480"]


class OnePage:
    """Implements display.window.Face: a list, or a name that is written."""

    def __init__(self, name: str) -> None:
        self.ended: list[int] = []
        self._page = dict(album(Look(PANEL)))[name] if name != "writing" else None
        self._writing = begun(Kind.NAME, chinese=True)

    def screen(self) -> Screen:
        return self._page or naming(self._writing)

    def ahead(self) -> Iterator[Screen]:
        return iter(())

    def left(self) -> int:
        return 0

    def press_color(self) -> tuple[int, int, int, int]:
        return Theme(PANEL).palette.press

    def tapped(self, tap: Tap) -> None:
        if isinstance(tap, Acted) and isinstance(tap.act, Wrote):
            self._writing = after(self._writing, tap.act.key)
        tell({"tap": type(tap).__name__, "text": self._writing.whole})

    def touched(self) -> None:
        tell({"touched": True})

    def due_s(self) -> float:
        return 1.0

    def over(self) -> bool:
        return bool(self.ended)


def naming(writing: Writing) -> Screen:
    """The page on which a name is written."""
    scene = Scene(Kit(Theme(PANEL), words(LANGUAGES[0]), book), Session(), VIEW, NOW, 100.0)
    keys = (Key("返回", GivenUp(), "", "arrow-left", "back"), Key("继续", GivenUp(), "brand", "check", "next"))
    return writing_screen(scene, "writing", flow_head(scene, "输入"), Asked("请输入您的姓名"), writing, keys)


def tell(what: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main() -> None:
    face = OnePage(sys.argv[1])
    signal.signal(signal.SIGTERM, lambda number, frame: face.ended.append(number))
    with Window(Opening(PANEL, whole=True)) as window:
        window.draw(face)
        tell({"there": True})
        window.run(face)


if __name__ == "__main__":
    main()
