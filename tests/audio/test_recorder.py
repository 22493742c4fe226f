from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile

from kiosk.audio.recorder import Recorder
from kiosk.errors import DeviceFault
from kiosk.units import SAMPLE_RATE_HZ
from tests.audio.studio import as_mix
from tests.audio.tapes import noise


@pytest.mark.parametrize("ending", [".flac", ".wav"])
def test_what_was_written_can_be_heard(tmp_path: Path, ending: str) -> None:
    sound = as_mix(noise(0.5))

    with Recorder(tmp_path / f"day{ending}", 2) as recorder:
        for begin in range(0, len(sound), 1000):
            recorder.write(sound[begin : begin + 1000])

    heard, rate = soundfile.read(tmp_path / f"day{ending}", dtype="float32")
    assert rate == SAMPLE_RATE_HZ
    assert heard.shape == sound.shape
    assert np.abs(heard - sound).max() <= 1 / 32768


def test_a_recording_may_have_the_channels_of_every_zone(tmp_path: Path) -> None:
    with Recorder(tmp_path / "day.flac", 6) as recorder:
        recorder.write(np.zeros((100, 6), dtype=np.float32))

    assert soundfile.info(tmp_path / "day.flac").channels == 6


def test_an_unfinished_recording_is_removed_and_the_old_one_stays(tmp_path: Path) -> None:
    (tmp_path / "day.flac").write_bytes(b"yesterday")

    def stop_in_the_middle() -> None:
        with Recorder(tmp_path / "day.flac", 2) as recorder:
            recorder.write(as_mix(noise(0.1)))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop_in_the_middle()

    assert [path.name for path in tmp_path.iterdir()] == ["day.flac"]
    assert (tmp_path / "day.flac").read_bytes() == b"yesterday"


@pytest.mark.parametrize("place", ["no folder/day.flac", "day.xyz", "day"])
def test_a_place_that_cannot_be_written_is_refused_with_a_remedy(tmp_path: Path, place: str) -> None:
    with pytest.raises(DeviceFault, match=r"name a \.flac or \.wav in a folder that exists"):
        Recorder(tmp_path / place, 2)

    assert not list(tmp_path.iterdir())


def test_a_disk_that_fills_up_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    def record_an_hour() -> None:
        with Recorder(tmp_path / "day.wav", 2) as recorder:
            for _ in range(36_000):
                recorder.write(as_mix(noise(0.1)))

    with files_no_larger_than(200_000), pytest.raises(DeviceFault, match="free some space"):
        record_an_hour()

    assert not list(tmp_path.iterdir())


def test_a_disk_that_is_full_from_the_start_is_told(tmp_path: Path) -> None:
    """/dev/full refuses every byte."""
    (tmp_path / ".day.unfinished.wav").symlink_to("/dev/full")

    with pytest.raises(DeviceFault, match="cannot be written"):
        Recorder(tmp_path / "day.wav", 2)


@contextmanager
def files_no_larger_than(limit: int) -> Iterator[None]:
    """What a full disk does to a file, done to every file of this process."""
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
