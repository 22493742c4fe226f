"""Placing a drawing: its shapes scaled to the room, its words where they fit and cover nothing that counts more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import hypot

from kiosk.display.colors import Color
from kiosk.display.marks import Figure, Ground, Line, Mark, Rect, Sign
from kiosk.display.widgets import Caption, Drawing, Text

Breaks = Callable[[Text, int], tuple[str, ...]]
Widths = Callable[[str, int, bool], int]

Point = tuple[float, float]
STEPS = 5  # of a rounded corner
CLEAR_PX = 4


def drawn(
    drawing: Drawing, rect: Rect, breaks: Breaks, width_of: Widths, leading: Callable[[int, bool], int]
) -> list[Mark]:
    """What is painted of it. breaks, width_of, leading: of the fonts."""
    left, top, width, height = rect
    across, down = drawing.extent
    scale = min(width / across, height / down)
    wide, high = round(across * scale), round(down * scale)
    x0, y0 = left + (width - wide) // 2, top + (height - high) // 2
    figure = Figure((x0, y0, wide, high), drawing.shapes, scale)
    marks: list[Mark] = [figure]
    taken: list[Rect] = []
    for caption in drawing.captions:
        placed = _caption(caption, (x0, y0, wide, high), scale, breaks, width_of, leading, taken)
        if placed is not None:
            found, room = placed
            taken.append(room)
            marks += found
    return marks


def _caption(  # noqa: PLR0913  the fonts are three
    caption: Caption,
    whole: Rect,
    scale: float,
    breaks: Breaks,
    width_of: Widths,
    leading: Callable[[int, bool], int],
    taken: list[Rect],
) -> tuple[list[Mark], Rect] | None:
    """A sign or words, the first of its places that has room; None where none has."""
    room_px = caption.room[0] * scale - 2 * CLEAR_PX, caption.room[1] * scale - 2 * CLEAR_PX
    pad = caption.pad
    if caption.icon:
        size = caption.size or int(min(room_px))
        caption = replace(caption, size=size)
        wide = high = size + 2 * pad
        lines: tuple[str, ...] = ()
        if min(room_px) < size and caption.room != (0.0, 0.0):
            return None
    else:
        text = Text(caption.words, caption.size, caption.color, caption.bold, lines=2)
        across = int(room_px[0]) if caption.room[0] else whole[2] // 2
        if across < 2 * caption.size:
            return None
        lines = breaks(text, across)
        wide = max(width_of(line, caption.size, caption.bold) for line in lines) + 2 * pad
        high = leading(caption.size, caption.bold) * len(lines) + 2 * pad
        if len(lines) > 2 or wide > across + 2 * pad or (caption.room[1] and high > room_px[1] + 2 * pad):
            return None
    for x, y in caption.at:
        x_px, y_px = whole[0] + x * scale - wide / 2, whole[1] + y * scale - high / 2
        if caption.room == (0.0, 0.0):  # kept on the drawing
            x_px = min(max(x_px, whole[0]), whole[0] + whole[2] - wide)
            y_px = min(max(y_px, whole[1]), whole[1] + whole[3] - high)
        place = (round(x_px), round(y_px), wide, high)
        if caption.first or not any(_overlap(place, other) for other in taken):
            return _marks(caption, place, lines, width_of, leading), place
    return None


def _marks(
    caption: Caption, place: Rect, lines: tuple[str, ...], width_of: Widths, leading: Callable[[int, bool], int]
) -> list[Mark]:
    left, top, wide, high = place
    pad, ground = caption.pad, caption.ground
    marks: list[Mark] = []
    if caption.plate is not None:
        marks.append(Ground(place, (caption.plate, caption.plate), min(wide, high) // 2))
        ground = caption.plate
    if caption.icon:
        marks.append(Sign((left + pad, top + pad, caption.size, caption.size), caption.icon, caption.color, (ground,)))
        return marks
    step = leading(caption.size, caption.bold)
    for place_, line in enumerate(lines):
        own = width_of(line, caption.size, caption.bold)
        at = (left + (wide - own) // 2, top + pad + place_ * step, own, step)
        marks.append(Line(at, line, caption.size, caption.bold, caption.color, (ground,)))
    return marks


def _overlap(one: Rect, other: Rect) -> bool:
    return (
        one[0] < other[0] + other[2] + CLEAR_PX
        and other[0] < one[0] + one[2] + CLEAR_PX
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )


def rounded(points: tuple[Point, ...], radius: float) -> tuple[Point, ...]:
    """A polygon with soft corners."""
    if radius <= 0 or len(points) < 3:
        return points
    soft: list[Point] = []
    for place, corner in enumerate(points):
        before, behind = points[place - 1], points[(place + 1) % len(points)]
        start, end = _towards(corner, before, radius), _towards(corner, behind, radius)
        for step in range(STEPS + 1):
            part = step / STEPS
            rest = 1.0 - part
            soft.append(
                (
                    rest * rest * start[0] + 2 * rest * part * corner[0] + part * part * end[0],
                    rest * rest * start[1] + 2 * rest * part * corner[1] + part * part * end[1],
                )
            )
    return tuple(soft)


def _towards(corner: Point, other: Point, far: float) -> Point:
    x, y = other[0] - corner[0], other[1] - corner[1]
    long = hypot(x, y)
    part = min(far / long, 0.5) if long else 0.0
    return corner[0] + x * part, corner[1] + y * part


def blended(one: Color, other: Color, part: float) -> Color:
    """Between two colours: 0 is the first."""
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue
