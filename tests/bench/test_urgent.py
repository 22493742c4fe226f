"""From an urgent button to its first sample at the null sink: pressed through the hatch of a role that plays music."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from kiosk.app.hatch import ask
from kiosk.app.places import Places
from tests.audio.pulse import Pulse, Recording
from tests.audio.stores import a_store, noon_zone
from tests.audio.tapes import tape, tone
from tests.audio.waiting import eventually, let_pass
from tests.bench.figures import Figures
from tests.sites import SITE

pytestmark = [pytest.mark.bench, pytest.mark.sound]

PRESSES = 100
MUSIC_HZ, URGENT_HZ = 400.0, 5513.0
WINDOW = 64  # frames: 1.5 ms
URGENT_S = 0.4
APART_S = 1.2

URGENT_BUTTON = '[[buttons]]\nid = "lost-child"\naction = "urgent"\nscript = "lost-child"\n'
BINDER = """
[[scripts]]
id = "lost-child"
class = "urgent"
title = { zh-CN = "寻人", zh-TW = "尋人", en = "Lost child" }
text = { zh-CN = "寻人", zh-TW = "尋人", en = "Lost child" }
recording = "sounds/urgent/lost-child.wav"
"""


def a_store_with_a_button(root: Path) -> Path:
    zone = noon_zone()
    site = a_store(root, zone, opens=datetime.now(zone) - timedelta(hours=1), hours=4)
    for number in range(3):
        tape(site / "sounds" / f"{number}.mp3", tone(120.0 + number, MUSIC_HZ))
    tape(site / "sounds" / "urgent" / "lost-child.wav", tone(URGENT_S, URGENT_HZ))
    (site / "schedules" / "binder.toml").write_text(BINDER, encoding="utf-8")
    site_toml = site / "site.toml"
    assert "[[buttons]]" in SITE
    site_toml.write_text(site_toml.read_text(encoding="utf-8") + URGENT_BUTTON, encoding="utf-8")
    return site


def first_urgent_s(recording: Recording, after_s: float) -> float | None:
    """When the urgent tone is first heard after a wall time, POSIX seconds."""
    sound = recording.sound[:, 0]
    begin = max(0, int((after_s - recording.began) * 44_100))
    stretch = sound[begin : begin + int(APART_S * 44_100)]
    windows = stretch[: len(stretch) // WINDOW * WINDOW].reshape(-1, WINDOW)
    strength = np.abs(np.fft.rfft(windows, axis=1))[:, round(URGENT_HZ * WINDOW / 44_100)]
    loud = np.flatnonzero(strength > 0.1 * max(strength.max(initial=0.0), 1.0))
    return None if len(loud) == 0 else recording.began + (begin + int(loud[0]) * WINDOW) / 44_100


def test_an_urgent_button_is_heard_at_once(figures: Figures, tmp_path: Path) -> None:
    site = a_store_with_a_button(tmp_path / "site")
    state = tmp_path / "state"
    with (
        Pulse(tmp_path / "pulse") as pulse,
        pulse.record() as recording,
        (tmp_path / "log").open("w", encoding="utf-8") as messages,
    ):
        role = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "run", "broadcast", "--site", site, "--state", state],
            env=pulse.environment,
            stderr=messages,
        )
        try:
            eventually(lambda: recording.sound[-4410:].any(), within_s=60, what="the store is heard")
            let_pass(3.0)
            pressed = []
            for _ in range(PRESSES):
                pressed.append(time.time())
                ask(Places(site, state).hatch, {"do": "press", "button": "lost-child"})
                let_pass(APART_S)
        finally:
            role.terminate()
            role.wait(timeout=30)
    heard = [first_urgent_s(recording, at) for at in pressed]
    waits_ms = sorted(1000 * (at - begun) for at, begun in zip(heard, pressed, strict=True) if at is not None)

    assert len(waits_ms) == PRESSES
    note = f"{PRESSES} presses, block of 1024 frames"
    figures.tell("urgent press to first sample at the sink, median", waits_ms[PRESSES // 2], "ms", note=note)
    figures.at_most(
        "urgent press to first sample at the sink, p99", waits_ms[int(0.99 * PRESSES)], 100, "ms", note=note
    )
