"""One item as the mixer sounds it: its source, its fade, its way into the zones' channels, and its measured level."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kiosk.audio.sources import PartsSource
from kiosk.rules.broadcast.programme import Item
from kiosk.units import frames_in

Mix = NDArray[np.float32]  # shape (frames, channels)
SILENCE_DBFS = -120.0
_FULL_SCALE = 1.0 / 32768.0


@dataclass(frozen=True, slots=True)
class Route:
    """Into which pair of channels (indices from 0) a voice goes, and how loud (an amplitude)."""

    left: int
    right: int
    amplitude: float


class Fade:
    """A gain on its way: linear from where it is to `target` within a number of frames."""

    def __init__(self, gain: float = 1.0) -> None:
        self.gain = gain
        self._target = gain
        self._frames_left = 0

    @property
    def over(self) -> bool:
        return self._frames_left == 0

    def to(self, target: float, frames: int) -> None:
        """Set out for a new gain, from where the fade is now."""
        self._target, self._frames_left = target, max(frames, 1)

    def next(self, frames: int) -> float | NDArray[np.float32]:
        """The gain of the next frames: one number where it stands still, else shape (frames, 1)."""
        if self._frames_left == 0:
            return self.gain
        moving = min(frames, self._frames_left)
        step = (self._target - self.gain) / self._frames_left
        course = np.full((frames, 1), self._target, dtype=np.float32)
        course[:moving, 0] = self.gain + step * np.arange(1, moving + 1, dtype=np.float32)
        self._frames_left -= moving
        self.gain = self._target if self._frames_left == 0 else self.gain + step * moving
        return course


class Voice:
    """An item on its way to the air. Audio thread only, once it was handed over."""

    def __init__(self, item: Item, source: PartsSource, routes: Sequence[Route]) -> None:
        self.item = item
        self.source = source
        self.fade = Fade()
        self.started = False
        self.cut = False
        self.frames_out = 0
        self._routes = tuple(routes)
        self._energy = 0.0
        self._ends_at = frames_in(item.duration_s) if item.fade_out_s > 0 else None
        self._fade_frames = frames_in(item.fade_out_s)
        self._raw = np.empty((0, 2), dtype=np.int16)

    @property
    def wanted_s(self) -> float:
        """How much of it the plan wants to hear."""
        return self.item.duration_s if self.item.fade_out_s > 0 else sum(part.duration_s for part in self.item.parts)

    @property
    def over(self) -> bool:
        """Nothing more will sound."""
        if self.cut:
            return self.fade.over
        return self.source.ended or (self._ends_at is not None and self.frames_out >= self._ends_at)

    @property
    def level_dbfs(self) -> float | None:
        """RMS of what was sent out, None if nothing was."""
        if self.frames_out == 0:
            return None
        mean = self._energy / (2 * self.frames_out)
        return SILENCE_DBFS if mean <= 0 else max(SILENCE_DBFS, 10 * math.log10(mean))

    def cut_within(self, frames: int) -> None:
        """Fade out from now on and be over."""
        self.cut = True
        self.fade.to(0.0, frames)

    def add_to(self, mix: Mix, begin: int) -> int:
        """Add what sounds next to mix[begin:]; returns the frames added, fewer where the source had no more."""
        added = 0
        while begin + added < len(mix) and not self.over:
            wanted = len(mix) - begin - added
            if self._ends_at is not None:
                wanted = min(wanted, self._ends_at - self.frames_out)
                to_fade = self._ends_at - self._fade_frames - self.frames_out
                if to_fade > 0:
                    wanted = min(wanted, to_fade)
                elif to_fade == 0:
                    self.fade.to(0.0, self._fade_frames)
            if len(self._raw) < wanted:
                self._raw = np.empty((wanted, 2), dtype=np.int16)
            count = self.source.read(self._raw[:wanted])
            if count == 0:
                if self.source.ended:
                    continue
                break
            self._sound(self._raw[:count], mix[begin + added : begin + added + count])
            added += count
        return added

    def _sound(self, raw: NDArray[np.int16], out: Mix) -> None:
        gain = self.fade.next(len(raw))
        samples = raw.astype(np.float32)
        samples *= gain * (self.source.gain * _FULL_SCALE)
        for route in self._routes:
            if route.right == route.left + 1:
                pair = out[:, route.left : route.right + 1]
                pair += samples if route.amplitude == 1.0 else samples * np.float32(route.amplitude)
            elif route.right == route.left:  # one amplifier line: the mean of both sides
                out[:, route.left] += samples.mean(axis=1) * np.float32(route.amplitude)
            else:
                out[:, route.left] += samples[:, 0] * np.float32(route.amplitude)
                out[:, route.right] += samples[:, 1] * np.float32(route.amplitude)
        flat = samples.ravel()
        loudest = max((route.amplitude for route in self._routes), default=0.0)
        self._energy += float(np.dot(flat, flat)) * loudest * loudest
        self.frames_out += len(raw)
