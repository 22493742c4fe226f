"""What the drawer's window shows and what its clicks mean."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from kiosk.display.dictionary import book
from kiosk.display.parts import Kit
from kiosk.display.screens.drawer import Pulled, Tray, drawer
from kiosk.display.screens.scene import Scene
from kiosk.display.theme import Panel, Theme
from kiosk.display.widgets import Screen
from kiosk.display.words import english
from kiosk.ports.drawer import DrawerView
from kiosk.ports.touchscreen import FrontView
from kiosk.rules.broadcast.panel import Lamp
from kiosk.rules.forms.flow import Back, Chose, Next, Wrote
from kiosk.rules.front.session import Session
from kiosk.rules.front.taps import Acted, Tap
from kiosk.rules.people.badge import BadgeShown
from kiosk.rules.writing.writing import Kind, after, begun
from kiosk.units import LANGUAGES

BLINK_S = 0.5
LONGEST_CODE = 200
BLINKS = (Lamp.WAIT, Lamp.FAULT)


class DrawerFace:
    """Implements display.window.Face. tell, hear and end may be called by any thread, everything else by the window's.

    press: a button of the panel, by its character, or a badge at its reader. ask: a verb at the lockers, the printer
    or the scanner, and what it is done to.
    """

    def __init__(
        self,
        panel: Panel,
        press: Callable[[str | BadgeShown], None],
        ask: Callable[[str, str], None],
        mono_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._kit = Kit(Theme(panel), english, book)
        self._press, self._ask, self._mono_s = press, ask, mono_s
        self._view = DrawerView()
        self._pulled = Pulled()
        self._said = ""
        self._over = False

    def tell(self, view: DrawerView) -> None:
        """The hardware as it stands now."""
        self._view = view

    def hear(self, said: str) -> None:
        """What came of a deed."""
        self._said = said

    def end(self) -> None:
        """The demo is over."""
        self._over = True

    def screen(self) -> Screen:
        lit = int(self._mono_s() / BLINK_S) % 2 == 0 or not self._blinks()
        self._pulled = replace(self._pulled, said=self._said, lit=lit)
        session = Session(LANGUAGES[2], LANGUAGES[2])
        scene = Scene(self._kit, session, FrontView(), datetime.now().astimezone(), 0.0)
        return drawer(scene, self._view, self._pulled)

    def ahead(self) -> Iterator[Screen]:
        return iter(())

    def left(self) -> int:
        """Nobody's, so nobody leaves."""
        return 0

    def press_color(self) -> tuple[int, int, int, int]:
        return self._kit.palette.press

    def tapped(self, tap: Tap) -> None:
        if not isinstance(tap, Acted):
            return
        match tap.act:
            case Chose(id):
                self._did(*id.split(" ", 1))
            case Wrote(key) if self._pulled.written is not None:
                self._pulled = replace(self._pulled, written=after(self._pulled.written, key))
            case Next() if self._pulled.written is not None:
                self._ask("scan", self._pulled.written.whole)
                self._pulled = replace(self._pulled, written=None)
            case Back():
                self._pulled = replace(self._pulled, written=None)
            case _:
                pass

    def touched(self) -> None:
        """A list was drawn."""

    def due_s(self) -> float:
        return BLINK_S - self._mono_s() % BLINK_S if self._blinks() else 60.0

    def over(self) -> bool:
        return self._over

    def _blinks(self) -> bool:
        return any(lamp in BLINKS for lamp in self._view.lamps.values())

    def _did(self, verb: str, what: str) -> None:
        match verb:
            case "tray":
                self._pulled = replace(self._pulled, tray=Tray(what))
            case "choose":
                self._pulled = replace(self._pulled, locker=int(what))
            case "press":
                self._press(what)
            case "badge":
                self._press(BadgeShown(what))
            case "type":
                self._pulled = replace(self._pulled, written=begun(Kind.LETTERS, chinese=False, longest=LONGEST_CODE))
            case _:
                self._ask(verb, what)
