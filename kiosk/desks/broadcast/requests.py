"""What people ask for, as items for the air, and when asking is in vain."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import datetime

from kiosk.rules.broadcast.material import AirClass, Announcement
from kiosk.rules.broadcast.on_air import OnAir
from kiosk.rules.broadcast.paging import PageRequest
from kiosk.rules.broadcast.programme import Item, Kind


def item_of(announcement: Announcement, kind: Kind, operator: str, now: datetime, taken: Container[str]) -> Item:
    """An announcement as somebody asked for it now. taken: keys of the day so far; two askings are two airings."""
    wanted = f"{announcement.id}@{now.isoformat(timespec='milliseconds')}/{operator}"
    key, number = wanted, 1
    while key in taken:
        number += 1
        key = f"{wanted}+{number}"
    return Item(
        key=key,
        kind=kind,
        id=announcement.id,
        air_class=announcement.air_class,
        parts=announcement.parts,
        part_names=announcement.part_names,
        start=now,
        end=datetime.fromtimestamp(now.timestamp() + announcement.duration_s, tz=now.tzinfo),
        zones=announcement.zones,
        repeats=announcement.air_class is AirClass.EVACUATION,
        operator=operator,
    )


def in_vain(item: Item, air: OnAir, held: Iterable[Item]) -> str:
    """Why a request changes nothing, "" if it does. held: what waits for the power to come on.

    Whoever presses twice wants it once: what waits already is not queued again, and an evacuation that repeats is not
    begun again.
    """
    if air.stopping and item.air_class is not AirClass.EVACUATION:
        return "the broadcast is closing"
    if any(_is_same(item, one) for one in (*air.waiting, *held)):
        return "it waits already"
    if air.current is not None and _is_same(item, air.current):
        if air.current.repeats:
            return "it is on the air until the reset"
        if air.began is None:
            return "it is about to begin"
    return ""


def _is_same(one: Item, other: Item) -> bool:
    return one.parts == other.parts and one.air_class is other.air_class and one.zones == other.zones


def whom(request: PageRequest) -> str:
    """Who is paged, as logs may say it: "guest-mr", without the name."""
    return f"{request.whom.value}-{request.title.value}"
