"""What a live voice goes through before it is heard: rumble out, room noise out, loud and soft brought together.

High-pass, gate, compressor, limiter. Each keeps its state from block to block, works on a whole block with numpy, and
adds no delay of its own; levels are looked at every 1.5 ms. One thread.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kiosk.audio.limiter import Limiter
from kiosk.units import SAMPLE_RATE_HZ, amplitude_of

Mono = NDArray[np.float32]  # shape (frames,), -1 to 1

LOOK_FRAMES = 64
_LOOK_S = LOOK_FRAMES / SAMPLE_RATE_HZ
_FLOOR_DBFS = -120.0


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """Levels in dBFS (RMS of 1.5 ms), times in seconds.

    gain_db: what brings this microphone to a usual level. low_cut_hz: what lies below is rumble. gate_dbfs: below it
    nobody speaks, once it is 6 dB lower for hold_s; closing takes release_s. threshold_dbfs, ratio: above the threshold
    the level grows by 1/ratio, which is felt within attack_s and forgotten within recover_s. make_up_db: added at the
    end. ceiling_dbfs: no peak goes beyond.
    """

    gain_db: float = 0.0
    low_cut_hz: float = 90.0
    gate_dbfs: float = -48.0
    hold_s: float = 0.35
    release_s: float = 0.08
    threshold_dbfs: float = -26.0
    ratio: float = 3.0
    attack_s: float = 0.005
    recover_s: float = 0.15
    make_up_db: float = 8.0
    ceiling_dbfs: float = -3.0


MADE_UP_LUFS = -18.0  # so loud comes out who speaks with peaks at -8 dBFS, as VoiceSettings are


def spoken_at(announcement_lufs: float, *, gain_db: float) -> VoiceSettings:
    """The settings by which a talk is about as loud as the store's announcements. gain_db: of this microphone."""
    usual = VoiceSettings(gain_db=gain_db)
    return replace(usual, make_up_db=usual.make_up_db + announcement_lufs - MADE_UP_LUFS)


class VoiceChain:
    """The chain for one microphone. loudest_dbfs: the highest level so far, before the gate."""

    def __init__(self, settings: VoiceSettings) -> None:
        self.loudest_dbfs = _FLOOR_DBFS
        self._settings = settings
        self._amplify = np.float32(amplitude_of(settings.gain_db))
        self._high_pass = HighPass(settings.low_cut_hz)
        self._limiter = Limiter(settings.ceiling_dbfs)
        self._level_dbfs = settings.gate_dbfs
        self._hold_s = 0.0
        self._gate = 0.0
        self._gain = 0.0

    @property
    def speaking(self) -> bool:
        """The gate is open: somebody speaks, or did a moment ago."""
        return self._hold_s > 0.0

    def process(self, block: Mono) -> Mono:
        """The block as it is to be heard; no gain ever jumps."""
        clean = self._high_pass.process(block * self._amplify)
        begins = np.arange(0, len(clean), LOOK_FRAMES)
        if not len(begins):
            return clean
        ends = np.append(begins[1:], len(clean))
        energy = np.add.reduceat(np.square(clean, dtype=np.float64), begins) / (ends - begins)
        levels = 10 * np.log10(np.maximum(energy, 1e-12))
        gains = [self._gain, *(self._gain_for(float(level)) for level in levels)]
        course = np.interp(np.arange(1, len(clean) + 1), np.concatenate([[0], ends]), gains)
        self._gain = gains[-1]
        out = (clean * course).astype(np.float32)
        self._limiter.apply(out[:, None])
        return out

    def _gain_for(self, level_dbfs: float) -> float:
        """The gain at the end of a look."""
        choices = self._settings
        self.loudest_dbfs = max(self.loudest_dbfs, level_dbfs)
        threshold_dbfs = choices.gate_dbfs - (6.0 if self.speaking else 0.0)
        self._hold_s = choices.hold_s if level_dbfs >= threshold_dbfs else max(0.0, self._hold_s - _LOOK_S)
        self._gate = 1.0 if self.speaking else max(0.0, self._gate - _LOOK_S / choices.release_s)
        heard_dbfs = max(level_dbfs, choices.gate_dbfs)  # or the climb from silence would outlast a syllable
        takes_s = choices.attack_s if heard_dbfs > self._level_dbfs else choices.recover_s
        self._level_dbfs += (heard_dbfs - self._level_dbfs) * (1 - math.exp(-_LOOK_S / takes_s))
        over_db = max(0.0, self._level_dbfs - choices.threshold_dbfs)
        return self._gate * amplitude_of(choices.make_up_db - over_db * (1 - 1 / choices.ratio))


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
