"""Giving every part of a screen its place: rows, columns, and the room that is left; what does not fit is told."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from kiosk.display.breaking import balanced
from kiosk.display.code import modules
from kiosk.display.colors import Color
from kiosk.display.drawing import drawn
from kiosk.display.marks import (
    Ground,
    Line,
    Mark,
    Modules,
    Note,
    Pane,
    Photo,
    Placed,
    Rect,
    Roll,
    Shadow,
    Sign,
    Strokes,
    Target,
    Veil,
)
from kiosk.display.sharing import shared
from kiosk.display.theme import Panel
from kiosk.display.widgets import (
    Align,
    Bar,
    Box,
    Code,
    Column,
    Drawing,
    Fitting,
    Fleeting,
    Gap,
    Grow,
    Icon,
    Layers,
    Moving,
    Pad,
    Picture,
    Row,
    Screen,
    Scroll,
    Sized,
    Text,
    Touch,
    Widget,
)
from kiosk.display.words_in import words_in

Size = tuple[int, int]
LEADING, LEADING_BOLD = 1.32, 1.24
LISTS_KEPT, LEAST_MODULE = 6, 3  # of a QR code, pixels: a telephone reads it from a panel at arm's length


class Measure(Protocol):
    """How wide a text is, set in a type of that height in pixels."""

    def __call__(self, text: str, size: int, bold: bool) -> int: ...


def line_height(size: int, bold: bool) -> int:
    return round(size * (LEADING_BOLD if bold else LEADING))


MARGIN = 0.05  # of the screen's width: what a page leaves free at its side


class Placer:
    """Places screens on one panel. measure: of its fonts; asked once per text."""

    def __init__(self, panel: Panel, measure: Measure) -> None:
        self._panel, self.width_px = panel, panel.width
        self._measure = lru_cache(maxsize=8192)(measure)
        self._lines = lru_cache(maxsize=2048)(self._broken)
        self._wants: dict[tuple[int, int], Size] = {}  # of the very parts of the tree that is being placed
        self._rolls: deque[tuple[Widget, int, tuple[Color, ...], Roll, tuple[str, ...]]] = deque(maxlen=LISTS_KEPT)
        self.fitted: deque[tuple[tuple[Widget, ...], Size, Widget]] = deque(maxlen=LISTS_KEPT)

    def forget(self) -> None:
        """Nothing that was placed is kept: somebody's own words may be among it."""
        for kept in (self._measure, self._lines):
            kept.cache_clear()
        self._rolls.clear()
        self.fitted.clear()

    def place(self, screen: Screen) -> Placed:
        """The whole screen, over its ground."""
        rect = (0, 0, self._panel.width, self._panel.height)
        making = _Making(self, self._panel.target)
        making.marks.append(Ground(rect, screen.ground))
        making.put(screen.root, rect, screen.ground)
        self._wants.clear()
        problems = tuple(dict.fromkeys(making.problems))
        marks, targets = tuple(making.marks), tuple(making.targets)
        panes, notes = tuple(making.panes), tuple(making.notes)
        placed = Placed(screen.key, marks, targets, making.moving, problems, panes, notes, making.under)
        return placed.rolled({})

    def roll(self, child: Widget, width: int, grounds: tuple[Color, ...]) -> tuple[Roll, tuple[str, ...]]:
        """A list in full, and what does not fit in it; an equal one is not placed again."""
        for known, at_width, on, roll, problems in self._rolls:
            if at_width == width and on == grounds and known == child:
                return roll, problems
        making = _Making(self, self._panel.target)
        height = self.wants(child, width)[1]
        making.put(child, (0, 0, width, height), grounds)
        roll, problems = Roll(making.marks, making.targets, height), tuple(making.problems)
        self._rolls.append((child, width, grounds, roll, problems))
        return roll, problems

    def lines(self, text: Text, room: int) -> tuple[str, ...]:
        lines = self._lines(text.text, text.size, text.bold, room)
        if not text.crop or (
            len(lines) <= text.lines and all(self.width(line, text.size, text.bold) <= room for line in lines)
        ):
            return lines
        end = 0
        for line in lines[: text.lines - 1]:
            end = text.text.index(line, end) + len(line)
        rest = text.text[end:].lstrip(" ")
        while rest and self.width(rest + "…", text.size, text.bold) > room:
            rest = rest[:-1]
        return (*lines[: text.lines - 1], rest.rstrip() + "…")

    def width(self, text: str, size: int, bold: bool) -> int:
        return self._measure(text, size, bold)

    def wants(self, widget: Widget, room: int) -> Size:
        """How large a part would like to be in a room of that width."""
        size = self._wants.get((id(widget), room))
        if size is None:
            size = self._wants[id(widget), room] = self._wanted(widget, room)
        return size

    def shares(self, row: Row, room: int) -> list[int]:
        """How wide each child of a row is."""
        own = [0 if isinstance(child, Grow) else self.wants(child, room)[0] for child in row.children]
        left = room - sum(own) - row.gap * (len(row.children) - 1)
        return shared(row.children, own, left)

    def heights(self, column: Column, rect: Rect) -> list[int]:
        """How high each child of a column is."""
        even, wide = column.even, rect[2]
        own = [0 if even and isinstance(one, Grow) else self.wants(one, wide)[1] for one in column.children]
        left = rect[3] - sum(own) - column.gap * (len(own) - 1)
        return shared(column.children, own, left) if left > 0 else own

    def _broken(self, text: str, size: int, bold: bool, room: int) -> tuple[str, ...]:
        return balanced(text, room, lambda part: self._measure(part, size, bold))

    def _wanted(self, widget: Widget, room: int) -> Size:
        match widget:
            case Text(size=size, bold=bold):
                lines = self.lines(widget, room)
                wide = max(self._measure(line, size, bold) for line in lines)
                return wide, line_height(size, bold) * len(lines)
            case Icon(size=size) | Code(size=size):
                return size, size
            case Gap():
                return widget.width, widget.height
            case Bar(height=height):
                return room, height
            case Scroll() | Pad() | Drawing() | Picture():
                return room, 0
            case Grow(child) | Touch(child) | Moving(child) | Fleeting(child):
                return self.wants(child, room)
            case Layers(below):
                return self.wants(below, room)
            case Fitting(choices):
                return self.wants(choices[-1], room)
            case Sized(child, width, height, widest=widest):
                wide, high = self.wants(child, min(room, widest or room))
                return max(wide, width), max(high, height)
            case Box(child, pad=(x, y)):
                wide, high = self.wants(child, room - 2 * x)
                return wide + 2 * x, high + 2 * y
            case Row(children, gap):
                widths = self.shares(widget, room)
                sizes = [self.wants(child, wide) for child, wide in zip(children, widths, strict=True)]
                wide = sum(size[0] for size in sizes) + gap * (len(children) - 1)
                return wide, max((high for _, high in sizes), default=0)
            case Column(children, gap):
                sizes = [self.wants(child, room) for child in children]
                high = sum(high for _, high in sizes) + gap * (len(children) - 1)
                return max((wide for wide, _ in sizes), default=0), high


@dataclass(slots=True)
class _Making:
    """A screen that is being placed."""

    placer: Placer
    target: int
    marks: list[Mark] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    panes: list[Pane] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    moving: Rect | None = None
    under: int = 1
    problems: list[str] = field(default_factory=list)

    def put(self, widget: Widget, rect: Rect, grounds: tuple[Color, ...]) -> None:
        left, top, width, height = rect
        match widget:
            case Gap():
                pass
            case Text():
                self._text(widget, rect, grounds)
            case Icon(name, size, color):
                place = (left + (width - size) // 2, top + (height - size) // 2, size, size)
                self.marks.append(Sign(place, name, color, grounds))
            case Grow(child):
                self.put(child, rect, grounds)
            case Moving(child):
                self.moving, self.under = rect, len(self.marks)
                self.put(child, rect, grounds)
            case Sized():
                self._sized(widget, rect, grounds)
            case Row():
                self._row(widget, rect, grounds)
            case Column():
                self._column(widget, rect, grounds)
            case Box(child, fill, pad=(x, y)):
                self._ground(widget, rect)
                inner = (left + x, top + y, width - 2 * x, height - 2 * y)
                self.put(child, inner, grounds if fill is None else fill)
            case Touch():
                self._touch(widget, rect, grounds)
            case Bar(share, color, track, bar):
                self._bar((left, top + (height - bar) // 2, width, bar), share, color, track)
            case Scroll():
                self._scroll(widget, rect, grounds)
            case Layers():
                self._layers(widget, rect, grounds)
            case Code() | Pad() | Fleeting() | Drawing() | Picture() | Fitting():
                self._gadget(widget, rect, grounds)

    def _touch(self, touch: Touch, rect: Rect, grounds: tuple[Color, ...]) -> None:
        width, height = rect[2:]
        least = touch.least or self.target
        if (width < least or height < least) and not touch.hold_s:
            self.problems.append(f"{touch.name}: {width}x{height} is too small for a finger ({least})")
        target = Target(rect, touch.tap, touch.name, touch.radius, repeats=touch.repeats, hold_s=touch.hold_s)
        self.targets.append(target)
        self.put(touch.child, rect, grounds)

    def _layers(self, layers: Layers, rect: Rect, grounds: tuple[Color, ...]) -> None:
        self.put(layers.below, rect, grounds)
        if layers.scrim is not None:
            self.targets.clear()
            self.panes.clear()
            self.marks.append(Veil(rect, layers.scrim))
        self.put(layers.above, rect, grounds)

    def _fits(self, choices: tuple[Widget, ...], rect: Rect, grounds: tuple[Color, ...]) -> Widget:
        """The first that has place there; not tried again for the very same choices."""
        for known, size, one in self.placer.fitted:
            if known is choices and size == rect[2:]:
                return one

        def has_place(one: Widget) -> bool:
            trial = _Making(self.placer, self.target)
            trial.put(one, rect, grounds)
            return not trial.problems

        self.placer.fitted.append((choices, rect[2:], next(filter(has_place, choices[:-1]), choices[-1])))
        return self.placer.fitted[-1][2]

    def _text(self, text: Text, rect: Rect, grounds: tuple[Color, ...]) -> None:
        left, top, width, height = rect
        lines = self.placer.lines(text, width)
        step = line_height(text.size, text.bold)
        if len(lines) > text.lines:
            self.problems.append(f"“{text.text}” takes {len(lines)} lines of {text.lines}")
        if step * len(lines) > height + 1:
            self.problems.append(f"“{text.text}” is {step * len(lines)} high, of {height}")
        y = top + (height - step * len(lines)) // 2 if text.align is Align.CENTRE else top
        for line in lines:
            wide = self.placer.width(line, text.size, text.bold)
            if wide > width:
                self.problems.append(f"“{line}” is {wide} wide, of {width}")
            x = left + {Align.CENTRE: (width - wide) // 2, Align.END: width - wide}.get(text.align, 0)
            self.marks.append(Line((x, y, wide, step), line, text.size, text.bold, text.color, grounds))
            y += step

    def _sized(self, sized: Sized, rect: Rect, grounds: tuple[Color, ...]) -> None:
        left, top, width, height = rect
        own = self.placer.wants(sized.child, min(width, sized.widest or width))
        wide = width if sized.across is Align.FILL else max(own[0], sized.width)
        wide = min(wide, sized.widest or wide, width)
        high = height if sized.down is Align.FILL else max(own[1], sized.height)
        self.put(
            sized.child,
            (left + _offset(sized.across, width - wide), top + _offset(sized.down, height - high), wide, high),
            grounds,
        )

    def _row(self, row: Row, rect: Rect, grounds: tuple[Color, ...]) -> None:
        left, top, width, height = rect
        widths = self.placer.shares(row, width)
        if sum(widths) + row.gap * (len(widths) - 1) > width:
            self.problems.append(f"a row of {len(widths)} takes {sum(widths)} of {width}: {words_in(row)}")
        for child, wide in zip(row.children, widths, strict=True):
            high = height if row.align is Align.FILL else self.placer.wants(child, wide)[1]
            if high > height:
                self.problems.append(f"{high} high, of {height}: {words_in(child)}")
            self.put(child, (left, top + _offset(row.align, height - high), wide, high), grounds)
            left += wide + row.gap

    def _column(self, column: Column, rect: Rect, grounds: tuple[Color, ...]) -> None:
        left, top, width, height = rect
        heights = self.placer.heights(column, rect)
        whole = sum(heights) + column.gap * (len(heights) - 1)
        if whole > height:
            self.problems.append(f"a column is {whole} high, of {height}: {words_in(column)}")
        top += _offset(column.down, height - whole)
        for child, high in zip(column.children, heights, strict=True):
            wide = width if column.align is Align.FILL else min(width, self.placer.wants(child, width)[0])
            self.put(child, (left + _offset(column.align, width - wide), top, wide, high), grounds)
            top += high + column.gap

    def _scroll(self, scroll: Scroll, rect: Rect, grounds: tuple[Color, ...]) -> None:
        left, top, width, height = rect
        roll, problems = self.placer.roll(scroll.child, width - scroll.gutter, grounds)
        if roll.height > height and scroll.keys is not None:
            (up, down), room, edge = scroll.keys, scroll.keys_room, scroll.edge
            free = self.placer.width_px - left - width
            beside = edge or (free if free <= MARGIN * self.placer.width_px else 0)  # nothing else lies there
            if scroll.below:
                height -= room - edge
                half = width // 2 + edge
                self.put(up, (left - edge, top + height, half, room), grounds)
                self.put(down, (left - edge + half, top + height, width + 2 * edge - half, room), grounds)
            else:
                width -= room - beside
                half = height // 2 + edge
                self.put(up, (left + width, top - edge, room, half), grounds)
                self.put(down, (left + width, top - edge + half, room, height + 2 * edge - half), grounds)
                roll, problems = self.placer.roll(scroll.child, width - scroll.gutter, grounds)
        elif roll.height <= height:  # no thumb is needed, and its place is the list's
            roll, problems = self.placer.roll(scroll.child, width, grounds)
        if height <= 0:
            self.problems.append(f"the list {scroll.name} has no room")
            return
        self.problems += problems
        pane = Pane((left, top, width, height), roll, scroll.name, scroll.thumb, scroll.bleed, scroll.fade)
        self.marks.append(pane)
        self.panes.append(pane)

    def _gadget(
        self, gadget: Code | Pad | Fleeting | Drawing | Picture | Fitting, rect: Rect, grounds: tuple[Color, ...]
    ) -> None:
        left, top, width, height = rect
        match gadget:
            case Code(text, size):
                rows = modules(text)
                if size // len(rows) < LEAST_MODULE:
                    self.problems.append(f"the code of “{text}” has {len(rows)} modules in {size} pixels")
                self.marks.append(Modules((left + (width - size) // 2, top + (height - size) // 2, size, size), rows))
            case Pad(strokes, ink, pen, name, line):
                self.marks.append(Strokes(rect, strokes, ink, pen))
                self.targets.append(Target(rect, None, name, 0, drawn=line, ink=ink, pen=pen))
            case Drawing():
                self.marks += drawn(gadget, rect, self.placer.lines, self.placer.width, line_height)
            case Picture(path, radius):
                self.marks.append(Photo(rect, path, radius))
            case Fitting(choices):
                self.put(self._fits(choices, rect, grounds), rect, grounds)
            case Fleeting(child, key, lasts_s):
                making = _Making(self.placer, self.target)
                making.put(child, rect, grounds)
                self.problems += making.problems
                self.notes.append(Note(key, lasts_s, tuple(making.marks)))

    def _ground(self, box: Box, rect: Rect) -> None:
        radius = min(box.radius, rect[2] // 2, rect[3] // 2)
        if box.shadow and box.shadow_color[3]:
            self.marks.append(Shadow(rect, radius, box.shadow, box.shadow_color))
        if box.fill is not None:
            self.marks.append(Ground(rect, box.fill, radius, box.border, box.border_px))

    def _bar(self, rect: Rect, share: float, color: Color, track: Color) -> None:
        left, top, width, height = rect
        self.marks.append(Ground(rect, (track, track), height // 2))
        done = round(width * min(1.0, max(0.0, share)))
        if done >= height:
            self.marks.append(Ground((left, top, done, height), (color, color), height // 2))


def _offset(align: Align, left: int) -> int:
    return {Align.CENTRE: left // 2, Align.END: left}.get(align, 0)
