"""The touchscreen's window: it shows what it is told, reports taps, and sleeps in between. Main thread only.

On a Pi without a desktop SDL draws through KMSDRM; elsewhere in a window, or offscreen with SDL_VIDEODRIVER=dummy.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

import pygame

from kiosk.display.events import report_of
from kiosk.display.fit import SMALLEST, Fit
from kiosk.display.glyphs import Glyphs
from kiosk.display.marks import Pane, Placed, Strokes, Target
from kiosk.display.notes import Notes
from kiosk.display.painter import Painter
from kiosk.display.placing import Placer
from kiosk.display.pointer import Contact, Drawn, Pointer, Pulled, Touched
from kiosk.display.rolling import Rolls
from kiosk.display.sdl import waiter
from kiosk.display.theme import Motion, Panel
from kiosk.display.widgets import Screen, Turn
from kiosk.errors import DeviceFault
from kiosk.sentences import tell

if TYPE_CHECKING:
    from kiosk.rules.front.taps import Tap

FRAME_S = 1 / 60
LONGEST_WAIT_S = 1.0
MOUSE_AGAIN_S = 3.0  # what SDL makes of a finger comes with it; later it is a mouse, and the touch panel may be gone
DISPLAYLESS = frozenset(("dummy", "offscreen"))

log = logging.getLogger(__name__)


class Face(Protocol):
    """What the window shows, and whom it tells. Called by the window's thread only."""

    def screen(self) -> Screen:
        """What is to be shown now."""

    def ahead(self) -> Iterator[Screen]:
        """What may be shown next; made ready while nobody touches anything."""

    def left(self) -> int:
        """How many shoppers have left so far: then nothing of them is kept here either."""

    def press_color(self) -> tuple[int, int, int, int]:
        """What a pressed part is veiled with."""

    def tapped(self, tap: Tap) -> None:
        """Somebody tapped."""

    def touched(self) -> None:
        """Somebody is there, who reads a list."""

    def due_s(self) -> float:
        """In how many seconds the screen may look different by itself."""

    def over(self) -> bool:
        """Whether the window is to close."""


def _nobody(_: str) -> None:
    """Nobody is told."""


def _nothing() -> None:
    """Nobody waits for it."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How the window is opened. whole: it takes the whole display, without a cursor. display: which one, from 0.
    remarks: told what there is to be said of its size, "" once there is nothing any more; window's thread."""

    panel: Panel
    whole: bool = False
    title: str = "kiosk"
    display: int = 0
    remarks: Callable[[str], None] = _nobody


class Window:
    """A context: opened by entering, closed by leaving. `wake` may be called by any thread, everything else not."""

    def __init__(self, opening: Opening, motion: Motion | None = None, mono_s: Callable[[], float] = monotonic) -> None:
        self._opening = opening
        self._motion = Motion() if motion is None else motion
        self._mono_s = mono_s
        self._glyphs = Glyphs()
        self._pointer = Pointer(self._motion.entry_s, opening.panel.slop)
        self._notes = Notes()
        self._rolls = Rolls(self._motion)
        self._placed: Placed | None = None  # its lists drawn as they stand
        self._screen: Screen | None = None
        self._picture: pygame.Surface | None = None  # where it has not the display's size
        self._changed_s = self._finger_s = float("-inf")
        self._repeats_s = float("inf")  # when what is held is tapped again
        self._pressed_s: float | None = None  # since when a target is pressed that is to be held
        self._closed = self._covers_later = False
        self._left = 0  # shoppers
        self._ahead: Iterator[Screen] | None = None

    def __enter__(self) -> Self:
        """Raises DeviceFault where there is no display."""
        opening = self._opening
        size = (opening.panel.width, opening.panel.height)
        if max(size) < SMALLEST[0] or min(size) < SMALLEST[1]:
            raise DeviceFault(
                tell(
                    "a panel of {width}x{height} is too small: 640x480 at least; set width and height of [touchscreen]",
                    width=size[0],
                    height=size[1],
                )
            )
        if "DISPLAY" in os.environ and "WAYLAND_DISPLAY" not in os.environ:
            os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")  # far cheaper on X11, fatal on Wayland
        elif "WAYLAND_DISPLAY" not in os.environ and "SDL_VIDEODRIVER" not in os.environ:
            for choice in ("SDL_RENDER_DRIVER", "SDL_FRAMEBUFFER_ACCELERATION"):
                os.environ.setdefault(choice, "opengles2")  # without a desktop nothing else reaches the panel
        try:
            pygame.display.init()
            self._covers_later = opening.whole and pygame.display.get_driver() == "x11"
            flags = 0 if not opening.whole else pygame.NOFRAME if self._covers_later else pygame.FULLSCREEN
            room = room_for(size, whole=opening.whole, display=opening.display)
            self._surface = pygame.display.set_mode(room, flags, display=opening.display)
        except pygame.error as fault:
            pygame.display.quit()  # SDL looks only when it begins which displays there are
            raise DeviceFault(tell("no window can be opened: {fault}; is a display connected?", fault=fault)) from fault
        pygame.display.set_caption(opening.title)
        if opening.whole:  # an invisible cursor may switch touch off, an empty one does not
            pygame.mouse.set_cursor((8, 8), (0, 0), (0,) * 8, (0,) * 8)
        self.fit = Fit(size, self._surface.get_size())
        if self.fit.remark:
            log.warning("%s", self.fit.remark)
            opening.remarks(self.fit.remark)
        self._placer = Placer(opening.panel, self._glyphs.measure)
        self.painter = Painter(size, self._glyphs, self._motion)
        self._wake = pygame.event.custom_type()
        self._wait = waiter(pygame.display.get_driver())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        pygame.display.quit()

    def _cover(self) -> None:
        """Have the desktop's panels give way. SDL waits a tenth of a second for a window manager to agree, even where
        there is none: so a window without a frame comes first, and shows something meanwhile."""
        self._covers_later = False
        pygame.display.toggle_fullscreen()  # set_mode would show black meanwhile
        self.painter.forget()

    def wake(self) -> None:
        """Something changed: look again."""
        if pygame.display.get_init():
            with suppress(pygame.error):  # it was closed just now
                pygame.event.post(pygame.event.Event(self._wake))

    def run(self, face: Face, seen: Callable[[], None] = _nothing) -> None:
        """Show the face until it is over, or somebody closes the window. seen: called once there is something to see.
        Raises DeviceFault where the display goes."""
        try:
            self.draw(face)
            seen()
            while not face.over() and not self._closed:
                self.step(face)
        except pygame.error as fault:
            raise DeviceFault(tell("the display is gone: {fault}; look at its cable", fault=fault)) from fault

    def step(self, face: Face) -> None:
        """Draw what is to be drawn, then take what came, or wait for it."""
        began_s = self._mono_s()
        self._repeat(face)
        self.draw(face)
        if self._covers_later:
            self._cover()
            self.draw(face)
        if self.moving:
            left_s = FRAME_S - (self._mono_s() - began_s)
            if left_s > 0 and not pygame.event.peek():
                self._wait(left_s)
        elif not pygame.event.peek() and not self._prepared(face):
            now_s = self._mono_s()
            notes = () if self._placed is None else self._placed.notes
            due_s = min(face.due_s(), self._repeats_s - now_s, self._notes.due_s(notes, now_s), self._hold_left_s())
            self._wait(min(LONGEST_WAIT_S, max(0.001, due_s)))
        for event in pygame.event.get():
            self._take(event, face)

    def _hold_left_s(self) -> float:
        """How long what is pressed is still to be held."""
        pressed = self._pointer.pressed
        if pressed is None or not pressed.hold_s:
            self._pressed_s = None
            return LONGEST_WAIT_S
        if self._pressed_s is None:
            self._pressed_s = self._mono_s()
        return self._pressed_s + pressed.hold_s - self._mono_s()

    def _held(self, face: Face) -> None:
        target = self._pointer.held_long()
        self._pressed_s = None
        if target is not None and target.tap is not None and not isinstance(target.tap, Turn):
            face.tapped(target.tap)

    def _repeat(self, face: Face) -> None:
        """What is held long enough is tapped, or tapped again and again."""
        if self._hold_left_s() <= 0:
            self._held(face)
        now_s = self._mono_s()
        pressed = self._pointer.pressed
        if pressed is None or not pressed.repeats:
            self._repeats_s = float("inf")
        elif self._repeats_s == float("inf"):
            self._repeats_s = now_s + self._motion.hold_s
        elif now_s >= self._repeats_s and self._pointer.repeats() is not None:
            self._repeats_s = now_s + self._motion.again_s
            if pressed.tap is not None and not isinstance(pressed.tap, Turn):
                face.tapped(pressed.tap)

    @property
    def moving(self) -> bool:
        """Whether another frame is due at once."""
        return self.painter.moving or self._rolls.moving(self._mono_s())

    def _prepared(self, face: Face) -> bool:
        """Make one of the screens ready that may come; whether there was one left."""
        if self._ahead is None:
            self._ahead = face.ahead()
        screen = next(self._ahead, None)
        if screen is not None:
            self.painter.prepare(self._placer.place(screen))
        return screen is not None

    def draw(self, face: Face) -> None:
        """Bring the window up to date."""
        now_s = self._mono_s()
        screen = face.screen()
        if face.left() != self._left:
            self._left = face.left()
            self._forget()
        if screen != self._screen or self._placed is None:
            anew = self._placed is None or screen.key != self._placed.key
            if anew:
                self._changed_s = now_s
            placed = self._placer.place(screen)
            self._rolls.show((mark for mark in placed.marks if isinstance(mark, Pane)), now_s, anew=anew)
            self._screen, self._placed = screen, placed.rolled(self._rolls.offsets(now_s))
            self._notes.show(self._placed.notes, now_s)
            self._pointer.screen_changed(self._placed, anew=anew)
        else:
            self._placed = self._placed.rolled(self._rolls.offsets(now_s))
        dirty = self.painter.show(self._seen(self._placed, now_s), self._pointer.pressed, face.press_color(), now_s)
        if dirty or self.painter.moving:
            if self.fit.exact:
                pygame.display.update(self.painter.frame(self._surface, dirty, now_s))
            else:
                self._scaled(dirty, now_s)

    def _scaled(self, dirty: list[pygame.Rect], now_s: float) -> None:
        """The whole picture, as large as the display allows; dear, and only until somebody has set the right size."""
        if self._picture is None:
            self._picture = pygame.Surface(self.fit.picture, depth=32)
        self.painter.frame(self._picture, dirty, now_s)
        left, top, width, height = self.fit.rect
        self._surface.fill((0, 0, 0))
        self._surface.blit(pygame.transform.smoothscale(self._picture, (width, height)), (left, top))
        pygame.display.update()

    def _forget(self) -> None:
        """Whoever stood here has left: nothing of theirs is kept; what may be shown next is made ready anew."""
        self._glyphs.forget()
        self._placer.forget()
        self._ahead = None

    def _seen(self, placed: Placed, now_s: float) -> Placed:
        """With the line that a finger draws, and with notes as long as they last."""
        more = list(self._notes.marks(placed.notes, now_s))
        sketch = self._pointer.sketch
        if sketch is not None:
            more.append(Strokes(sketch.target.rect, (sketch.stroke,), sketch.target.ink, sketch.target.pen))
        return replace(placed, marks=(*placed.marks, *more)) if more else placed

    def _take(self, event: pygame.event.Event, face: Face) -> None:
        match event.type:
            case pygame.QUIT:  # a keyboard that somebody plugs in (Alt-F4) ends nothing where there is no desktop
                self._closed = not self._opening.whole
            case pygame.WINDOWEXPOSED | pygame.WINDOWRESTORED:
                self.painter.forget()
            case pygame.WINDOWSIZECHANGED:
                self._resized()
            case pygame.MOUSEWHEEL if self._placed is not None:
                pane = self._placed.pane_at(*self.fit.inside(*pygame.mouse.get_pos()))
                if pane is not None:
                    self._rolls.wheeled(pane.name, event.y, self._mono_s())
                    face.touched()
            case _:
                touched = report_of(event, self.fit)
                if touched is not None and self._placed is not None:
                    self._touched(touched, self._placed, face)
                    self.draw(face)  # a finger sees what it does in the same frame

    def _resized(self) -> None:
        """Another display, or another size of this one."""
        surface = pygame.display.get_surface()
        if surface is not None and surface.get_size() != self.fit.window:
            self._surface, self.fit = surface, replace(self.fit, window=surface.get_size())
            log.warning("the display changed: %s", self.fit.remark or "it has its usual size again")
            self._opening.remarks(self.fit.remark)
            self.painter.forget()

    def _touched(self, touched: Touched, placed: Placed, face: Face) -> None:
        now_s = self._mono_s()
        stopped = False
        if touched.contact is Contact.DOWN:
            self._repeats_s = float("inf")
            if not touched.finger and now_s - self._finger_s > MOUSE_AGAIN_S:
                self._pointer.forgets_fingers()
        if touched.finger:
            self._finger_s = now_s
        if self._pointer.takes(touched) and (pane := placed.pane_at(touched.x, touched.y)) is not None:
            stopped = self._rolls.stopped(pane.name, now_s)
        drew = self._pointer.drawing
        match self._pointer.feed(touched, placed, now_s - self._changed_s, stopped=stopped):
            case Pulled(name, by):
                self._rolls.pulled(name, by, now_s)
                if not drew:
                    face.touched()
            case Drawn(target, stroke) if target.drawn is not None:
                face.tapped(target.drawn(stroke))
            case Target(tap=Turn() as turn):
                self._rolls.turned(turn.name, turn.rooms, now_s)
                face.touched()
            case Target(tap=tap) if tap is not None and not isinstance(tap, Turn):
                face.tapped(tap)
            case None if drew and not self._pointer.drawing:
                self._rolls.released(now_s)
            case _:
                pass


def room_for(size: tuple[int, int], *, whole: bool, display: int = 0) -> tuple[int, int]:
    """How large the window is to be: the whole display, or what has room on it. Raises pygame.error."""
    if pygame.display.get_driver() in DISPLAYLESS:
        return size
    displays = pygame.display.get_desktop_sizes()
    if display >= len(displays):
        raise pygame.error(f"there is no display {display}, the first of {len(displays)} is 0")
    room = displays[display]
    if whole:
        return room
    if size[0] <= room[0] and size[1] <= room[1]:
        return size
    return Fit(size, room).rect[2:]
