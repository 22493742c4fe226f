"""The test tone as a sound file of our own, and what of it is found in a recording."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from kiosk.errors import DeviceFault
from kiosk.rules.broadcast.tone import TONE_HZ, TONE_S, Heard
from kiosk.rules.broadcast.verdicts import Reading
from kiosk.units import SAMPLE_RATE_HZ, amplitude_of, frames_in

Mono = NDArray[np.float32]

FADE_S = 0.05
BAND = 0.03  # the tone's own band: so much of its frequency to either side
LOWEST_HZ = 60.0  # below it lie hum and air
SILENT_DBFS = -120.0


def tone(level_dbfs: float, seconds: float = TONE_S) -> Mono:
    """A sine of that peak level that comes and goes softly."""
    frames = frames_in(seconds)
    fade = np.minimum(1.0, np.minimum(np.arange(frames), np.arange(frames)[::-1]) / frames_in(FADE_S))
    shape = np.sin(2 * np.pi * TONE_HZ * np.arange(frames) / SAMPLE_RATE_HZ) * fade
    return (amplitude_of(level_dbfs) * shape).astype(np.float32)


def write_tone(path: Path, level_dbfs: float) -> None:
    """Write the tone as a FLAC in stereo; nobody reads half a file. Raises DeviceFault."""
    new = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(new, np.repeat(tone(level_dbfs)[:, None], 2, axis=1), SAMPLE_RATE_HZ, format="FLAC")
        new.replace(path)
    except (OSError, soundfile.LibsndfileError) as error:
        raise DeviceFault(f"{path} cannot be written: {error}; make room on the disk") from error


def reading(sound: Mono) -> Reading:
    """Level and peak of what a microphone gave."""
    samples = sound.astype(np.float64)
    if samples.size == 0:
        return Reading(SILENT_DBFS, SILENT_DBFS)
    centred = samples - samples.mean()  # a cheap microphone's offset is no sound
    return Reading(_dbfs(float(np.sqrt(np.mean(centred**2)))), _dbfs(float(np.abs(samples).max())))


def heard(sound: Mono, noise: Mono, rate_hz: int = SAMPLE_RATE_HZ) -> Heard:
    """What of the tone is in `sound`, against the same band of the `noise` before it."""
    frequencies, spectrum = _spectrum(sound, rate_hz)
    audible = frequencies >= LOWEST_HZ
    peak_hz = float(frequencies[audible][np.argmax(spectrum[audible])])
    level = _in_band(frequencies, spectrum)
    floor = _in_band(*_spectrum(noise, rate_hz))
    return Heard(peak_hz, round(_dbfs(level), 2), round(_dbfs(level) - _dbfs(floor), 2))


def _spectrum(sound: Mono, rate_hz: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Frequencies, and amplitudes at which a sine of full scale reads 1."""
    window = np.hanning(max(2, len(sound)))
    padded = np.zeros(len(window))
    padded[: len(sound)] = sound
    amplitudes = np.abs(np.fft.rfft(padded * window)) * 2 / window.sum()
    return np.fft.rfftfreq(len(window), 1 / rate_hz).astype(np.float64), amplitudes.astype(np.float64)


def _in_band(frequencies: NDArray[np.float64], amplitudes: NDArray[np.float64]) -> float:
    band = np.abs(frequencies - TONE_HZ) <= BAND * TONE_HZ
    # Hann spreads a line over neighbours whose squares add to 1.5
    return float(np.sqrt(np.sum(amplitudes[band] ** 2) / 1.5))


def _dbfs(amplitude: float) -> float:
    return max(SILENT_DBFS, 20 * float(np.log10(max(amplitude, 1e-12))))
