"""Sound files with content that can be found again: tones and noise, written by soundfile in any format."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from kiosk.audio.decoder import Decoder
from kiosk.audio.sources import read_whole
from kiosk.units import SAMPLE_RATE_HZ

Samples = NDArray[np.int16]
FULL_SCALE = 32768


def tone(seconds: float, hertz: float, *, level_dbfs: float = -12.0, rate: int = SAMPLE_RATE_HZ) -> Samples:
    """A sine on both sides; level_dbfs: of its peaks."""
    moments = np.arange(round(seconds * rate)) / rate
    one = np.sin(2 * np.pi * hertz * moments) * 10 ** (level_dbfs / 20) * (FULL_SCALE - 1)
    return np.stack([one, one], axis=1).astype(np.int16)


def noise(seconds: float, seed: int = 1, *, level: float = 3000.0) -> Samples:
    """Noise, different on both sides: a sample missing, doubled or moved shows anywhere in it."""
    rng = np.random.default_rng(seed)
    shape = (round(seconds * SAMPLE_RATE_HZ), 2)
    return np.clip(rng.normal(0, level, shape), -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)


def tape(path: Path, samples: Samples, *, rate: int = SAMPLE_RATE_HZ, subtype: str | None = None) -> Path:
    """Write a file; its ending chooses the format. subtype: soundfile's, such as PCM_24."""
    path.parent.mkdir(parents=True, exist_ok=True)
    as_float = subtype == "FLOAT" or path.suffix == ".mp3"  # libsndfile spoils MP3 made of integers
    soundfile.write(path, samples / FULL_SCALE if as_float else samples, rate, subtype=subtype)
    return path


def by_soundfile(path: Path) -> Samples:
    """What another decoder makes of the file: 16-bit stereo at the file's own rate."""
    exact = soundfile.read(path, always_2d=True)[0] * FULL_SCALE
    samples = np.clip(np.round(exact), -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)
    return np.repeat(samples, 2, axis=1) if samples.shape[1] == 1 else samples


def decoded(path: Path) -> Samples:
    """What the house's decoder makes of the file."""
    with Decoder(blocking=True) as decoder:
        return read_whole(decoder, path)


def furthest(one: NDArray[np.generic], other: NDArray[np.generic]) -> float:
    """The largest difference between two recordings of one length."""
    assert one.shape == other.shape, f"{one.shape} is not as long as {other.shape}"
    return float(np.abs(one.astype(np.float64) - other.astype(np.float64)).max(initial=0.0))


def signal_to_noise_db(samples: Samples, hertz: float) -> float:
    """How far everything else in a recording lies below a tone of that frequency."""
    heard = samples[:, 0].astype(np.float64)
    moments = np.arange(len(heard)) / SAMPLE_RATE_HZ
    basis = np.stack([np.sin(2 * np.pi * hertz * moments), np.cos(2 * np.pi * hertz * moments)], axis=1)
    share = np.linalg.lstsq(basis, heard, rcond=None)[0]
    rest = heard - basis @ share
    return float(20 * np.log10(np.hypot(*share) / np.sqrt(2) / max(rest.std(), 1e-9)))
