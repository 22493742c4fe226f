"""Who one is, and the PIN that proves it."""

from __future__ import annotations

from dataclasses import replace

from kiosk.display.parts import Key
from kiosk.display.screens.frame import flow_head
from kiosk.display.screens.scene import Scene
from kiosk.display.screens.writing import Asked, writing_screen
from kiosk.display.widgets import Screen
from kiosk.ports.staff_view import StaffDoor, StaffView
from kiosk.rules.forms.flow import Back, Next
from kiosk.rules.forms.masking import MASK
from kiosk.rules.front.staff_mode import StaffMode
from kiosk.rules.front.taps import Acted


def proof(scene: Scene, mode: StaffMode, door: StaffDoor) -> Screen:
    """The id, then the PIN; how long the PIN is shows, what it is never does."""
    ask = scene.say("Your PIN") if mode.at_pin else scene.say("Who are you? Type your id")
    return _asked(scene, mode, door, ask, scene.say("Staff"))


def signature(scene: Scene, mode: StaffMode, view: StaffView) -> Screen:
    """Whoever signs says who they are, by badge or id, and their PIN."""
    waits = mode.given and view.signatures < mode.signatures
    door = StaffDoor(waits, view.unsigned if mode.given and not waits else "")
    ask = scene.say("Who signs? Type the id, or show the badge")
    if mode.at_pin:
        ask = scene.say("{id} signs: the PIN, please").format(id=mode.named.whole)
    return _asked(scene, mode, door, ask, scene.say("Signature"))


def _asked(scene: Scene, mode: StaffMode, door: StaffDoor, ask: str, title: str) -> Screen:
    note = scene.say("One moment, please") if door.checking else ""
    wrong = scene.say("That was not right. Please try again.") if door.why and not door.checking else ""
    writing = replace(mode.pin, text=MASK * len(mode.pin.whole), letters="") if mode.at_pin else mode.named
    back = Key(scene.say("Back"), Acted(Back()), "", "arrow-left", "back")
    done = Key(scene.say("Go on"), Acted(Next()), "brand", "check", "next")
    key = "staff-pin" if mode.at_pin else "staff-id"
    head = flow_head(scene, title)
    return writing_screen(scene, key, head, Asked(ask, note, wrong), writing, (back, done))
