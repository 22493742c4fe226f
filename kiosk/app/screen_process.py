"""The screen's own process: the window, who stands before it, and nothing of the desks.

Whatever befalls a display (its server ends and takes this process along, its driver hangs) cannot reach the lockers. A
display that is not there is looked for until it is.
"""

from __future__ import annotations

import importlib
import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from kiosk.app import heap
from kiosk.app.screen_values import Aloud, BadgeRead, CodeRead, Dark, Lit, Logged, Over, Setting, Stands, Turned, whole
from kiosk.config.first_look import Glass
from kiosk.display.parts import Kit
from kiosk.display.screens.waking import waking
from kiosk.display.theme import Panel, Theme
from kiosk.display.widgets import Screen
from kiosk.display.window import Opening, Window
from kiosk.display.words import words
from kiosk.errors import DeviceFault
from kiosk.sentences import tell
from kiosk.units import LANGUAGES, Language

if TYPE_CHECKING:
    from kiosk.app.touchscreen import Touchscreen
    from kiosk.ports.touchscreen import FrontView
    from kiosk.rules.front.attract import Promotions
    from kiosk.rules.front.taps import Tap

AGAIN_S = 1.0
TURN_S = 1.0  # so often the role is told that the window comes round
DISPLAY = "the display has "  # how what is to be said of its size begins
log = logging.getLogger(__name__)


def shown_screen(pipe: Connection, glass: Glass) -> None:
    """The process, until the role ends or somebody closes the window. glass: what a first look says of the panel."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the role, which closes in order
    role = Role(pipe)
    logging.basicConfig(level=logging.INFO, handlers=[_ToTheRole(role)], force=True)
    threading.Thread(target=role.listen, name="role", daemon=True).start()
    try:
        _before(role, glass)
    except Exception:
        log.exception("the screen failed")
        raise SystemExit(1) from None
    if role.failed:
        raise SystemExit(1)  # in order, the role would take it for closed


def _before(role: Role, glass: Glass) -> None:
    face: Touchscreen | None = None
    while not role.over.is_set():
        try:
            with Window(_opening(glass, role)) as window:
                role.wake = window.wake
                if face is None:
                    window.run(Waking(glass, role), role.lit)
                    if not role.over.is_set() and not role.ready:
                        return _closed(role)
                else:
                    role.lit()
                if role.setting is not None and role.setting.glass != glass:
                    glass = role.setting.glass
                    continue
                if role.setting is not None:
                    face = face or _face(role, role.setting)
                    heap.give_back()
                    role.meets(face)
                    window.run(face)
                    if not role.over.is_set():
                        return _closed(role)
        except DeviceFault as fault:
            role.tell(Dark(str(fault)))
            role.began.set()
            if face is not None:
                face.unseen()
            role.over.wait(AGAIN_S)
    return None


def _closed(role: Role) -> None:
    from kiosk.desks.lockers.messages import StopAsked

    role.tell(StopAsked("the touchscreen is closed"))


def _opening(glass: Glass, role: Role) -> Opening:
    return Opening(_panel(glass), glass.whole, next(iter(glass.name.values()), "kiosk"), remarks=role.remarks)


def _panel(glass: Glass) -> Panel:
    return Panel(glass.width, glass.height, glass.width_mm)


def _face(role: Role, setting: Setting) -> Touchscreen:
    from zoneinfo import ZoneInfo

    from kiosk.app.aloud import Aloud as ReadAloud
    from kiosk.app.aloud import Listened
    from kiosk.app.touchscreen import Touchscreen  # every screen and its rules: after the first frame
    from kiosk.hw.clock import SystemClock

    face = Touchscreen(
        _panel(setting.glass),
        SystemClock(ZoneInfo(setting.zone)),
        role.tell,
        seat=setting.seat,
        home=setting.glass.language,
        over=role.turns,
    )
    face.attract_s = setting.attract_s
    face.times = replace(face.times, idle_s=setting.idle_s)
    face.aloud = ReadAloud(role) if setting.speaks else None
    face.listened = Listened(role) if setting.speaks else None
    return face


class Role:
    """The front role, as the screen sees it: any thread may call `tell`. Implements ports.ReadingVoice."""

    def __init__(self, pipe: Connection, mono_s: Callable[[], float] = time.monotonic) -> None:
        self.setting: Setting | None = None
        self.over = threading.Event()
        self.failed = False
        self.began = threading.Event()  # the first picture is there, or there is no display
        self.wake: Callable[[], None] = lambda: None
        self._pipe, self._mono_s = pipe, mono_s
        self._sending = threading.Lock()
        self._face: Touchscreen | None = None
        self._view: FrontView | None = None
        self._meeting = threading.Lock()
        self._stood = Stands()
        self._turned_s = float("-inf")
        self._facts: tuple[object, ...] = ()
        self._slides: tuple[Promotions | None, Promotions | None] = (None, None)  # as told, and with what can be shown
        self._pictures: dict[str, bool] = {}

    @property
    def ready(self) -> bool:
        """Whether it has told what to show."""
        return self.setting is not None and self._view is not None

    def tell(self, value: object) -> None:
        """A role that is gone is told nothing; this process ends as well then."""
        try:
            with self._sending:
                self._pipe.send(value)
        except OSError:
            self.over.set()

    def say(self, sentences: tuple[str, ...], language: Language) -> None:
        """See ports.ReadingVoice."""
        self.tell(Aloud(sentences, language))

    def remarks(self, said: str) -> None:
        """How the display's size fits the site: staff see it until it does."""
        from kiosk.desks.lockers.messages import Fault, Mended

        self.tell(Mended(DISPLAY))
        if said:
            self.tell(Fault(said))

    def lit(self) -> None:
        """Something can be seen."""
        self.tell(Lit())
        self.began.set()

    def listen(self) -> None:
        """Take what the role tells, until it tells nothing any more. A thread of its own.

        What that is made of is imported here, as soon as something can be seen and before anything is taken: two
        threads that import the same modules at once may find them half made.
        """
        self.began.wait()
        try:
            importlib.import_module("kiosk.app.touchscreen")
            while not isinstance(value := self._pipe.recv(), Over):
                self._take(value)
        except (EOFError, OSError):
            log.debug("the role has ended")
        except Exception:
            self.failed = True
            log.exception("what the role tells is not understood")
        finally:  # whatever befell it: a screen that hears nothing is started again
            self.over.set()
            self.wake()

    def meets(self, face: Touchscreen) -> None:
        """From now on the face is told what comes."""
        with self._meeting:
            face.wake = self.wake
            self._face = face
            if self._view is not None:
                face.tell(self._view)

    def turns(self) -> bool:
        """Whether it is over; asked by the window each time it comes round."""
        face = self._face
        if face is not None and face.stands != self._stood:
            self._stood = face.stands
            self.tell(self._stood)
        now_s = self._mono_s()
        if now_s - self._turned_s >= TURN_S:
            self._turned_s = now_s
            self.tell(Turned())
        return self.over.is_set()

    def _take(self, value: object) -> None:
        match value:
            case Setting():
                self.setting = value
                self.wake()
            case CodeRead(text) if self._face is not None:
                self._face.reads(text)
            case BadgeRead(person) if self._face is not None:
                self._face.knocks(person)
            case CodeRead() | BadgeRead():
                pass  # nobody can have asked for it yet
            case _:
                self._shows(value)

    def _shows(self, value: object) -> None:
        from kiosk.ports.touchscreen import FrontView

        assert isinstance(value, FrontView)
        self._facts = whole(value.facts, self._facts)
        view = self._pictured(replace(value, facts=self._facts))
        with self._meeting:
            self._view = view
            if self._face is not None:
                self._face.tell(self._view)
            else:
                self.wake()

    def _pictured(self, view: FrontView) -> FrontView:
        """Of a picture that cannot be shown staff are told once, and its words do without it."""
        from kiosk.rules.front.attract import Promotions

        promotions = view.fact(Promotions)
        if promotions is None:
            return view
        if promotions is not self._slides[0]:
            today = tuple(
                one if self._can_be_shown(one.id, one.picture) else replace(one, picture="") for one in promotions.today
            )
            self._slides = (promotions, Promotions(today))
        return replace(view, facts=tuple(self._slides[1] if one is promotions else one for one in view.facts))

    def _can_be_shown(self, id: str, picture: str) -> bool:
        from kiosk.desks.lockers.messages import Fault
        from kiosk.display.shapes import picture_fault

        if picture and picture not in self._pictures:
            fault = picture_fault(picture)
            self._pictures[picture] = not fault
            if fault:
                self.tell(Fault(tell("promotion {one}: {fault}", one=id, fault=fault)))
        return self._pictures.get(picture, True)


class Waking:
    """Implements display.window.Face: what is shown until the role has told what to show."""

    def __init__(self, glass: Glass, role: Role) -> None:
        first = glass.language
        languages = (first, *(one for one in LANGUAGES if one != first))
        kit = Kit(Theme(_panel(glass)), words(first))
        self._press = kit.palette.press
        name = _name(glass.name, languages)
        self._screen = waking(kit, name, [words(one) for one in languages])
        self._role = role

    def screen(self) -> Screen:
        return self._screen

    def ahead(self) -> Iterator[Screen]:
        return iter(())

    def left(self) -> int:
        return 0

    def press_color(self) -> tuple[int, int, int, int]:
        return self._press

    def tapped(self, tap: Tap) -> None:
        """There is nothing to tap yet."""

    def touched(self) -> None:
        """There is nothing to read yet."""

    def due_s(self) -> float:
        return TURN_S

    def over(self) -> bool:
        return self._role.turns() or self._role.ready


def _name(names: Mapping[Language, str], languages: tuple[Language, ...]) -> str:
    return next((names[one] for one in languages if one in names), "")


class _ToTheRole(logging.Handler):
    """The role's log has every line."""

    def __init__(self, role: Role) -> None:
        super().__init__()
        self._role = role
        self.setFormatter(logging.Formatter())

    def emit(self, record: logging.LogRecord) -> None:
        self._role.tell(Logged(record.levelno, record.name, self.format(record)))
