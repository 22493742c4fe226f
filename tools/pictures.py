"""Draw the pictures of the documentation: the live board and a planned day.

    python -m tools.pictures

The board is drawn cell by cell as a terminal would: DejaVu Sans Mono (Debian: fonts-dejavu-core) for narrow
characters, the kiosk's own Noto Sans SC for wide ones.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import pygame
from rich.cells import cell_len
from rich.segment import Segment

from kiosk.app.album import PANELS, Look, album
from kiosk.app.pictures import day_picture
from kiosk.display.board import frame
from kiosk.display.fonts import BOLD, REGULAR, font
from kiosk.display.picture import Draftsman
from kiosk.display.terminal_look import GROUND
from tools import demo_afternoon

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
MONO = Path("/usr/share/fonts/truetype/dejavu")
CELL = (12, 23)
MONO_PX, WIDE_PX = 20, 22
MARGIN = 24


def paint(lines: Sequence[Sequence[Segment]]) -> pygame.Surface:
    """Terminal lines as a picture."""
    pygame.font.init()
    faces = {
        False: (pygame.font.Font(MONO / "DejaVuSansMono.ttf", MONO_PX), font(WIDE_PX, REGULAR)),
        True: (pygame.font.Font(MONO / "DejaVuSansMono-Bold.ttf", MONO_PX), font(WIDE_PX, BOLD)),
    }
    width = max(sum(cell_len(segment.text) for segment in line) for line in lines)
    surface = pygame.Surface((width * CELL[0] + 2 * MARGIN, len(lines) * CELL[1] + 2 * MARGIN))
    surface.fill(GROUND)
    for row, line in enumerate(lines):
        x, y = MARGIN, MARGIN + row * CELL[1]
        for segment in line:
            style = segment.style
            ground = style.bgcolor.triplet if style and style.bgcolor else None
            color = style.color.triplet if style and style.color else None
            span = cell_len(segment.text) * CELL[0]
            if ground is not None:
                surface.fill(tuple(ground), (x, y, span, CELL[1]))
            mono, wide = faces[bool(style and style.bold)]
            for character in segment.text:
                cells = cell_len(character)
                face = wide if cells == 2 else mono
                glyph = face.render(character, True, tuple(color) if color else "white")
                top = y + (CELL[1] - glyph.get_height()) // 2
                metrics = face.metrics(character)[0]
                hang = min(0, metrics[0]) if metrics else 0  # box lines reach a pixel out of their cell
                left = x + hang if cells == 1 else x + (2 * CELL[0] - glyph.get_width()) // 2
                surface.blit(glyph, (left, top))
                x += cells * CELL[0]
    return surface


def main() -> None:
    """Write board.png, day.png, touchscreen.png and staff.png to docs/pictures."""
    parser = argparse.ArgumentParser(description="Draw the pictures of the documentation.")
    parser.add_argument("--width", type=int, default=120, help="columns of the board's terminal")
    parser.add_argument("--height", type=int, default=36, help="rows of the board's terminal")
    parser.add_argument("--to", type=Path, default=FOLDER, help="folder for the pictures")
    choices = parser.parse_args()
    choices.to.mkdir(parents=True, exist_ok=True)
    office = demo_afternoon.office()
    report, day = demo_afternoon.afternoon(office)
    lines = frame(report, choices.width, choices.height, titles=office.titles).lines
    pygame.image.save(paint(lines), choices.to / "board.png")
    _, programme = office.whole_day(day.date)
    screens, draftsman = dict(album(Look())), Draftsman(PANELS["1280x800"])
    draftsman.draw(screens["services"], choices.to / "touchscreen.png")
    draftsman.draw(screens["staff-lockers"], choices.to / "staff.png")
    (choices.to / "day.png").write_bytes(day_picture(office, day, programme))


if __name__ == "__main__":
    main()
