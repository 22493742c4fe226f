"""The mixer: one line of items joined to the sample, fades, zones, limiter; it is pulled and never waits.

The desk's thread opens items and leaves orders; the audio thread takes them at the next block. Driven by an output it
plays; driven by a virtual clock it renders: the same code, the same samples.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kiosk.audio.limiter import Limiter
from kiosk.audio.manners import AGAIN_S, DUCK_S, goes_before_all, may_lie_over, must_finish
from kiosk.audio.sources import SoundShelf
from kiosk.audio.voice import SILENCE_DBFS, Fade, Mix, Route, Voice
from kiosk.ports import Ended, Meter, Missed, Started
from kiosk.rules.broadcast.programme import Item
from kiosk.units import SAMPLE_RATE_HZ, ZoneId, amplitude_of, frames_in

STALL_S = 2.0  # a file that gives nothing for so long is given up
SHORT_S = 1.0  # a file that ends this much too early is damaged
DUCK_DB = -18.0
METER_BLOCKS = 4


@dataclass(frozen=True, slots=True)
class Feed:
    """How a zone hangs on the output: its pair of channels, counted from 1, and its volume."""

    zone: ZoneId
    channels: tuple[int, int]
    volume_db: float


class LineMixer:
    """Implements ports.Mixer. post: the inbox; called on the audio thread, so it must not wait.

    channels: of the output. mono_s: the clock of the reports. latency_s may be set by the output: it is added to them.
    duck_db may be set by the site: how far music goes down under a talk.
    """

    def __init__(
        self,
        shelf: SoundShelf,
        feeds: Sequence[Feed],
        *,
        channels: int,
        ceiling_dbfs: float,
        mono_s: Callable[[], float],
        post: Callable[[Started | Ended | Missed], None],
    ) -> None:
        self.latency_s = 0.0
        self.duck_db = DUCK_DB
        self.frames = 0
        self.starved_blocks = 0
        self._shelf = shelf
        self._feeds = tuple(feeds)
        self._channels = channels
        self._mono_s = mono_s
        self._post = post
        self._limiter = Limiter(ceiling_dbfs)
        self._orders: deque[Callable[[], None]] = deque()
        self._line: Voice | None = None
        self._follower: Voice | None = None
        self._unproven = False  # whether the follower may still turn out to have no sound
        self._over: Voice | None = None
        self._fading: list[Voice] = []
        self._duck = Fade()
        self._recent: deque[Mix] = deque(maxlen=METER_BLOCKS)

    # the desk's side

    def play(self, item: Item, *, over_s: float) -> None:
        voice = self._voice(item)
        self._orders.append(lambda: self._take_line(voice, frames_in(over_s)))

    def follow(self, item: Item | None) -> None:
        voice = None if item is None else self._voice(item)
        self._orders.append(lambda: self._take_follower(voice))

    def lay_over(self, item: Item) -> None:
        voice = self._voice(item)
        self._orders.append(lambda: self._take_over(voice))

    def again(self, item: Item, *, of: str) -> None:
        voice = self._voice(item)
        self._orders.append(lambda: self._take_again(voice, of))

    def fade(self, over_s: float) -> None:
        self._orders.append(lambda: self._fade_line(frames_in(over_s)))

    def meters(self) -> Mapping[ZoneId, Meter]:
        recent = tuple(self._recent)
        return {feed.zone: _measured(recent, feed) for feed in self._feeds}

    # the audio thread's side

    def render(self, frames: int) -> Mix:
        """The next block, shape (frames, channels), float32 within the ceiling; not to be written to."""
        mix = self._unmixed(frames)
        if mix is None:
            mix = self._mixed(frames)
        self._recent.append(mix)
        self.frames += frames
        return mix

    def _unmixed(self, frames: int) -> Mix | None:
        """The usual case, one song in one zone: its own samples, nothing to compute; None where there is more to do."""
        line = self._line
        if line is None or not line.started or self._orders or self._unproven or self._over or self._fading:
            return None
        if not self._duck.rests or not line.fills(self._channels) or not self._limiter.would_pass(line.peak):
            return None
        block = line.steady(frames)
        if block is not None and not self._limiter.would_pass(line.peak):  # a new stretch, and it is louder
            block = block.copy()
            self._limiter.apply(block)
        return block

    def _mixed(self, frames: int) -> Mix:
        mix = np.zeros((frames, self._channels), dtype=np.float32)
        now_s = self._mono_s() + self.latency_s
        while self._orders:
            self._orders.popleft()()
        self._sound_line(mix, now_s)
        self._pass_over_hopeless(now_s)
        if self._over is not None or not self._duck.rests:
            mix *= self._duck.next(frames)
        self._sound_over(mix, now_s)
        for voice in tuple(self._fading):
            added = voice.add_to(mix, 0)  # one that starves is over: nobody waits for the end of a fade
            if voice.over or added == 0:
                self._fading.remove(voice)
                self._finish(voice, now_s + added / SAMPLE_RATE_HZ)
        self._limiter.apply(mix)
        return mix

    def close(self) -> None:
        """Let go of every source. Only when nothing renders any more."""
        for voice in (self._line, self._follower, self._over, *self._fading):
            if voice is not None:
                voice.source.close()
        self._line = self._follower = self._over = None
        self._fading.clear()

    def _voice(self, item: Item) -> Voice:
        feeds = [feed for feed in self._feeds if not item.zones or feed.zone in item.zones]
        routes = {
            feed.channels: Route(feed.channels[0] - 1, feed.channels[1] - 1, amplitude_of(feed.volume_db))
            for feed in feeds
        }
        return Voice(item, self._shelf.open(item.parts, item.part_names), tuple(routes.values()))

    def _take_line(self, voice: Voice, fade_frames: int) -> None:
        line = self._line
        if line is not None and line.started and must_finish(line.item) and not goes_before_all(voice.item):
            voice.source.close()
            self._post(Missed(voice.item.key))
            return
        self._cut_line(fade_frames)
        if self._line is not None:
            self._fading.append(self._line)
        self._line = voice
        if goes_before_all(voice.item) and self._over is not None:
            self._over.cut_within(fade_frames)
            self._fading.append(self._over)
            self._over = None
            self._duck.to(1.0, fade_frames)

    def _take_again(self, voice: Voice, of: str) -> None:
        if self._line is not None and self._line.item.key != of:
            voice.source.close()
            self._post(Missed(voice.item.key))
            return
        self._cut_line(frames_in(AGAIN_S))
        if self._line is not None:
            self._fading.append(self._line)
        self._line = voice

    def _take_follower(self, voice: Voice | None) -> None:
        if self._follower is not None:
            self._follower.source.close()
        self._follower = voice
        self._unproven = voice is not None

    def _take_over(self, voice: Voice) -> None:
        line = None if self._line is None else self._line.item
        if not may_lie_over(line, None if self._over is None else self._over.item):
            voice.source.close()
            self._post(Missed(voice.item.key))
            return
        self._over = voice
        self._duck.to(amplitude_of(self.duck_db), frames_in(DUCK_S))

    def _fade_line(self, frames: int) -> None:
        self._take_follower(None)
        if self._line is not None and (not must_finish(self._line.item) or goes_before_all(self._line.item)):
            self._cut_line(frames)

    def _cut_line(self, frames: int) -> None:
        self._take_follower(None)
        if self._line is None:
            return
        if self._line.started:
            self._line.cut_within(frames)
        else:  # it never sounded: the desk knows no better than to have ordered something else
            self._line.source.close()
            self._line = None

    def _pass_over_hopeless(self, now_s: float) -> None:
        """A follower that will never sound is reported before its turn: there is time to name another one."""
        if not self._unproven or self._follower is None:
            self._unproven = False
        elif (promise := self._follower.source.promise()) is not None:
            self._unproven = False
            if not promise:
                hopeless, self._follower = self._follower, None
                self._finish(hopeless, now_s)

    def _sound_line(self, mix: Mix, now_s: float) -> None:
        at = 0
        while at < len(mix):
            if self._line is None:
                if self._follower is None or self._waits_for_the_talk(self._follower.item):
                    return
                self._line, self._follower = self._follower, None
            voice = self._line
            added = self._sound(voice, mix, at, now_s)
            at += added
            if voice.over:
                self._line = None
                self._finish(voice, now_s + at / SAMPLE_RATE_HZ)
            elif at < len(mix):
                if self._starve(voice, len(mix) - at, now_s + at / SAMPLE_RATE_HZ):
                    self._line = None
                return

    def _waits_for_the_talk(self, item: Item) -> bool:
        """Nothing is said under a microphone; the desk, told of the song's end, names another follower."""
        return self._over is not None and must_finish(item) and not goes_before_all(item)

    def _sound_over(self, mix: Mix, now_s: float) -> None:
        voice = self._over
        if voice is None:
            return
        added = self._sound(voice, mix, 0, now_s)
        if voice.over:
            self._finish(voice, now_s + added / SAMPLE_RATE_HZ)
        elif added == len(mix) or not self._starve(voice, len(mix) - added, now_s + added / SAMPLE_RATE_HZ):
            return
        self._over = None
        self._duck.to(1.0, frames_in(DUCK_S))

    def _sound(self, voice: Voice, mix: Mix, at: int, now_s: float) -> int:
        added = voice.add_to(mix, at)
        if added:
            voice.starved_frames = 0
            if not voice.started:
                voice.started = True
                self._post(Started(voice.item.key, now_s + at / SAMPLE_RATE_HZ))
        return added

    def _starve(self, voice: Voice, frames: int, now_s: float) -> bool:
        """The file gives nothing at the moment: count it; whether it is given up."""
        voice.starved_frames += frames
        if voice.started:
            self.starved_blocks += 1
        given_up = voice.cut or voice.starved_frames > frames_in(STALL_S)
        if given_up:
            self._finish(voice, now_s, stalled=not voice.cut)
        return given_up

    def _finish(self, voice: Voice, at_s: float, *, stalled: bool = False) -> None:
        missing_s = voice.wanted_s - voice.frames_out / SAMPLE_RATE_HZ
        whole = voice.started and not voice.cut and missing_s <= SHORT_S
        fault = voice.source.fault
        if stalled:
            fault = f"nothing came from the file for {STALL_S:.0f} s"
        elif not voice.started and not voice.cut and not fault:
            fault = "it made no sound"
        elif not whole and not voice.cut and not fault:
            fault = f"it ended {missing_s:.1f} s too early: the file is damaged"
        phase = voice.source.phase if voice.started else ""
        voice.source.close()
        self._post(Ended(voice.item.key, at_s, phase, voice.cut, whole, fault, voice.level_dbfs))


def _measured(recent: Sequence[Mix], feed: Feed) -> Meter:
    if not recent:
        return Meter(SILENCE_DBFS, SILENCE_DBFS)
    pair = np.concatenate([block[:, [feed.channels[0] - 1, feed.channels[1] - 1]] for block in recent])
    return Meter(_dbfs(math.sqrt(float(np.mean(np.square(pair))))), _dbfs(float(np.abs(pair).max())))


def _dbfs(amplitude: float) -> float:
    return SILENCE_DBFS if amplitude <= 1e-6 else 20 * math.log10(amplitude)
