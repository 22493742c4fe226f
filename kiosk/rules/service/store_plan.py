"""The store as a map knows it: floors, areas, counters, what is sold where, and where the screen itself hangs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import Enum
from math import atan2, degrees, hypot

from kiosk.units import LANGUAGES, Language

Point = tuple[float, float]  # metres, to the right and down from the upper left corner of the plan
Words = Mapping[Language, str]

BESIDE_M = 14.0  # farther away, nobody would say "beside"
AROUND_M = 8.0  # nearer than that it is here


class Kind(Enum):
    """What can be looked for; the values are what flows and events say."""

    GOODS = "goods"
    BRAND = "brands"
    FACILITY = "facilities"
    AREA = "areas"


class Side(Enum):
    """Which way it is for somebody who faces the screen; the values are what translations know."""

    AHEAD = "behind the screen"
    RIGHT = "right"
    BACK = "back"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Corridor:
    """Where one walks: the middle of it, and how wide it is, metres."""

    line: tuple[Point, ...]
    width_m: float = 4.0


@dataclass(frozen=True, slots=True)
class Floor:
    """label: as lifts show it ("1F"). outline: its walls, metres. corridors: those that the site has drawn."""

    id: str
    label: str
    name: Words
    outline: tuple[Point, ...]
    corridors: tuple[Corridor, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a floor, as a polygon. tone: of the theme's colours."""

    id: str
    floor: str
    name: Words
    shape: tuple[Point, ...]
    tone: str = "plain"

    @property
    def middle(self) -> Point:
        """Its centre, about: of the box around it."""
        xs, ys = [x for x, _ in self.shape], [y for _, y in self.shape]
        return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


@dataclass(frozen=True, eq=False, slots=True)
class Entry:
    """Something that shoppers ask for. area: where it is, "" for a place of its own. at: metres, on `floor`.

    also: other words for it, in any language. spelled: each Chinese name with the syllables of its characters, made
    beforehand, so that nobody needs a dictionary when it is looked for. near: how staff would say it, {} for nothing.
    counter: what stands on its sign, "" for none. hours: its own, None: the store's. landmark: others are told by it.
    """

    id: str
    kind: Kind
    name: Words
    floor: str
    at: Point
    area: str = ""
    also: tuple[str, ...] = ()
    spelled: tuple[tuple[str, tuple[str, ...]], ...] = ()
    near: Words = field(default_factory=dict)
    counter: str = ""
    hours: tuple[time, time] | None = None
    icon: str = ""
    landmark: bool = False


@dataclass(frozen=True, slots=True)
class Here:
    """Where the screen hangs, and to which side of the plan somebody looks who reads it: 0 up, 90 right, 180, 270."""

    floor: str
    at: Point
    facing: int = 0


@dataclass(frozen=True, eq=False, slots=True)
class StoreGuide:
    """Everything that can be found. One object for as long as the role runs: it is compared as such, never in full."""

    floors: tuple[Floor, ...]
    areas: tuple[Area, ...]
    entries: tuple[Entry, ...]
    here: Here

    def floor(self, id: str) -> Floor:
        return next(one for one in self.floors if one.id == id)

    def entry(self, id: str) -> Entry | None:
        return next((one for one in self.entries if one.id == id), None)

    def area(self, id: str) -> Area | None:
        return next((one for one in self.areas if one.id == id), None)

    def of(self, kind: Kind) -> Iterator[Entry]:
        return (one for one in self.entries if one.kind is kind)

    def on(self, floor: str) -> Iterator[Entry]:
        return (one for one in self.entries if one.floor == floor)

    def beside(self, entry: Entry) -> Entry | None:
        """The landmark that it is told by: the nearest on its floor, None where none is near."""
        others = [one for one in self.on(entry.floor) if one.landmark and one.id != entry.id]
        nearest = min(others, key=lambda one: _far(one.at, entry.at), default=None)
        return nearest if nearest is not None and _far(nearest.at, entry.at) <= BESIDE_M else None

    def way_up(self, entry: Entry) -> Entry | None:
        """The landmark of this floor that leads to other floors, the nearest; None for what is on this floor."""
        if entry.floor == self.here.floor:
            return None
        ways = [one for one in self.on(self.here.floor) if one.icon in LEADS_UP]
        return min(ways, key=lambda one: _far(one.at, self.here.at), default=None)

    def distance_m(self, at: Point) -> float:
        """As the crow flies, from here."""
        return _far(at, self.here.at)

    def far(self, entry: Entry) -> tuple[bool, float]:
        """For sorting by nearness: this floor first."""
        return entry.floor != self.here.floor, self.distance_m(entry.at)

    def side(self, at: Point) -> Side | None:
        """Which way it is from here, None for right here. Who faces the screen has the store at the back: AHEAD lies
        behind the screen."""
        x, y = at[0] - self.here.at[0], at[1] - self.here.at[1]
        if hypot(x, y) < AROUND_M:
            return None
        turned = (degrees(atan2(x, -y)) - self.here.facing) % 360.0
        return tuple(Side)[round(turned / 90.0) % 4]


LEADS_UP = ("escalator", "elevator", "stairs")


def _far(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def said(words: Words, language: Language) -> str:
    """In a language, or in the first that there is."""
    return words.get(language) or next((words[one] for one in LANGUAGES if words.get(one)), "")


def turned(at: Point, size: Point, facing: int) -> Point:
    """A point of a plan of that size, as the plan is seen with what one faces at the top."""
    x, y = at
    width, height = size
    match facing % 360:
        case 90:
            return y, width - x
        case 180:
            return width - x, height - y
        case 270:
            return height - y, x
        case _:
            return x, y


def size_of(floor: Floor) -> Point:
    """How far its plan reaches, metres, from the corner that every floor shares."""
    return max(x for x, _ in floor.outline), max(y for _, y in floor.outline)
