"""The state machine round the table: what sounds, what waits, what follows; every event yields the orders to the mixer.

A refusal or an event that concerns nobody changes nothing. The desk feeds events in and carries the orders out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.playout import PRECEDENCE, Verdict, verdict
from kiosk.rules.broadcast.programme import Item

STOP_FADE_S = 3.0
RESET_FADE_S = 0.5
SKIP_FADE_S = 2.0
HOLE_S = 60.0  # a planned pause longer than this is a closed store, not a late song


@dataclass(frozen=True, slots=True)
class OnAir:
    """What the broadcast desk knows about the air.

    current: what sounds, or was told to sound at once. began: when its first sample went out, None until then.
    follower: what the mixer was told to join to it. waiting: requests. programme: planned items not yet begun.
    """

    current: Item | None = None
    began: datetime | None = None
    follower: Item | None = None
    waiting: tuple[Item, ...] = ()
    programme: tuple[Item, ...] = ()
    stopping: bool = False

    def expected_end(self, now: datetime) -> datetime:
        """When what sounds will be over, were nothing to interrupt it; `now` if nothing sounds."""
        if self.current is None:
            return now
        return _later(self.began or now, self.current.duration_s)


@dataclass(frozen=True, slots=True)
class Requested:
    """Somebody or something wants an item on the air."""

    item: Item


@dataclass(frozen=True, slots=True)
class Began:
    """The mixer put the first sample of an item out; it may have been faster than the last order."""

    item: Item
    at: datetime


@dataclass(frozen=True, slots=True)
class Over:
    """An item is finished, cut or failed."""

    key: str


@dataclass(frozen=True, slots=True)
class Replanned:
    """The rest of the day, laid out anew from the end of what sounds."""

    programme: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Woke:
    """Time passed; something planned may be due to start out of silence."""


@dataclass(frozen=True, slots=True)
class Reset:
    """The announcer ends the evacuation."""


@dataclass(frozen=True, slots=True)
class NextSong:
    """The announcer skips the song that sounds."""


@dataclass(frozen=True, slots=True)
class Stop:
    """The role is to end in order: an announcement is read to its end, music fades (B10)."""


Event = Requested | Began | Over | Replanned | Woke | Reset | NextSong | Stop


@dataclass(frozen=True, slots=True)
class Play:
    """Start at once; what sounds fades over `over_s`."""

    item: Item
    over_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Follow:
    """Join to the end of what sounds; None lets silence follow."""

    item: Item | None


@dataclass(frozen=True, slots=True)
class LayOver:
    """Start at once over the music, which is ducked under it."""

    item: Item


@dataclass(frozen=True, slots=True)
class Fade:
    """Fade what sounds to silence."""

    over_s: float


@dataclass(frozen=True, slots=True)
class Refuse:
    """Tell whoever asked that the item will not be aired, and why."""

    item: Item
    why: str


Order = Play | Follow | LayOver | Fade | Refuse


def step(state: OnAir, event: Event, now: datetime, *, break_in_fade_s: float = 0.3) -> tuple[OnAir, tuple[Order, ...]]:
    """What an event makes of the air, and what the mixer is to be told."""
    match event:
        case Requested(item):
            return _requested(state, item, now, break_in_fade_s)
        case Began(item, at):
            begun = replace(_taken(state, item.key), current=item, began=at, follower=None)
            return _joined(begun, now, anew=True)
        case Over(key):
            return _over(state, key, now)
        case Replanned(programme):
            return _joined(replace(state, programme=programme), now)
        case Woke():
            silent = state.current is None and state.follower is None
            return _from_silence(state, now) if silent else (state, ())
        case Reset():
            return _reset(state, now)
        case NextSong():
            return _next_song(state, now)
        case Stop():
            return _stop(state)


def next_wake(state: OnAir) -> datetime | None:
    """When `Woke` is needed: the start of the next planned item if nothing sounds until then."""
    if state.current is None and state.follower is None and state.programme and not state.stopping:
        return state.programme[0].start
    return None


def _requested(state: OnAir, item: Item, now: datetime, fade_s: float) -> tuple[OnAir, tuple[Order, ...]]:
    if state.stopping and item.air_class is not AirClass.EVACUATION:
        return state, (Refuse(item, "the broadcast is closing"),)
    match verdict(state.current.air_class if state.current else None, item.air_class):
        case Verdict.START:
            return _play(state, item, 0.0)
        case Verdict.BREAK_IN:
            return _play(state, item, fade_s)
        case Verdict.LAY_OVER:
            return state, (LayOver(item),)
        case Verdict.FOLLOW | Verdict.HOLD:
            return _joined(replace(state, waiting=_queued(state.waiting, item)), now)
        case Verdict.REFUSE:
            return state, (Refuse(item, Verdict.REFUSE.value),)


def _over(state: OnAir, key: str, now: datetime) -> tuple[OnAir, tuple[Order, ...]]:
    if state.follower is not None and state.follower.key == key:  # it never sounded: it could not be decoded
        return _joined(replace(_taken(state, key), follower=None), now)
    if state.current is None or state.current.key != key:
        return state, ()
    ended = replace(_taken(state, key), current=None, began=None)
    return (ended, ()) if ended.follower is not None else _from_silence(ended, now)


def _reset(state: OnAir, now: datetime) -> tuple[OnAir, tuple[Order, ...]]:
    if state.current is None or state.current.air_class is not AirClass.EVACUATION:
        return state, ()
    last_round = replace(state, current=replace(state.current, repeats=False), follower=None)
    resumed, orders = _joined(last_round, now)
    return resumed, (Fade(RESET_FADE_S), *orders)


def _next_song(state: OnAir, now: datetime) -> tuple[OnAir, tuple[Order, ...]]:
    if state.current is None or state.current.air_class is not AirClass.MUSIC or state.stopping:
        return state, ()
    following = _next_up(state, now)
    return (state, ()) if following is None else _play(state, following, SKIP_FADE_S)


def _stop(state: OnAir) -> tuple[OnAir, tuple[Order, ...]]:
    stopping = replace(state, stopping=True, follower=None, waiting=(), programme=())
    if state.current is None:
        return stopping, ()
    stopping = replace(stopping, current=replace(state.current, repeats=False))
    if state.current.air_class is AirClass.MUSIC:
        return stopping, (Fade(STOP_FADE_S),)
    return stopping, (Follow(None),)


def _play(state: OnAir, item: Item, over_s: float) -> tuple[OnAir, tuple[Order, ...]]:
    """Tell the mixer to start an item; it counts as current from now on, so that nothing else starts meanwhile."""
    told = replace(_taken(state, item.key), current=item, began=None, follower=None)
    return told, (Play(item, over_s),)


def _from_silence(state: OnAir, now: datetime) -> tuple[OnAir, tuple[Order, ...]]:
    following = _next_up(state, now)
    return (state, ()) if following is None else _play(state, following, 0.0)


def _joined(state: OnAir, now: datetime, *, anew: bool = False) -> tuple[OnAir, tuple[Order, ...]]:
    """Tell the mixer what follows, if that changed (or `anew`: it has forgotten)."""
    if state.current is None:
        return _from_silence(state, now) if state.follower is None else (state, ())
    following = _next_up(state, now)
    if following == state.follower and not anew:
        return state, ()
    if state.follower is not None and following is not None and _same_sound(state.follower, following):
        return state, ()
    return replace(state, follower=following), (Follow(following),)


def _same_sound(one: Item, other: Item) -> bool:
    return one.key == other.key and one.parts == other.parts and one.fade_out_s == other.fade_out_s


def _next_up(state: OnAir, now: datetime) -> Item | None:
    """Who goes on the air next: the evacuation's next round, a request, the programme; None for silence."""
    if state.stopping:
        return None
    if state.current is not None and state.current.repeats:
        return _next_round(state.current)
    if state.waiting:
        return state.waiting[0]
    if not state.programme:
        return None
    first = state.programme[0]
    if state.current is None:
        return first if first.start <= now else None
    return first if first.start <= _later(state.expected_end(now), HOLE_S) else None


def _next_round(item: Item) -> Item:
    stem, _, number = item.key.partition("#")
    return replace(item, key=f"{stem}#{int(number or 1) + 1}", start=item.end, end=_later(item.end, item.duration_s))


def _queued(waiting: tuple[Item, ...], item: Item) -> tuple[Item, ...]:
    return tuple(sorted((*waiting, item), key=lambda one: PRECEDENCE.index(one.air_class)))


def _taken(state: OnAir, key: str) -> OnAir:
    """Requests and programme once an item has had its turn; what the programme had before it is passed over."""
    place = next((place for place, item in enumerate(state.programme) if item.key == key), None)
    programme = state.programme if place is None else state.programme[place + 1 :]
    return replace(state, waiting=tuple(item for item in state.waiting if item.key != key), programme=programme)


def _later(moment: datetime, seconds: float) -> datetime:
    """Elapsed time later, whatever the zone's clock does in between."""
    return datetime.fromtimestamp(moment.timestamp() + seconds, tz=moment.tzinfo)
