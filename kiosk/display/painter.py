"""Painting a placed screen: where it differs from the one before, with a movement where another screen comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import pygame

from kiosk.display.colors import Color
from kiosk.display.glyphs import Glyphs
from kiosk.display.marks import (
    Figure,
    Ground,
    Line,
    Mark,
    Modules,
    Pane,
    Photo,
    Placed,
    Rect,
    Shadow,
    Sign,
    Strokes,
    Target,
    Veil,
    bounds,
)
from kiosk.display.motion import eased
from kiosk.display.shapes import SHADE_PX, Shapes
from kiosk.display.theme import STILL, Motion

REMEMBERED = 12  # screens on the way here
LEAVING = 0.3  # part of the time of a change in which what was there fades away
AHEAD_S = 1 / 60  # its first frame shows something of it already


@dataclass(slots=True)
class _Change:
    """One screen becomes another: what was there fades away, then the new one comes. area: of what goes; the whole
    screen where the heads are not alike. region: of what comes. grounds: what it comes upon.

    began_s: monotonic. rise_px: the new one comes from so far below, less than 0 from above. left: what was there has
    gone.
    """

    before: pygame.Surface
    area: pygame.Rect
    region: pygame.Rect
    grounds: tuple[Ground, ...]
    began_s: float
    rise_px: int
    left: bool = False


class Painter:
    """Keeps what is on the screen, and brings it to what is to be there. One thread, that of the window.

    The whole screen is kept on a canvas of its own; `show` says which parts of it have to go to the window.
    """

    def __init__(self, size: tuple[int, int], glyphs: Glyphs, motion: Motion = STILL) -> None:
        self.canvas = pygame.Surface(size, depth=32)
        self.glyphs, self.shapes, self.motion = glyphs, Shapes(), motion
        self.painted_px = 0
        self._marks: tuple[Mark, ...] = ()
        self._key: str | None = None
        self._change: _Change | None = None
        self._region = self.canvas.get_rect()
        self._way: tuple[str, ...] = ()

    @property
    def moving(self) -> bool:
        """Whether another frame is due at once."""
        return self._change is not None

    def show(
        self, placed: Placed, pressed: Target | None, press: tuple[int, int, int, int], now_s: float
    ) -> list[pygame.Rect]:
        """Bring the canvas up to date; gives back where it changed. pressed: what a finger holds down."""
        marks = placed.marks
        if pressed is not None:
            marks = (*marks, Veil(pressed.rect, press, pressed.radius))
        if marks == self._marks:
            return []
        dirty = dirty_rects(self._marks, marks, self.canvas.get_rect())
        region = pygame.Rect(placed.moving) if placed.moving else self.canvas.get_rect()
        if self._key is not None and placed.key != self._key and self.motion.change_s > 0:
            area = region if region == self._region else self.canvas.get_rect()
            rise_px = -self.motion.rise_px if placed.key in self._way else self.motion.rise_px
            self._change = _Change(self.canvas.copy(), area, region, _grounds(placed, region), now_s - AHEAD_S, rise_px)
        elif self._change is not None and placed.key != self._key:
            self._change = None
        self._marks, self._key, self._region = marks, placed.key, region
        self._walked(placed.key)
        for rect in dirty:
            self._paint(marks, rect)
        return dirty

    def frame(self, window: pygame.Surface, dirty: Sequence[pygame.Rect], now_s: float) -> list[pygame.Rect]:
        """Put onto the window what changed, or the next moment of a movement; gives back what to flip."""
        change = self._change
        for rect in dirty:
            window.blit(self.canvas, rect, rect)
        if change is None:
            return list(dirty)
        gone = (now_s - change.began_s) / self.motion.change_s
        seen = change.region if change.left else change.area
        if not change.left:
            window.blit(self.canvas, change.area, change.area)
        if gone >= 1.0:
            self._change = None
            window.blit(self.canvas, seen, seen)
            return [*dirty, seen]
        window.set_clip(change.region)
        for ground in change.grounds:
            self._ground(window, ground, *ground.rect[:2])
        if gone < LEAVING:
            window.set_clip(None)
            change.before.set_alpha(round(255 * (1.0 - max(0.0, gone) / LEAVING)))
            window.blit(change.before, change.area, change.area)
        else:
            change.left = True
            part = eased((gone - LEAVING) / (1.0 - LEAVING))
            self.canvas.set_alpha(round(255 * part))
            window.blit(self.canvas, change.region.move(0, round(change.rise_px * (1.0 - part))), change.region)
            self.canvas.set_alpha(None)
            window.set_clip(None)
        return [*dirty, seen]

    def _ground(self, onto: pygame.Surface, mark: Ground, left: int, top: int) -> None:
        """What others stand on."""
        if _plain(mark):
            onto.fill(mark.fill[0], (left, top, *mark.rect[2:]))
        elif _square(mark):
            self._shade(onto, mark, left, top)
        elif (corners := corners_of(mark)) is not None:
            self._sheet(onto, mark, corners, (left, top))
        else:
            onto.blit(self.shapes.ground(mark), (left, top))

    def _sheet(self, onto: pygame.Surface, mark: Ground, corners: Ground, at: tuple[int, int]) -> None:
        """One of a single colour: only its corners are kept; whole cards of every screen made ready took 12 MB."""
        (left, top), (width, height), around = at, mark.rect[2:], corners.rect[2] // 2
        pictures = self.shapes.ground(corners)
        right, foot = left + width - around, top + height - around
        for x, y, from_x, from_y in ((left, top, 0, 0), (right, top, 1, 0), (left, foot, 0, 1), (right, foot, 1, 1)):
            onto.blit(pictures, (x, y), (from_x * around, from_y * around, around, around))
        across, down, edge = width - 2 * around, height - 2 * around, 0
        if mark.border is not None:
            edge = mark.border_px
            for rim in (
                *((left + around, top, across, edge), (left + around, top + height - edge, across, edge)),
                *((left, top + around, edge, down), (left + width - edge, top + around, edge, down)),
            ):
                onto.fill(mark.border, rim)
        self._lay(onto, mark.fill[0], (left + edge, top + around, width - 2 * edge, down))
        for y in (top + edge, foot):
            self._lay(onto, mark.fill[0], (left + around, y, across, around - edge))

    def _lay(self, onto: pygame.Surface, color: Color, rect: Rect) -> None:
        """A rectangle of one colour, in pieces that are copied: far quicker than SDL fills it."""
        (left, top, width, height), piece = rect, self.shapes.solid(color)
        wide, high = piece.get_size()
        onto.blits(
            [
                (piece, (left + x, top + y), (0, 0, min(wide, width - x), min(high, height - y)))
                for y in range(0, height, high)
                for x in range(0, width, wide)
            ],
            doreturn=False,
        )

    def _shade(self, onto: pygame.Surface, mark: Ground, left: int, top: int) -> None:
        """One strip after another: kept whole, each such ground of a screen took 4 MB."""
        width, height = mark.rect[2:]
        strip = self.shapes.shade(height, mark.fill)
        onto.blits(
            [(strip, (left + at, top), (0, 0, min(SHADE_PX, width - at), height)) for at in range(0, width, SHADE_PX)],
            doreturn=False,
        )

    def prepare(self, placed: Placed) -> None:
        """Make what a screen will need, without showing it."""
        for mark in placed.marks:
            if isinstance(mark, Pane):
                for one in mark.roll.marks_in(mark.offset, mark.offset + mark.rect[3]):
                    self._make(one)
            else:
                self._make(mark)

    def _make(self, mark: Mark) -> None:
        match mark:
            case Ground() if _plain(mark):
                pass
            case Ground() if _square(mark):
                self.shapes.shade(mark.rect[3], mark.fill)
            case Ground() if (corners := corners_of(mark)) is not None:
                self.shapes.ground(corners)
                self.shapes.solid(mark.fill[0])
            case Ground():
                self.shapes.ground(mark)
            case Shadow():
                self.shapes.shadow(mark)
            case Sign(rect=(_, _, width, _), name=name, color=color):
                self.shapes.icon(name, width, color)
            case Figure():
                self.shapes.figure(mark)
            case Photo():
                self.shapes.photo(mark)
            case Line(text=text, size=size, bold=bold, color=color):
                self.glyphs.line(text, size, bold, color)
            case _:
                pass

    def forget(self) -> None:
        """The window lost its picture: paint everything anew."""
        self._marks, self._key, self._change, self._way = (), None, None, ()

    def _walked(self, key: str) -> None:
        """Which screens lie behind this one; who comes to one of them again has gone back."""
        if key in self._way:
            self._way = self._way[: self._way.index(key) + 1]
        else:
            self._way = (*self._way, key)[-REMEMBERED:]

    def _paint(self, marks: Iterable[Mark], rect: pygame.Rect) -> None:
        self.canvas.set_clip(rect)
        self.painted_px += rect.width * rect.height
        for mark in marks:
            if rect.colliderect(bounds(mark)):
                if isinstance(mark, Pane):
                    self._list(mark, rect)
                else:
                    self._put(mark, *mark.rect[:2])
        self.canvas.set_clip(None)

    def _put(self, mark: Mark, left: int, top: int) -> None:
        """Paint a mark at a place."""
        canvas = self.canvas
        width, height = mark.rect[2:]
        match mark:
            case Ground():
                self._ground(canvas, mark, left, top)
            case Shadow(depth=depth):
                canvas.blit(self.shapes.shadow(mark), (left - 2 * depth, top - 2 * depth + depth // 2))
            case Line(text=text, size=size, bold=bold, color=color):
                picture = self.glyphs.line(text, size, bold, color)
                canvas.blit(picture, (left, top + (height - picture.get_height()) // 2))
            case Sign(name=name, color=color):
                canvas.blit(self.shapes.icon(name, width, color), (left, top))
            case Veil(color=color, radius=radius):
                canvas.blit(self.shapes.veil((width, height), color, radius), (left, top))
            case Figure():
                canvas.blit(self.shapes.figure(mark), (left, top))
            case Photo():
                canvas.blit(self.shapes.photo(mark), (left, top))
            case Modules():
                canvas.blit(self.shapes.modules(mark), (left, top))
            case Strokes() if mark.strokes:
                canvas.blit(self.shapes.strokes(mark), (left, top))
            case _:
                pass

    def _list(self, pane: Pane, rect: pygame.Rect) -> None:
        """What is seen of a list; where it is cut, it fades into what it stands on."""
        canvas = self.canvas
        room = rect.clip(bounds(pane))
        canvas.set_clip(room)
        top, height = pane.rect[1], pane.rect[3]
        edges = []
        if pane.fade and pane.offset > 0:
            edges.append(self._edge(pane, top, upwards=False))
        if pane.fade and pane.offset < pane.furthest:
            edges.append(self._edge(pane, top + height - pane.fade, upwards=True))
        x, y = pane.place
        for mark in pane.roll.marks_in(room.top - y, room.bottom - y):
            if room.colliderect(pygame.Rect(bounds(mark)).move(x, y)):
                self._put(mark, x + mark.rect[0], y + mark.rect[1])
        for strip, at in edges:
            canvas.blit(strip, at)
        if pane.furthest:
            bar = thumb(pane)
            self._put(bar, *bar.rect[:2])
        canvas.set_clip(rect)

    def _edge(self, pane: Pane, top: int, *, upwards: bool) -> tuple[pygame.Surface, tuple[int, int]]:
        """The ground behind a cut edge as it is before the list is painted, to be laid over the list."""
        left, _, width, _ = bounds(pane)
        strip = pygame.Surface((width, pane.fade), pygame.SRCALPHA, 32)
        strip.blit(self.canvas, (0, 0), (left, top, width, pane.fade))
        mask = self.shapes.fading((width, pane.fade), upwards=upwards)
        strip.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
        return strip, (left, top)


def thumb(pane: Pane) -> Ground:
    """The bar that shows how long a list is, and where in it one is."""
    left, top, width, height = pane.rect
    wide = max(4, height // 90)
    high = max(5 * wide, height * height // max(height, pane.roll.height))
    part = min(1.0, max(0.0, pane.offset / pane.furthest))
    at = (left + width - wide, top + round((height - high) * part), wide, high)
    return Ground(at, (pane.thumb, pane.thumb), wide // 2)


def _grounds(placed: Placed, region: pygame.Rect) -> tuple[Ground, ...]:
    """What lies below the part that is exchanged: the page, and a head that reaches below it."""
    under = placed.marks[: placed.under]
    return tuple(mark for mark in under if isinstance(mark, Ground) and region.colliderect(mark.rect))


@lru_cache(maxsize=512)
def corners_of(mark: Ground) -> Ground | None:
    """The four corners of a ground, put together without what is between them; None where it has none, or is small."""
    around = max(mark.radius, mark.border_px + 1 if mark.border is not None else 0)
    if mark.fill[0] != mark.fill[1] or 2 * around >= min(mark.rect[2:]):
        return None
    return replace(mark, rect=(0, 0, 2 * around, 2 * around))


def _plain(mark: Ground) -> bool:
    """Whether it is nothing but a rectangle of one colour."""
    return _square(mark) and mark.fill[0] == mark.fill[1]


def _square(mark: Ground) -> bool:
    """Whether it is nothing but a rectangle, if not of one colour."""
    return not mark.radius and mark.border is None


def dirty_rects(before: tuple[Mark, ...], now: tuple[Mark, ...], whole: pygame.Rect) -> list[pygame.Rect]:
    """Where two lists of marks may look different, as few rectangles that do not overlap."""
    if not before:
        return [whole.copy()]
    olds, news = set(before), set(now)
    changed: list[Rect] = [bounds(mark) for mark in before if mark not in news]
    changed += [bounds(mark) for mark in now if mark not in olds]
    if not changed and before != now:
        return [whole.copy()]  # the same marks in another order
    rects: list[pygame.Rect] = []
    for bound in changed:
        rect = pygame.Rect(bound).inflate(2, 2).clip(whole)
        while (place := rect.collidelist(rects)) >= 0:
            rect = rect.union(rects.pop(place))
        if rect.width and rect.height:
            rects.append(rect)
    return rects
