"""Which record is to be begun: a card for each service of which somebody may write one."""

from __future__ import annotations

from kiosk.display.parts import Key, scroll
from kiosk.display.screens.scene import Scene
from kiosk.display.screens.staff.deeds import FLAT, deed
from kiosk.display.screens.staff.room import empty, headed, room
from kiosk.display.widgets import Align, Column, Gap, Grow, Row, Screen, Widget
from kiosk.ports.staff_view import Offered, StaffView
from kiosk.rules.front.staff_taps import DeedWanted, Room, RoomWanted


def records(scene: Scene, view: StaffView) -> Screen:
    """Each asks its form, page by page."""
    kit = scene.kit
    back = deed(kit, Key(scene.say("Back"), RoomWanted(Room.MATTERS), FLAT, "arrow-left", "back"))
    if not view.records:
        words = scene.say("Records are begun by those who work at the service desk")
        content: Widget = Column((Grow(empty(scene, "clipboard-text", words)), back), kit.gap("near"))
        return room(scene, view, "new", content, Room.MATTERS)
    cards = [_card(scene, one) for one in view.records]
    cards.append(back)
    columns = 1 if kit.theme.panel.portrait or kit.theme.ease.large_text else 2
    rows: list[Widget] = []
    for place in range(0, len(cards), columns):
        some = [Grow(one) for one in cards[place : place + columns]]
        some += [Grow(Gap())] * (columns - len(some))
        rows.append(Row(tuple(some), kit.gap("near"), Align.FILL))
    heading = headed(kit, scene.say("What is to be written down?"))
    content = Column((heading, Grow(scroll(kit, rows, "records"))), kit.gap("near"))
    return room(scene, view, "new", content, Room.MATTERS)


def _card(scene: Scene, one: Offered) -> Widget:
    tap = DeedWanted(one.about or Room.NEW.value, one.deed, one.asks)
    return deed(scene.kit, Key(scene.told(one.words), tap, "", one.icon, f"begin {one.about or one.deed}"))
