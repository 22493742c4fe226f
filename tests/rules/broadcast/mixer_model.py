"""A small model of the mixer and of its inbox, as slow or as fast as a test wants: it may begin the follower, or fail a
file, long before the desk hears of it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.on_air import Again, Fade, Follow, LayOver, Order, Play
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
    fading: list[Item] = field(default_factory=list)
    begun: list[Item] = field(default_factory=list)
    cut: list[tuple[Item, Item | None]] = field(default_factory=list)
    hopeless: set[str] = field(default_factory=set)

    @property
    def idle(self) -> bool:
        return not (self.orders or self.inbox or self.line or self.follower or self.over or self.fading)

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
                if self.over is not None or (self.line is not None and self.line.is_spoken):
                    self.inbox.append(Missed(item))
                else:
                    self.over = item
                    self.begun.append(item)
                    self.inbox.append(Started(item))
            case Fade():
                self.follower = None
                self._fade()
            case other:
                raise AssertionError(f"not for the mixer: {other}")

    def _again(self, item: Item, of: str) -> None:
        if self.line is not None and self.line.item.key != of:
            self.inbox.append(Missed(item))
            return
        self.follower = None
        if self.line is not None and self.line.started:
            self.cut.append((self.line.item, item))
            self.fading.append(self.line.item)
        self.line = Voice(item)

    def sound(self) -> None:
        """One block: the follower takes an empty line, and what is on the line is heard."""
        self.starve()
        if self.line is not None and self.line.item.key in self.hopeless:
            self.play_out()
        elif self.line is not None and not self.line.started:
            self.line.started = True
            self.begun.append(self.line.item)
            self.inbox.append(Started(self.line.item))

    def starve(self) -> None:
        """One block in which the follower took the line, but its file gave nothing yet; a talk lets nobody speak."""
        following = self.follower
        spoken = following is not None and following.is_spoken and following.item.air_class is not AirClass.EVACUATION
        if self.line is None and not (self.over is not None and spoken):
            self.line, self.follower = following, None

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

    def _play(self, item: Item) -> None:
        line = self.line
        if line is not None and line.started and line.is_spoken and item.air_class is not AirClass.EVACUATION:
            self.inbox.append(Missed(item))
            return
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
