from __future__ import annotations

import numpy as np
import pytest

from kiosk.audio.tone_bed import LOOP_S, bed
from kiosk.units import SAMPLE_RATE_HZ


@pytest.mark.rule("B03")
def test_the_tone_bed_is_a_soft_chord_on_both_sides() -> None:
    loop = bed() / 32768

    level_dbfs = 10 * np.log10(np.mean(np.square(loop)))
    assert loop.shape == (LOOP_S * SAMPLE_RATE_HZ, 2)
    assert -32 < level_dbfs < -20
    assert np.abs(loop).max() < 0.5
    seconds = loop.reshape(LOOP_S, SAMPLE_RATE_HZ, 2)
    assert np.sqrt(np.mean(np.square(seconds), axis=1)).min() > 0.01  # at no moment silent


@pytest.mark.rule("B03")
def test_the_loop_joins_its_beginning_without_a_click() -> None:
    loop = bed().astype(np.float64)

    twice = np.concatenate([loop[-2000:], loop[:2000]])
    bends, seam = np.abs(np.diff(loop, 2, axis=0)).max(), np.abs(np.diff(twice, 2, axis=0))

    assert seam.max() <= bends
