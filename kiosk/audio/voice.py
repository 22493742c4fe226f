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
STRETCH_FRAMES = 4096
LONGEST_TURN = 1 << 30  # frames
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

    @property
    def rests(self) -> bool:
        """Whether it changes nothing: full gain, and no way to go."""
        return self._frames_left == 0 and self.gain == 1.0

    @property
    def frames_left(self) -> int:
        return self._frames_left

    def to(self, target: float, frames: int) -> None:
        """Set out for a new gain, from where the fade is now."""
        self._target, self._frames_left = target, max(frames, 1)

    def to_silence(self, frames: int) -> None:
        """Set out for silence; where the fade is on its way there already, the sooner end counts."""
        if self._target != 0.0 or self._frames_left == 0 or frames < self._frames_left:
            self.to(0.0, frames)

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
    """An item on its way to the air. Audio thread only, once it was handed over.

    Samples are fetched and scaled by the stretch, several blocks at once; while nothing fades, a block is a slice.
    """

    def __init__(self, item: Item, source: PartsSource, routes: Sequence[Route]) -> None:
        self.item = item
        self.source = source
        self.fade = Fade()
        self.started = False
        self.cut = False
        self.frames_out = 0
        self.starved_frames = 0
        self.peak = 0.0
        self._routes = tuple(routes)
        self._loudest = max((route.amplitude for route in routes), default=1.0)
        self._energy = 0.0
        self._ends_at = frames_in(item.duration_s) if item.fade_out_s > 0 else None
        self._fade_frames = min(frames_in(item.fade_out_s), self._ends_at or 0)
        self._raw = np.empty((STRETCH_FRAMES, 2), dtype=np.int16)
        self._stretch: Mix = np.empty((0, 2), dtype=np.float32)
        self._at = 0
        self._energy_a_frame = 0.0

    @property
    def wanted_s(self) -> float:
        """How much of it the plan wants to hear."""
        return self.item.duration_s if self.item.fade_out_s > 0 else sum(part.duration_s for part in self.item.parts)

    @property
    def over(self) -> bool:
        """Nothing more will sound."""
        if self.cut and self.fade.over:
            return True
        if self._ends_at is not None and self.frames_out >= self._ends_at:
            return True
        return self._at == len(self._stretch) and self.source.ended

    @property
    def level_dbfs(self) -> float | None:
        """RMS of what was sent out, None if nothing was."""
        if self.frames_out == 0:
            return None
        mean = self._energy / (2 * self.frames_out)
        return SILENCE_DBFS if mean <= 0 else max(SILENCE_DBFS, 10 * math.log10(mean))

    def cut_within(self, frames: int) -> None:
        """Fade out from now on and be over, sooner if it would have been anyway."""
        self.cut = True
        self.fade.to_silence(frames)

    def fills(self, channels: int) -> bool:
        """Whether a slice of its stretch is a block of the mix: one zone, and the whole output for it."""
        return channels == 2 and len(self._routes) == 1 and (self._routes[0].left, self._routes[0].right) == (0, 1)

    def steady(self, frames: int) -> Mix | None:
        """The next frames as they are, not to be written to; None where something fades, ends or is not there yet.

        `peak` is their highest amplitude at most.
        """
        if not self.fade.rests or self._frames_at_hand() < frames:
            return None
        if self._ends_at is not None and self.frames_out + frames > self._ends_at - self._fade_frames:
            return None
        block = self._stretch[self._at : self._at + frames]
        self._at += frames
        self.frames_out += frames
        self._energy += self._energy_a_frame * frames
        return block

    def add_to(self, mix: Mix, begin: int) -> int:
        """Add what sounds next to mix[begin:]; returns the frames added, fewer where the source had no more."""
        added = 0
        while begin + added < len(mix) and not self.over:
            count = min(len(mix) - begin - added, self._frames_at_hand(), self._frames_to_a_turn())
            if count == 0:
                break  # nothing yet, or the end
            self._sound(self._stretch[self._at : self._at + count], mix[begin + added : begin + added + count])
            self._at += count
            added += count
        return added

    def _frames_at_hand(self) -> int:
        """What is left of the stretch; the next one is fetched when it is used up, 0 where there is none."""
        if self._at == len(self._stretch):
            count = self.source.read(self._raw)
            scale = self.source.gain * self._loudest * _FULL_SCALE
            self._stretch = np.multiply(self._raw[:count], scale, dtype=np.float32)
            self._at = 0
            if count:
                flat = self._stretch.ravel()
                self._energy_a_frame = float(np.dot(flat, flat)) / count
                self.peak = max(float(flat.max()), -float(flat.min()))
        return len(self._stretch) - self._at

    def _frames_to_a_turn(self) -> int:
        """How far to go at once: to where the planned fade begins, or to the end."""
        to_end = LONGEST_TURN if self._ends_at is None else self._ends_at - self.frames_out
        to_fade = to_end - self._fade_frames
        if self._ends_at is not None and to_fade == 0:
            self.fade.to_silence(self._fade_frames)
        if self.cut:
            to_end = min(to_end, self.fade.frames_left)
        return min(to_end, to_fade) if to_fade > 0 else to_end

    def _sound(self, samples: Mix, out: Mix) -> None:
        gain = self.fade.next(len(samples))
        if isinstance(gain, float) and gain == 1.0:
            self._energy += self._energy_a_frame * len(samples)
        else:
            samples = samples * gain
            self._energy += float(np.vdot(samples, samples))
        for route in self._routes:
            share = np.float32(route.amplitude / self._loudest)
            if route.right == route.left + 1:
                pair = out[:, route.left : route.right + 1]
                pair += samples if share == 1.0 else samples * share
            elif route.right == route.left:  # one amplifier line: the mean of both sides
                out[:, route.left] += samples.mean(axis=1) * share
            else:
                out[:, route.left] += samples[:, 0] * share
                out[:, route.right] += samples[:, 1] * share
        self.frames_out += len(samples)
