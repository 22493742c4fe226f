"""The house's own fonts, loaded by path: asking the system by name silently draws boxes for Chinese."""

from __future__ import annotations

from pathlib import Path

import pygame.font

from kiosk.errors import KioskError

FOLDER = Path(__file__).parent / "fonts"
REGULAR = "Regular"
BOLD = "Bold"
RARE = "Rare"  # characters of names that the other two have not, in one weight
TRUETYPE = b"\x00\x01\x00\x00"


class FontMissing(KioskError, OSError):
    """A font file is not where it was installed, or is damaged; the message names it and what to do."""


def font_path(weight: str) -> Path:
    """Where the file of a weight (REGULAR, BOLD or RARE) lies."""
    return FOLDER / f"NotoSansSC-{weight}.ttf"


def font(size_px: int, weight: str = REGULAR) -> pygame.font.Font:
    """Noto Sans SC at a height in pixels, 0.7 ms a call. Raises FontMissing. Needs no window."""
    path = font_path(weight)
    pygame.font.init()
    try:
        _check(path)
        return pygame.font.Font(path, size_px)
    except (OSError, pygame.error) as fault:
        remedy = "install the kiosk again, or make the fonts with tools/subset_fonts.py"
        raise FontMissing(f"font {path.name} cannot be loaded from {path.parent}: {fault} ({remedy})") from fault


def _check(path: Path) -> None:
    """Raise OSError for a file that is no whole TrueType font; pygame now and then takes one and crashes later."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(12)
        if head[:4] != TRUETYPE or len(head) < 12:
            raise OSError("it is no TrueType font")
        tables = int.from_bytes(head[4:6], "big")
        entries = file.read(16 * tables)
    ends = [int.from_bytes(entry[8:12], "big") + int.from_bytes(entry[12:16], "big") for entry in _by_16(entries)]
    if len(ends) < tables or max(ends, default=0) > size:
        raise OSError("its end is missing")


def _by_16(entries: bytes) -> list[bytes]:
    return [entries[place : place + 16] for place in range(0, len(entries) - 15, 16)]
