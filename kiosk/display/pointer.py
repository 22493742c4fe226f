"""Fingers and mice as one thing: what was pressed, what was tapped, and never the same tap twice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kiosk.display.marks import Placed, Target, holds
from kiosk.display.widgets import Stroke

LONGEST_STROKE = 2000  # places; nobody's line is longer
OTHERS = 2  # taps of other fingers while the first is said to be held


class Contact(Enum):
    """What a finger or a mouse button does."""

    DOWN = "down"
    MOVE = "move"
    UP = "up"
    LOST = "lost"  # the device went away, or the window lost the finger


@dataclass(frozen=True, slots=True)
class Touched:
    """A report of the window. finger: a touch panel's own; a mouse otherwise. id: of the finger."""

    contact: Contact
    x: int = 0
    y: int = 0
    finger: bool = False
    id: int = 0


@dataclass(frozen=True, slots=True)
class Pulled:
    """A finger drew a list by so many pixels, down is positive."""

    name: str
    by: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finger drew a line on a pad."""

    target: Target
    stroke: Stroke


class Pointer:
    """One finger counts at a time, the first; what it lies on is pressed until it leaves it, or draws its list.

    entry_s: a touch that begins so soon after the screen changed was meant for the screen before. slop: so far may a
    finger that taps wander on a list, pixels; one that went further draws it, and taps nothing any more.
    """

    def __init__(self, entry_s: float, slop: int = 12) -> None:
        self.pressed: Target | None = None
        self._held: Target | None = None
        self._pane = ""
        self._drawing = False
        self._spent = False
        self._at = (0, 0)
        self._stroke: list[tuple[int, int]] = []
        self._slop = slop
        self._id: int | None = None
        self._fingers = False
        self._others = 0
        self._entry_s = entry_s

    @property
    def drawing(self) -> bool:
        """Whether a finger has a list in hand."""
        return self._drawing

    def feed(
        self, touched: Touched, placed: Placed, since_change_s: float, *, stopped: bool = False
    ) -> Target | Pulled | Drawn | None:
        """Take a report; gives back what was tapped, or drawn. since_change_s: how long this screen has been there.

        stopped: the finger came down on a list that ran, and only stopped it.
        """
        self._fingers = self._fingers or touched.finger
        if self._fingers and not touched.finger and touched.contact is not Contact.LOST:
            return None  # the mouse that SDL makes of a finger
        match touched.contact:
            case Contact.DOWN:
                if self._id is None or self._id == touched.id:
                    self._down(touched, placed, stopped or since_change_s < self._entry_s)
            case Contact.MOVE if touched.id == self._id:
                return self._moved(touched)
            case Contact.UP if touched.id == self._id:
                held, tapped = self._held, not (self._drawing or self._spent)
                sketch = self.sketch
                self._let_go()
                if sketch is not None:
                    return sketch
                if not tapped or held is None or held.hold_s:
                    return None
                if holds(held.rect, touched.x, touched.y) and held in placed.targets:
                    return held
            case Contact.UP if self._id is not None:
                self._others += 1
                if self._others >= OTHERS:  # nobody holds a button so long: its report was lost
                    self._let_go()
            case Contact.LOST:
                self._let_go()
            case _:
                pass
        return None

    def forgets_fingers(self) -> None:
        """No finger has been seen for a while: a mouse is a mouse again."""
        if self._id is None:
            self._fingers = False

    def held_long(self) -> Target | None:
        """What is pressed has been held for long enough: it is tapped, and the finger means nothing more."""
        held = self.pressed
        self._held = self.pressed = None
        return held

    def repeats(self) -> Target | None:
        """What is held, if it is tapped again and again meanwhile; then lifting the finger is no tap any more."""
        if self.pressed is None or not self.pressed.repeats:
            return None
        self._spent = True
        return self.pressed

    @property
    def sketch(self) -> Drawn | None:
        """The line that a finger draws at the moment."""
        held = self._held
        return Drawn(held, tuple(self._stroke)) if held is not None and held.drawn is not None else None

    def takes(self, touched: Touched) -> bool:
        """Whether a report is the beginning of a touch that counts."""
        mouse_of_finger = self._fingers and not touched.finger
        return touched.contact is Contact.DOWN and not mouse_of_finger and self._id in (None, touched.id)

    def _down(self, touched: Touched, placed: Placed, blind: bool) -> None:
        self._id, self._others, self._drawing, self._spent = touched.id, 0, False, False
        pane = placed.pane_at(touched.x, touched.y)
        target = placed.target_at(touched.x, touched.y)
        over = target is not None and not target.pane  # something that lies over the list
        self._pane, self._at = "" if pane is None or over else pane.name, (touched.x, touched.y)
        self._held = None if blind else target
        pad = self._held is not None and self._held.drawn is not None
        self.pressed = None if pad else self._held
        self._stroke = []
        if pad:
            self._draw(touched)

    def _draw(self, touched: Touched) -> None:
        """One more place of the line, in thousandths of its pad; a line stays within it."""
        assert self._held is not None
        left, top, width, height = self._held.rect
        x, y = 1000 * (touched.x - left) // width, 1000 * (touched.y - top) // height
        at = (min(1000, max(0, x)), min(1000, max(0, y)))
        if self._stroke[-1:] != [at] and len(self._stroke) < LONGEST_STROKE:
            self._stroke.append(at)

    def _moved(self, touched: Touched) -> Pulled | None:
        if self.sketch is not None:
            self._draw(touched)
            return None
        x, y = self._at
        if self._drawing:
            self._at = (touched.x, touched.y)
            return Pulled(self._pane, touched.y - y)
        if self._pane and max(abs(touched.x - x), abs(touched.y - y)) > self._slop:
            self._held = self.pressed = None
            self._drawing, self._at = True, (touched.x, touched.y)
            return Pulled(self._pane, 0)
        held = self._held
        self.pressed = held if held is not None and holds(held.rect, touched.x, touched.y) else None
        return None

    def _let_go(self) -> None:
        self._id = self._held = self.pressed = None
        self._pane, self._drawing, self._stroke = "", False, []

    def screen_changed(self, placed: Placed, *, anew: bool = False) -> None:
        """Another picture came below the finger: what is not there any more is not pressed, nor drawn. anew: a screen
        about something else, whose lists nobody has in hand."""
        if anew or self._pane not in (pane.name for pane in placed.panes):
            self._pane, self._drawing = "", False
        if self._held is not None and self._held not in placed.targets:
            self._held = self.pressed = None
