"""The state machine round the table: what sounds, what waits, what follows; every event yields the orders to the mixer.

A refusal or an event that concerns nobody changes nothing. The desk feeds events in and carries the orders out.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import chain

from kiosk.rules.broadcast.air import OnAir, ends_s, fresh, in_its_way, known, not_stale, posix_s
from kiosk.rules.broadcast.air_events import (
    Again,
    Began,
    BesideNext,
    Event,
    Fade,
    Follow,
    LayBeside,
    LayOver,
    NextSong,
    Order,
    OutputBack,
    Over,
    Play,
    Refuse,
    Replanned,
    Requested,
    Reset,
    Stop,
    Withdrawn,
    Woke,
)
from kiosk.rules.broadcast.beside import due_with_the_next_song, for_the_line, is_beside, passed_over, without
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.playout import PRECEDENCE, Verdict, verdict
from kiosk.rules.broadcast.programme import Item
from kiosk.rules.broadcast.rounds import next_round as _next_round
from kiosk.rules.broadcast.rounds import round_of as _round
from kiosk.rules.broadcast.starting_over import AGAIN, SPOKEN, started_over

__all__ = [
    "Again",
    "Began",
    "BesideNext",
    "Event",
    "Fade",
    "Follow",
    "LayBeside",
    "LayOver",
    "NextSong",
    "OnAir",
    "Order",
    "OutputBack",
    "Over",
    "Play",
    "Refuse",
    "Replanned",
    "Requested",
    "Reset",
    "Stop",
    "Withdrawn",
    "Woke",
    "next_wake",
    "step",
]

STOP_FADE_S = 3.0
RESET_FADE_S = 0.5
SKIP_FADE_S = 2.0
HOLE_S = 60.0  # a planned pause longer than this is a closed store, not a late song
REMEMBERED = 8  # evacuations that are over; the mixer is never more than a few reports ahead
STOPPING = "the broadcast is closing"


def step(state: OnAir, event: Event, now: datetime, *, break_in_fade_s: float = 0.3) -> tuple[OnAir, tuple[Order, ...]]:
    """What an event makes of the air, and what the mixer is to be told."""
    line, orders = _line_after(state, event, now, break_in_fade_s)
    after, beside = _beside_the_line(line, now)
    return after, (*orders, *beside)


def _line_after(state: OnAir, event: Event, now: datetime, break_in_fade_s: float) -> tuple[OnAir, tuple[Order, ...]]:
    match event:
        case Requested(item):
            return _requested(state, item, now, break_in_fade_s)
        case Withdrawn(key):
            left = without(state.waiting, key)
            return (state, ()) if left == state.waiting else _joined(replace(state, waiting=left), now)
        case Began():
            return _began(state, event, now, break_in_fade_s)
        case Over(key):
            return _over(state, key, now, break_in_fade_s)
        case Replanned(programme):
            told = replace(state, programme=programme)
            return _joined(told if state.current is None else _taken(told, state.current.key), now)
        case Woke():
            return _from_silence(state, now) if state.sounding is None else (state, ())
        case Reset():
            return _reset(state, now)
        case NextSong():
            return _next_song(state, now)
        case Stop():
            return _stop(state)
        case OutputBack(zones):
            return started_over(state, zones)


def next_wake(state: OnAir) -> datetime | None:
    """When `Woke` is needed: the start of the next planned item if nothing sounds until then."""
    if state.sounding is None and state.programme and not state.stopping:
        return state.programme[0].start
    return None


def _requested(state: OnAir, item: Item, now: datetime, fade_s: float) -> tuple[OnAir, tuple[Order, ...]]:
    if state.beside is not None and state.beside.key == item.key and state.beside_began is None:
        state = replace(state, beside=None)  # the mixer missed that order
    if state.over is not None and state.over.key == item.key:
        state = replace(state, over=None)  # the mixer missed it: an announcement was faster
    if state.stopping and item.air_class is not AirClass.EVACUATION:
        return state, (Refuse(item, STOPPING),)
    if known(state, item.key) or (item.repeats and _round(item.key)[0] in state.called_off):
        return state, ()  # a round of an evacuation that is over was missed
    match verdict(in_its_way(state, item), item.air_class):
        case Verdict.START:
            return _start(state, item, 0.0, now)
        case Verdict.BREAK_IN:
            return _start(state, item, fade_s, now)
        case Verdict.LAY_OVER:
            return _laid_over(state, item, now)
        case Verdict.FOLLOW | Verdict.HOLD:
            return _joined(replace(state, waiting=_queued(*state.waiting, item)), now)
        case Verdict.REFUSE:
            return state, (Refuse(item, Verdict.REFUSE.value),)


def _began(state: OnAir, report: Began, now: datetime, fade_s: float) -> tuple[OnAir, tuple[Order, ...]]:
    item = report.item
    if state.over is not None and state.over.key == item.key:
        return state, ()
    if is_beside(item):
        return _joined(_speaks_beside(state, item, report.at), now)
    if item.repeats and _round(item.key)[0] in state.called_off:
        item = replace(item, repeats=False)
    left = passed_over(fresh(state, now), item.key, state.beside)
    heard = _taken(replace(state, waiting=_queued(*state.waiting, *left)) if left else state, item.key)
    told = state.current if state.began is None else None
    # The mixer may begin an item before it gets the order to start another, which then cuts it or is missed.
    # One that is to start over cuts nobody: what began did so behind its end, and it goes to the queue.
    cut = item.air_class is AirClass.MUSIC or (told is not None and told.air_class is AirClass.EVACUATION)
    if told is not None and told.key != item.key:
        if cut and not told.key.endswith(AGAIN):
            return heard, ()
        if told.air_class in SPOKEN:
            heard = replace(heard, waiting=_queued(told, *heard.waiting))
    begun = replace(heard, current=item, began=report.at, follower=None)
    if state.stopping and not item.repeats:
        last = None if state.follower is None or state.follower.key == item.key else state.follower
        fade = (Fade(STOP_FADE_S),) if item.air_class is AirClass.MUSIC else ()
        return replace(begun, follower=last), (*fade, Follow(last))
    return _broken_into(begun, now, fade_s) or _joined(begun, now, anew=True)


def _laid_over(state: OnAir, item: Item, now: datetime) -> tuple[OnAir, tuple[Order, ...]]:
    under, orders = _joined(replace(state, over=item, waiting=without(state.waiting, item.key)), now)
    return under, (LayOver(item), *orders)


def _broken_into(state: OnAir, now: datetime, fade_s: float) -> tuple[OnAir, tuple[Order, ...]] | None:
    """What waited while it had to and needs to wait no longer, now that a song is on: an emergency."""
    first = next(iter(state.waiting), None)
    if first is None or verdict(in_its_way(state, first), first.air_class) is not Verdict.BREAK_IN:
        return None
    return _start(state, first, fade_s, now)


def _spoken_over(state: OnAir, now: datetime) -> tuple[OnAir, tuple[Order, ...]] | None:
    """Who waited with a microphone until nobody spoke beside the song that is on."""
    first = next(iter(state.waiting), None)
    if first is None or verdict(in_its_way(state, first), first.air_class) is not Verdict.LAY_OVER:
        return None
    return _laid_over(state, first, now)


def _start(state: OnAir, item: Item, over_s: float, now: datetime) -> tuple[OnAir, tuple[Order, ...]]:
    """At once, on the line or beside it."""
    if not is_beside(item):
        return _play(state, item, over_s)
    told, orders = _joined(_speaks_beside(state, item, None), now)
    return told, (LayBeside(item, over_s), *orders)


def _speaks_beside(state: OnAir, item: Item, began: datetime | None) -> OnAir:
    """With an item beside the line, which has its turn now; it takes nothing else's."""
    following = state.beside_next
    return replace(
        state,
        beside=item,
        beside_began=began,
        beside_next=None if following is not None and following.key == item.key else following,
        waiting=without(state.waiting, item.key),
        programme=without(state.programme, item.key),
    )


def _beside_the_line(state: OnAir, now: datetime) -> tuple[OnAir, tuple[Order, ...]]:
    """Who is to speak beside the next song is told ahead, so that it begins at the same sample; in silence, at once."""
    if state.sounding is not None and state.sounding.air_class is AirClass.EVACUATION:
        return state, ()
    due = None if state.stopping else due_with_the_next_song(state.waiting, fresh(state, now))
    if due is not None and (state.sounding, state.beside, state.over) == (None, None, None):
        if due in state.waiting or posix_s(due.start) <= posix_s(now):
            return _speaks_beside(state, due, None), (LayBeside(due),)
        return state, ()
    if due == state.beside_next:
        return state, ()
    return replace(state, beside_next=due), (BesideNext(due),)


def _over(state: OnAir, key: str, now: datetime, fade_s: float) -> tuple[OnAir, tuple[Order, ...]]:
    if state.over is not None and state.over.key == key:
        lifted = replace(state, over=None)
        return _broken_into(lifted, now, fade_s) or _joined(lifted, now)
    if state.beside is not None and state.beside.key == key:
        lifted = replace(state, beside=None, beside_began=None)
        return _broken_into(lifted, now, fade_s) or _spoken_over(lifted, now) or _joined(lifted, now)
    if state.beside_next is not None and state.beside_next.key == key:  # it could not be decoded
        given_up = replace(state, beside_next=None, waiting=without(state.waiting, key))
        return replace(given_up, programme=without(state.programme, key)), ()
    if state.follower is not None and state.follower.key == key:  # it never sounded: it could not be decoded
        return _joined(replace(_taken(state, key), follower=None), now, anew=True)
    if state.current is None or state.current.key != key:
        return state, ()
    ended = replace(state, current=None, began=None)  # it was taken when it began
    return (ended, ()) if ended.follower is not None else _from_silence(ended, now)


def _reset(state: OnAir, now: datetime) -> tuple[OnAir, tuple[Order, ...]]:
    if state.sounding is None or state.sounding.air_class is not AirClass.EVACUATION:
        return state, ()
    called_off = replace(_faded(state), follower=None, called_off=_called_off(state))
    last = state.follower if state.stopping and state.follower and state.follower.air_class in SPOKEN else None
    following = last or _next_up(called_off, now)
    follow = () if following is None else (Follow(following),)
    return replace(called_off, follower=following), (Fade(RESET_FADE_S), *follow)


def _next_song(state: OnAir, now: datetime) -> tuple[OnAir, tuple[Order, ...]]:
    """The next song at once, ahead of an announcement that is not due yet; who waits goes before it."""
    if state.current is None or state.current.air_class is not AirClass.MUSIC or state.stopping:
        return state, ()
    following = _next_up(state, now)
    if following is None:
        return state, ()
    if following in state.waiting:
        return _play(state, following, SKIP_FADE_S)
    song = next((item for item in fresh(state, now) if item.air_class is AirClass.MUSIC), None)
    if song is None:
        return state, ()
    rest = tuple(item for item in state.programme if item is not song)
    # A key of its own: the mixer may have begun this very song as the follower, and will report the end of that.
    return _play(replace(state, programme=rest), replace(song, key=f"{song.key}+skip"), SKIP_FADE_S)


def _stop(state: OnAir) -> tuple[OnAir, tuple[Order, ...]]:
    last = None
    if state.current is None and state.follower is not None and state.follower.air_class is not AirClass.MUSIC:
        last = state.follower  # an announcement between two reports: it has begun, or is about to
    refused = tuple(Refuse(item, STOPPING) for item in state.waiting if item != last)
    current = None if state.current is None else replace(state.current, repeats=False)
    stopping = replace(
        state, current=current, stopping=True, follower=last, waiting=(), programme=(), called_off=_called_off(state)
    )
    if state.sounding is None or last is not None:
        return stopping, refused
    if state.sounding.air_class is AirClass.MUSIC:
        return _faded(stopping), (Fade(STOP_FADE_S), *refused)
    return stopping, (Follow(None), *refused)


def _faded(state: OnAir) -> OnAir:
    """What a fade is to end is not repeated; what the fade finds not begun yet, the mixer forgets without a report."""
    if state.current is None or state.began is None:
        return replace(state, current=None)
    return replace(state, current=replace(state.current, repeats=False))


def _play(state: OnAir, item: Item, over_s: float) -> tuple[OnAir, tuple[Order, ...]]:
    """Tell the mixer to start an item; it counts as current from now on, so that nothing else starts meanwhile."""
    told = _taken(state, item.key)
    if item.air_class is AirClass.EVACUATION and state.beside is not None and state.beside_began is None:
        told = replace(told, waiting=_queued(state.beside, *told.waiting), beside=None)  # it was not heard yet
    refused: tuple[Order, ...] = ()
    pending = state.current if state.began is None else None
    unheard = tuple(one for one in (pending, state.follower) if one is not None and one.air_class in SPOKEN)
    if state.stopping:  # an evacuation takes the place of the very last words
        refused = tuple(Refuse(one, STOPPING) for one in unheard)
    elif pending in unheard:
        told = replace(told, waiting=_queued(*(one for one in (pending, *told.waiting) if one is not None)))
    told = replace(told, current=item, began=None, follower=None, called_off=_called_off(state))
    return told, (Play(item, over_s), *refused)


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
    if state.current is not None and state.current.repeats:
        return _next_round(state.current)
    if state.stopping:
        return None
    end_s = ends_s(state, now)
    first = next(for_the_line(chain(state.waiting, not_stale(state, end_s)), state.beside), None)
    if first is None or (state.over is not None and first.air_class is not AirClass.MUSIC):
        return None
    if first in state.waiting:
        return first
    patience_s = 0.0 if state.current is None else HOLE_S
    return first if posix_s(first.start) <= end_s + patience_s else None


def _called_off(state: OnAir) -> tuple[str, ...]:
    """The evacuations that are over once what is on the air gives way."""
    if state.sounding is None or state.sounding.air_class is not AirClass.EVACUATION:
        return state.called_off
    return (*state.called_off, _round(state.sounding.key)[0])[-REMEMBERED:]


def _queued(*items: Item) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda one: PRECEDENCE.index(one.air_class)))


def _taken(state: OnAir, key: str) -> OnAir:
    """Requests and programme once an item has had its turn; what the programme had before it is passed over."""
    place = next((place for place, item in enumerate(state.programme) if item.key == key), None)
    programme = state.programme if place is None else state.programme[place + 1 :]
    return replace(state, waiting=tuple(item for item in state.waiting if item.key != key), programme=programme)
