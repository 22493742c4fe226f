"""A role lives for years: whatever a clip costs in memory is given back when it is over."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.audio.tapes import noise, tape
from tests.bench.figures import Figures

pytestmark = pytest.mark.bench

WARM, CLIPS = 200, 2000


def test_two_thousand_clips(figures: Figures, tmp_path: Path) -> None:
    for number, kind in enumerate(("wav", "mp3", "flac", "wav", "mp3", "flac")):
        tape(tmp_path / f"{number}.{kind}", noise(0.3 + 0.1 * number, number))
    played = subprocess.run(
        [sys.executable, "-m", "tests.bench.many_clips", tmp_path, str(WARM), str(CLIPS)],
        check=True,
        capture_output=True,
        text=True,
    )
    rss = json.loads(played.stdout)

    growth_mb = (rss["end"] - rss["begin"]) / 1e6
    figures.at_most(
        "memory: growth over 2,000 clips", growth_mb, 2.0, "MB", note=f"after the first {WARM}; WAV, MP3, FLAC"
    )
