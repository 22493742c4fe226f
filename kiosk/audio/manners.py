"""The manners that both mixers keep: who may cut whom, and how fast one sound makes room for another."""

from __future__ import annotations

from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.programme import Item

AGAIN_S = 0.05  # an announcement giving way to its own beginning
DUCK_S = 0.15  # music going down under a voice
CALLED_OFF_S = 0.3  # the prelude of a talk that ends before its first word
BACK_S = 1.5  # music coming back after a voice, and a zone joining the song that runs on in the others


def must_finish(item: Item) -> bool:
    """Whether nothing but an evacuation may cut it (B10)."""
    return item.air_class is not AirClass.MUSIC


def may_join(line: Item | None, over: Item | None, beside: Item | None) -> bool:
    """Whether a talk may begin over what is on the line, or an announcement beside it: with music and alone only."""
    return over is None and beside is None and (line is None or not must_finish(line))


def goes_before_all(item: Item) -> bool:
    """Whether it starts at once whatever sounds, and may itself be faded out."""
    return item.air_class is AirClass.EVACUATION
