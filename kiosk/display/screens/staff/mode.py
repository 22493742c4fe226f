"""Which screen of staff mode is shown."""

from __future__ import annotations

from kiosk.display.screens.face import Face
from kiosk.display.screens.forms import form
from kiosk.display.screens.scene import Scene
from kiosk.display.screens.staff.lockers import count, lockers
from kiosk.display.screens.staff.matters import binder, matters, opened
from kiosk.display.screens.staff.people import people
from kiosk.display.screens.staff.proof import proof, signature
from kiosk.display.screens.staff.records import records
from kiosk.display.screens.staff.returns import page, returns
from kiosk.display.widgets import Screen
from kiosk.ports.staff_view import StaffDoor, StaffView
from kiosk.rules.forms.filling import opened as begun
from kiosk.rules.front.staff_mode import StaffMode
from kiosk.rules.front.staff_taps import Room

ROOMS = {
    Room.MATTERS: matters,
    Room.LOCKERS: lockers,
    Room.COUNT: count,
    Room.RETURNS: returns,
    Room.BINDER: binder,
    Room.PEOPLE: people,
    Room.NEW: records,
}


def staff(scene: Scene, mode: StaffMode) -> Screen:
    """The proof first; then what a deed asks, what is open, or the room."""
    view = scene.view.fact(StaffView)
    if mode.room is Room.PROOF or view is None:
        return proof(scene, mode, scene.view.fact(StaffDoor) or StaffDoor())
    if mode.signing and not (mode.given and view.signatures >= mode.signatures and not view.unsigned):
        return signature(scene, mode, view)
    if mode.asks is not None:
        asks = mode.asks
        if (own := page(scene, asks)) is not None:
            return own
        face = Face(
            "staff", 0, "clipboard-text", "brand", asks.form.title, "", lambda _: begun(asks.form, chinese=True)
        )
        return form(scene, face, asks)
    if mode.about:
        return opened(scene, view, Room.MATTERS if mode.room is Room.NEW else mode.room)
    return ROOMS[mode.room](scene, view)
