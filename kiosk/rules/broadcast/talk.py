"""A talk at the microphone, from the press to the last note: when the supply is on, what the lamps say (B10, B16).

One table, total over stage and event; what is not in it changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.on_air import OnAir
from kiosk.rules.broadcast.panel import Lamp
from kiosk.rules.broadcast.playout import Verdict, verdict


class Stage(Enum):
    """How far a talk is."""

    IDLE = "nobody talks"
    LOOKING = "it has to wait: is the microphone there?"
    QUEUED = "it waits for its turn"
    READYING = "the microphone is switched on"
    CALLED = "the microphone listens, and the talk is to begin"
    ON_AIR = "the prelude sounds, or the microphone is switched on"
    LIVE = "the voice is heard"
    CLOSING = "the postlude sounds"


class Event(Enum):
    """What happens to a talk."""

    ASKED_FREE = "somebody asks, and may begin at once"
    ASKED_BUSY = "somebody asks, and has to wait"
    THERE = "the microphone is plugged in"
    LISTENS = "the microphone delivers"
    BEGAN = "its first sample went out"
    HELD_BACK = "it has to wait after all"
    HEARD = "the first of the voice went out"
    OVER = "whoever talks has done"
    TOO_LONG = "the longest talking time is over"
    DEAF = "the microphone is away, or fell silent"
    GONE = "it is off the air"


class Act(Enum):
    """What is to be done about it, in this order."""

    LOOK = "see whether the microphone is there"
    LISTEN = "begin to listen"
    REQUEST = "ask for the air"
    WITHDRAW = "ask for it no more"
    RECORD = "keep what is said"
    REST = "listen no more, the talk is still to come"
    END = "the voice is over"


_Turn = tuple[Stage, tuple[Act, ...]]
_IDLE, _LOOKING, _QUEUED, _READYING = Stage.IDLE, Stage.LOOKING, Stage.QUEUED, Stage.READYING
_CALLED, _ON_AIR, _LIVE, _CLOSING = Stage.CALLED, Stage.ON_AIR, Stage.LIVE, Stage.CLOSING
_ENDS: _Turn = (_IDLE, (Act.END,))
_CLOSES: _Turn = (_CLOSING, (Act.END,))

_TURNS: Mapping[Stage, Mapping[Event, _Turn]] = {
    _IDLE: {
        Event.ASKED_FREE: (_READYING, (Act.LISTEN,)),
        Event.ASKED_BUSY: (_LOOKING, (Act.LOOK,)),
    },
    _LOOKING: {
        Event.THERE: (_QUEUED, (Act.REQUEST,)),
        Event.OVER: _ENDS,
        Event.DEAF: _ENDS,
    },
    _QUEUED: {
        Event.BEGAN: (_ON_AIR, (Act.LISTEN,)),
        Event.OVER: (_IDLE, (Act.WITHDRAW, Act.END)),
        Event.GONE: _ENDS,
    },
    _READYING: {
        Event.LISTENS: (_CALLED, (Act.REQUEST,)),
        Event.OVER: _ENDS,
        Event.DEAF: _ENDS,
    },
    _CALLED: {
        Event.BEGAN: (_ON_AIR, ()),
        Event.HEARD: (_LIVE, (Act.RECORD,)),  # without a prelude the voice may be told of first
        Event.HELD_BACK: (_QUEUED, (Act.REST,)),
        Event.OVER: (_CLOSING, (Act.WITHDRAW, Act.END)),
        Event.DEAF: (_CLOSING, (Act.WITHDRAW, Act.END)),
        Event.GONE: _ENDS,
    },
    _ON_AIR: {
        Event.HEARD: (_LIVE, (Act.RECORD,)),
        Event.OVER: _CLOSES,
        Event.DEAF: _CLOSES,
        Event.GONE: _ENDS,
    },
    _LIVE: {
        Event.OVER: _CLOSES,
        Event.TOO_LONG: _CLOSES,
        Event.DEAF: _CLOSES,
        Event.GONE: _ENDS,
    },
    _CLOSING: {
        Event.GONE: (_IDLE, ()),
    },
}

POWERED = frozenset({_READYING, _CALLED, _ON_AIR, _LIVE})
"""While the microphone's supply is on and the on-air lamp is lit: before the first word, and not after the last."""

ON_LINE = frozenset({_QUEUED, _CALLED, _ON_AIR, _LIVE, _CLOSING})
"""While the talk has asked for the air and is not off it."""

BUTTON_LAMPS: Mapping[Stage, Lamp] = {
    **dict.fromkeys((_LOOKING, _QUEUED, _READYING, _CALLED, _ON_AIR), Lamp.WAIT),
    _LIVE: Lamp.ON,
    _IDLE: Lamp.OFF,
    _CLOSING: Lamp.OFF,
}
"""What the lamp of the talk button says: to wait, to speak, or nothing."""


def turn(stage: Stage, event: Event) -> _Turn:
    """The cell of the table: the stage after the event, and what is done."""
    return _TURNS[stage].get(event, (stage, ()))


def is_free(air: OnAir, air_class: AirClass) -> bool:
    """Whether a talk of that class would sound at once: over music, or out of silence."""
    sounding = air.over or air.beside or air.sounding
    on_air = None if sounding is None else sounding.air_class
    return verdict(on_air, air_class) in (Verdict.START, Verdict.LAY_OVER)


@dataclass(frozen=True, slots=True)
class Limits:
    """longest_s: the longest talk, from its first word. answer_s: the microphone answers within it, or it is away."""

    longest_s: float = 120.0
    answer_s: float = 3.0


def deadline_s(stage: Stage, prelude_s: float, limits: Limits) -> tuple[float, Event] | None:
    """How long a stage may last, and what then happens; None where it lasts as long as it does."""
    match stage:
        case Stage.LOOKING | Stage.READYING:
            return limits.answer_s, Event.DEAF
        case Stage.ON_AIR:
            return prelude_s + limits.answer_s, Event.DEAF
        case Stage.LIVE:
            return limits.longest_s, Event.TOO_LONG
        case _:
            return None
