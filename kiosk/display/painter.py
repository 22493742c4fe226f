"""Painting a placed screen: where it differs from the one before, with a movement where another screen comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pygame

from kiosk.display.glyphs import Glyphs
from kiosk.display.marks import Ground, Line, Mark, Placed, Rect, Shadow, Sign, Target, Veil, bounds
from kiosk.display.motion import eased
from kiosk.display.shapes import Shapes
from kiosk.display.theme import STILL, Motion


@dataclass(slots=True)
class _Change:
    """One screen becomes another. began_s: monotonic."""

    before: pygame.Surface
    region: pygame.Rect
    began_s: float


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
        if self._key is not None and placed.key != self._key and self.motion.change_s > 0:
            region = pygame.Rect(placed.moving) if placed.moving else self.canvas.get_rect()
            self._change = _Change(self.canvas.copy(), region, now_s)
        elif self._change is not None and placed.key != self._key:
            self._change = None
        self._marks, self._key = marks, placed.key
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
        part = eased((now_s - change.began_s) / self.motion.change_s)
        window.set_clip(change.region)
        if part >= 1.0:
            self._change = None
            window.blit(self.canvas, change.region, change.region)
        else:
            window.blit(change.before, change.region, change.region)
            self.canvas.set_alpha(round(255 * part))
            rise = round(self.motion.rise_px * (1.0 - part))
            window.blit(self.canvas, change.region.move(0, rise), change.region)
            self.canvas.set_alpha(None)
        window.set_clip(None)
        return [*dirty, change.region]

    def prepare(self, placed: Placed) -> None:
        """Make what a screen will need, without showing it."""
        for mark in placed.marks:
            match mark:
                case Ground() if mark.radius or mark.border is not None or mark.fill[0] != mark.fill[1]:
                    self.shapes.ground(mark)
                case Shadow():
                    self.shapes.shadow(mark)
                case Sign(rect=(_, _, width, _), name=name, color=color):
                    self.shapes.icon(name, width, color)
                case Line(text=text, size=size, bold=bold, color=color):
                    self.glyphs.line(text, size, bold, color)
                case _:
                    pass

    def forget(self) -> None:
        """The window lost its picture: paint everything anew."""
        self._marks, self._key, self._change = (), None, None

    def _paint(self, marks: Iterable[Mark], rect: pygame.Rect) -> None:
        canvas = self.canvas
        canvas.set_clip(rect)
        self.painted_px += rect.width * rect.height
        for mark in marks:
            if not rect.colliderect(bounds(mark)):
                continue
            left, top, width, height = mark.rect
            match mark:
                case Ground(fill=(top_color, foot), radius=0, border=None) if top_color == foot:
                    canvas.fill(top_color, mark.rect)
                case Ground():
                    canvas.blit(self.shapes.ground(mark), (left, top))
                case Shadow(depth=depth):
                    canvas.blit(self.shapes.shadow(mark), (left - 2 * depth, top - 2 * depth + depth // 2))
                case Line(text=text, size=size, bold=bold, color=color):
                    picture = self.glyphs.line(text, size, bold, color)
                    canvas.blit(picture, (left, top + (height - picture.get_height()) // 2))
                case Sign(name=name, color=color):
                    canvas.blit(self.shapes.icon(name, width, color), (left, top))
                case Veil(color=color, radius=radius):
                    canvas.blit(self.shapes.veil((width, height), color, radius), (left, top))
        canvas.set_clip(None)


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
