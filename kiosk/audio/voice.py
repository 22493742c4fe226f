"""One item as the mixer sounds it: its source, its fade, its way into the zones' channels, and its measured level."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kiosk.audio.manners import CALLED_OFF_S
from kiosk.audio.sources import PartsSource
from kiosk.rules.broadcast.programme import Item
from kiosk.units import frames_in

Mix = NDArray[np.float32]  # shape (frames, channels)
SILENCE_DBFS = -120.0
STRETCH_FRAMES = 4096
LONGEST_TURN = 1 << 30  # frames
_FULL_SCALE = 1.0 / 32768.0


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
    def target(self) -> float:
        return self._target

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


class Fader:
    """A volume that several voices share: while it moves, all of them take the same course through a block."""

    def __init__(self, gain: float = 1.0) -> None:
        self._fade = Fade(gain)
        self._course: float | NDArray[np.float32] = gain

    @property
    def gain(self) -> float:
        """Where it stands at the end of the block."""
        return self._fade.gain

    @property
    def rests(self) -> bool:
        """Whether it stood still all through the block."""
        return self._fade.over and isinstance(self._course, float)

    def to(self, gain: float, frames: int) -> None:
        """Set out for a new gain with the next block."""
        if gain != self._fade.target:
            self._fade.to(gain, frames)

    def begin_block(self, frames: int) -> None:
        """Lay the course through a block of so many frames."""
        self._course = self._fade.next(frames)

    def course(self, begin: int, frames: int) -> float | NDArray[np.float32]:
        """The gains from frame `begin` of the block on: one number where it stands still, else shape (frames, 1)."""
        return self._course if isinstance(self._course, float) else self._course[begin : begin + frames]


@dataclass(frozen=True, slots=True)
class Route:
    """Into which pair of channels (indices from 0) a voice goes, and how loud."""

    left: int
    right: int
    fader: Fader


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
        self._live = source.live
        self._routes = tuple(routes)
        self._scaled = 1.0  # the amplitude that is in the stretch already: that of the loudest zone
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
        if (
            self._is_called_off()
            or not self.fade.rests
            or self._frames_at_hand() < frames
            or self._routes[0].fader.gain != self._scaled
        ):
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
        if not self.cut and self._is_called_off():
            self._call_off()
        added = 0
        while begin + added < len(mix) and not self.over:
            count = min(len(mix) - begin - added, self._frames_at_hand(), self._frames_to_a_turn())
            if count == 0:
                break  # nothing yet, or the end
            self._sound(self._stretch[self._at : self._at + count], mix, begin + added)
            self._at += count
            added += count
        return added

    def _is_called_off(self) -> bool:
        return self._live is not None and self._live.called_off

    def _call_off(self) -> None:
        """A talk without a word: its prelude fades, and what has not begun does not begin."""
        self.cut = True
        if self.started:
            self.fade.to_silence(frames_in(CALLED_OFF_S))
        else:
            self.fade = Fade(0.0)

    def _frames_at_hand(self) -> int:
        """What is left of the stretch; the next one is fetched when it is used up, 0 where there is none."""
        if self._at == len(self._stretch):
            count = self.source.read(self._raw)
            self._scaled = max((route.fader.gain for route in self._routes), default=1.0) or 1.0
            scale = self.source.gain * self._scaled * _FULL_SCALE
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

    def _sound(self, samples: Mix, mix: Mix, begin: int) -> None:
        frames = len(samples)
        out = mix[begin : begin + frames]
        gain = self.fade.next(frames)
        if isinstance(gain, float) and gain == 1.0:
            self._energy += self._energy_a_frame * frames
        else:
            samples = samples * (gain * gain)  # squared, a fade sinks evenly; straight, it would drop off at its end
            self._energy += float(np.vdot(samples, samples))
        for route in self._routes:
            course = route.fader.course(begin, frames)
            if not isinstance(course, float):
                share = samples * (course / np.float32(self._scaled))
            else:
                share = samples if course == self._scaled else samples * np.float32(course / self._scaled)
            if route.right == route.left + 1:
                out[:, route.left : route.right + 1] += share
            elif route.right == route.left:  # one amplifier line: the mean of both sides
                out[:, route.left] += share.mean(axis=1)
            else:
                out[:, route.left] += share[:, 0]
                out[:, route.right] += share[:, 1]
        self.frames_out += frames
