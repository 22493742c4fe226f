"""Smooth shapes and text on an offscreen surface: every shape is drawn four times too large and scaled down."""

from __future__ import annotations

from math import ceil, floor

import pygame

from kiosk.display.colors import Color
from kiosk.display.fonts import BOLD, REGULAR, font

OVERSAMPLING = 4


class Canvas:
    """A picture in the making; lengths are pixels, fractions allowed."""

    def __init__(self, size: tuple[int, int], ground: Color) -> None:
        self.surface = pygame.Surface(size, depth=32)
        self.surface.fill(ground)
        self._fonts: dict[tuple[int, str], pygame.font.Font] = {}

    def box(self, rect: tuple[float, float, float, float], color: Color, corners: tuple[float, ...] = (0.0,)) -> None:
        """A filled box (x, y, width, height). corners: one radius, or four from top left to bottom left clockwise."""
        x, y, width, height = rect
        tile, left, top = _tile(x, y, width, height, color)
        n = OVERSAMPLING
        radii = [round(radius * n) for radius in (corners * 4 if len(corners) == 1 else corners)]
        place = (round((x - left) * n), round((y - top) * n), max(1, round(width * n)), max(1, round(height * n)))
        pygame.draw.rect(
            tile,
            color,
            place,
            border_top_left_radius=radii[0],
            border_top_right_radius=radii[1],
            border_bottom_right_radius=radii[2],
            border_bottom_left_radius=radii[3],
        )
        self._put(tile, left, top)

    def shape(self, points: tuple[tuple[float, float], ...], color: Color) -> None:
        """A filled polygon."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        tile, left, top = _tile(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys), color)
        n = OVERSAMPLING
        pygame.draw.polygon(tile, color, [((x - left) * n, (y - top) * n) for x, y in points])
        self._put(tile, left, top)

    def _put(self, tile: pygame.Surface, left: int, top: int) -> None:
        size = tile.get_width() // OVERSAMPLING, tile.get_height() // OVERSAMPLING
        self.surface.blit(pygame.transform.smoothscale(tile, size), (left, top))

    def _font(self, size: float, weight: str) -> pygame.font.Font:
        key = max(8, round(size)), weight
        if key not in self._fonts:
            self._fonts[key] = font(*key)
        return self._fonts[key]

    def width(self, text: str, size: float, *, bold: bool = False) -> int:
        """How wide a text will be."""
        return int(self._font(size, BOLD if bold else REGULAR).size(text)[0])

    def fitted(self, text: str, size: float, room: float, *, bold: bool = False) -> str:
        """The text, or as much of it as fits with an ellipsis; empty where that would say nothing."""
        if self.width(text, size, bold=bold) <= room:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self.width(_cropped(text, middle), size, bold=bold) <= room:
                low = middle
            else:
                high = middle - 1
        return _cropped(text, low) if low >= (4 if text[:4].isascii() else 2) else ""

    def words(self, text: str, size: float, room: float) -> str:
        """As many whole words as fit; cropped inside a word only where not even the first one fits."""
        words = text.split()
        for count in range(len(words), 0, -1):
            if self.width(some := " ".join(words[:count]), size) <= room:
                return some
        return self.fitted(text, size, room)

    def text(self, text: str, at: tuple[float, float], size: float, color: Color, *, bold: bool = False) -> float:
        """A line of text, left-aligned at x, its letters centred on y; gives back the x after it."""
        if not text:
            return at[0]
        face = self._font(size, BOLD if bold else REGULAR)
        glyphs = face.render(text, True, color)
        self.surface.blit(glyphs, (round(at[0]), round(at[1] - glyphs.get_height() / 2 - 0.05 * size)))
        return at[0] + float(glyphs.get_width())


def _cropped(text: str, length: int) -> str:
    """Chinese has its ellipsis in the middle of the line, Latin at its foot."""
    kept = text[:length].rstrip()
    return kept + ("..." if kept[-1:].isascii() else "…")


def _tile(x: float, y: float, width: float, height: float, color: Color) -> tuple[pygame.Surface, int, int]:
    left, top = floor(x), floor(y)
    size = max(1, ceil(x + width) - left), max(1, ceil(y + height) - top)
    tile = pygame.Surface((size[0] * OVERSAMPLING, size[1] * OVERSAMPLING), pygame.SRCALPHA, 32)
    tile.fill((*color, 0))
    return tile, left, top
