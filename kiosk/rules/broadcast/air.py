"""What the broadcast desk knows about the air: what sounds, what waits, what was told to the mixer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.programme import Item
from kiosk.rules.broadcast.rounds import later

STALE_S = 300.0  # what should have been over longer ago (an evacuation lay between) is passed over


@dataclass(frozen=True, slots=True)
class OnAir:
    """What the broadcast desk knows about the air.

    current: what sounds, or was told to sound at once. began: when its first sample went out, None until then.
    follower: what the mixer was told to join to it. waiting: requests. programme: planned items not yet begun.
    over: a microphone laid over the music. called_off: the last evacuations that were reset or replaced, by the stems
    of their keys; the mixer may have begun a round of one that the desk hears of later. beside: what speaks in some
    zones beside the line, or was told to at once; beside_began as `began`. beside_next: told to begin with a song.
    """

    current: Item | None = None
    began: datetime | None = None
    follower: Item | None = None
    waiting: tuple[Item, ...] = ()
    programme: tuple[Item, ...] = ()
    stopping: bool = False
    over: Item | None = None
    called_off: tuple[str, ...] = ()
    beside: Item | None = None
    beside_began: datetime | None = None
    beside_next: Item | None = None

    @property
    def sounding(self) -> Item | None:
        """What counts as on the air: between two items it is the follower, which the mixer may have begun already."""
        return self.current or self.follower

    def expected_end(self, now: datetime) -> datetime:
        """When what sounds will be over, were nothing to interrupt it; `now` if nothing sounds."""
        if self.current is None:
            return now
        return later(self.began or now, self.current.duration_s)


def known(state: OnAir, key: str) -> bool:
    """Whether the item sounds or waits already: the mixer missed an order that was not needed."""
    sounds = state.current is not None and state.began is not None and state.current.key == key
    speaks = state.beside is not None and state.beside_began is not None and state.beside.key == key
    return sounds or speaks or any(item.key == key for item in state.waiting)


def in_its_way(state: OnAir, incoming: Item) -> AirClass | None:
    """What an item has to reckon with: a microphone laid over the music, but music runs on under it."""
    if state.over is not None and incoming.air_class is not AirClass.MUSIC:
        return state.over.air_class
    evacuates = state.sounding is not None and state.sounding.air_class is AirClass.EVACUATION
    if state.beside is not None and incoming.air_class is not AirClass.MUSIC and not evacuates:
        return state.beside.air_class
    return state.sounding.air_class if state.sounding is not None else None


def fresh(state: OnAir, now: datetime) -> Iterator[Item]:
    """What the programme still has to offer once what sounds is over."""
    return not_stale(state, ends_s(state, now))


def not_stale(state: OnAir, end_s: float) -> Iterator[Item]:
    """The same, where it is known when that is. POSIX seconds."""
    return (item for item in state.programme if posix_s(item.end) > end_s - STALE_S)


def ends_s(state: OnAir, now: datetime) -> float:
    """OnAir.expected_end in POSIX seconds: asked for at every step."""
    return posix_s(now) if state.current is None else posix_s(state.began or now) + state.current.duration_s


def posix_s(moment: datetime) -> float:
    """Moments are compared as POSIX seconds: datetimes of one zone ignore which of two repeated hours is meant."""
    return moment.timestamp()
