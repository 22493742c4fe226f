"""Announcements for some zones, beside the line: while they speak, the songs go on everywhere else (B08, B15).

The line is the store's one sequence of songs. A routine announcement for some zones begins with a song: in its zones
the song before it has ended, and the one that begins is not heard there until the announcement is over; then it comes
in softly. So no song is cut by it anywhere, and it takes no time from the line. An urgent one fades the song in its
zones only, at once. One such announcement sounds at a time, and none beside one for the whole store. An evacuation is
for everybody always: fire does not keep to zones, and whoever is told last leaves last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kiosk.rules.broadcast.material import AirClass, Announcement
from kiosk.rules.broadcast.programme import Item


def is_beside(item: Item | Announcement) -> bool:
    """Whether it sounds beside the line rather than on it."""
    return bool(item.zones) and item.air_class in (AirClass.ROUTINE, AirClass.URGENT)


def for_the_line(items: Iterable[Item], beside: Item | None) -> Iterator[Item]:
    """Those that may take the line: while something speaks beside it, songs only."""
    return (item for item in items if not is_beside(item) and (beside is None or item.air_class is AirClass.MUSIC))


def due_with_the_next_song(waiting: Iterable[Item], programme: Iterable[Item]) -> Item | None:
    """Who is to speak beside the next song: whoever waits, else what the programme has before that song."""
    for item in waiting:
        if is_beside(item):
            return item
    for item in programme:
        if is_beside(item):
            return item
        if item.air_class is AirClass.MUSIC:
            break
    return None


def passed_over(programme: Iterable[Item], key: str, beside: Item | None) -> tuple[Item, ...]:
    """What the programme has before an item that begins and is not to be lost: it could not begin before it."""
    before: list[Item] = []
    for item in programme:
        if item.key == key:
            return tuple(before)
        if is_beside(item) or (beside is not None and item.air_class is not AirClass.MUSIC):
            before.append(item)
    return ()


def without(items: Iterable[Item], key: str) -> tuple[Item, ...]:
    """All but the one of that key."""
    return tuple(item for item in items if item.key != key)
