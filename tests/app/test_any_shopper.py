"""Whatever hands and scanners do to the front role: no exception, no dead end, no leak. KIOSK_DEEP=1 for a million."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from kiosk.app.album import PANELS
from kiosk.ledger.migrate import migrate
from tests.app.crowd import DAY, HOMEWARD, walked
from tests.depth import DEEP

EVENTS = 250_000 if DEEP else 4_000  # at each panel
AT = ("800x480", "1280x800", "480x800", "1024x600-7in") if DEEP else ("800x480",)
LEAK_BYTES = 24_000_000


def stood_at(folder: Path, panel: str) -> tuple[int, list[int]]:
    """A process's own part of the crowd."""
    folder.mkdir()
    migrate(folder / "new.sqlite")
    return walked(folder, PANELS[panel], EVENTS, f"shoppers at {panel}")


@pytest.mark.walk
def test_whatever_anybody_does_staff_can_be_called_the_screen_comes_home_and_memory_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    if DEEP:
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(os.cpu_count(), mp_context=spawn) as pool:
            stood = list(pool.map(stood_at, [tmp_path / panel for panel in AT], AT))
    else:
        stood = [stood_at(tmp_path / panel, panel) for panel in AT]

    for panel, (homeward, grown) in zip(AT, stood, strict=True):
        assert homeward == EVENTS // DAY * (DAY // HOMEWARD), panel
        settled = grown[len(grown) // 5 :]
        assert max(settled) - settled[0] < LEAK_BYTES, (panel, [size // 1_000_000 for size in grown])
