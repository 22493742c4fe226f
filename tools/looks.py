"""Tell which screens of the touchscreen look different from how they looked when somebody last looked at them.

    python -m tools.looks             # which ones; what they were, are and where they differ, drawn in build/looks
    python -m tools.looks --accept    # they have been looked at: that is how they look from now on

Each screen is kept as a mosaic of 32 by 20 shades of grey, coarse enough not to see how a font is rasterised, and fine
enough to see a line of text that moved. Only what differs in a tile by more than one shade of sixteen has changed.
"""

from __future__ import annotations

import argparse
import base64
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pygame

from kiosk.app.album import PANELS, Look, album
from kiosk.display.glyphs import Glyphs
from kiosk.display.painter import Painter
from kiosk.display.placing import Placer
from kiosk.units import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
KNOWN = ROOT / "tests" / "display" / "screens" / "looks.txt"
CHANGED = ROOT / "build" / "looks"
LOOKED_AT = (("1280x800", LANGUAGES[0]), ("480x800", LANGUAGES[2]))
TILES = (32, 20)
SHADES = 16
NOISE = 1  # shades

Mosaic = bytes
"""A shade for each tile, row after row."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A screen as it looks now. canvas: belongs to whoever painted it, until the next one."""

    name: str
    mosaic: Mosaic
    canvas: pygame.Surface


def seen() -> Iterator[Seen]:
    """Every state, in the sizes and languages that are compared."""
    for size, language in LOOKED_AT:
        panel, glyphs = PANELS[size], Glyphs()
        placer, painter = Placer(panel, glyphs.measure), Painter((panel.width, panel.height), glyphs)
        for state, screen in album(Look(panel, language)):
            painter.forget()
            painter.show(placer.place(screen).noted(), None, (0, 0, 0, 0), 0.0)
            yield Seen(f"{state}_{size}_{language}", mosaic_of(painter.canvas), painter.canvas)


def mosaic_of(canvas: pygame.Surface) -> Mosaic:
    """How light each tile is."""
    small = pygame.transform.smoothscale(canvas, TILES)
    rgb = pygame.image.tobytes(small, "RGB")
    light = (rgb[at] * 299 + rgb[at + 1] * 587 + rgb[at + 2] * 114 for at in range(0, len(rgb), 3))
    return bytes(one * SHADES // 256_000 for one in light)


def tiles_that_differ(one: Mosaic, other: Mosaic) -> tuple[int, ...]:
    """Which, by their place; all of them where there is nothing to compare."""
    if len(one) != len(other):
        return tuple(range(max(len(one), len(other))))
    return tuple(at for at, (a, b) in enumerate(zip(one, other, strict=True)) if abs(a - b) > NOISE)


def known(path: Path = KNOWN) -> dict[str, Mosaic]:
    """How screens looked when somebody last looked at them, by name."""
    lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    return {name: _unpacked(packed) for name, packed in (line.split(" ") for line in lines)}


def keep(mosaics: Mapping[str, Mosaic], path: Path = KNOWN) -> None:
    """That is how they look from now on."""
    lines = (f"{name} {_packed(mosaics[name])}\n" for name in sorted(mosaics))
    path.write_text("".join(lines), encoding="ascii")


def changes(to: Path | None = CHANGED, path: Path = KNOWN) -> list[str]:
    """What differs, one name each; those that came and went as well. to: where pictures of it are put."""
    before, found, met = known(path), [], set()
    for one in seen():
        met.add(one.name)
        was = before.get(one.name, b"")
        differ = tiles_that_differ(was, one.mosaic)
        if differ:
            found.append(f"{one.name}: {f'{len(differ)} of {len(one.mosaic)} tiles' if was else 'new'}")
            if to is not None:
                _draw(one, was, differ, to)
    return [*found, *(f"{name}: gone" for name in sorted(set(before) - met))]


def _draw(one: Seen, was: Mosaic, differ: tuple[int, ...], to: Path) -> None:
    """What it was, as a mosaic; what it is; where the two differ."""
    to.mkdir(parents=True, exist_ok=True)
    size = one.canvas.get_size()
    pygame.image.save(one.canvas, to / f"{one.name}_new.png")
    if not was:
        return
    shades = bytes(value for shade in was for value in (shade * 255 // (SHADES - 1),) * 3)
    old = pygame.transform.scale(pygame.image.frombytes(shades, TILES, "RGB"), size)
    pygame.image.save(old, to / f"{one.name}_old.png")
    marked = one.canvas.copy()
    wide, high = size[0] / TILES[0], size[1] / TILES[1]
    for at in differ:
        row, column = divmod(at, TILES[0])
        pygame.draw.rect(marked, (220, 30, 30), (column * wide, row * high, wide + 1, high + 1), 3)
    pygame.image.save(marked, to / f"{one.name}_diff.png")


def _packed(mosaic: Mosaic) -> str:
    """Two shades a byte."""
    halves = bytes(mosaic[at] << 4 | mosaic[at + 1] for at in range(0, len(mosaic), 2))
    return base64.b64encode(halves).decode("ascii")


def _unpacked(text: str) -> Mosaic:
    return bytes(shade for both in base64.b64decode(text) for shade in (both >> 4, both & 15))


def main() -> int:
    """How many have changed tells the exit code."""
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    parser = argparse.ArgumentParser(description="Which screens look different from how they looked before.")
    parser.add_argument("--accept", action="store_true", help="they have been looked at: so they look from now on")
    if parser.parse_args().accept:
        keep({one.name: one.mosaic for one in seen()})
        return 0
    found = changes()
    sys.stdout.write("".join(f"{one}\n" for one in found) or "every screen looks as it did\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
