"""A mixer without sound, for simulation: the mixer's manners in virtual time, from durations alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.audio.manners import AGAIN_S, goes_before_all, may_lie_over, must_finish
from kiosk.ports import Ended, Heard, Meter, MicrophoneReport, Missed, Started
from kiosk.rules.broadcast.material import LIVE
from kiosk.rules.broadcast.programme import Item
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
        self.microphone: SilentMicrophone | None = None
        self._mono_s = mono_s
        self._post = post
        self._line: _Sounding | None = None
        self._follower: Item | None = None
        self._over: _Sounding | None = None
        self._fading: list[_Sounding] = []

    def play(self, item: Item, *, over_s: float) -> None:
        line = self._line
        if line is not None and must_finish(line.item) and not goes_before_all(item):
            self._post(Missed(item.key))
            return
        self._follower = None
        if line is not None:
            self._cut(line, over_s)
            self._fading.append(line)
        if goes_before_all(item):
            self._make_room(over_s)
        self._line = self._start(item, self._mono_s())

    def follow(self, item: Item | None) -> None:
        self._follower = None
        if item is not None and not self._playable(item):
            self._fail(item)
        elif item is not None and self._line is None and not self._waits(item):
            self._line = self._start(item, self._mono_s())
        else:
            self._follower = item

    def lay_over(self, item: Item) -> None:
        line = None if self._line is None else self._line.item
        if not may_lie_over(line, None if self._over is None else self._over.item):
            self._post(Missed(item.key))
            return
        self._over = self._start(item, self._mono_s())

    def again(self, item: Item, *, of: str) -> None:
        line = self._line
        if line is not None and line.item.key != of:
            self._post(Missed(item.key))
            return
        self._follower = None
        if line is not None:
            self._cut(line, AGAIN_S)
            self._fading.append(line)
        self._line = self._start(item, self._mono_s())

    def fade(self, over_s: float) -> None:
        self._follower = None
        line = self._line
        if line is not None and (not must_finish(line.item) or goes_before_all(line.item)):
            self._cut(line, over_s)

    def meters(self) -> Mapping[ZoneId, Meter]:
        return {}

    def next_event_s(self) -> float | None:
        """When something ends next, or a voice begins."""
        sounding = [one for one in (*self._fading, self._over, self._line) if one is not None]
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
            following, self._follower = self._follower, None
            if following is not None and self._waits(following):
                self._follower = following
            elif following is not None:
                self._line = self._start(following, line.end_s)
        if self._over is not None and self._over.end_s <= mono_s:
            over, self._over = self._over, None
            self._end(over)
        for one in [one for one in self._fading if one.end_s <= mono_s]:
            self._fading.remove(one)
            self._end(one)

    def _start(self, item: Item, at_s: float) -> _Sounding | None:
        if not self._playable(item):
            self._fail(item)
            return None
        lasts_s = item.duration_s if item.fade_out_s > 0 else sum(part.duration_s for part in item.parts)
        self._post(Started(item.key, at_s))
        one = _Sounding(item, at_s, at_s + lasts_s)
        if (live := _place_of_voice(item)) is not None and self.microphone is not None:
            one.voice_s = at_s + sum(part.duration_s for part in item.parts[:live])
            one.end_s = _FOR_EVER
        return one

    def _waits(self, item: Item) -> bool:
        """Nothing is said under a microphone."""
        return self._over is not None and must_finish(item) and not goes_before_all(item)

    def end_voice(self, fault: str = "") -> None:
        """Whoever talks has done: the postlude follows."""
        for one in (self._over, self._line):
            if one is not None and one.end_s == _FOR_EVER:
                live = _place_of_voice(one.item) or 0
                after_s = sum(part.duration_s for part in one.item.parts[live:])
                one.end_s, one.fault = max(one.voice_s, self._mono_s()) + after_s, fault

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
