"""What the buttons of the announcer's panel ask for, what guards them, and what its lamps say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.paging import PageRequest
from kiosk.units import ScriptId

ON_AIR = "on air"  # the lamp that tells the surroundings to be quiet (B16); no button can have this id
FAULT = "fault lamp"  # tells staff of faults of both roles; no button can have this id either


class ButtonAction(Enum):
    """What a button does; the values are what site.toml says."""

    SCRIPT = "script"
    URGENT = "urgent"
    EVACUATE = "evacuate"
    RESET = "reset"
    NEXT_SONG = "next-song"
    PAGE = "page"
    APPROVE = "approve"
    DECLINE = "decline"
    REACHED = "reached"
    TALK = "talk"
    TALK_OVER = "talk-over"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Hold:
    """The button acts once it was held for the panel's hold time."""


@dataclass(frozen=True, slots=True)
class Together:
    """The button acts when it is pressed together with another."""

    other: str


Guard = Hold | Together


@dataclass(frozen=True, slots=True)
class Button:
    """A button of the panel; `script` names what it airs, None for what airs no script. page: what a page button says.

    pin, lamp: GPIO numbers of its contact and its lamp, None where none is wired. guard: against a careless hand.
    latch: a talk button is pressed to begin and again to end, rather than held.
    """

    id: str
    action: ButtonAction
    script: ScriptId | None
    pin: int | None = None
    lamp: int | None = None
    guard: Guard | None = None
    page: PageRequest | None = None
    latch: bool = False


AIRS = {
    ButtonAction.SCRIPT: AirClass.ROUTINE,
    ButtonAction.URGENT: AirClass.URGENT,
    ButtonAction.EVACUATE: AirClass.EVACUATION,
}
"""The class of script that each airing action takes."""

TALKS = {ButtonAction.TALK: AirClass.ROUTINE, ButtonAction.TALK_OVER: AirClass.MICROPHONE}
"""The class that a talk has by its button: between songs like any announcement (B08), or over the music."""


class Lamp(Enum):
    """What a lamp says."""

    OFF = "dark"
    ON = "lit"
    WAIT = "blinks slowly: wait"
    FAULT = "blinks fast: out of order"


_HALF_S = {Lamp.WAIT: 0.5, Lamp.FAULT: 0.125}


def lit(lamp: Lamp, mono_s: float) -> bool:
    """Whether a lamp is lit at a moment; all that blink alike blink in step."""
    half_s = _HALF_S.get(lamp)
    return lamp is Lamp.ON if half_s is None else mono_s // half_s % 2 == 0


def next_change_s(lamp: Lamp, mono_s: float) -> float | None:
    """When a lamp changes by itself next, None for never."""
    half_s = _HALF_S.get(lamp)
    return None if half_s is None else (mono_s // half_s + 1) * half_s
