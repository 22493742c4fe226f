"""Balances stems by measured loudness and masters the mix."""

import math
import warnings
from collections.abc import Mapping

import numpy as np
import pyloudnorm
from numpy.typing import NDArray
from scipy import ndimage, signal  # type: ignore[import-untyped]

RATE = 44_100
TARGET_LUFS = -18.0
CEILING_DBTP = -3.0
STEM_LUFS = -22.0
WIDTH = 0.3
AIR_DB = -1.5
BITE_HZ, BITE_DB, BITE_Q = 3200.0, -2.0, 0.8
SILENCE_DB = -56.0
Audio = NDArray[np.float64]


def loudness(audio: Audio) -> float:
    """Integrated LUFS; short sounds are padded to one measuring block with their own repeat."""
    if len(audio) < RATE // 2:
        audio = np.tile(audio, (math.ceil(RATE / 2 / len(audio)), 1))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(pyloudnorm.Meter(RATE).integrated_loudness(audio))


def true_peak_db(audio: Audio) -> float:
    """Highest level between samples, four times oversampled."""
    peak = float(np.max(np.abs(signal.resample_poly(audio, 4, 1, axis=0))))
    return 20 * math.log10(max(peak, 1e-9))


def mix(stems: Mapping[str, Audio], levels_lu: Mapping[str, float]) -> Audio:
    """Sums stems so that each sits levels_lu away from the common reference."""
    total = np.zeros_like(next(iter(stems.values())))
    for name, audio in stems.items():
        gain_db = STEM_LUFS + levels_lu[name] - loudness(audio)
        total += audio * 10 ** (gain_db / 20)
    return total


def _bell(audio: Audio, hertz: float, gain_db: float, quality: float) -> Audio:
    """Peaking filter: lifts or dips one region."""
    lift = 10 ** (gain_db / 40)
    turn = 2 * math.pi * hertz / RATE
    slope = math.sin(turn) / (2 * quality)
    top = [1 + slope * lift, -2 * math.cos(turn), 1 - slope * lift]
    bottom = [1 + slope / lift, -2 * math.cos(turn), 1 - slope / lift]
    return np.asarray(signal.lfilter(top, bottom, audio, axis=0), dtype=np.float64)


def tone(audio: Audio) -> Audio:
    """Removes rumble and DC, softens bite and air a little and narrows the stage.

    Ceiling speakers stand far apart, so a wide image would lose half the band anywhere.
    """
    rumble = signal.butter(2, 35, "highpass", fs=RATE, output="sos")
    audio = signal.sosfiltfilt(rumble, audio, axis=0)
    audio = _bell(audio, BITE_HZ, BITE_DB, BITE_Q)
    top = signal.butter(1, 6500, "highpass", fs=RATE, output="sos")
    audio = audio + (10 ** (AIR_DB / 20) - 1) * signal.sosfilt(top, audio, axis=0)
    middle = audio.mean(axis=1, keepdims=True)
    return np.asarray(middle + WIDTH * (audio - middle), dtype=np.float64)


def limit(audio: Audio, ceiling_db: float) -> Audio:
    """Look-ahead limiter against true peaks: 4 ms ahead, smooth on both sides."""
    ceiling = 10 ** (ceiling_db / 20)
    over = np.abs(signal.resample_poly(audio, 4, 1, axis=0)).max(axis=1)
    peaks = over[: len(audio) * 4].reshape(-1, 4).max(axis=1)
    need = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    span = int(0.008 * RATE) | 1
    held = ndimage.minimum_filter1d(need, span * 3)
    gain = ndimage.uniform_filter1d(ndimage.uniform_filter1d(held, span), span)
    return np.asarray(audio * np.minimum(gain, 1.0)[:, None], dtype=np.float64)


def level(audio: Audio, target_lufs: float = TARGET_LUFS) -> Audio:
    """Brings a mix to the target loudness under the peak ceiling."""
    for _ in range(4):
        audio = audio * 10 ** ((target_lufs - loudness(audio)) / 20)
        audio = limit(audio, CEILING_DBTP)
    return audio


def _envelope_db(audio: Audio) -> NDArray[np.float64]:
    power = ndimage.uniform_filter1d((audio**2).mean(axis=1), int(0.02 * RATE))
    return np.asarray(10 * np.log10(np.maximum(power, 1e-12)), dtype=np.float64)


def trim(audio: Audio, exact_s: float | None = None, fade_s: float = 1.2) -> Audio:
    """Cuts the silence at both ends and fades the tail; exact_s fixes the length."""
    loud = np.flatnonzero(_envelope_db(audio) > SILENCE_DB)
    head = max(0, int(loud[0]) - int(0.002 * RATE))
    tail = int(loud[-1]) if exact_s is None else head + round(exact_s * RATE)
    cut = audio[head:tail].copy()
    if len(cut) < tail - head:
        cut = np.pad(cut, ((0, tail - head - len(cut)), (0, 0)))
    rise = int(0.004 * RATE)
    cut[:rise] *= np.linspace(0, 1, rise)[:, None]
    fall = min(int(fade_s * RATE), len(cut))
    cut[-fall:] *= (np.cos(np.linspace(0, math.pi / 2, fall)) ** 2)[:, None]
    return cut
