"""Who one is, and the PIN that proves it."""

from __future__ import annotations

from dataclasses import replace

from kiosk.display.parts import Key, soft, text
from kiosk.display.screens.forms import MASK
from kiosk.display.screens.frame import body, flow_foot, flow_head, screen
from kiosk.display.screens.scene import Scene
from kiosk.display.screens.writing import field, keyboard
from kiosk.display.widgets import Column, Grow, Screen, Text, Widget
from kiosk.ports.staff_view import StaffDoor
from kiosk.rules.forms.flow import Back
from kiosk.rules.front.staff_mode import StaffMode
from kiosk.rules.front.taps import Acted


def proof(scene: Scene, mode: StaffMode, door: StaffDoor) -> Screen:
    """The id, then the PIN; how long the PIN is shows, what it is never does."""
    kit = scene.kit
    asked = scene.say("Your PIN") if mode.at_pin else scene.say("Who are you? Type your id")
    said: list[Widget] = [text(kit, asked, "lead", lines=2)]
    if door.checking:
        said.append(soft(kit, scene.say("One moment, please"), "body", lines=1))
    elif door.why:
        care = kit.palette.tone("care").ink
        said.append(Text(scene.say("That was not right. Please try again."), kit.theme.type_px("body"), care, lines=2))
    writing = replace(mode.pin, text=MASK * len(mode.pin.whole), letters="") if mode.at_pin else mode.named
    content = Column((*said, field(kit, writing), Grow(keyboard(scene, writing))), kit.gap("near"))
    back = Key(scene.say("Back"), Acted(Back()), "", "arrow-left", "back")
    key = "staff-pin" if mode.at_pin else "staff-id"
    return screen(scene, key, flow_head(scene, scene.say("Staff")), body(kit, content), flow_foot(scene, (back,)))
