"""Every screen looks as it did when somebody last looked at it; what looks otherwise is named and drawn."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from tools import looks
from tools.looks import CHANGED, Seen, changes, keep, known, mosaic_of, tiles_that_differ

GROUND, INK = (240, 244, 250), (20, 30, 60)


def sheet(*bars: tuple[int, int, int, int]) -> pygame.Surface:
    canvas = pygame.Surface((640, 400), depth=32)
    canvas.fill(GROUND)
    for bar in bars:
        canvas.fill(INK, bar)
    return canvas


def test_no_screen_looks_different_before_somebody_has_looked_at_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")

    assert changes() == [], f"look at {CHANGED}, then run python -m tools.looks --accept"


def test_a_line_that_moved_is_seen_and_a_pixel_of_another_rasteriser_is_not() -> None:
    line = mosaic_of(sheet((100, 100, 200, 20)))

    assert tiles_that_differ(line, mosaic_of(sheet((101, 100, 200, 20)))) == ()
    assert tiles_that_differ(line, mosaic_of(sheet((100, 112, 200, 20)))) != ()


def test_what_changed_came_or_went_is_named_and_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = sheet((0, 0, 100, 100)), sheet((300, 200, 100, 100))
    path = tmp_path / "looks.txt"
    keep({"home": mosaic_of(before), "gone": mosaic_of(before)}, path)
    now = [Seen("home", mosaic_of(after), after), Seen("guide", mosaic_of(before), before)]
    monkeypatch.setattr(looks, "seen", lambda: iter(now))

    assert changes(tmp_path, path) == ["home: 50 of 640 tiles", "guide: new", "gone: gone"]

    assert known(path)["home"] == mosaic_of(before)
    assert {file.name for file in tmp_path.glob("*.png")} == {
        "home_old.png", "home_new.png", "home_diff.png", "guide_new.png",
    }  # fmt: skip
