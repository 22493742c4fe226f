"""What no order of the desk may do, whatever happened before it: cut a song without need, or an announcement at all."""

from __future__ import annotations

from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.on_air import Event, Fade, LayBeside, NextSong, OnAir, Order, Over, Play, Requested
from kiosk.rules.broadcast.programme import Item

SPOKEN = (AirClass.ROUTINE, AirClass.URGENT, AirClass.MICROPHONE)


def check_manners(before: OnAir, event: Event, order: Order) -> None:
    """before: how things stood when the event came that the order answers."""
    match order:
        case Play(wanted):
            _check_play(before, event, wanted)
        case LayBeside(wanted):
            if before.current is not None and before.began is not None and not isinstance(event, Over):
                assert before.current.air_class is AirClass.MUSIC, f"{wanted.key} speaks into an announcement"
            if isinstance(event, Requested) and before.sounding is not None:
                assert wanted.air_class is AirClass.URGENT, f"{wanted.key} cuts a song in its zone"
        case Fade():
            spoken = before.current is not None and before.current.air_class in SPOKEN
            assert not spoken or before.began is None, "an announcement was ordered to fade"
        case _:
            pass


def check_again(wanted: Item, was: Item) -> None:
    """What starts over is what was cut off."""
    assert wanted.air_class is not AirClass.MUSIC
    assert wanted.parts == was.parts


def _check_play(before: OnAir, event: Event, wanted: Item) -> None:
    if wanted.air_class is AirClass.EVACUATION or before.current is None or before.began is None:
        return
    assert before.current.air_class is AirClass.MUSIC, f"{wanted.key} cuts {before.current.key}"
    assert wanted.air_class is AirClass.URGENT or isinstance(event, NextSong), f"{wanted.key} cuts a song"
