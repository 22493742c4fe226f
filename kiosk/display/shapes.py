"""Smooth shapes, soft shadows and icons as pictures, each made once: corners drawn four times too large and shrunk."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pygame

from kiosk.display.colors import Color
from kiosk.display.marks import Figure, Ground, Modules, Photo, Shadow, Strokes

log = logging.getLogger(__name__)

ICONS = Path(__file__).parent / "icons"
FINER = 4
COARSER = 3
SHADE_PX = 64
SOLID_PX = (256, 64)
STRIP_PX = 48  # of a drawing are drawn finely at a time
ROOM_BYTES = 28_000_000
_MASK = pygame.BLEND_RGBA_MULT
UNKNOWN = "info"  # stands in for an icon that is not there


class Shapes:
    """What was made before, the longest unused forgotten first. One thread."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, pygame.Surface] = OrderedDict()
        self._bytes = 0
        self.made = 0

    def shade(self, height: int, fill: tuple[Color, Color]) -> pygame.Surface:
        """A strip, SHADE_PX wide, that goes from one colour at its top to the other: whole screens are laid with it."""
        return self._cached(("shade", height, fill), lambda: _shade((SHADE_PX, height), fill))

    def solid(self, color: Color) -> pygame.Surface:
        """A piece of one colour."""
        return self._cached(("solid", color), lambda: _solid(color))

    def ground(self, mark: Ground) -> pygame.Surface:
        """A filled shape."""
        key = ("ground", mark.rect[2:], mark.fill, mark.radius, mark.border, mark.border_px)
        return self._cached(key, lambda: _ground(mark))

    def shadow(self, mark: Shadow) -> pygame.Surface:
        """A shadow; its shape lies 2 x depth from the picture's left and top."""
        key = ("shadow", mark.rect[2:], mark.radius, mark.depth, mark.color)
        return self._cached(key, lambda: _shadow(mark))

    def icon(self, name: str, size: int, color: Color) -> pygame.Surface:
        """An icon in one colour."""
        return self._cached(("icon", name, size, color), lambda: _icon(name, size, color))

    def veil(self, size: tuple[int, int], color: tuple[int, int, int, int], radius: int) -> pygame.Surface:
        """A see-through shape."""
        return self._cached(("veil", size, color, radius), lambda: _rounded(size, radius, color))

    def modules(self, mark: Modules) -> pygame.Surface:
        """A QR code on white."""
        return self._cached(("modules", mark.rect[2:], mark.rows), lambda: _modules(mark))

    def strokes(self, mark: Strokes) -> pygame.Surface:
        """Lines on a see-through ground. Nothing is kept: they may be somebody's signature."""
        return _strokes(mark)

    def fading(self, size: tuple[int, int], *, upwards: bool) -> pygame.Surface:
        """What a strip is multiplied by to fade out: all of it stays at one edge, nothing at the other."""
        return self._cached(("fading", size, upwards), lambda: _fading(size, upwards))

    def figure(self, mark: Figure) -> pygame.Surface:
        """A drawing."""
        return self._cached(replace(mark, rect=(0, 0, *mark.rect[2:])), lambda: _figure(mark))

    def photo(self, mark: Photo) -> pygame.Surface:
        """A picture of the store's; a see-through one where the file is none."""
        return self._cached(("photo", mark.rect[2:], mark.path, mark.radius), lambda: _photo(mark))

    def _cached(self, key: Hashable, make: Callable[[], pygame.Surface]) -> pygame.Surface:
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        surface = make()
        self.made += 1
        self._kept[key] = surface
        self._bytes += surface.get_width() * surface.get_height() * 4
        while self._bytes > ROOM_BYTES and len(self._kept) > 1:
            old = self._kept.popitem(last=False)[1]
            self._bytes -= old.get_width() * old.get_height() * 4
        return surface


def _photo(mark: Photo) -> pygame.Surface:
    """The middle of the picture, as much as fills the room; with round corners."""
    width, height = mark.rect[2:]
    try:
        whole = pygame.image.load(mark.path)
    except (pygame.error, OSError):
        return pygame.Surface((width, height), pygame.SRCALPHA, 32)
    scale = max(width / whole.get_width(), height / whole.get_height())
    wide, high = min(whole.get_width(), round(width / scale)), min(whole.get_height(), round(height / scale))
    left, top = (whole.get_width() - wide) // 2, (whole.get_height() - high) // 2
    part = pygame.Surface((wide, high), pygame.SRCALPHA, 32)
    part.blit(whole, (0, 0), (left, top, wide, high))
    shown = pygame.transform.smoothscale(part, (width, height))
    if mark.radius:
        shown.blit(_rounded((width, height), mark.radius, (255, 255, 255, 255)), (0, 0), special_flags=_MASK)
    return shown


def picture_fault(path: str) -> str:
    """Why a picture cannot be shown, "" where it can. Reads all of it."""
    try:
        pygame.image.load(path)
    except (pygame.error, OSError) as fault:
        return f"the picture {path} cannot be shown: {fault}"
    return ""


def _figure(mark: Figure) -> pygame.Surface:
    """Drawn three times too large and shrunk, strip by strip: a map fills most of a screen, and nine of it 37 MB."""
    width, height = mark.rect[2:]
    figure = pygame.Surface((width, height), pygame.SRCALPHA, 32)
    fine = pygame.Surface((width * COARSER, STRIP_PX * COARSER), pygame.SRCALPHA, 32)
    edges = [color for shape in mark.shapes for color in (shape.line, shape.fill) if color is not None]
    edge: Color = edges[0] if edges else (0, 0, 0)
    zoom = mark.scale * COARSER
    spans = [(min(y for _, y in shape.points), max(y for _, y in shape.points)) for shape in mark.shapes]
    for top in range(0, height, STRIP_PX):
        fine.fill((*edge, 0))  # see-through in the colour of the edge, which then fades without a fringe
        above, below = top * COARSER, (top + STRIP_PX) * COARSER
        for shape, (highest, lowest) in zip(mark.shapes, spans, strict=True):
            around = shape.line_px * COARSER
            if lowest * zoom + around < above or highest * zoom - around > below:
                continue
            points = [(int(x * zoom), int(y * zoom) - above) for x, y in shape.points]
            if shape.fill is not None:
                pygame.draw.polygon(fine, shape.fill, points)
            if shape.line is not None:
                pygame.draw.lines(fine, shape.line, True, points, around)
        figure.blit(pygame.transform.smoothscale(fine, (width, STRIP_PX)), (0, top))
    return figure


def _ground(mark: Ground) -> pygame.Surface:
    size = mark.rect[2:]
    if mark.border is None:
        return _filled(size, mark.radius, mark.fill)
    edge = mark.border_px
    whole = _rounded(size, mark.radius, (*mark.border, 255))
    inner = (max(1, size[0] - 2 * edge), max(1, size[1] - 2 * edge))
    whole.blit(_filled(inner, max(0, mark.radius - edge), mark.fill), (edge, edge))
    return whole


def _filled(size: tuple[int, int], radius: int, fill: tuple[Color, Color]) -> pygame.Surface:
    if fill[0] == fill[1]:
        return _rounded(size, radius, (*fill[0], 255))
    surface = _shade(size, fill)
    if radius:
        surface.blit(_rounded(size, radius, (255, 255, 255, 255)), (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    return surface


def _solid(color: Color) -> pygame.Surface:
    surface = pygame.Surface(SOLID_PX, depth=32)
    surface.fill(color)
    return surface


def _shade(size: tuple[int, int], fill: tuple[Color, Color]) -> pygame.Surface:
    surface = pygame.Surface(size, pygame.SRCALPHA, 32)
    for y in range(size[1]):
        part = y / max(1, size[1] - 1)
        color = [round(one + (other - one) * part) for one, other in zip(*fill, strict=True)]
        surface.fill(color, (0, y, size[0], 1))
    return surface


def _rounded(size: tuple[int, int], radius: int, color: tuple[int, int, int, int]) -> pygame.Surface:
    """Only the corners are drawn finely: the rest of a shape has no edges to smooth."""
    surface = pygame.Surface(size, pygame.SRCALPHA, 32)
    surface.fill(color)
    radius = min(radius, size[0] // 2, size[1] // 2)
    if radius <= 0:
        return surface
    fine = pygame.Surface((2 * radius * FINER, 2 * radius * FINER), pygame.SRCALPHA, 32)
    fine.fill((*color[:3], 0))
    pygame.draw.circle(fine, color, (radius * FINER, radius * FINER), radius * FINER)
    disc = pygame.transform.smoothscale(fine, (2 * radius, 2 * radius))
    right, foot = size[0] - radius, size[1] - radius
    for x, y, from_x, from_y in (
        (0, 0, 0, 0),
        (right, 0, radius, 0),
        (0, foot, 0, radius),
        (right, foot, radius, radius),
    ):
        surface.fill((0, 0, 0, 0), (x, y, radius, radius))
        surface.blit(disc, (x, y), (from_x, from_y, radius, radius), special_flags=pygame.BLEND_RGBA_ADD)
    return surface


def _shadow(mark: Shadow) -> pygame.Surface:
    """Blurred at a quarter of its size, which nobody sees in something so soft."""
    depth, (width, height) = mark.depth, mark.rect[2:]
    whole = (width + 4 * depth, height + 4 * depth)
    small = (max(1, whole[0] // 4), max(1, whole[1] // 4))
    surface = pygame.Surface(small, pygame.SRCALPHA, 32)
    surface.fill((*mark.color[:3], 0))
    at = (depth // 2, depth // 2, max(1, width // 4), max(1, height // 4))
    pygame.draw.rect(surface, mark.color, at, border_radius=max(0, mark.radius // 4))
    blurred = pygame.transform.gaussian_blur(surface, max(1, depth // 4))
    return pygame.transform.smoothscale(blurred, whole)


def _modules(mark: Modules) -> pygame.Surface:
    size, count = mark.rect[2], len(mark.rows)
    small = pygame.Surface((count, count), depth=32)
    small.fill((255, 255, 255))
    for y, row in enumerate(mark.rows):
        for x, dark in enumerate(row):
            if dark:
                small.set_at((x, y), (0, 0, 0))
    side = count * max(1, size // count)
    whole = pygame.Surface((size, size), depth=32)
    whole.fill((255, 255, 255))
    whole.blit(pygame.transform.scale(small, (side, side)), ((size - side) // 2, (size - side) // 2))
    return whole


def _strokes(mark: Strokes) -> pygame.Surface:
    """Drawn twice as large and shrunk."""
    width, height = mark.rect[2:]
    fine = pygame.Surface((2 * width, 2 * height), pygame.SRCALPHA, 32)
    fine.fill((*mark.ink, 0))
    for stroke in mark.strokes:
        dots = [(x * 2 * width / 1000, y * 2 * height / 1000) for x, y in stroke]
        for dot in dots:
            pygame.draw.circle(fine, mark.ink, dot, mark.pen)
        for one, other in pairwise(dots):
            pygame.draw.line(fine, mark.ink, one, other, 2 * mark.pen)
    return pygame.transform.smoothscale(fine, (width, height))


def _fading(size: tuple[int, int], upwards: bool) -> pygame.Surface:
    surface = pygame.Surface(size, pygame.SRCALPHA, 32)
    for y in range(size[1]):
        part = (y + 0.5) / size[1]
        surface.fill((255, 255, 255, round(255 * (part if upwards else 1.0 - part))), (0, y, size[0], 1))
    return surface


def _icon(name: str, size: int, color: Color) -> pygame.Surface:
    """One that is missing or damaged has another stand in for it; a screen is never lost for a sign."""
    for file in (f"{name}.svg", f"{UNKNOWN}.svg"):
        try:
            text = (ICONS / file).read_text(encoding="utf-8")
            colored = text.replace("currentColor", "#{:02x}{:02x}{:02x}".format(*color))
            return pygame.image.load_sized_svg(BytesIO(colored.encode()), (size, size))
        except (OSError, ValueError, pygame.error) as fault:
            log.warning("the icon %s cannot be read: %s; install the kiosk again", file, fault)
    return _rounded((size, size), size // 4, (*color, 255))
