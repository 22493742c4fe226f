"""Between two sound cards: what one clock brings, another takes, a little faster or slower, so that neither waits.

Two crystals differ by some ten parts in a million: after an hour one card has played a quarter of a second more. The
difference is taken up by reading the samples at a rate that is off by as little, through a filter that shifts them by
fractions of a sample: pitch and loudness change by less than anybody can hear.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from kiosk.audio.voice import Mix
from kiosk.units import SAMPLE_RATE_HZ, frames_in

HELD_FRAMES = 1 << 15
MOST_DRIFT = 500e-6  # a crystal that is off by more is broken
SETTLES_S = 15.0
SMOOTH_S = 4.0  # threads come and go by milliseconds; crystals do not
JUMP_S = 0.15  # off by so much at once: jump
FAR_S = 0.02  # off by so much for seconds: catching up would take a minute, so jump as well, softly
IN_FRAMES = 512  # out of silence by a ramp
_BEFORE, _AFTER = 15, 16  # taps of the filter round a sample
_TAPS: NDArray[np.float64] = np.arange(-_BEFORE, _AFTER + 1, dtype=np.float64)


class Tether:
    """A ring with a reader that follows the writer at a distance. One thread pushes, one pulls; neither waits.

    behind_s: how long a sample stays in the ring; it has to outlast the unevenness of both threads. drift: by how much
    more the reader's clock is slow than the writer's, as a share; positive where samples have to be read faster.
    """

    def __init__(self, channels: int, *, behind_s: float = 0.06, mono_s: Callable[[], float] = time.monotonic) -> None:
        self.drift = 0.0
        self.breaks = 0
        self._behind = frames_in(behind_s)
        self._mono_s = mono_s
        self._held: Mix = np.zeros((HELD_FRAMES, channels), dtype=np.float32)
        self._lock = threading.Lock()
        self._written = 0
        self._written_s = 0.0
        self._at: float | None = None  # the reader's place; None: it has to find one
        self._error = 0.0
        self._fresh_frames = 0
        self._kept_drift = 0.0

    @property
    def distance_s(self) -> float:
        """By how much more than `behind_s` the reader is behind, smoothed."""
        return self._error / SAMPLE_RATE_HZ

    def push(self, block: Mix) -> None:
        """More samples, shape (frames, channels). What nobody took in time is overwritten."""
        with self._lock:
            place = (self._written + np.arange(len(block))) % HELD_FRAMES
            self._held[place] = block
            self._written += len(block)
            self._written_s = self._mono_s()

    def pull(self, frames: int) -> Mix:
        """The next samples by the reader's clock; silence where there are none."""
        with self._lock:
            before = self._at
            begin = self._place(frames)
            if begin is None:
                return np.zeros((frames, self._held.shape[1]), dtype=np.float32)
            rate = self._steered(begin, frames)
            samples = self._samples(int(begin), frames)
            left = None
            if before is not None and before != begin and self._reaches(before, frames):
                left = self._samples(int(before), frames)
            self._at = begin + frames * rate
        sound = _shifted(samples, begin % 1.0, begin % 1.0 + frames * (rate - 1.0))
        if left is not None and before is not None:  # from the old place to the new one
            old = _shifted(left, before % 1.0, before % 1.0)
            self._fresh_frames = IN_FRAMES
            across = np.linspace(0.0, 1.0, frames, dtype=np.float32)
            return old + (sound - old) * across[:, np.newaxis]
        if self._fresh_frames < IN_FRAMES:
            ramp = (self._fresh_frames + np.arange(frames, dtype=np.float32)) / IN_FRAMES
            sound *= np.minimum(ramp, 1.0)[:, np.newaxis]
            self._fresh_frames += frames
        return sound

    def _place(self, frames: int) -> float | None:
        """Where to read; a new place where the old one is out of reach, None where there is not enough."""
        at = self._at
        if at is not None:
            off = abs(self._distance(at) - self._behind)
            near = off <= frames_in(JUMP_S) + frames and abs(self._error) <= frames_in(FAR_S)
            if near and self._reaches(at, frames):
                return at
            self.breaks += 1
        at = self._written + self._since_written() - self._behind
        self._error, self._fresh_frames = 0.0, 0
        if not self._reaches(at, frames):
            self._at = None
            return None
        return at

    def _reaches(self, at: float, frames: int) -> bool:
        """Whether so many frames from there on are in the ring, with those that the filter needs round them."""
        end = at + frames * (1 + MOST_DRIFT) + _AFTER + 1
        return at >= _BEFORE and end <= self._written and self._written - at <= HELD_FRAMES - _BEFORE

    def _samples(self, begin: int, frames: int) -> Mix:
        return self._held[(begin - _BEFORE + np.arange(frames + _BEFORE + _AFTER)) % HELD_FRAMES]

    def _distance(self, at: float) -> float:
        return self._written + self._since_written() - at

    def _since_written(self) -> float:
        """Frames that the writer's clock has passed since its last block: that comes by the block, time does not."""
        return min(self._mono_s() - self._written_s, JUMP_S) * SAMPLE_RATE_HZ

    def _steered(self, at: float, frames: int) -> float:
        """At which rate to read, so that the distance comes to what it should be."""
        passed_s = frames / SAMPLE_RATE_HZ
        self._error += (self._distance(at) - self._behind - self._error) * min(1.0, passed_s / SMOOTH_S)
        error_s = self._error / SAMPLE_RATE_HZ
        kept = self._kept_drift + error_s * passed_s / (4 * SETTLES_S**2)
        self._kept_drift = min(MOST_DRIFT, max(-MOST_DRIFT, kept))
        self.drift = min(MOST_DRIFT, max(-MOST_DRIFT, self._kept_drift + error_s / SETTLES_S))
        return 1.0 + self.drift


def _shifted(samples: Mix, begin: float, end: float) -> Mix:
    """Samples delayed by a fraction that goes from one value to another within them."""
    first, last = _filter(begin), _filter(end)
    frames = len(samples) - _BEFORE - _AFTER
    ramp = np.arange(frames, dtype=np.float32) / frames
    shifted = np.empty((frames, samples.shape[1]), dtype=np.float32)
    for channel in range(samples.shape[1]):
        line = np.ascontiguousarray(samples[:, channel])
        before = np.correlate(line, first, mode="valid")
        shifted[:, channel] = before + (np.correlate(line, last, mode="valid") - before) * ramp
    return shifted


def _filter(fraction: float) -> NDArray[np.float32]:
    """What takes the value between two samples: a sinc under a window."""
    away = _TAPS - fraction
    taps = np.sinc(away) * (0.5 + 0.5 * np.cos(np.pi * np.clip(away / _BEFORE, -1.0, 1.0)))
    return np.asarray(taps / taps.sum(), dtype=np.float32)
