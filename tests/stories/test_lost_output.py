"""The sound output goes and comes back while the store is open: the role says so, and the programme goes on."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from kiosk.audio.output import SILENT, USUAL
from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.store import open_ledger
from kiosk.rules.broadcast.as_run import Outcome
from tests.audio.pulse import Pulse, Recording
from tests.audio.stores import a_store, noon_zone
from tests.audio.tapes import tape, tone
from tests.audio.waiting import eventually

pytestmark = pytest.mark.sound

SONG_S = 1.5


@pytest.mark.rule("B03")
def test_a_lost_output_is_told_and_played_on_when_it_is_back(tmp_path: Path) -> None:
    """Twenty seconds of real time: power-up, two seconds of stall, up to five until the output is tried again."""
    zone = noon_zone()
    now = datetime.now(zone)
    site = a_store(tmp_path / "site", zone, opens=now - timedelta(hours=2), hours=4)
    for place in range(4):
        tape(site / "sounds" / f"{place}.mp3", tone(SONG_S, 400 + 100 * place))
    messages = tmp_path / "messages"
    pulse = Pulse(tmp_path / "pulse")
    pulse.start()
    with messages.open("w", encoding="utf-8") as said:
        role = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "run", "broadcast", "--site", site, "--state", tmp_path / "state"],
            env=pulse.environment,
            stderr=said,
        )
    try:
        with pulse.record() as before:
            eventually(lambda: _sounds(before), within_s=40, what="music is heard")

        pulse.crash()
        eventually(
            lambda: SILENT in messages.read_text(), within_s=USUAL.stalled_s + 8, what="the role says it is silent"
        )
        silent_from = datetime.now(zone)
        pulse.start()
        with pulse.record() as after:
            eventually(lambda: _sounds(after), within_s=USUAL.retry_s + 8, what="music is heard again")
        role.send_signal(signal.SIGTERM)
        exit_code = role.wait(timeout=60)
    finally:
        role.kill()
        role.wait()
        pulse.crash()

    said_all = messages.read_text(encoding="utf-8")
    assert exit_code == 0
    assert "is back" in said_all
    assert "Traceback" not in said_all
    with open_ledger(tmp_path / "state" / "ledger.sqlite") as ledger:
        lines = tuple(AsRunPages(ledger, zone).of_day(now.date()))
    meanwhile = [line for line in lines if line.real_start is not None and line.real_start > silent_from]
    assert len(meanwhile) >= 2
    assert all(line.outcome is Outcome.PLAYED for line in lines[:-1])


def _sounds(recording: Recording) -> bool:
    return bool(np.abs(recording.sound[-4410:]).max(initial=0.0) > 0.01)
