"""Words that were heard in part say nothing: once the sound output is back they start over, also beside the line."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from kiosk.rules.broadcast.air import OnAir
from kiosk.rules.broadcast.air_events import Again
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.programme import Item, Kind
from kiosk.rules.broadcast.rounds import round_of
from kiosk.units import ZoneId

AGAIN = "+again"  # ends the key of an announcement that starts over
MOST = 3  # so often an announcement starts over; then it is read to its end, whatever the output does
SPOKEN = (AirClass.ROUTINE, AirClass.URGENT, AirClass.MICROPHONE)


def started_over(state: OnAir, away: Collection[ZoneId]) -> tuple[OnAir, tuple[Again, ...]]:
    """What sounds starts again from its beginning where somebody missed a part; songs and live talks go on.

    away: the zones whose output was, none for all of them.
    """
    line, beside = state.current, state.beside
    orders: list[Again] = []
    if line is not None and state.began is not None and _is_missed(line, away):
        again = replace(line, key=_anew(line))
        state = replace(state, current=again, began=None, follower=None)
        orders.append(Again(again, line.key))
    evacuates = line is not None and line.air_class is AirClass.EVACUATION
    if beside is not None and state.beside_began is not None and not evacuates and _is_missed(beside, away):
        again = replace(beside, key=_anew(beside))
        state = replace(state, beside=again, beside_began=None)
        orders.append(Again(again, beside.key))
    return state, tuple(orders)


def silences(away: Collection[ZoneId], zones: Collection[ZoneId]) -> bool:
    """Whether nobody at all hears what is for those zones while those outputs are away; none names all of them."""
    return not away or (bool(zones) and set(zones) <= set(away))


def _is_missed(item: Item, away: Collection[ZoneId]) -> bool:
    if item.kind is Kind.TALK or (item.air_class not in SPOKEN and not item.repeats):
        return False
    if item.air_class is not AirClass.EVACUATION and item.key.count(AGAIN) >= MOST:
        return False
    return not away or not item.zones or not set(away).isdisjoint(item.zones)


def _anew(item: Item) -> str:
    stem, number = round_of(item.key)
    return f"{stem}#{number + 1}" if item.air_class is AirClass.EVACUATION else f"{item.key}{AGAIN}"
