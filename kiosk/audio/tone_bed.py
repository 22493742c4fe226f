"""The last resort against silence: a soft chord that the controller makes itself, without any file (B03)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kiosk.units import SAMPLE_RATE_HZ

LOOP_S = 16
_CHORD_HZ = (130.8125, 196.0, 261.625, 329.625, 392.0, 493.875)  # C major seventh; whole cycles in the loop
_LEVEL = 0.05  # about -27 dBFS RMS in all


def bed() -> NDArray[np.int16]:
    """One loop of the bed, shape (frames, 2): its end joins its beginning without a click."""
    return np.concatenate([_second(number) for number in range(LOOP_S)])  # by pieces: the whole takes 40 MB to compute


def _second(number: int) -> NDArray[np.int16]:
    moments = number + np.arange(SAMPLE_RATE_HZ, dtype=np.float64) / SAMPLE_RATE_HZ
    left, right = np.zeros_like(moments), np.zeros_like(moments)
    for voice, hertz in enumerate(_CHORD_HZ):
        swell = 0.6 + 0.4 * np.cos(2 * np.pi * (moments / LOOP_S * (1 + voice % 3) + voice / len(_CHORD_HZ)))
        tone = np.sin(2 * np.pi * hertz * moments) * swell / (1 + voice * 0.35)
        side = voice / (len(_CHORD_HZ) - 1)
        left += tone * (1.0 - 0.5 * side)
        right += tone * (0.5 + 0.5 * side)
    stereo = np.stack([left, right], axis=1) * _LEVEL
    return (stereo * 32767).astype(np.int16)
