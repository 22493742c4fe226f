"""The limiter at the end of the mix: peaks stay under the ceiling, without a click and without pumping."""

from __future__ import annotations

import numpy as np

from kiosk.audio.voice import Mix
from kiosk.units import SAMPLE_RATE_HZ, amplitude_of

ATTACK_FRAMES = 64
RELEASE_S = 0.4


class Limiter:
    """Holds peaks at `ceiling_dbfs` (-20 to 0). Costs one pass over the block while nothing is too loud."""

    def __init__(self, ceiling_dbfs: float) -> None:
        self._ceiling = amplitude_of(ceiling_dbfs)
        self._gain = 1.0

    @property
    def reduction(self) -> float:
        """The gain in force: 1.0 is none."""
        return self._gain

    def would_pass(self, peak: float) -> bool:
        """Whether a block with such a peak goes through as it is."""
        return self._gain == 1.0 and peak <= self._ceiling

    def apply(self, mix: Mix) -> None:
        """Limit a block in place."""
        peak = max(float(mix.max(initial=0.0)), -float(mix.min(initial=0.0)))
        if self.would_pass(peak):
            return
        needed = min(1.0, self._ceiling / peak) if peak > 0 else 1.0
        released = min(1.0, self._gain + len(mix) / (RELEASE_S * SAMPLE_RATE_HZ))
        target = min(needed, released)
        ramp = min(ATTACK_FRAMES, len(mix)) if target < self._gain else len(mix)
        course = np.full((len(mix), 1), target, dtype=np.float32)
        course[:ramp, 0] = np.linspace(self._gain, target, ramp, dtype=np.float32)
        mix *= course
        np.clip(mix, -self._ceiling, self._ceiling, out=mix)  # a peak inside the attack
        self._gain = target
