"""The mixer: one line of items joined to the sample, fades, zones, limiter; it is pulled and never waits.

The desk's thread opens items and leaves orders; the audio thread takes them at the next block. Driven by an output it
plays; driven by a virtual clock it renders: the same code, the same samples.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from kiosk.audio.limiter import Limiter
from kiosk.audio.manners import AGAIN_S, BACK_S, DUCK_S, goes_before_all, may_join, must_finish
from kiosk.audio.sources import SoundShelf
from kiosk.audio.voice import SILENCE_DBFS, Mix, Voice
from kiosk.audio.zones import Feed as Feed
from kiosk.audio.zones import Zones
from kiosk.ports.broadcast import Ended, Meter, Missed, Started
from kiosk.rules.broadcast.programme import Item
from kiosk.rules.broadcast.volume import Volume
from kiosk.units import SAMPLE_RATE_HZ, ZoneId, amplitude_of, frames_in

STALL_S = 2.0  # a file that gives nothing for so long is given up
SHORT_S = 1.0  # a file that ends this much too early is damaged
DUCK_DB = -18.0
METER_BLOCKS = 4


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
        self._beside: Voice | None = None
        self._beside_next: Voice | None = None  # begins with the next song
        self._put_off: tuple[Voice, int] | None = None  # takes the line once nothing speaks beside it
        self._beside_at = 0  # of the block: where it begins
        self._leaving: list[Voice] = []  # fade on the line, and are held down where it is
        self._fading: list[Voice] = []  # fade beside and over it
        self._zones = Zones(feeds)
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

    def lay_beside(self, item: Item, *, over_s: float) -> None:
        voice = self._voice(item)
        self._orders.append(lambda: self._take_beside(voice, frames_in(over_s)))

    def beside_next(self, item: Item | None) -> None:
        voice = None if item is None else self._voice(item)
        self._orders.append(lambda: self._take_beside_next(voice))

    def fade(self, over_s: float) -> None:
        self._orders.append(lambda: self._fade_line(frames_in(over_s)))

    def set_volumes(self, volumes: Mapping[ZoneId, Volume], *, over_s: float) -> None:
        self._orders.append(lambda: self._zones.set_volumes(volumes, frames_in(over_s)))

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
        if line is None or not line.started or self._orders or self._unproven or self._over or self._beside:
            return None
        if self._leaving or self._fading or not self._zones.rest or not line.fills(self._channels):
            return None
        if not self._limiter.would_pass(line.peak):
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
        self._zones.begin_block(frames)
        leaving = [(voice, voice.add_to(mix, 0)) for voice in self._leaving]  # before the line: held down as that is
        self._sound_line(mix, now_s)
        self._pass_over_hopeless(now_s)
        self._sound_over(mix, now_s)
        self._sound_beside(mix, now_s)
        fading = [(voice, voice.add_to(mix, 0)) for voice in self._fading]
        for voices, faded in ((self._leaving, leaving), (self._fading, fading)):
            for voice, added in faded:
                if voice.over or added == 0:  # one that starves is over: nobody waits for the end of a fade
                    voices.remove(voice)
                    self._finish(voice, now_s + added / SAMPLE_RATE_HZ)
        self._limiter.apply(mix)
        return mix

    def close(self) -> None:
        """Let go of every source. Only when nothing renders any more."""
        put_off = None if self._put_off is None else self._put_off[0]
        waiting = (self._follower, self._beside_next, put_off)
        for voice in (self._line, self._over, self._beside, *waiting, *self._leaving, *self._fading):
            if voice is not None:
                voice.source.close()
        self._line = self._follower = self._over = self._beside = self._beside_next = None
        self._leaving.clear()
        self._fading.clear()

    def _voice(self, item: Item) -> Voice:
        return Voice(item, self._shelf.open(item.parts, item.part_names), self._zones.routes(item))

    def _take_line(self, voice: Voice, fade_frames: int) -> None:
        line = self._line
        if self._put_off is not None:  # the newest order counts; the desk knows what it told before
            self._put_off[0].source.close()
            self._put_off = None
        if line is not None and line.started and must_finish(line.item) and not goes_before_all(voice.item):
            voice.source.close()
            self._post(Missed(voice.item.key))
            return
        if self._beside is not None and must_finish(voice.item) and not goes_before_all(voice.item):
            self._take_follower(None)
            self._put_off = (voice, fade_frames)  # two announcements at a time are understood by nobody
            return
        self._cut_line(fade_frames)
        if self._line is not None:
            self._leaving.append(self._line)
        self._line = voice
        if goes_before_all(voice.item):
            if self._beside is not None and not self._beside.started:
                self._beside.source.close()  # without a report: the desk has it wait again
                self._beside = None
            for one in (self._over, self._beside):
                if one is not None:
                    one.cut_within(fade_frames)
                    self._fading.append(one)
            self._over = self._beside = None
            self._zones.hold(1.0, (), fade_frames)

    def _take_again(self, voice: Voice, of: str) -> None:
        if self._beside is not None and self._beside.item.key == of:
            self._beside.cut_within(frames_in(AGAIN_S))
            self._fading.append(self._beside)
            self._beside, self._beside_at = voice, 0
            return
        if voice.item.zones or self._beside is not None or (self._line is not None and self._line.item.key != of):
            voice.source.close()
            self._post(Missed(voice.item.key))
            return
        self._cut_line(frames_in(AGAIN_S))
        if self._line is not None:
            self._leaving.append(self._line)
        self._line = voice

    def _take_follower(self, voice: Voice | None) -> None:
        if self._follower is not None:
            self._follower.source.close()
        self._follower = voice
        self._unproven = voice is not None

    def _take_over(self, voice: Voice) -> None:
        if not self._may_join():
            voice.source.close()
            self._post(Missed(voice.item.key))
            return
        self._over = voice
        self._zones.hold(amplitude_of(self.duck_db), voice.item.zones, frames_in(DUCK_S))

    def _take_beside(self, voice: Voice, fade_frames: int) -> None:
        if self._beside is not None and self._beside.item.key == voice.item.key:
            voice.source.close()  # it began with the song, before the order came
            return
        if self._beside_next is not None and self._beside_next.item.key == voice.item.key:
            self._take_beside_next(None)
        if not self._may_join():
            voice.source.close()
            self._post(Missed(voice.item.key))
        else:
            self._begin_beside(voice, 0, fade_frames)

    def _take_beside_next(self, voice: Voice | None) -> None:
        if self._beside_next is not None:
            self._beside_next.source.close()
        self._beside_next = voice

    def _begin_beside(self, voice: Voice, at: int, fade_frames: int) -> None:
        self._beside, self._beside_at = voice, at
        self._zones.hold(0.0, voice.item.zones, fade_frames)

    def _may_join(self) -> bool:
        line, over, beside = (None if one is None else one.item for one in (self._line, self._over, self._beside))
        return may_join(line, over, beside)

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
            voice = self._line or self._follower_s_turn(at)
            if voice is None:
                break
            added = self._sound(voice, mix, at, now_s)
            self._zones.hush(mix[at : at + added])
            at += added
            if voice.over:
                self._line = None
                self._finish(voice, now_s + at / SAMPLE_RATE_HZ)
            elif at < len(mix):
                if self._starve(voice, len(mix) - at, now_s + at / SAMPLE_RATE_HZ):
                    self._line = None
                break
        self._zones.hush(mix[at:])

    def _follower_s_turn(self, at: int) -> Voice | None:
        """The line is free: the follower takes it, and what waits for the next song begins at the same sample."""
        follower = self._follower
        if follower is None or (self._beside is not None and must_finish(follower.item)):
            return None  # two announcements at a time are understood by nobody
        if self._waits_for_the_talk(follower.item):
            return None
        self._line, self._follower = follower, None
        beside = self._beside_next
        if beside is not None and not must_finish(follower.item) and self._beside is None and self._over is None:
            self._beside_next = None
            fade_frames = frames_in(AGAIN_S) if self._leaving else 0  # what still fades is not cut off
            self._begin_beside(beside, at, fade_frames)
        return follower

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
        self._zones.hold(1.0, voice.item.zones, frames_in(BACK_S))

    def _sound_beside(self, mix: Mix, now_s: float) -> None:
        voice, begin = self._beside, self._beside_at
        if voice is None:
            return
        self._beside_at = 0
        added = self._sound(voice, mix, begin, now_s)
        at_s = now_s + (begin + added) / SAMPLE_RATE_HZ
        if voice.over:
            self._finish(voice, at_s)
        elif begin + added == len(mix) or not self._starve(voice, len(mix) - begin - added, at_s):
            return
        self._beside = None
        self._zones.hold(1.0, voice.item.zones, frames_in(BACK_S))
        if self._put_off is not None:
            (put_off, fade_frames), self._put_off = self._put_off, None
            self._take_line(put_off, fade_frames)

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
