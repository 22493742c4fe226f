"""The way through the store along its corridors, as far as the site has drawn them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from heapq import heappop, heappush
from itertools import pairwise
from math import hypot

from kiosk.rules.service.store_plan import LEADS_UP, Corridor, Entry, Point, StoreGuide

MEET_M = 0.6  # lines that were drawn so near meet
ASIDE_M = 6.0  # a room is entered from any corridor that is not much farther from its middle than the nearest
Leg = tuple[Point, Point]


@lru_cache(maxsize=8)
def way_to(guide: StoreGuide, entry: Entry) -> tuple[Point, ...]:
    """On the floor of what is looked for: from the screen, or from where one arrives; () where no corridor leads."""
    here, floor = guide.here, guide.floor(entry.floor)
    if entry.floor == here.floor:
        return through(floor.corridors, here.at, entry.at)
    taken = guide.way_up(entry)
    if taken is None:
        return ()
    arrivals = [one for one in guide.on(floor.id) if one.icon in LEADS_UP and one.icon == taken.icon]
    nearest = min(arrivals, key=lambda one: _far(one.at, taken.at), default=None)
    return () if nearest is None else through(floor.corridors, nearest.at, entry.at)


def length_m(way: Sequence[Point]) -> float:
    """How far one walks."""
    return sum(_far(one, other) for one, other in pairwise(way))


def through(corridors: Iterable[Corridor], start: Point, goal: Point) -> tuple[Point, ...]:
    """The shortest way from one place to another along corridors; () where they do not meet."""
    legs = [leg for corridor in corridors for leg in pairwise(corridor.line)]
    if not legs:
        return ()
    nearest_m = min(_far(_foot(leg, goal), goal) for leg in legs)
    ways_in: dict[Point, float] = {}
    on = min((_foot(leg, start) for leg in legs), key=lambda spot: _far(spot, start))
    places: list[set[Point]] = [{one, other} for one, other in legs]
    for at, leg in enumerate(legs):
        off = _foot(leg, goal)
        places[at].add(off)
        if (aside_m := _far(off, goal)) == nearest_m or (aside_m <= nearest_m + ASIDE_M and off not in leg):
            ways_in[off] = aside_m
        if _foot(leg, on) == on:
            places[at].add(on)
        for to, other in enumerate(legs):
            if to != at and (met := _meeting(leg, other)) is not None:
                places[at].add(met)
                places[to].add(met)
    steps: dict[Point, set[Point]] = {}
    for leg, marks in zip(legs, places, strict=True):
        for spot, behind in pairwise(_in_order(leg, marks)):
            steps.setdefault(spot, set()).add(behind)
            steps.setdefault(behind, set()).add(spot)
    found = _shortest(steps, on, ways_in)
    return _straightened((start, *found, goal)) if found else ()


def _shortest(steps: dict[Point, set[Point]], start: Point, ways_in: dict[Point, float]) -> tuple[Point, ...]:
    """Dijkstra's way. ways_in: where the corridors are left, and how far it is from there."""
    heap: list[tuple[float, bool, tuple[Point, ...]]] = [(0.0, False, (start,))]
    done: set[Point] = set()
    while heap:
        far, there, way = heappop(heap)
        if there:
            return way
        if way[-1] in done:
            continue
        done.add(way[-1])
        if way[-1] in ways_in:
            heappush(heap, (far + ways_in[way[-1]], True, way))
        for other in steps.get(way[-1], ()):
            if other not in done:
                heappush(heap, (far + _far(way[-1], other), False, (*way, other)))
    return ()


def _in_order(leg: Leg, marks: Iterable[Point]) -> list[Point]:
    return sorted(marks, key=lambda spot: _far(spot, leg[0]))


def _straightened(way: tuple[Point, ...]) -> tuple[Point, ...]:
    """Without the places at which it does not turn."""
    kept = [way[0]]
    for before, spot in pairwise(way[1:]):
        if _far(_foot((kept[-1], spot), before), before) > 0.05 and _far(before, kept[-1]) > 0.05:
            kept.append(before)
    return (*kept, way[-1])


def _foot(leg: Leg, at: Point) -> Point:
    """The place on a leg that is nearest to another."""
    (x, y), (to_x, to_y) = leg
    across, down = to_x - x, to_y - y
    square = across * across + down * down
    part = max(0.0, min(1.0, ((at[0] - x) * across + (at[1] - y) * down) / square)) if square else 0.0
    return round(x + part * across, 3), round(y + part * down, 3)


def _meeting(one: Leg, other: Leg) -> Point | None:
    """Where two legs cross, or an end of one touches the other."""
    (ax, ay), (bx, by) = one
    (cx, cy), (dx, dy) = other
    turn = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
    if turn:
        part = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / turn
        along = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / turn
        if 0.0 <= part <= 1.0 and 0.0 <= along <= 1.0:
            return round(ax + part * (bx - ax), 3), round(ay + part * (by - ay), 3)
    near = [end for end in other if _far(_foot(one, end), end) <= MEET_M]
    return near[0] if near else None


def _far(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])
