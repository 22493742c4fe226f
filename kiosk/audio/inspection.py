"""Inspecting a sound file before it joins the library: level, true peak, clipping, silence, and what mono loses."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kiosk.audio.decoder import Decoder
from kiosk.audio.listening import sound_of
from kiosk.audio.sources import Samples, read_whole
from kiosk.errors import DecodeFault
from kiosk.rules.broadcast.library import Sound
from kiosk.units import SAMPLE_RATE_HZ, seconds_of

OVERSAMPLING = 4  # ITU-R BS.1770, annex 2
STRETCH_FRAMES = SAMPLE_RATE_HZ
CONTEXT_FRAMES = 64
HEADROOM_DB = 6.0  # no wave rises higher between two samples
CLIPPED = 32_760  # of 32 768: as high as a sample gets
SILENT_BELOW = 33  # of 32 768, -60 dBFS


@dataclass(frozen=True, slots=True)
class Inspection:
    """sound: as listening tells it. true_peak_dbfs: between the samples, too. clipped: how many times it hits the top.

    head_s, tail_s: silence at the beginning and at the end. hole_s: the longest within, which begins at hole_at_s.
    mono_loss_db: by so much it is softer where both sides go to one line of loudspeakers.
    """

    sound: Sound
    true_peak_dbfs: float = -120.0
    clipped: int = 0
    head_s: float = 0.0
    tail_s: float = 0.0
    hole_s: float = 0.0
    hole_at_s: float = 0.0
    mono_loss_db: float = 0.0


def inspect(decoder: Decoder, path: Path) -> Inspection:
    """Decode a file to its end with a blocking decoder, and measure it. What cannot be decoded has a `sound.fault`."""
    try:
        samples = read_whole(decoder, path)
    except DecodeFault as fault:
        return Inspection(Sound(0.0, None, -120.0, str(fault)))
    sound = sound_of(samples, path.name)
    if sound.fault or sound.lufs is None:
        return Inspection(sound)
    head, tail = silent_ends(samples)
    hole_at, hole = longest_hole(samples)
    return Inspection(
        sound,
        true_peak_dbfs=true_peak_dbfs(samples),
        clipped=clipped_runs(samples),
        head_s=seconds_of(head),
        tail_s=seconds_of(tail),
        hole_s=seconds_of(hole),
        hole_at_s=seconds_of(hole_at),
        mono_loss_db=mono_loss_db(samples),
    )


def true_peak_dbfs(samples: Samples) -> float:
    """The highest point of the wave between its samples, by fourfold oversampling (BS.1770)."""
    from scipy.signal import resample_poly  # type: ignore[import-untyped]

    highest = 1.0 / 32_768
    for begin in range(0, len(samples), STRETCH_FRAMES):
        first = max(0, begin - CONTEXT_FRAMES)
        stretch = samples[first : begin + STRETCH_FRAMES + CONTEXT_FRAMES].astype(np.float32) / 32_768
        if float(np.abs(stretch).max()) * 10 ** (HEADROOM_DB / 20) > highest:
            wave = resample_poly(stretch, OVERSAMPLING, 1, axis=0)  # where it was cut it overshoots: that is left out
            inside = wave[(begin - first) * OVERSAMPLING :][: STRETCH_FRAMES * OVERSAMPLING]
            highest = max(highest, float(np.abs(inside).max()))
    return round(20 * math.log10(highest), 2)


def clipped_runs(samples: Samples) -> int:
    """How many times either channel stays at full scale for three samples or more: one alone may be a true peak."""
    high = (samples >= CLIPPED) | (samples <= -CLIPPED)
    runs = high[:-2] & high[1:-1] & high[2:]
    starts = runs & ~np.vstack([np.zeros((1, samples.shape[1]), dtype=bool), runs[:-1]])
    return int(starts.sum())


def silent_ends(samples: Samples) -> tuple[int, int]:
    """Frames below -60 dBFS at the beginning and at the end."""
    loud = _loud(samples)
    if not len(loud):
        return len(samples), 0
    return int(loud[0]), len(samples) - 1 - int(loud[-1])


def longest_hole(samples: Samples) -> tuple[int, int]:
    """Where the longest stretch below -60 dBFS between two sounds begins, and its frames; (0, 0) for none."""
    loud = _loud(samples)
    gaps = np.diff(loud) - 1
    if not len(gaps) or gaps.max() == 0:
        return 0, 0
    longest = int(gaps.argmax())
    return int(loud[longest]) + 1, int(gaps[longest])


def mono_loss_db(samples: Samples) -> float:
    """How much softer the middle of both sides is than either: 0 where they are alike, far more where they cancel."""
    energy, middle = 0.0, 0.0
    for begin in range(0, len(samples), STRETCH_FRAMES):
        sides = samples[begin : begin + STRETCH_FRAMES].astype(np.float32)
        energy += float(np.mean(np.square(sides), axis=1).sum())
        middle += float(np.square(sides.mean(axis=1)).sum())
    return round(10 * math.log10((energy + 1e-9) / (middle + 1e-6 * energy + 1e-9)), 2)


def _loud(samples: Samples) -> NDArray[np.intp]:
    return np.flatnonzero(((samples >= SILENT_BELOW) | (samples <= -SILENT_BELOW)).any(axis=1))
