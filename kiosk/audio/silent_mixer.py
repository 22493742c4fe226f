"""A mixer without sound, for simulation: the mixer's manners in virtual time, from durations alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.audio.manners import AGAIN_S, CALLED_OFF_S, goes_before_all, may_join, must_finish
from kiosk.ports.broadcast import Ended, Heard, Meter, MicrophoneReport, Missed, Started
from kiosk.rules.broadcast.material import LIVE
from kiosk.rules.broadcast.programme import Item
from kiosk.rules.broadcast.volume import Volume
from kiosk.units import ZoneId

_LEVEL_DBFS = -20.0
_FOR_EVER = float("inf")
_AWAY = "microphone: it is not plugged in"


@dataclass(slots=True)
class _Sounding:
    item: Item
    start_s: float
    end_s: float
    voice_s: float = 0.0
    heard: bool = False
    cut: bool = False
    fault: str = ""


Report = Started | Ended | Missed | MicrophoneReport


class SilentMixer:
    """Implements ports.Mixer. Time moves by `advance_to` only; `unplayable`: paths that fail as damaged files do.

    microphone: whose voice a talk is; without one a talk's voice is over at once.
    """

    def __init__(self, mono_s: Callable[[], float], post: Callable[[Report], None]) -> None:
        self.unplayable: set[str] = set()
        self.volumes: Mapping[ZoneId, Volume] = {}
        self.microphone: SilentMicrophone | None = None
        self._mono_s = mono_s
        self._post = post
        self._line: _Sounding | None = None
        self._follower: Item | None = None
        self._over: _Sounding | None = None
        self._beside: _Sounding | None = None
        self._beside_next: Item | None = None
        self._put_off: tuple[Item, float] | None = None
        self._fading: list[_Sounding] = []
        self._talks: dict[str, int] = {}

    def play(self, item: Item, *, over_s: float) -> None:
        self._open(item)
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
            if item is not None:
                self._open(item)
            self._follower = item
            self._follower_s_turn(self._mono_s())

    def lay_over(self, item: Item) -> None:
        self._open(item)
        if not self._may_join():
            self._post(Missed(item.key))
            return
        self._over = self._start(item, self._mono_s())

    def again(self, item: Item, *, of: str) -> None:
        line, beside = self._line, self._beside
        if beside is not None and beside.item.key == of:
            self._cut(beside, AGAIN_S)
            self._fading.append(beside)
            self._beside = self._start(item, self._mono_s())
            return
        if item.zones or beside is not None or (line is not None and line.item.key != of):
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
        if self._beside_next is not None and self._beside_next.key == item.key:
            self._beside_next = None
        if not self._may_join():
            self._post(Missed(item.key))
            return
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
        """When something ends next, or a voice begins."""
        sounding = [one for one in (*self._fading, self._over, self._beside, self._line) if one is not None]
        moments = [one.end_s for one in sounding] + [one.voice_s for one in sounding if self._is_due(one)]
        return min((moment for moment in moments if moment < _FOR_EVER), default=None)

    def advance_to(self, mono_s: float) -> None:
        """Report what ended until then, and join what follows."""
        for one in (self._over, self._line):
            if one is not None and one.voice_s <= mono_s and self._is_due(one):
                one.heard = True
                self._post(MicrophoneReport(Heard.VOICE))
        while self._line is not None and self._line.end_s <= mono_s:
            line, self._line = self._line, None
            self._end(line)
            self._follower_s_turn(line.end_s)
        if self._over is not None and self._over.end_s <= mono_s:
            over, self._over = self._over, None
            self._end(over)
            self._follower_s_turn(over.end_s)
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
        if self._waits(follower):
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
        if self._is_called_off(item):
            self._post(Ended(item.key, at_s, "", True, False, "", None))
            return None
        lasts_s = item.duration_s if item.fade_out_s > 0 else sum(part.duration_s for part in item.parts)
        self._post(Started(item.key, at_s))
        one = _Sounding(item, at_s, at_s + lasts_s)
        if (live := _place_of_voice(item)) is not None and self.microphone is not None:
            one.voice_s = at_s + sum(part.duration_s for part in item.parts[:live])
            one.end_s = _FOR_EVER
        return one

    def _may_join(self) -> bool:
        line, over, beside = (None if one is None else one.item for one in (self._line, self._over, self._beside))
        return may_join(line, over, beside)

    def _waits(self, item: Item) -> bool:
        """Nothing is said under a microphone."""
        return self._over is not None and must_finish(item) and not goes_before_all(item)

    def end_voice(self, fault: str = "") -> None:
        """Whoever talks has done: the postlude follows, unless nothing was said."""
        for one in (self._over, self._line):
            if one is not None and one.end_s == _FOR_EVER and not one.heard:
                self._cut(one, CALLED_OFF_S)
            elif one is not None and one.end_s == _FOR_EVER:
                live = _place_of_voice(one.item) or 0
                after_s = sum(part.duration_s for part in one.item.parts[live:])
                one.end_s, one.fault = max(one.voice_s, self._mono_s()) + after_s, fault

    def _open(self, item: Item) -> None:
        """A talk is that of the moment in which it was told."""
        if self.microphone is not None and _place_of_voice(item) is not None:
            self._talks = {item.key: self.microphone.talk}

    def _is_called_off(self, item: Item) -> bool:
        talk = self._talks.get(item.key)
        return talk is not None and self.microphone is not None and talk != self.microphone.talk

    def _is_due(self, one: _Sounding) -> bool:
        return one.end_s == _FOR_EVER and not one.heard and self.microphone is not None and self.microphone.listening

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
        self._post(
            Ended(one.item.key, one.end_s, one.item.part_names[-1], one.cut, not one.cut, one.fault, _LEVEL_DBFS)
        )


def _place_of_voice(item: Item) -> int | None:
    return next((place for place, part in enumerate(item.parts) if part.path == LIVE), None)


class SilentMicrophone:
    """Implements ports.Microphone for the silent mixer; `unplug` and `plug_in` do what a careless foot does.

    hesitates: it does not answer, but by `answer`.
    """

    def __init__(self, mixer: SilentMixer, post: Callable[[Report], None]) -> None:
        self.listening = False
        self.hesitates = False
        self.talk = 0
        self.recordings: list[str] = []
        self._there = True
        self._mixer = mixer
        self._post = post
        self._name = ""
        self._answer = MicrophoneReport(Heard.THERE)
        mixer.microphone = self

    def look(self) -> None:
        self._answer = MicrophoneReport(Heard.THERE) if self._there else self._away()
        if not self.hesitates:
            self.answer()

    def listen(self) -> None:
        self.listening = self._there
        self._answer = MicrophoneReport(Heard.LISTENS) if self._there else self._away()
        if not self.hesitates:
            self.answer()

    def answer(self) -> None:
        """What it was asked for last is answered."""
        self._post(self._answer)

    def rest(self) -> None:
        self.listening = False

    def end(self) -> None:
        self.listening = False
        self.talk += 1
        self._mixer.end_voice("" if self._there else _AWAY)
        if self._name:
            self._post(MicrophoneReport(Heard.KEPT, self._name, 1.0))
        self._name = ""

    def record(self, name: str) -> None:
        self._name = name
        self.recordings.append(name)

    def unplug(self) -> None:
        """The plug is pulled."""
        self._there = False
        if self.listening:
            self._post(self._away())

    def plug_in(self) -> None:
        """The plug is back."""
        self._there = True

    def _away(self) -> MicrophoneReport:
        return MicrophoneReport(Heard.DEAF, _AWAY)
