"""What a screen is made of: a tree of plain values, in pixels, that is placed, compared and painted elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from kiosk.display.colors import Color

if TYPE_CHECKING:
    from kiosk.rules.front.taps import Tap

Stroke = tuple[tuple[int, int], ...]
"""A line that was drawn without lifting the finger: places across and down its pad, in thousandths."""


class Align(Enum):
    """Where a child lies across its row or column, a text in its room."""

    START = "start"
    CENTRE = "centre"
    END = "end"
    FILL = "fill"


@dataclass(frozen=True, slots=True)
class Text:
    """size: the height of the type, pixels. lines: at most so many; what does not fit is told as a mistake, or cropped
    where the store chose the words. quiet: it is the shopper's own, and never read aloud."""

    text: str
    size: int
    color: Color
    bold: bool = False
    align: Align = Align.START
    lines: int = 9
    crop: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Icon:
    """A sign, a square of that many pixels."""

    name: str
    size: int
    color: Color


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty room."""

    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Grow:
    """A child that takes what its siblings leave, shared with the others that grow."""

    child: Widget = Gap()
    share: int = 1


@dataclass(frozen=True, slots=True)
class Sized:
    """A child in a room of at least that size; width 0, height 0: its own."""

    child: Widget
    width: int = 0
    height: int = 0
    across: Align = Align.FILL
    down: Align = Align.FILL
    widest: int = 0  # 0: as wide as there is room


@dataclass(frozen=True, slots=True)
class Row:
    """Children side by side."""

    children: tuple[Widget, ...]
    gap: int = 0
    align: Align = Align.CENTRE


@dataclass(frozen=True, slots=True)
class Column:
    """Children one below the other. down: where they lie in a taller room, if none of them grows. even: those that grow
    are as high as their shares tell, whatever is in them."""

    children: tuple[Widget, ...]
    gap: int = 0
    align: Align = Align.FILL
    down: Align = Align.START
    even: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A ground with a child on it. fill: from top to foot; None: see-through. pad: left and right, top and bottom.

    shadow: how far it is cast, pixels.
    """

    child: Widget
    fill: tuple[Color, Color] | None = None
    radius: int = 0
    pad: tuple[int, int] = (0, 0)
    border: Color | None = None
    border_px: int = 1
    shadow: int = 0
    shadow_color: tuple[int, int, int, int] = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Turn:
    """A tap that leafs through a list, by so many of its rooms; the window's own business, nobody else hears of it."""

    name: str
    rooms: int


@dataclass(frozen=True, slots=True)
class Touch:
    """A child that can be touched, and what that means. name: for tests and for spoken prompts. least: how wide and
    high it is at least, pixels, 0 for what every finger needs. repeats: while it is held, it is tapped again and again.
    hold_s: a finger must lie on it for so long, and a short touch means nothing: for staff, who know that it is there.
    """

    child: Widget
    tap: Tap | Turn
    name: str
    radius: int = 0
    least: int = 0
    repeats: bool = False
    hold_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Bar:
    """How much is done, or left: 0 to 1."""

    share: float
    color: Color
    track: Color
    height: int


@dataclass(frozen=True, slots=True)
class Layers:
    """One thing over another. scrim: what lies between them; where there is one, nothing below can be touched."""

    below: Widget
    above: Widget
    scrim: tuple[int, int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """A polygon of a drawing, in its units. line: its edge, None for none; line_px: how wide."""

    points: tuple[tuple[float, float], ...]
    fill: Color | None
    line: Color | None = None
    line_px: int = 1


@dataclass(frozen=True, slots=True)
class Caption:
    """Words, or a sign, on a drawing. at: where its middle may be, the best place first, in the drawing's units. room:
    it is left out where it has less; (0, 0): it stands anywhere on the drawing. size: of its type or sign, pixels; a
    sign of 0 fills its room.

    ground: what it stands on. plate: a ground of its own. first: it may cover others; those before it never do.
    """

    words: str
    at: tuple[tuple[float, float], ...]
    size: int
    color: Color
    ground: Color
    room: tuple[float, float] = (0.0, 0.0)
    icon: str = ""
    bold: bool = False
    plate: Color | None = None
    pad: int = 0
    first: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """Polygons and what is written on them, as large as the room lets it be. extent: width and height in its units.

    It wants no height of its own: let it grow, or give it a size. Captions that count most come first.
    """

    shapes: tuple[Shape, ...]
    captions: tuple[Caption, ...]
    extent: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the store's, cut to fill its room. path: of its file; one that cannot be read leaves the room empty.

    It wants no height of its own: let it grow, or give it a size.
    """

    path: str
    radius: int = 0


@dataclass(frozen=True, slots=True)
class Moving:
    """The part of a screen that is exchanged with a movement when another screen comes."""

    child: Widget


@dataclass(frozen=True, slots=True)
class Fitting:
    """The first of some ways to show the same that its room has place for; the last one in any case."""

    choices: tuple[Widget, ...]


@dataclass(frozen=True, slots=True)
class Scroll:
    """A child that may be higher than its room, and is then drawn through it by a finger. It wants no height of its
    own: let it grow, or give it a size.

    name: tells the lists of a screen apart. gutter: for the thumb, at the right; thumb: its colour. bleed: how far to
    the left and right a shadow may be cast. fade: how high the child fades out where it is cut. keys: up and down, for
    who cannot draw; they have a room, `keys_room`, only where the child is too high. below: there, not at the side.
    edge: so far beyond the list's own room may its keys lie, on the edge of its sheet.
    """

    child: Widget
    name: str
    thumb: Color
    gutter: int = 0
    bleed: int = 0
    fade: int = 0
    keys: tuple[Widget, Widget] | None = None
    keys_room: int = 0
    below: bool = False
    edge: int = 0

    def __hash__(self) -> int:
        """Not of the child: hundreds of entries would be looked through whenever somebody asks for a size."""
        return hash((self.name, self.thumb, self.gutter, self.below))


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code, a square of that many pixels, its quiet zone among them. Always dark on white: readers want that."""

    text: str
    size: int


@dataclass(frozen=True, slots=True)
class Pad:
    """Where a finger draws lines. strokes: those that stand there. ink, pen: colour and thickness of a line.

    drawn: what a new line means.
    """

    strokes: tuple[Stroke, ...]
    ink: Color
    pen: int
    name: str
    drawn: Callable[[Stroke], Tap]


@dataclass(frozen=True, slots=True)
class Fleeting:
    """A child that nobody can touch, and that leaves by itself. key: of what it says; another key is shown anew."""

    child: Widget
    key: str
    lasts_s: float


Plain = Text | Icon | Gap | Bar | Code | Pad | Drawing | Picture
Widget = Plain | Grow | Sized | Row | Column | Box | Touch | Layers | Moving | Scroll | Fleeting | Fitting


@dataclass(frozen=True, slots=True)
class Screen:
    """A whole screen. key: of what it is about; another key is another screen. ground: behind everything. greets: what
    stands in its head and is read aloud before the rest."""

    key: str
    root: Widget
    ground: tuple[Color, Color]
    greets: Widget | None = None
