from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.audio.limiter import RELEASE_S, Limiter
from kiosk.audio.voice import Mix
from kiosk.units import SAMPLE_RATE_HZ, amplitude_of
from tests.audio.studio import as_mix
from tests.audio.tapes import noise, tone
from tests.depth import examples

CEILING_DBFS = -1.0
CEILING = amplitude_of(CEILING_DBFS)
SINE = as_mix(tone(2.0, 441, level_dbfs=0.0))


def limited(sound: Mix, *, block: int = 1024, limiter: Limiter | None = None) -> Mix:
    """The sound after it went through, block by block."""
    limiter = limiter or Limiter(CEILING_DBFS)
    out = sound.copy()
    for begin in range(0, len(out), block):
        limiter.apply(out[begin : begin + block])
    return out


@given(
    levels=st.lists(st.floats(0, 30), min_size=1, max_size=8),
    block=st.sampled_from([1, 63, 256, 1024, 4096]),
    seed=st.integers(0, 1000),
)
@settings(max_examples=examples(40))
def test_no_peak_ever_passes_the_ceiling(levels: list[float], block: int, seed: int) -> None:
    sound = np.concatenate([as_mix(noise(0.02, seed + place)) * level for place, level in enumerate(levels)])

    assert np.abs(limited(sound, block=block)).max(initial=0.0) <= CEILING * 1.000001


@pytest.mark.parametrize("level", [0.0, 0.1, 0.89])
def test_below_the_ceiling_nothing_is_touched(level: float) -> None:
    sound = SINE * np.float32(level)

    assert (limited(sound) == sound).all()


def test_a_long_peak_is_turned_down_and_not_clipped() -> None:
    out = limited(SINE * np.float32(4))

    settled = out[4096:]
    assert np.abs(settled).max() == pytest.approx(CEILING, rel=0.01)
    assert np.abs(settled / SINE[4096:].clip(1e-3) - CEILING)[SINE[4096:] > 0.1].max() < 0.05  # still a sine


def test_turning_down_and_back_makes_no_click() -> None:
    quiet, loud = SINE[:22_050] * np.float32(0.3), SINE[:22_050] * np.float32(1.5)
    sound = np.concatenate([quiet, loud, quiet, quiet])

    out = limited(sound)

    steepest = np.abs(np.diff(loud, axis=0)).max()
    assert np.abs(np.diff(out, axis=0)).max() <= steepest * 1.02


def test_after_a_peak_the_level_comes_back_within_the_release() -> None:
    limiter = Limiter(CEILING_DBFS)
    limited(SINE[:4096] * np.float32(2), limiter=limiter)
    assert limiter.reduction < 0.5

    quiet = SINE[: round(RELEASE_S * SAMPLE_RATE_HZ) + 1024] * np.float32(0.2)
    out = limited(quiet, limiter=limiter)

    assert limiter.reduction == 1.0
    assert (limited(quiet, limiter=limiter) == quiet).all()
    assert np.abs(np.diff(out, axis=0)).max() < 0.02


def test_silence_after_a_peak_stays_silence() -> None:
    limiter = Limiter(CEILING_DBFS)
    limited(SINE[:2048] * np.float32(3), limiter=limiter)

    out = limited(np.zeros((2048, 2), dtype=np.float32), limiter=limiter)

    assert not out.any()
