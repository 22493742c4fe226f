"""What is painted, flat and in order: a placed screen is a list of these, and two lists tell what to repaint."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.display.colors import Color
from kiosk.display.widgets import Shape, Stroke, Turn

if TYPE_CHECKING:
    from kiosk.rules.front.taps import Tap

Rect = tuple[int, int, int, int]  # left, top, width, height

HANGS = 8  # a part of its size at most by which a line's letters (g, Ä) stand out of its room


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


@dataclass(frozen=True, slots=True)
class Modules:
    """The dark and light squares of a QR code, row by row, quiet zone included; each some whole pixels large."""

    rect: Rect
    rows: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Strokes:
    """Lines that a finger drew. pen: how thick they are, pixels."""

    rect: Rect
    strokes: tuple[Stroke, ...]
    ink: Color
    pen: int


@dataclass(frozen=True, slots=True)
class Figure:
    """The polygons of a drawing. scale: pixels of one of its units."""

    rect: Rect
    shapes: tuple[Shape, ...]
    scale: float

    def __hash__(self) -> int:
        """Not of the shapes: thousands of points would be looked through with every touch."""
        return hash((self.rect, len(self.shapes), self.scale))


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture from a file."""

    rect: Rect
    path: str
    radius: int


@dataclass(frozen=True, slots=True)
class Target:
    """Where a finger may tap, and what that means. pane: the list that it lies in, "" for none. repeats: while held.

    drawn: what a line means that is drawn there; None where nobody draws. ink, pen: how it looks meanwhile. hold_s:
    how long it must be held, 0 for a tap.
    """

    rect: Rect
    tap: Tap | Turn | None
    name: str
    radius: int
    pane: str = ""
    repeats: bool = False
    drawn: Callable[[Stroke], Tap] | None = None
    ink: Color = (0, 0, 0)
    pen: int = 0
    hold_s: float = 0.0


class Roll:
    """All that is on a list, from its own left and top; found quickly by how far down it is. Never changed."""

    BAND = 256

    def __init__(self, marks: Iterable[Mark], targets: Iterable[Target], height: int) -> None:
        self.marks, self.targets, self.height = tuple(marks), tuple(targets), height
        self._marks: dict[int, list[int]] = {}
        self._targets: dict[int, list[int]] = {}
        for places, rects in (
            (self._marks, map(bounds, self.marks)),
            (self._targets, (target.rect for target in self.targets)),
        ):
            for place, (_, top, _, high) in enumerate(rects):
                for band in range(top // self.BAND, (top + high) // self.BAND + 1):
                    places.setdefault(band, []).append(place)

    def marks_in(self, top: int, foot: int) -> Iterator[Mark]:
        """What may be seen between two heights, in its order; some of it lies beside them."""
        return (self.marks[place] for place in self._within(self._marks, top, foot))

    def targets_in(self, top: int, foot: int) -> Iterator[Target]:
        return (self.targets[place] for place in self._within(self._targets, top, foot))

    def _within(self, places: Mapping[int, list[int]], top: int, foot: int) -> list[int]:
        bands = range(top // self.BAND, foot // self.BAND + 1)
        return sorted({place for band in bands for place in places.get(band, ())})


@dataclass(frozen=True, slots=True)
class Pane:
    """A list seen through its room. offset: how much of it lies above the room, pixels; beyond its ends while a finger
    pulls it there. The rest as in widgets.Scroll."""

    rect: Rect
    roll: Roll
    name: str
    thumb: Color
    bleed: int = 0
    fade: int = 0
    offset: int = 0

    @property
    def furthest(self) -> int:
        """The offset at its end; 0 where all of it has room."""
        return max(0, self.roll.height - self.rect[3])

    @property
    def place(self) -> tuple[int, int]:
        """Where the list's own left and top is, in the screen."""
        return self.rect[0], self.rect[1] - self.offset

    def targets(self) -> Iterator[Target]:
        """What of it can be touched now, cut to the room."""
        _, top, _, height = self.rect
        x, y = self.place
        for target in self.roll.targets_in(self.offset, self.offset + height):
            at_x, at_y, wide, high = target.rect
            upper, lower = max(top, y + at_y), min(top + height, y + at_y + high)
            if lower > upper:
                yield replace(target, rect=(x + at_x, upper, wide, lower - upper), pane=self.name)


Mark = Ground | Shadow | Line | Sign | Veil | Pane | Modules | Strokes | Figure | Photo


@dataclass(frozen=True, slots=True)
class Note:
    """What is shown for a while, over everything. As widgets.Fleeting."""

    key: str
    lasts_s: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A screen with every part at its place. moving: what is exchanged when another screen comes, None: everything;
    under: so many marks lie below it.

    problems: what has no room, or too little for a finger; none in a screen that is right. panes: the lists that a
    finger may draw. notes: what is shown for a while.
    """

    key: str
    marks: tuple[Mark, ...]
    targets: tuple[Target, ...]
    moving: Rect | None
    problems: tuple[str, ...]
    panes: tuple[Pane, ...] = ()
    notes: tuple[Note, ...] = ()
    under: int = 1

    def rolled(self, offsets: Mapping[str, int]) -> Placed:
        """With its lists drawn so far; those that are not named are at their top."""
        if not any(isinstance(mark, Pane) for mark in self.marks):
            return self
        marks = tuple(
            replace(mark, offset=offsets.get(mark.name, 0)) if isinstance(mark, Pane) else mark for mark in self.marks
        )
        panes = tuple(replace(pane, offset=offsets.get(pane.name, 0)) for pane in self.panes)
        within = (target for pane in panes for target in pane.targets())
        fixed = (target for target in self.targets if not target.pane)
        return replace(self, marks=marks, panes=panes, targets=(*within, *fixed))

    def noted(self) -> Placed:
        """With all notes that are new."""
        return replace(self, marks=(*self.marks, *(mark for note in self.notes for mark in note.marks)))

    def pane_at(self, x: int, y: int) -> Pane | None:
        """The list that a finger at that place draws."""
        return next((pane for pane in self.panes if holds(pane.rect, x, y)), None)

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
    if isinstance(mark, Pane):
        return left - mark.bleed, top, width + 2 * mark.bleed, height
    if isinstance(mark, Line):
        over = mark.size // HANGS
        return left, top - over, width, height + 2 * over
    return mark.rect


def opened(marks: Iterable[Mark], *, seen: bool = False) -> Iterator[Mark]:
    """All marks, those of the lists at their places among them; seen: only of entries that are not wholly cut off."""
    for mark in marks:
        if not isinstance(mark, Pane):
            yield mark
            continue
        x, y = mark.place
        top, foot = mark.offset, mark.offset + mark.rect[3]
        for one in mark.roll.marks_in(top, foot) if seen else mark.roll.marks:
            left, upper, width, height = one.rect
            if not seen or (upper < foot and upper + height > top):
                yield replace(one, rect=(x + left, y + upper, width, height))
