"""What may interrupt what: one total table of what is on the air against what asks to be (rules B08, B09, B10)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from kiosk.rules.broadcast.material import AirClass


class Verdict(Enum):
    """What happens to a request for the air; the values are what logs say."""

    START = "starts at once"
    FOLLOW = "waits for the end of what is on"
    BREAK_IN = "starts at once, what is on fades out"
    LAY_OVER = "starts at once over the music, which is ducked"
    HOLD = "waits until the evacuation is reset"
    REFUSE = "is refused: one microphone is live already"


_MUSIC, _ROUTINE, _URGENT = AirClass.MUSIC, AirClass.ROUTINE, AirClass.URGENT
_EVACUATION, _MICROPHONE = AirClass.EVACUATION, AirClass.MICROPHONE

VERDICTS: Mapping[AirClass | None, Mapping[AirClass, Verdict]] = {
    None: {
        _MUSIC: Verdict.START,
        _ROUTINE: Verdict.START,
        _URGENT: Verdict.START,
        _EVACUATION: Verdict.START,
        _MICROPHONE: Verdict.START,
    },
    _MUSIC: {
        _MUSIC: Verdict.FOLLOW,
        _ROUTINE: Verdict.FOLLOW,
        _URGENT: Verdict.BREAK_IN,
        _EVACUATION: Verdict.BREAK_IN,
        _MICROPHONE: Verdict.LAY_OVER,
    },
    _ROUTINE: {
        _MUSIC: Verdict.FOLLOW,
        _ROUTINE: Verdict.FOLLOW,
        _URGENT: Verdict.FOLLOW,
        _EVACUATION: Verdict.BREAK_IN,
        _MICROPHONE: Verdict.FOLLOW,
    },
    _URGENT: {
        _MUSIC: Verdict.FOLLOW,
        _ROUTINE: Verdict.FOLLOW,
        _URGENT: Verdict.FOLLOW,
        _EVACUATION: Verdict.BREAK_IN,
        _MICROPHONE: Verdict.FOLLOW,
    },
    _EVACUATION: {
        _MUSIC: Verdict.HOLD,
        _ROUTINE: Verdict.HOLD,
        _URGENT: Verdict.HOLD,
        _EVACUATION: Verdict.BREAK_IN,
        _MICROPHONE: Verdict.HOLD,
    },
    _MICROPHONE: {
        _MUSIC: Verdict.FOLLOW,
        _ROUTINE: Verdict.FOLLOW,
        _URGENT: Verdict.FOLLOW,
        _EVACUATION: Verdict.BREAK_IN,
        _MICROPHONE: Verdict.REFUSE,
    },
}


def verdict(on_air: AirClass | None, incoming: AirClass) -> Verdict:
    """The cell of the table; `on_air` None is silence."""
    return VERDICTS[on_air][incoming]


PRECEDENCE: tuple[AirClass, ...] = (_EVACUATION, _URGENT, _MICROPHONE, _ROUTINE, _MUSIC)
"""Who goes first among those that wait; within a class it is first come, first served."""
