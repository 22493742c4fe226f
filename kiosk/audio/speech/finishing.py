"""From what a voice gave to what goes on the air: silent ends cut, pauses laid, the house rate, one level.

scipy is imported when something is finished, not before: whoever only finds what was said earlier answers at once.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kiosk.audio.speech.engine import Voiced, Wave
from kiosk.errors import DeviceFault
from kiosk.units import SAMPLE_RATE_HZ, amplitude_of

LOUDNESS_LUFS = -18.0
TOLERANCE_LU = 0.1
CEILING_DBFS = -2.0  # between two samples the wave may reach 0.5 dB higher
HEAD_MS = 25
TAIL_MS = 70
FADE_IN_MS = 6
FADE_OUT_MS = 45
SILENT_BELOW = 0.004
FRAME_MS = 5
LISTEN_MS = 10
QUIET_DBFS = -45.0  # in a shop nobody hears what is quieter
_REACH_MS = 4  # how far ahead of a peak the limiter turns
_SHORTEST_S = 0.4  # R128 measures blocks of 400 ms
VERSION = 2  # part of every cache key: count up when the same voice would be finished differently


def samples(ms: float, rate_hz: int = SAMPLE_RATE_HZ) -> int:
    """How many samples `ms` milliseconds are."""
    return round(ms * rate_hz / 1000)


def silence(ms: float, rate_hz: int = SAMPLE_RATE_HZ) -> Wave:
    """`ms` milliseconds of nothing; none for 0 and less."""
    return np.zeros(max(0, samples(ms, rate_hz)), dtype=np.float32)


def trimmed(wave: Wave, rate_hz: int = SAMPLE_RATE_HZ) -> Wave:
    """The wave without its silent ends, faded in and out; empty where nothing is to be heard."""
    frame = samples(FRAME_MS, rate_hz)
    loudest = np.abs(wave[: len(wave) // frame * frame]).reshape(-1, frame).max(axis=1)
    loud = np.flatnonzero(loudest > SILENT_BELOW)
    if not len(loud):
        return wave[:0]
    begin = max(0, int(loud[0]) * frame - samples(HEAD_MS, rate_hz))
    end = min(len(wave), (int(loud[-1]) + 1) * frame + samples(TAIL_MS, rate_hz))
    cut = wave[begin:end].copy()
    fade_in, fade_out = min(samples(FADE_IN_MS, rate_hz), len(cut)), min(samples(FADE_OUT_MS, rate_hz), len(cut))
    cut[:fade_in] *= np.sin(np.linspace(0, np.pi / 2, fade_in, dtype=np.float32)) ** 2
    cut[-fade_out:] *= np.cos(np.linspace(0, np.pi / 2, fade_out, dtype=np.float32)) ** 2
    return cut


def joined(spoken: Sequence[tuple[Wave, int]], rate_hz: int = SAMPLE_RATE_HZ) -> Wave:
    """Trimmed pieces, each but the last with its pause in ms; the quiet that trimming left is part of it."""
    row: list[Wave] = []
    for at, (wave, _) in enumerate(spoken):
        if row:
            gap = samples(spoken[at - 1][1], rate_hz) - quiet_ends(spoken[at - 1][0], rate_hz)[1]
            row.append(np.zeros(max(0, gap - quiet_ends(wave, rate_hz)[0]), dtype=np.float32))
        row.append(wave)
    return np.concatenate(row) if row else silence(0)


def audible(wave: Wave, rate_hz: int = SAMPLE_RATE_HZ) -> NDArray[np.bool_]:
    """For each whole stretch of LISTEN_MS whether it is louder than QUIET_DBFS (RMS)."""
    frame = samples(LISTEN_MS, rate_hz)
    frames = wave[: len(wave) // frame * frame].reshape(-1, frame).astype(np.float64)
    return np.asarray(20 * np.log10(np.sqrt((frames**2).mean(axis=1)) + 1e-9) > QUIET_DBFS)


def quiet_ends(wave: Wave, rate_hz: int = SAMPLE_RATE_HZ) -> tuple[int, int]:
    """How many samples at the beginning and at the end nobody hears."""
    heard = np.flatnonzero(audible(wave, rate_hz))
    if not len(heard):
        return 0, 0
    frame = samples(LISTEN_MS, rate_hz)
    return int(heard[0]) * frame, len(wave) - (int(heard[-1]) + 1) * frame


def at_house_rate(voiced: Voiced, *, band_hz: float | None = None) -> Wave:
    """The wave at the house rate. band_hz: nothing above it is kept; None keeps all that both rates can hold."""
    if voiced.rate_hz == SAMPLE_RATE_HZ:
        return voiced.wave
    from scipy.signal import firwin, resample_poly  # type: ignore[import-untyped]

    divisor = int(np.gcd(SAMPLE_RATE_HZ, voiced.rate_hz))
    up, down = SAMPLE_RATE_HZ // divisor, voiced.rate_hz // divisor
    edge_hz = min(band_hz or 24_000.0, 0.45 * min(SAMPLE_RATE_HZ, voiced.rate_hz))
    taps = firwin(40 * max(up, down) + 1, edge_hz, fs=voiced.rate_hz * up, window=("kaiser", 8.0))
    return np.asarray(resample_poly(voiced.wave.astype(np.float64), up, down, window=taps), dtype=np.float32)


def loudness_lufs(wave: Wave) -> float:
    """R128 loudness at the house rate; -inf for silence."""
    import pyloudnorm

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the logarithm of silence
        short = max(0, samples(1000 * _SHORTEST_S) + 1 - len(wave))
        meter = pyloudnorm.Meter(SAMPLE_RATE_HZ)
        return float(meter.integrated_loudness(np.pad(wave, (0, short)).astype(np.float64)))


def levelled(wave: Wave) -> Wave:
    """The wave at LOUDNESS_LUFS, its peaks held at CEILING_DBFS. Raises DeviceFault for silence."""
    loudness = loudness_lufs(wave)
    if not np.isfinite(loudness):
        raise DeviceFault("the voice stayed silent; try it by hand")
    gain_db = LOUDNESS_LUFS - loudness
    result = wave
    for _ in range(8):
        result = _limited(wave * np.float32(amplitude_of(gain_db)))
        error_lu = LOUDNESS_LUFS - loudness_lufs(result)
        if abs(error_lu) <= TOLERANCE_LU:
            break
        gain_db += error_lu
    return result  # a sound of nothing but peaks stays quieter


def _limited(wave: Wave) -> Wave:
    """Every peak at or under the ceiling, by a gain that turns within 4 ms."""
    reach = samples(_REACH_MS)
    wanted = np.minimum(1.0, amplitude_of(CEILING_DBFS) / np.maximum(np.abs(wave), 1e-9))
    if not len(wave) or wanted.min() >= 1.0:
        return wave
    held = np.lib.stride_tricks.sliding_window_view(np.pad(wanted, reach, mode="edge"), 2 * reach + 1).min(axis=1)
    window = np.hanning(2 * reach + 3)[1:-1]
    gain = np.convolve(np.pad(held, reach, mode="edge"), window / window.sum(), mode="valid")
    return np.asarray(wave * gain, dtype=np.float32)
