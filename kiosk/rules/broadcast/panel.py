"""What the buttons of the announcer's panel ask for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kiosk.rules.broadcast.material import AirClass
from kiosk.units import ScriptId


class ButtonAction(Enum):
    """What a button does; the values are what site.toml says."""

    SCRIPT = "script"
    URGENT = "urgent"
    EVACUATE = "evacuate"
    RESET = "reset"
    NEXT_SONG = "next-song"


@dataclass(frozen=True, slots=True)
class Button:
    """A button of the panel; `script` names what it airs, None for reset and next-song."""

    id: str
    action: ButtonAction
    script: ScriptId | None


AIRS = {
    ButtonAction.SCRIPT: AirClass.ROUTINE,
    ButtonAction.URGENT: AirClass.URGENT,
    ButtonAction.EVACUATE: AirClass.EVACUATION,
}
"""The class of script that each airing action takes."""
