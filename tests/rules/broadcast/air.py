"""Brings the air of the store into a state, for the tests of what may interrupt what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.on_air import Began, Event, OnAir, Order, step
from kiosk.rules.broadcast.programme import Item
from tests.rules.broadcast.studio import item, moment

TEN = moment("10:00")


def music(name: str, start: datetime = TEN, duration_s: float = 200.0) -> Item:
    return item(name, AirClass.MUSIC, start, duration_s)


def routine(name: str, start: datetime = TEN, duration_s: float = 20.0, *, operator: str | None = None) -> Item:
    return item(name, AirClass.ROUTINE, start, duration_s, operator=operator)


def urgent(name: str = "lost-child", start: datetime = TEN) -> Item:
    return item(name, AirClass.URGENT, start, 15.0, operator="desk")


def evacuation(start: datetime = TEN, *, operator: str = "desk") -> Item:
    return item("evacuation", AirClass.EVACUATION, start, 30.0, operator=operator)


def microphone(start: datetime = TEN) -> Item:
    return item("microphone", AirClass.MICROPHONE, start, 60.0, operator="desk")


def programme(*names_and_lengths: tuple[str, float], begin: datetime = TEN) -> tuple[Item, ...]:
    """Songs one after another; those whose name begins with "promo" are announcements."""
    items = []
    for name, duration_s in names_and_lengths:
        make = routine if name.startswith("promo") else music
        items.append(make(name, begin, duration_s))
        begin = items[-1].end
    return tuple(items)


def after(state: OnAir, events: Iterable[tuple[Event, datetime]]) -> tuple[OnAir, list[Order]]:
    """The state after several events, and all that the mixer was told."""
    told: list[Order] = []
    for event, now in events:
        state, orders = step(state, event, now)
        told += orders
    return state, told


def playing(*items: Item, waiting: tuple[Item, ...] = ()) -> OnAir:
    """The first item sounds since its planned start, the next one is joined, the others are the programme."""
    first, *rest = items
    state, _ = step(OnAir(programme=items, waiting=waiting), Began(first, first.start), first.start)
    assert state.programme == tuple(rest)
    return state
