from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kiosk.audio.listening import listen
from kiosk.audio.reference_tone import Mono, heard, reading, tone, write_tone
from kiosk.errors import DeviceFault
from kiosk.rules.broadcast.selfcheck import Result
from kiosk.rules.broadcast.tone import TONE_S, judged
from kiosk.units import SAMPLE_RATE_HZ, amplitude_of

RANDOM = np.random.default_rng(7)


def noise(level_dbfs: float, seconds: float = 1.0) -> Mono:
    """As much of it at every frequency."""
    shape = RANDOM.standard_normal(round(seconds * SAMPLE_RATE_HZ))
    return (amplitude_of(level_dbfs) * shape).astype(np.float32)


def hall(level_dbfs: float, noise_dbfs: float = -60.0) -> Mono:
    """Two seconds out of the middle of the tone, as a microphone hears them."""
    middle = tone(level_dbfs)[SAMPLE_RATE_HZ : 3 * SAMPLE_RATE_HZ]
    return (middle + noise(noise_dbfs, 2.0)).astype(np.float32)


@pytest.mark.rule("B01")
@pytest.mark.parametrize("level_dbfs", [-50.0, -36.0, -20.0])
def test_the_tone_is_found_at_its_frequency_and_its_level(level_dbfs: float) -> None:
    found = heard(hall(level_dbfs), noise(-60.0))

    assert found.peak_hz == pytest.approx(1000.0, abs=1.0)
    assert found.level_dbfs == pytest.approx(level_dbfs, abs=0.5)
    assert judged(found, None).result is Result.OK


@pytest.mark.rule("B01")
def test_a_hall_without_the_tone_is_heard_to_be_without_it() -> None:
    found = heard(noise(-40.0, 2.0), noise(-40.0))

    assert judged(found, None).result is Result.FAULT


@pytest.mark.rule("B01")
def test_hum_that_is_louder_than_the_tone_is_a_fault() -> None:
    hum = 0.2 * np.sin(2 * np.pi * 100 * np.arange(2 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ)

    found = judged(heard((hall(-40.0) + hum).astype(np.float32), noise(-60.0)), None)

    assert "sounds at 100 Hz" in found.what


@pytest.mark.rule("B01")
def test_a_loudspeaker_that_lost_ten_decibels_is_noticed() -> None:
    reference = heard(hall(-30.0), noise(-60.0))

    assert judged(heard(hall(-33.0), noise(-60.0)), reference).result is Result.OK
    assert "10 dB softer" in judged(heard(hall(-40.0), noise(-60.0)), reference).what


def test_the_tone_s_file_is_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "state" / "tone.flac"

    write_tone(path, -30.0)

    sound = listen(tmp_path, [str(path)], None)[str(path)]
    assert sound.duration_s == pytest.approx(TONE_S, abs=0.001)
    assert sound.peak_dbfs == pytest.approx(-30.0, abs=0.1)
    assert list(path.parent.iterdir()) == [path]


def test_a_tone_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")

    with pytest.raises(DeviceFault, match="make room"):
        write_tone(tmp_path / "state" / "tone.flac", -30.0)


def test_a_microphone_s_offset_is_no_noise() -> None:
    found = reading((noise(-70.0) + 0.1).astype(np.float32))

    assert found.rms_dbfs == pytest.approx(-70.0, abs=0.5)
    assert found.peak_dbfs > -21.0


@pytest.mark.parametrize("sound", [np.zeros(100, np.float32), np.zeros(0, np.float32)])
def test_digital_silence_reads_as_such(sound: Mono) -> None:
    assert reading(sound).rms_dbfs == -120.0
