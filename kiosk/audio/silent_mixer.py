"""A mixer without sound, for simulation: the mixer's manners in virtual time, from durations alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.audio.manners import AGAIN_S, DUCK_S, goes_before_all, must_finish
from kiosk.ports import Ended, Meter, Missed, Started
from kiosk.rules.broadcast.programme import Item
from kiosk.rules.broadcast.volume import Volume
from kiosk.units import ZoneId

_LEVEL_DBFS = -20.0


@dataclass(slots=True)
class _Sounding:
    item: Item
    start_s: float
    end_s: float
    cut: bool = False


class SilentMixer:
    """Implements ports.Mixer. Time moves by `advance_to` only; `unplayable`: paths that fail as damaged files do."""

    def __init__(self, mono_s: Callable[[], float], post: Callable[[Started | Ended | Missed], None]) -> None:
        self.unplayable: set[str] = set()
        self.volumes: Mapping[ZoneId, Volume] = {}
        self._mono_s = mono_s
        self._post = post
        self._line: _Sounding | None = None
        self._follower: Item | None = None
        self._over: _Sounding | None = None
        self._beside: _Sounding | None = None
        self._beside_next: Item | None = None
        self._put_off: tuple[Item, float] | None = None
        self._fading: list[_Sounding] = []

    def play(self, item: Item, *, over_s: float) -> None:
        line = self._line
        self._put_off = None
        if line is not None and must_finish(line.item) and not goes_before_all(item):
            self._post(Missed(item.key))
            return
        self._follower = None
        if self._beside is not None and must_finish(item) and not goes_before_all(item):
            self._put_off = (item, over_s)
            return
        if line is not None:
            self._cut(line, over_s)
            self._fading.append(line)
        if goes_before_all(item):
            self._make_room(over_s)
            if self._beside is not None:
                self._cut(self._beside, over_s)
                self._fading.append(self._beside)
                self._beside = None
        self._line = self._start(item, self._mono_s())

    def follow(self, item: Item | None) -> None:
        self._follower = None
        if item is not None and not self._playable(item):
            self._fail(item)
        else:
            self._follower = item
            self._follower_s_turn(self._mono_s())

    def lay_over(self, item: Item) -> None:
        self._make_room(DUCK_S)
        self._over = self._start(item, self._mono_s())

    def again(self, item: Item, *, of: str) -> None:
        line = self._line
        if self._beside is not None or (line is not None and line.item.key != of):
            self._post(Missed(item.key))
            return
        self._follower = None
        if line is not None:
            self._cut(line, AGAIN_S)
            self._fading.append(line)
        self._line = self._start(item, self._mono_s())

    def lay_beside(self, item: Item, *, over_s: float) -> None:
        if self._beside is not None and self._beside.item.key == item.key:
            return
        if self._beside is not None or self._over is not None or (self._line and must_finish(self._line.item)):
            self._post(Missed(item.key))
            return
        if self._beside_next is not None and self._beside_next.key == item.key:
            self._beside_next = None
        self._beside = self._start(item, self._mono_s())

    def beside_next(self, item: Item | None) -> None:
        self._beside_next = item

    def set_volumes(self, volumes: Mapping[ZoneId, Volume], *, over_s: float) -> None:
        self.volumes = volumes

    def fade(self, over_s: float) -> None:
        self._follower = None
        line = self._line
        if line is not None and (not must_finish(line.item) or goes_before_all(line.item)):
            self._cut(line, over_s)

    def meters(self) -> Mapping[ZoneId, Meter]:
        return {}

    def next_event_s(self) -> float | None:
        """When something ends next."""
        sounding = (*self._fading, self._over, self._beside, self._line)
        return min((one.end_s for one in sounding if one is not None), default=None)

    def advance_to(self, mono_s: float) -> None:
        """Report what ended until then, and join what follows."""
        while self._line is not None and self._line.end_s <= mono_s:
            line, self._line = self._line, None
            self._end(line)
            self._follower_s_turn(line.end_s)
        if self._over is not None and self._over.end_s <= mono_s:
            over, self._over = self._over, None
            self._end(over)
        if self._beside is not None and self._beside.end_s <= mono_s:
            beside, self._beside = self._beside, None
            self._end(beside)
            if self._put_off is not None:
                item, over_s = self._put_off
                self.play(item, over_s=over_s)
            self._follower_s_turn(beside.end_s)
        for one in [one for one in self._fading if one.end_s <= mono_s]:
            self._fading.remove(one)
            self._end(one)

    def _follower_s_turn(self, at_s: float) -> None:
        """The follower takes a free line, and what waits for the next song begins with it."""
        follower = self._follower
        if self._line is not None or follower is None or (self._beside is not None and must_finish(follower)):
            return
        self._follower = None
        self._line = self._start(follower, at_s)
        beside = self._beside_next
        if beside is not None and not must_finish(follower) and self._beside is None and self._over is None:
            self._beside_next = None
            self._beside = self._start(beside, at_s)

    def _start(self, item: Item, at_s: float) -> _Sounding | None:
        if not self._playable(item):
            self._fail(item)
            return None
        lasts_s = item.duration_s if item.fade_out_s > 0 else sum(part.duration_s for part in item.parts)
        self._post(Started(item.key, at_s))
        return _Sounding(item, at_s, at_s + lasts_s)

    def _playable(self, item: Item) -> bool:
        return not any(part.path in self.unplayable for part in item.parts)

    def _fail(self, item: Item) -> None:
        self._post(Ended(item.key, self._mono_s(), "", False, False, "the file cannot be decoded", None))

    def _cut(self, one: _Sounding, over_s: float) -> None:
        one.cut, one.end_s = True, min(one.end_s, self._mono_s() + over_s)

    def _make_room(self, over_s: float) -> None:
        if self._over is not None:
            self._cut(self._over, over_s)
            self._fading.append(self._over)
            self._over = None

    def _end(self, one: _Sounding) -> None:
        self._post(Ended(one.item.key, one.end_s, one.item.part_names[-1], one.cut, not one.cut, "", _LEVEL_DBFS))
