"""Fingers and mice as one thing: what was pressed, what was tapped, and never the same tap twice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kiosk.display.marks import Placed, Target, holds

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


class Pointer:
    """One finger counts at a time, the first; what it lies on is pressed until it leaves it. Any other is ignored.

    entry_s: a touch that begins so soon after the screen changed was meant for the screen before.
    """

    def __init__(self, entry_s: float) -> None:
        self.pressed: Target | None = None
        self._held: Target | None = None
        self._id: int | None = None
        self._fingers = False
        self._others = 0
        self._entry_s = entry_s

    def feed(self, touched: Touched, placed: Placed, since_change_s: float) -> Target | None:
        """Take a report; gives back what was tapped. since_change_s: how long this screen has been there."""
        self._fingers = self._fingers or touched.finger
        if self._fingers and not touched.finger and touched.contact is not Contact.LOST:
            return None  # the mouse that SDL makes of a finger
        match touched.contact:
            case Contact.DOWN:
                if self._id is None or self._id == touched.id:
                    self._id, self._others = touched.id, 0
                    soon = since_change_s < self._entry_s
                    self._held = None if soon else placed.target_at(touched.x, touched.y)
                    self.pressed = self._held
            case Contact.MOVE if touched.id == self._id:
                held = self._held
                self.pressed = held if held is not None and holds(held.rect, touched.x, touched.y) else None
            case Contact.UP if touched.id == self._id:
                held, self._id = self._held, None
                self._held = self.pressed = None
                if held is not None and holds(held.rect, touched.x, touched.y) and held in placed.targets:
                    return held
            case Contact.UP if self._id is not None:
                self._others += 1
                if self._others >= OTHERS:  # nobody holds a button so long: its report was lost
                    self._id = self._held = self.pressed = None
            case Contact.LOST:
                self._id = self._held = self.pressed = None
            case _:
                pass
        return None

    def screen_changed(self, placed: Placed) -> None:
        """Another picture came below the finger: what is not there any more is not pressed."""
        if self._held is not None and self._held not in placed.targets:
            self._held = self.pressed = None
