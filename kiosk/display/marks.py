"""What is painted, flat and in order: a placed screen is a list of these, and two lists tell what to repaint."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.display.colors import Color
from kiosk.rules.front.taps import Tap

Rect = tuple[int, int, int, int]  # left, top, width, height


@dataclass(frozen=True, slots=True)
class Ground:
    """A filled shape, from its top colour to that of its foot."""

    rect: Rect
    fill: tuple[Color, Color]
    radius: int = 0
    border: Color | None = None
    border_px: int = 1


@dataclass(frozen=True, slots=True)
class Shadow:
    """Cast by a shape of that size. depth: how far, pixels."""

    rect: Rect
    radius: int
    depth: int
    color: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text. grounds: the colours that it stands on, for whoever checks that it can be read."""

    rect: Rect
    text: str
    size: int
    bold: bool
    color: Color
    grounds: tuple[Color, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """An icon."""

    rect: Rect
    name: str
    color: Color
    grounds: tuple[Color, ...]


@dataclass(frozen=True, slots=True)
class Veil:
    """A see-through colour over what lies below: a scrim, or the mark of a finger."""

    rect: Rect
    color: tuple[int, int, int, int]
    radius: int = 0


Mark = Ground | Shadow | Line | Sign | Veil


@dataclass(frozen=True, slots=True)
class Target:
    """Where a finger may tap, and what that means."""

    rect: Rect
    tap: Tap
    name: str
    radius: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A screen with every part at its place. moving: what is exchanged when another screen comes, None: everything.

    problems: what has no room, or too little for a finger; none in a screen that is right.
    """

    key: str
    marks: tuple[Mark, ...]
    targets: tuple[Target, ...]
    moving: Rect | None
    problems: tuple[str, ...]

    def target_at(self, x: int, y: int) -> Target | None:
        """What a finger at that place touches."""
        return next((target for target in reversed(self.targets) if holds(target.rect, x, y)), None)


def holds(rect: Rect, x: int, y: int) -> bool:
    left, top, width, height = rect
    return left <= x < left + width and top <= y < top + height


def bounds(mark: Mark) -> Rect:
    """What a mark may colour."""
    left, top, width, height = mark.rect
    if isinstance(mark, Shadow):
        depth = 2 * mark.depth
        return left - depth, top - depth, width + 2 * depth, height + 2 * depth + mark.depth
    return mark.rect
