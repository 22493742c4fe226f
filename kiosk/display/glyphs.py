"""Lines of text as pictures: mixed scripts in the house's font, rare characters in another one, each drawn once."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from unicodedata import category

import pygame

from kiosk.display.colors import Color
from kiosk.display.coverage import Coverage
from kiosk.display.fonts import BOLD, RARE, REGULAR, font, font_path

STAND_IN = "〓"  # printers' sign for a character that the case has not
ROOM_BYTES = 6_000_000
RARE_ONES = (font_path(RARE),)
UNSEEN = -2
SELECTS = range(0xFE00, 0xFE10)  # which shape of the character before; there is one

log = logging.getLogger(__name__)


@cache
def covered(path: Path) -> Coverage:
    """What a font file has; read once."""
    return Coverage(path)


class Glyphs:
    """fallbacks: font files that are asked in order for characters that the house's font has not; none is opened before
    such a character comes. One thread."""

    def __init__(self, fallbacks: Sequence[Path] = RARE_ONES) -> None:
        self._fallbacks = tuple(path for path in fallbacks if path.exists())
        self._faces = lru_cache(maxsize=64)(self._face)
        self._source = lru_cache(maxsize=4096)(self._source_of)
        self._kept: OrderedDict[tuple[str, int, bool, Color], pygame.Surface] = OrderedDict()
        self._missed: set[str] = set()
        self._bytes = 0
        self.drawn = 0

    def forget(self) -> None:
        """No line that was drawn is kept: somebody's own words may be among them."""
        self._kept.clear()
        self._bytes = 0

    def measure(self, text: str, size: int, bold: bool) -> int:
        """How wide a line is, pixels."""
        return sum(int(face.size(part)[0]) for face, part in self._parts(text, size, bold))

    def line(self, text: str, size: int, bold: bool, color: Color) -> pygame.Surface:
        """A line as a picture with see-through ground."""
        key = (text, size, bold, color)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        surface = self._drawn(text, size, bold, color)
        self.drawn += 1
        self._kept[key] = surface
        self._bytes += _weight(surface)
        while self._bytes > ROOM_BYTES and len(self._kept) > 1:
            self._bytes -= _weight(self._kept.popitem(last=False)[1])
        return surface

    def _drawn(self, text: str, size: int, bold: bool, color: Color) -> pygame.Surface:
        parts = [face.render(part, True, color) for face, part in self._parts(text, size, bold)]
        if len(parts) == 1:
            return parts[0]
        height = max((part.get_height() for part in parts), default=1)
        whole = pygame.Surface((max(1, sum(part.get_width() for part in parts)), height), pygame.SRCALPHA, 32)
        whole.fill((*color, 0))
        left = 0
        for part in parts:
            whole.blit(part, (left, (height - part.get_height()) // 2))
            left += part.get_width()
        return whole

    def _parts(self, text: str, size: int, bold: bool) -> list[tuple[pygame.font.Font, str]]:
        """The text cut by the font that has its characters."""
        found = []
        for source, part in groupby(text, self._source):
            if source == UNSEEN:
                continue
            letters = "".join(part)
            if source == len(self._fallbacks):
                source, letters = -1, STAND_IN * len(letters)
            found.append((self._faces(source, size, bold), letters))
        return found

    def _source_of(self, character: str) -> int:
        """-1: the house's font; UNSEEN: nothing is drawn of it, it comes along where a text is copied from a page; else
        the place among the fallbacks, or their number where none has it."""
        if category(character) == "Cf" or ord(character) in SELECTS:
            return UNSEEN
        for source, path in enumerate((font_path(REGULAR), *self._fallbacks), -1):
            if character in covered(path):
                return source
        if character not in self._missed:  # told once; a code point alone is nobody's name
            self._missed.add(character)
            log.warning("no font has U+%04X: %s stands for it", ord(character), STAND_IN)
        return len(self._fallbacks)

    def _face(self, source: int, size: int, bold: bool) -> pygame.font.Font:
        if source < 0:
            return font(size, BOLD if bold else REGULAR)
        face = pygame.font.Font(self._fallbacks[source], size)
        face.bold = bold
        return face


def _weight(surface: pygame.Surface) -> int:
    return surface.get_width() * surface.get_height() * 4
