"""Draws the picture of the demo store's member days: python -m tools.promotion_picture."""

from __future__ import annotations

import math
from pathlib import Path

import pygame

from kiosk.display.shapes import ICONS

OUT = Path(__file__).resolve().parent.parent / "schedules" / "pictures" / "member-day.png"
SIZE = (1000, 900)
FINER = 2


def main() -> None:
    """A card, a gift and confetti over a sunrise of the store's colours."""
    wide, high = SIZE[0] * FINER, SIZE[1] * FINER
    canvas = pygame.Surface((wide, high), depth=32)
    for y in range(high):
        part = y / high
        fill = [round(a + (b - a) * part) for a, b in zip((251, 191, 36), (194, 65, 12), strict=True)]
        canvas.fill(fill, (0, y, wide, 1))
    middle = (wide // 2, round(high * 0.56))
    for ray in range(24):
        start, end = (ray - 0.25) * math.tau / 24, (ray + 0.25) * math.tau / 24
        rim = [(middle[0] + 2 * wide * math.cos(a), middle[1] + 2 * wide * math.sin(a)) for a in (start, end)]
        veil = pygame.Surface((wide, high), pygame.SRCALPHA, 32)
        pygame.draw.polygon(veil, (255, 255, 255, 26), [middle, *rim])
        canvas.blit(veil, (0, 0))
    pygame.draw.circle(canvas, (255, 247, 230), middle, round(high * 0.34))
    icon = pygame.image.load_sized_svg((ICONS / "gift.svg").open("rb"), (round(high * 0.44),) * 2)
    tint = pygame.Surface(icon.get_size(), pygame.SRCALPHA, 32)
    tint.fill((194, 65, 12, 0))
    icon.blit(tint, (0, 0), special_flags=pygame.BLEND_RGB_MAX)
    canvas.blit(icon, icon.get_rect(center=middle))
    for piece in range(70):
        spin, far = piece * 2.399, high * (0.37 + 0.011 * (piece % 23))
        x, at = middle[0] + far * math.cos(spin) * 1.2, middle[1] + far * math.sin(spin)
        color = ((255, 255, 255), (37, 99, 235), (4, 120, 87), (253, 224, 71))[piece % 4]
        size = 10 * FINER + piece % 3 * 5
        turn = piece * 0.7
        corners = [
            (x + size * math.cos(turn + k * 1.57), at + size * 0.6 * math.sin(turn + k * 1.57)) for k in range(4)
        ]
        pygame.draw.polygon(canvas, color, corners)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    pygame.image.save(pygame.transform.smoothscale(canvas, SIZE), OUT)


if __name__ == "__main__":
    main()
