"""`kiosk selfcheck --tone` on real sound: the tone goes out, and the hall's microphone, a monitor, hears it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import sites
from tests.audio.pulse import Pulse
from tests.short_day import BINDER, DAY_TYPES, SOUNDS_S

pytestmark = pytest.mark.sound

ROOT = Path(__file__).parents[2]
CALENDAR = sites.CALENDAR.replace('"weekend"', '"weekday"')
EAR = """
pcm.hallear { type pulse server "unix:%s" device "hall.monitor" hint { show on description "hallear" } }
"""


class Hall:
    """A store with a sink for its hall and a microphone in it; each check is a process of its own, about 15 s."""

    def __init__(self, folder: Path, pulse: Pulse) -> None:
        self._folder = folder
        self._pulse = pulse
        self.tunes(-6.0)

    def tunes(self, volume_db: float) -> None:
        """Somebody turns the knob of the amplifier."""
        site = sites.SITE.replace("volume_db = -6.0", f"volume_db = {volume_db}")
        site += '\n[selfcheck]\nmicrophone = "hallear"\n'
        site += '\n[power]\nsettle = "100ms"\nwarm = "0s"\nquiet = "0s"\ndrain = "100ms"\n'
        there = self._folder / "site"
        sites.write_site(there, site=site, sounds_s=SOUNDS_S, day_types=DAY_TYPES, binder=BINDER, calendar=CALENDAR)

    def check(self) -> dict[str, Any]:
        places = ["--site", str(self._folder / "site"), "--state", str(self._folder / "state")]
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", "selfcheck", "--tone", "--json", *places],
            cwd=ROOT, env=self._pulse.environment, capture_output=True, text=True, check=False, timeout=300.0,
        )  # fmt: skip
        report: dict[str, Any] = json.loads(done.stdout)
        return {one["check"]: one for one in report["findings"]} | {"code": done.returncode}


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    folder = tmp_path / "pulse"
    pulse = Pulse(folder)
    with (folder / "asound.conf").open("a", encoding="utf-8") as file:
        file.write(EAR % (folder / "native"))
    with pulse:
        yield Hall(tmp_path, pulse)


@pytest.mark.rule("B01")
def test_the_tone_is_heard_back_and_a_softer_hall_is_noticed(hall: Hall) -> None:
    first = hall.check()
    hall.tunes(-20.0)
    softer = hall.check()

    assert "which is the reference from now on" in first["test-tone"]["what"]
    assert first["sound-output"]["result"] == "ok"
    assert "14 dB softer than its reference" in softer["test-tone"]["what"]
    assert softer["code"] == 3
