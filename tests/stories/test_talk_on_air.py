"""Somebody talks by command: the role as systemd starts it, with a real capture and a real sink."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.audio.pulse import Pulse, Recording
from tests.audio.stores import a_store, noon_zone
from tests.audio.tapes import tape, tone
from tests.audio.waiting import eventually
from tests.sites import write_tone

pytestmark = pytest.mark.sound

SPOKEN_HZ, MUSIC_HZ = 1000.0, 400.0
TALKS = """
[[buttons]]
id = "over"
action = "talk-over"

[microphone]
device = "mic"
prelude = "chime.wav"
postlude = "chime.wav"
record = true
"""


@pytest.mark.rule("B16")
def test_what_is_said_is_heard_over_ducked_music_recorded_and_written_down(tmp_path: Path) -> None:
    """Twenty seconds of real time: power-up, a talk of two seconds, power-down."""
    zone = noon_zone()
    site = a_store(tmp_path / "site", zone, opens=datetime.now(zone) - timedelta(hours=2), hours=4)
    (site / "site.toml").write_text((site / "site.toml").read_text() + TALKS)
    write_tone(site / "chime.wav", 0.3, hertz=700.0)
    tape(site / "sounds" / "0.mp3", tone(120.0, MUSIC_HZ))
    tape(tmp_path / "said.wav", tone(60.0, SPOKEN_HZ, level_dbfs=-20.0))
    state = tmp_path / "state"
    with Pulse(tmp_path / "pulse", ("hall",), ("mic",)) as pulse, pulse.record() as heard:
        speaker = subprocess.Popen(["paplay", "-d", "mic", tmp_path / "said.wav"], env=pulse.environment)
        role = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "run", "broadcast", "--site", site, "--state", state],
            env=pulse.environment,
            stderr=subprocess.DEVNULL,
        )
        try:
            eventually(lambda: is_steady(heard, MUSIC_HZ), within_s=60, what="music is heard")
            music = level(heard, MUSIC_HZ)
            kiosk("press", "over", "--hold", "2", "--site", site, "--state", state)
            eventually(lambda: level(heard, SPOKEN_HZ) > 0.03, within_s=30, what="the voice is heard")
            eventually(lambda: level(heard, MUSIC_HZ) < 0.2 * music, within_s=30, what="the music is ducked")
            eventually(lambda: level(heard, SPOKEN_HZ) < 0.003, within_s=30, what="the voice is over")
            eventually(lambda: level(heard, MUSIC_HZ) > 0.9 * music, within_s=30, what="the music is back")
            role.send_signal(signal.SIGTERM)
            exit_code = role.wait(timeout=60)
        finally:
            for process in (role, speaker):
                process.kill()
                process.wait()

    assert exit_code == 0
    lines = json.loads(kiosk("log", "as-run", "--json", "--site", site, "--state", state))
    (talk,) = [line for line in lines if line["id"] == "over"]
    assert (talk["outcome"], talk["phase"], talk["class"]) == ("played", "postlude", "microphone")
    audit = kiosk("log", "audit", "--json", "--site", site, "--state", state)
    (recording,) = (state / "talks").glob("*/*.flac")
    assert f"{recording.parent.name}/{recording.name}" in audit
    sound, rate = soundfile.read(recording)
    assert 1.5 < len(sound) / rate < 2.5
    assert np.abs(sound).max() > 0.05


def is_steady(recording: Recording, hertz: float) -> bool:
    """Whether a tone is heard, and was as loud a second ago."""
    now, before = level(recording, hertz), level(recording, hertz, ago_s=1.0)
    return now > 0.01 and abs(now - before) < 0.05 * now


def level(recording: Recording, hertz: float, *, ago_s: float = 0.0) -> float:
    """How strong a tone was in a fifth of a second that ended so long ago, an amplitude."""
    sound = recording.sound[:, 0]
    sound = sound[: len(sound) - round(44_100 * ago_s)][-8820:]
    moments = np.arange(len(sound)) / 44_100
    return float(2 * np.abs(np.mean(sound * np.exp(-2j * np.pi * hertz * moments)))) if len(sound) else 0.0


def kiosk(*words: object) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", *map(str, words)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
