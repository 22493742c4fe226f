"""The role as systemd starts it, in real time on a null sink, beside a process that is busy.

KIOSK_BENCH_MINUTES: how long, 1 unless told.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import psutil
import pytest

from tests.audio.pulse import Pulse, Recording
from tests.audio.stores import a_store, noon_zone
from tests.audio.tapes import FULL_SCALE, noise, tape
from tests.audio.waiting import eventually, let_pass
from tests.bench.figures import Figures

pytestmark = [pytest.mark.bench, pytest.mark.sound]

MINUTES = float(os.environ.get("KIOSK_BENCH_MINUTES", "1"))
CLOSED_S = 20.0
SETTLE_S = 8.0
SONG_S = 100.0
DROPOUT_FRAMES = 16  # of digital silence, which noise never has


@contextmanager
def the_role(site: Path, state: Path, environment: dict[str, str]) -> Iterator[psutil.Process]:
    with (state.parent / f"{state.name}.log").open("w", encoding="utf-8") as messages:
        role = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "run", "broadcast", "--site", site, "--state", state],
            env=environment,
            stderr=messages,
        )
        try:
            yield psutil.Process(role.pid)
            role.send_signal(signal.SIGTERM)
            role.wait(timeout=20)
        finally:
            role.kill()
            role.wait()


def log_of(folder: Path) -> str:
    return (folder / "state.log").read_text(encoding="utf-8")


@contextmanager
def somebody_busy() -> Iterator[None]:
    busy = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        busy.kill()
        busy.wait()


@contextmanager
def a_plain_player(folder: Path, environment: dict[str, str]) -> Iterator[None]:
    """The sound server's own player, of noise without an end, at the latency of the role: what this machine can do."""
    minute = (noise(60.0).astype("<f4") / FULL_SCALE).tobytes()
    with (folder / "control.raw").open("wb") as raw:
        for _ in range(int(MINUTES) + 4):
            raw.write(minute)
    player = subprocess.Popen(
        [
            *("pacat", "--raw", "--format=float32le", "--rate=44100", "--channels=2", "--latency-msec=46"),
            *("-d", "control", folder / "control.raw"),
        ],
        env=environment,
    )
    try:
        yield
    finally:
        player.kill()
        player.wait()


def cpu_pct(process: psutil.Process, seconds: float) -> float:
    """Of one core, over so many seconds."""
    before, began_s = process.cpu_times(), time.monotonic()
    let_pass(seconds)
    after, took_s = process.cpu_times(), time.monotonic() - began_s
    return 100 * (after.user + after.system - before.user - before.system) / took_s


def dropouts(recording: Recording) -> tuple[int, float]:
    """How many holes there are in the sound, and how long it is, seconds."""
    sound = recording.sound
    silent = np.abs(sound).max(axis=1) == 0.0
    heard = np.flatnonzero(~silent)
    inside = silent[heard[0] : heard[-1]]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inside, [0]]).astype(np.int8)))
    holes = int(np.count_nonzero(edges[1::2] - edges[::2] >= DROPOUT_FRAMES))
    return holes, len(inside) / 44_100


def test_an_open_store_playing_mp3(figures: Figures, tmp_path: Path) -> None:
    zone = noon_zone()
    now = datetime.now(zone)
    site = a_store(tmp_path / "site", zone, opens=now - timedelta(hours=1), hours=4)
    for number in range(4):
        tape(site / "sounds" / f"{number}.mp3", noise(SONG_S + number, number, level=2000.0))
    with (
        Pulse(tmp_path / "pulse", ("hall", "control")) as pulse,
        pulse.record() as recording,
        pulse.record("control") as control,
        a_plain_player(tmp_path, pulse.environment),
        the_role(site, tmp_path / "state", pulse.environment) as role,
    ):
        eventually(lambda: recording.sound[-4410:].any(), within_s=60, what="the store is heard")
        let_pass(SETTLE_S)
        quiet_pct = cpu_pct(role, 30.0)
        begin_mb = role.memory_info().rss / 1e6
        with somebody_busy():
            busy_pct = cpu_pct(role, MINUTES * 60)
        rss_mb = role.memory_info().rss / 1e6
        children = [f"{child.memory_info().rss / 1e6:.0f} MB" for child in role.children(recursive=True)]
        holes, heard_s = dropouts(recording)
        control_holes, _ = dropouts(control)

    late = sum(int(number) for number in re.findall(r"(\d+) blocks came too late", log_of(tmp_path)))
    note = f"{MINUTES:g} min beside a busy process"
    figures.at_most("real time: dropouts heard at the sink", holes, 0, "", note=f"{note}, {heard_s:.0f} s recorded")
    figures.tell("real time: dropouts of pacat beside it", control_holes, "", note="the same server: the machine's own")
    figures.at_most("real time: underruns the role counted", late, 0, "", note=note)
    figures.at_most("real time: CPU of one core, MP3, one zone", quiet_pct, 2.1, "%", note="nobody busy, 30 s")
    figures.at_most("real time: CPU beside a busy process", busy_pct, 2.1, "%", note=note)
    figures.tell("real time: RSS growth", rss_mb - begin_mb, "MB", note=f"in {MINUTES:g} min")
    figures.at_most("real time: RSS of the role", rss_mb, 110, "MB", note=f"its children: {', '.join(children)}")


def test_a_closed_store(figures: Figures, tmp_path: Path) -> None:
    zone = noon_zone()
    site = a_store(tmp_path / "site", zone, opens=datetime.now(zone) + timedelta(hours=3), hours=4)
    for number in range(4):
        tape(site / "sounds" / f"{number}.mp3", noise(3.0, number))
    with (
        Pulse(tmp_path / "pulse") as pulse,
        the_role(site, tmp_path / "state", pulse.environment) as role,
    ):
        eventually(lambda: "business day" in log_of(tmp_path), within_s=60, what="the day is planned")
        let_pass(SETTLE_S)
        figures.tell("real time: CPU while closed", cpu_pct(role, CLOSED_S), "%")
