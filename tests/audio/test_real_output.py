"""Through PyAudio into a real sound server, and back out of it, to the sample."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.audio.pulse import Pulse
from tests.audio.studio import as_mix
from tests.audio.tapes import decoded, furthest, noise, tape

pytestmark = pytest.mark.sound


@pytest.fixture(scope="module")
def pulse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pulse]:
    with Pulse(tmp_path_factory.mktemp("pulse"), ("hall", "food")) as server:
        yield server


def played(pulse: Pulse, file: Path, device: str = "", block_frames: int = 1024) -> dict[str, Any]:
    """Seconds of real time: a song is played by a process of its own."""
    child = subprocess.run(
        [sys.executable, "-m", "tests.audio.children", file, device, "2", str(block_frames)],
        env=pulse.environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    answer: dict[str, Any] = json.loads(child.stdout.splitlines()[-1])
    return answer


def recorded(pulse: Pulse, file: Path, device: str, sink: str) -> tuple[dict[str, Any], NDArray[np.float32]]:
    """What the player says of itself, and what the sink heard."""
    with pulse.record(sink) as recording:
        answer = played(pulse, file, device)
        return answer, recording.sound


@pytest.mark.parametrize(("device", "sink"), [("", "hall"), ("food", "food")])
def test_what_leaves_the_sink_is_the_file_to_the_sample(pulse: Pulse, tmp_path: Path, device: str, sink: str) -> None:
    file = tape(tmp_path / "song.flac", noise(1.5))

    answer, sound = recorded(pulse, file, device, sink)
    for _ in range(2):  # a machine too busy to play in real time proves nothing
        if answer["underruns"] or answer["starved"]:
            answer, sound = recorded(pulse, file, device, sink)

    assert answer["underruns"] == answer["starved"] == 0
    begin = int(np.flatnonzero(np.abs(sound).max(axis=1))[0])
    whole = as_mix(decoded(file))
    whole = whole[int(np.flatnonzero(np.abs(whole).max(axis=1))[0]) :]
    assert furthest(sound[begin : begin + len(whole)], whole) <= 1e-6
    assert not sound[begin + len(whole) :].any()


def test_an_output_that_is_not_there_is_named_with_those_that_are(pulse: Pulse, tmp_path: Path) -> None:
    answer = played(pulse, tape(tmp_path / "song.flac", noise(0.2)), "USB Audio")

    assert "sound output USB Audio" in answer["fault"]
    assert "hall" in answer["fault"]
    assert "site.toml" in answer["fault"]
