"""A small model of the mixer and of its inbox, as slow or as fast as a test wants: it may begin the follower, or fail a
file, long before the desk hears of it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.on_air import Again, BesideNext, Fade, Follow, LayBeside, LayOver, OnAir, Order, Play
from kiosk.rules.broadcast.programme import Item


@dataclass(frozen=True, slots=True)
class Started:
    item: Item


@dataclass(frozen=True, slots=True)
class Ended:
    item: Item
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Missed:
    item: Item


Report = Started | Ended | Missed


@dataclass(slots=True)
class Voice:
    item: Item
    started: bool = False
    cut: bool = False

    @property
    def is_spoken(self) -> bool:
        return self.item.air_class is not AirClass.MUSIC


@dataclass(slots=True)
class MixerModel:
    """orders: not taken yet. inbox: reports that the desk has not read yet. begun: all that ever sounded, in order.

    cut: what was faded before its end, and by whom (None: by a fade to silence). hopeless: keys that never sound.
    """

    orders: deque[Order] = field(default_factory=deque)
    inbox: deque[Report] = field(default_factory=deque)
    line: Voice | None = None
    follower: Voice | None = None
    over: Item | None = None
    beside: Voice | None = None
    beside_next: Item | None = None
    put_off: Item | None = None
    fading: list[Item] = field(default_factory=list)
    begun: list[Item] = field(default_factory=list)
    cut: list[tuple[Item, Item | None]] = field(default_factory=list)
    hopeless: set[str] = field(default_factory=set)

    @property
    def idle(self) -> bool:
        sounds = self.line or self.follower or self.over or self.beside or self.fading
        return not (self.orders or self.inbox or sounds)

    @property
    def keys(self) -> set[str]:
        """Of what ever sounded, is to sound, or was missed and not told yet."""
        voices = (self.line, self.follower, self.beside)
        known = [*self.begun, *(voice.item for voice in voices if voice is not None)]
        known += [order.item for order in self.orders if isinstance(order, Play | LayBeside | LayOver)]
        known += [report.item for report in self.inbox if isinstance(report, Missed)]
        return {one.key for one in (*known, self.put_off) if one is not None}

    @property
    def speakers(self) -> int:
        """How many are heard to speak, but for what fades out."""
        on_line = self.line is not None and self.line.started and self.line.is_spoken
        return on_line + (self.over is not None) + (self.beside is not None)

    def take_order(self) -> None:
        """Carry out the oldest order at the beginning of a block."""
        match self.orders.popleft():
            case Play(item, _):
                self._play(item)
            case Follow(item):
                self.follower = None if item is None else Voice(item)
            case Again(item, of):
                self._again(item, of)
            case LayOver(item):
                if not self._may_join:
                    self.inbox.append(Missed(item))
                else:
                    self.over = item
                    self.begun.append(item)
                    self.inbox.append(Started(item))
            case LayBeside(item):
                self._lay_beside(item)
            case BesideNext(item):
                self.beside_next = item
            case Fade():
                self.follower = None
                self._fade()
            case other:
                raise AssertionError(f"not for the mixer: {other}")

    def _again(self, item: Item, of: str) -> None:
        if self.beside is not None and self.beside.item.key == of:
            if self.beside.started:
                self.cut.append((self.beside.item, item))
                self.fading.append(self.beside.item)
            self.beside = Voice(item)
            return
        if item.zones or self.beside is not None or (self.line is not None and self.line.item.key != of):
            self.inbox.append(Missed(item))
            return
        self.follower = None
        if self.line is not None and self.line.started:
            self.cut.append((self.line.item, item))
            self.fading.append(self.line.item)
        self.line = Voice(item)

    def sound(self) -> None:
        """One block: the follower takes an empty line, and what is there is heard."""
        self._follower_s_turn()
        if self.line is not None and self.line.item.key in self.hopeless:
            self.play_out()
        elif self.line is not None:
            self._begin(self.line)
        if self.beside is not None and self.beside.item.key in self.hopeless:
            self.end_beside()
        elif self.beside is not None:
            self._begin(self.beside)

    def starve(self) -> None:
        """One block in which the follower took the line, but its file gave nothing yet."""
        self._follower_s_turn()

    def play_out(self) -> None:
        """The line plays to its end, or its file gives nothing for too long and is given up."""
        if self.line is not None:
            if not self.line.started:
                self.hopeless.add(self.line.item.key)
            self.inbox.append(Ended(self.line.item, self.line.cut))
            self.line = None

    def pass_over(self) -> None:
        """The follower turns out to be undecodable before its turn."""
        if self.follower is not None:
            self.hopeless.add(self.follower.item.key)
            self.inbox.append(Ended(self.follower.item))
            self.follower = None

    def fade_out(self) -> None:
        """All that fades is over."""
        self.inbox.extend(Ended(item, cut=True) for item in self.fading)
        self.fading.clear()
        if self.line is not None and self.line.cut:
            self.play_out()

    def hang_up(self) -> None:
        """The microphone is switched off."""
        if self.over is not None:
            self.inbox.append(Ended(self.over))
            self.over = None

    def end_beside(self) -> None:
        """What speaks in a zone is over, or its file gives nothing."""
        if self.beside is not None:
            if not self.beside.started:
                self.hopeless.add(self.beside.item.key)
            self.inbox.append(Ended(self.beside.item))
            self.beside = None
            if self.put_off is not None:
                self._play(self.put_off)

    def _begin(self, voice: Voice) -> None:
        if not voice.started:
            voice.started = True
            self.begun.append(voice.item)
            self.inbox.append(Started(voice.item))

    @property
    def _may_join(self) -> bool:
        spoken = self.line is not None and self.line.is_spoken
        return self.over is None and self.beside is None and not spoken

    def _follower_s_turn(self) -> None:
        if self.line is not None or self.follower is None or (self.beside is not None and self.follower.is_spoken):
            return
        if (
            self.over is not None
            and self.follower.is_spoken
            and self.follower.item.air_class is not AirClass.EVACUATION
        ):
            return  # a talk lets nobody speak
        self.line, self.follower = self.follower, None
        if self.beside_next is not None and not self.line.is_spoken and self.beside is None and self.over is None:
            self.beside, self.beside_next = Voice(self.beside_next), None

    def _lay_beside(self, item: Item) -> None:
        if self.beside is not None and self.beside.item.key == item.key:
            return
        if self.beside_next is not None and self.beside_next.key == item.key:
            self.beside_next = None
        if not self._may_join:
            self.inbox.append(Missed(item))
            return
        self.beside = Voice(item)

    def _play(self, item: Item) -> None:
        line = self.line
        self.put_off = None
        evacuates = item.air_class is AirClass.EVACUATION
        if line is not None and line.started and line.is_spoken and not evacuates:
            self.inbox.append(Missed(item))
            return
        if self.beside is not None and item.air_class is not AirClass.MUSIC and not evacuates:
            self.follower, self.put_off = None, item
            return
        if item.air_class is AirClass.EVACUATION and self.beside is not None:
            if self.beside.started:
                self.fading.append(self.beside.item)
                self.cut.append((self.beside.item, item))
            self.beside = None  # one that did not sound yet is forgotten without a report
        self.follower = None
        if line is not None and line.started:
            self.fading.append(line.item)
            if not line.cut:
                self.cut.append((line.item, item))
        if item.air_class is AirClass.EVACUATION and self.over is not None:
            self.fading.append(self.over)
            self.over = None
        self.line = Voice(item)  # one that did not sound yet is forgotten without a report

    def _fade(self) -> None:
        """To silence: the line stays occupied until the fade is over."""
        line = self.line
        if line is None or line.item.air_class not in (AirClass.MUSIC, AirClass.EVACUATION):
            return
        if not line.started:
            self.line = None
        elif not line.cut:
            line.cut = True
            self.cut.append((line.item, None))


def check_that_they_agree(state: OnAir, mixer: MixerModel) -> None:
    """What the desk believes, once it has read every report, is what the mixer does."""
    line = mixer.line.item.key if mixer.line is not None else None
    follower = mixer.follower.item.key if mixer.follower is not None else None
    current = state.current.key if state.current is not None else None
    joined = state.follower.key if state.follower is not None else None
    if current in [one.key for one in mixer.fading]:
        return  # its end will be reported in a moment
    if current is None:
        current, joined = joined, None
        line, follower = (line, follower) if line is not None else (follower, None)
    if mixer.put_off is not None:
        assert current == mixer.put_off.key
    else:
        assert (current, joined) == (line, follower)
    if state.beside is not None and state.beside in mixer.fading:
        return  # so will its
    beside = mixer.beside.item.key if mixer.beside is not None else None
    waiting = mixer.beside_next.key if mixer.beside_next is not None else None
    at_desk = [None if one is None else one.key for one in (state.beside, state.beside_next)]
    assert at_desk == [beside, waiting]


def plain(key: str) -> str:
    """Without the marks of starting over."""
    return key.replace("+again", "")


def stem(key: str) -> str:
    return key.partition("#")[0]
