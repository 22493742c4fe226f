"""A screen as a picture in a file, without a window."""

from __future__ import annotations

from pathlib import Path

import pygame

from kiosk.display.glyphs import Glyphs
from kiosk.display.painter import Painter
from kiosk.display.placing import Placer
from kiosk.display.theme import Panel
from kiosk.display.widgets import Screen


class Draftsman:
    """Draws screens for one panel."""

    def __init__(self, panel: Panel) -> None:
        self._panel = panel
        self._glyphs = Glyphs()
        self._placer = Placer(panel, self._glyphs.measure)

    def draw(self, screen: Screen, path: Path) -> tuple[str, ...]:
        """Write it as PNG; gives back what has no room in it. Raises OSError."""
        placed = self._placer.place(screen).noted()
        painter = Painter((self._panel.width, self._panel.height), self._glyphs)
        painter.show(placed, None, (0, 0, 0, 0), 0.0)
        with path.open("wb") as file:
            pygame.image.save(painter.canvas, file, path.name)
        return placed.problems
