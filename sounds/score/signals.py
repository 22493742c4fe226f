"""Safety signals computed from sines: the urgent gong and the evacuation tone."""

from collections.abc import Callable

import master
import numpy as np
from numpy.typing import NDArray

RATE = master.RATE
GONG_HZ = 659.26
GONG_PARTIALS = ((1.0, 1.0, 2.6), (2.0, 0.5, 3.4), (2.76, 0.3, 5.0), (4.07, 0.16, 8.0))
STRIKES_S = (0.0, 0.34, 0.68)
EVACUATION_HZ = 520.0
ON_S, OFF_S, PAUSE_S = 0.5, 0.5, 1.5
EDGE_S = 0.006
Audio = NDArray[np.float64]


def _times(seconds: float) -> Audio:
    return np.arange(round(seconds * RATE)) / RATE


def _stereo(mono: Audio) -> Audio:
    return np.repeat(mono[:, None], 2, axis=1)


def gong_urgent() -> Audio:
    """Three quick strokes on one bright bell, the last ringing out; 2.0 s."""
    mono = np.zeros(round(2.0 * RATE))
    for strike_s in STRIKES_S:
        start = round(strike_s * RATE)
        t = _times(2.0 - strike_s)
        for ratio, weight, decay in GONG_PARTIALS:
            ring = np.exp(-decay * t) * np.minimum(1.0, t / 0.003)
            mono[start : start + len(t)] += weight * ring * np.sin(2 * np.pi * GONG_HZ * ratio * t)
    fade = round(0.6 * RATE)
    mono[-fade:] *= np.cos(np.linspace(0, np.pi / 2, fade)) ** 2
    return master.level(_stereo(mono))


def evacuation_tone() -> Audio:
    """One temporal-three cycle of 4.0 s: three half-second tones, then 1.5 s of silence.

    A 520 Hz square wave built from odd partials, repeated without a seam by playing it again.
    """
    t = _times(ON_S)
    tone = sum(np.sin(2 * np.pi * EVACUATION_HZ * k * t) / k for k in (1, 3, 5, 7, 9))
    edge = np.minimum(1.0, np.minimum(t, ON_S - t) / EDGE_S)
    pulse = np.asarray(tone * edge, dtype=np.float64)
    rest = np.zeros(round(OFF_S * RATE))
    pause = np.zeros(round(PAUSE_S * RATE))
    return master.level(_stereo(np.concatenate([pulse, rest, pulse, rest, pulse, pause])))


SIGNALS: dict[str, Callable[[], Audio]] = {
    "gong_urgent": gong_urgent,
    "evacuation_tone": evacuation_tone,
}
