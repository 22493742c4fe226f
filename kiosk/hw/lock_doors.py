"""Door sensors made believable: bounce and interference change nothing, a wire that chatters tells nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kiosk.ports.lockers import DoorRead, Reading
from kiosk.units import LockerId

AGREEING = 2  # readings in a row before a door counts as moved: one alone may be interference or a damaged frame
CHATTER_S = 2.0
MOST_MOVES = 8  # of the raw reading within CHATTER_S: nobody opens and shuts a door four times in two seconds


@dataclass(frozen=True, slots=True)
class Sense:
    """What is known of one sensor. told: what was posted last. raw, agreeing: the newest reading, how often in a row.

    moves: when the raw reading changed lately, the newest last. chatters: too often; it lasts until it is quiet.
    """

    told: Reading = Reading.UNKNOWN
    raw: Reading = Reading.UNKNOWN
    agreeing: int = 0
    moves: tuple[float, ...] = ()
    chatters: bool = False


def after(sense: Sense, reading: Reading, mono_s: float) -> Sense:
    """The sensor after one more reading: `told` is what a door counts as from now on."""
    if reading is sense.raw:
        sense = replace(sense, agreeing=min(sense.agreeing + 1, AGREEING))
    else:
        moves = sense.moves if Reading.UNKNOWN in (reading, sense.raw) else (*sense.moves, mono_s)
        sense = replace(sense, raw=reading, agreeing=1, moves=moves[-MOST_MOVES - 1 :])
    recent = tuple(at_s for at_s in sense.moves if mono_s - at_s < CHATTER_S)
    chatters = len(recent) > MOST_MOVES or (sense.chatters and bool(recent))
    sense = replace(sense, moves=recent, chatters=chatters)
    if chatters or reading is Reading.UNKNOWN:
        return replace(sense, told=Reading.UNKNOWN)
    return replace(sense, told=reading) if sense.agreeing >= AGREEING else sense


class Doors:
    """The sensors of one driver: raw readings in, DoorRead out. Not safe for threads: its driver holds a lock."""

    def __init__(self, lockers: Iterable[LockerId]) -> None:
        self._senses = dict.fromkeys(lockers, Sense())

    def feed(self, locker: LockerId, reading: Reading, mono_s: float) -> tuple[DoorRead, ...]:
        """What to post after a reading: nothing, or that the door counts as moved."""
        before = self._senses[locker]
        self._senses[locker] = now = after(before, reading, mono_s)
        return () if now.told is before.told else (DoorRead(locker, now.told, mono_s),)

    def settled(self, locker: LockerId) -> bool:
        """Whether another reading could only repeat what was told."""
        sense = self._senses[locker]
        return sense.told is sense.raw

    def lose(self, lockers: Iterable[LockerId], mono_s: float) -> tuple[DoorRead, ...]:
        """What to post when nobody reads these doors any more."""
        return tuple(told for locker in lockers for told in self.feed(locker, Reading.UNKNOWN, mono_s))

    def told(self, mono_s: float) -> tuple[DoorRead, ...]:
        """Every door as it stands."""
        return tuple(DoorRead(locker, sense.told, mono_s) for locker, sense in self._senses.items())
