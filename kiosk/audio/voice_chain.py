"""What a live voice goes through before it is heard: rumble out, room noise out, loud and soft brought together.

High-pass, gate, compressor: each keeps its state from block to block, works on a whole block with numpy, and adds no
delay of its own. The limiter is the mixer's. Microphone thread or audio thread, one of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kiosk.units import SAMPLE_RATE_HZ, amplitude_of

Mono = NDArray[np.float32]  # shape (frames,), -1 to 1

_FLOOR = 1e-6


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """Levels in dBFS of a block's RMS, times in seconds.

    low_cut_hz: what lies below is rumble. gate_dbfs: below it nobody speaks; hold_s: so long it stays open between
    words. threshold_dbfs, ratio: above the threshold the level grows by 1/ratio. make_up_db: added at the end.
    """

    low_cut_hz: float = 90.0
    gate_dbfs: float = -48.0
    hold_s: float = 0.35
    threshold_dbfs: float = -26.0
    ratio: float = 3.0
    make_up_db: float = 6.0


class VoiceChain:
    """The chain for one microphone."""

    def __init__(self, settings: VoiceSettings) -> None:
        self._settings = settings
        self._high_pass = HighPass(settings.low_cut_hz)
        self._gain = 0.0
        self._open_s = 0.0
        self._make_up = amplitude_of(settings.make_up_db)

    @property
    def speaking(self) -> bool:
        """The gate is open: somebody speaks, or did a moment ago."""
        return self._open_s > 0.0

    def process(self, block: Mono) -> Mono:
        """The block as it is to be heard; the gain moves smoothly from the last block's to this one's."""
        clean = self._high_pass.process(block)
        level = _dbfs(clean)
        lasts_s = len(block) / SAMPLE_RATE_HZ
        self._open_s = self._settings.hold_s if level >= self._settings.gate_dbfs else max(0.0, self._open_s - lasts_s)
        target = self._compressed(level) if self.speaking else 0.0
        course = np.linspace(self._gain, target, len(block), dtype=np.float32)
        self._gain = target
        return clean * course

    def _compressed(self, level_dbfs: float) -> float:
        over_db = max(0.0, level_dbfs - self._settings.threshold_dbfs)
        return amplitude_of(-over_db * (1 - 1 / self._settings.ratio)) * self._make_up


class HighPass:
    """Two one-pole high-passes in a row, 12 dB an octave, each solved for a block at once."""

    def __init__(self, cut_hz: float) -> None:
        self._decay = math.exp(-2 * math.pi * cut_hz / SAMPLE_RATE_HZ)
        self._states = [(0.0, 0.0), (0.0, 0.0)]  # of each pole: the last input and the last output

    def process(self, block: Mono) -> Mono:
        """The block without its lows."""
        samples = block.astype(np.float64)
        for pole, (last_in, last_out) in enumerate(self._states):
            samples, self._states[pole] = self._one_pole(samples, last_in, last_out)
        return samples.astype(np.float32)

    def _one_pole(
        self, samples: NDArray[np.float64], last_in: float, last_out: float
    ) -> tuple[NDArray[np.float64], tuple[float, float]]:
        """y[n] = decay * (y[n-1] + x[n] - x[n-1]), as a sum weighted by powers of the decay."""
        if len(samples) == 0:
            return samples, (last_in, last_out)
        steps = np.diff(samples, prepend=last_in)
        powers = self._decay ** np.arange(1, len(samples) + 1)
        out = powers * (last_out + np.cumsum(steps / powers * self._decay))
        return out, (float(samples[-1]), float(out[-1]))


def _dbfs(block: Mono) -> float:
    mean = float(np.dot(block, block)) / max(1, len(block))
    return 10 * math.log10(max(mean, _FLOOR**2))
