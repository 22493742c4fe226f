"""The day in virtual time: how fast, how punctual, and whether anything lies between two songs."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from kiosk.app.office import Office
from kiosk.app.render import Stretch, render
from kiosk.app.simulate import simulate_days
from kiosk.desks.broadcast.messages import PageAsked, PageSpoken
from kiosk.ledger.memory import MemoryAsRun
from kiosk.rules.broadcast.as_run import Outcome
from tests.audio.studio import Studio, an_item, as_mix, clip
from tests.audio.tapes import decoded, noise, tape
from tests.bench.figures import Figures
from tests.bench.test_planning import p95

pytestmark = pytest.mark.bench

DAY = date(2026, 11, 23)
STRETCH = timedelta(hours=1)
SIMULATED_DAYS = 40


def test_rendering_an_hour_of_the_demo_store(figures: Figures, demo_office: Office, tmp_path: Path) -> None:
    day, _ = demo_office.business_day(DAY)
    begin = day.opens + timedelta(hours=1)
    log = MemoryAsRun(demo_office.site.zone_info)
    began_s, cpu_s = time.monotonic(), time.process_time()

    render(demo_office, DAY, Stretch(begin, begin + STRETCH), tmp_path / "hour.flac", log, speak=_speechless)

    took_s, cpu_s = time.monotonic() - began_s, time.process_time() - cpu_s
    lines = [line for line in log.of_day(DAY) if line.real_start is not None and line.planned_start is not None]
    late = [abs((line.real_start - line.planned_start).total_seconds()) for line in lines if line.due]  # type: ignore[operator]
    cut = sum(line.outcome is Outcome.CUT for line in lines if line.real_end and line.real_end < begin + STRETCH)
    figures.at_least("render: speed", STRETCH.total_seconds() / took_s, 100, "× real time", note="1 h into FLAC")
    figures.tell("render: CPU of an hour", cpu_s, "s")
    figures.at_most("render: announcements, start − plan, p95", p95(late) * 1000, 50, "ms", note=f"{len(late)} of them")
    figures.at_most("render: songs cut", cut, 0, "")
    assert late


def test_what_lies_between_songs(figures: Figures, tmp_path: Path) -> None:
    names = [f"{number}.{ending}" for number, ending in enumerate(["wav", "flac", "mp3"] * 4)]
    songs = [tape(tmp_path / name, noise(0.9 + 0.0137 * number, number)) for number, name in enumerate(names)]
    with Studio(tmp_path) as studio:
        studio.mixer.play(an_item(names[0], clip(songs[0])), over_s=0)
        for name, path, before in zip(names[1:], songs[1:], names, strict=False):
            studio.mixer.follow(an_item(name, clip(path)))
            studio.hear_until_over(before)
        studio.hear_until_over(names[-1])
        heard = studio.heard

    whole = as_mix(np.concatenate([decoded(path) for path in songs]))
    different = int(np.count_nonzero(np.abs(heard[: len(whole)] - whole).max(axis=1) > 1e-6))
    note = f"{len(songs)} songs in a row, WAV, FLAC, MP3"
    figures.at_most("joins: samples between songs", max(0, len(heard.nonzero()[0]) // 2 - len(whole)), 0, "", note=note)
    figures.at_most("joins: samples other than the files'", different, 0, "", note=note)


def test_simulating_days(figures: Figures, demo_office: Office) -> None:
    began_s = time.monotonic()

    days = simulate_days(demo_office, DAY, SIMULATED_DAYS, lambda _: None)

    rate = len(days) / (time.monotonic() - began_s)
    figures.tell("simulate: days a second", rate, "1/s", note="every core, with starting the workers")
    figures.at_most("simulate: a year", 365 / rate, 30, "s", note=f"projected from {SIMULATED_DAYS} days")
    figures.at_most("simulate: silence while open", max(day.silence_s for day in days), 0, "s")


def _speechless(asked: PageAsked) -> PageSpoken:
    return PageSpoken(asked, None, "a benchmark has no voice")
