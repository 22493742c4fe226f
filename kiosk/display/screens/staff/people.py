"""Who is registered, what they may, and whether their training is valid."""

from __future__ import annotations

from kiosk.display.parts import card, scroll, text, tile
from kiosk.display.screens.scene import N_, Scene
from kiosk.display.screens.staff.room import headed, marked, note, room
from kiosk.display.widgets import Align, Column, Grow, Row, Screen, Sized, Widget
from kiosk.ports.staff_view import Colleague, StaffView
from kiosk.rules.front.staff_taps import Room
from kiosk.rules.people.person import Right

RIGHTS = {
    Right.ANNOUNCER.value: N_("Announcer"),
    Right.HEAD.value: N_("Department head"),
    Right.PLANNING.value: N_("Planning department"),
    Right.BAGS.value: N_("Bag attendant"),
    Right.SUPERVISOR.value: N_("Supervisor"),
}


def people(scene: Scene, view: StaffView) -> Screen:
    """Everybody, to be read only."""
    kit = scene.kit
    entries = [_entry(scene, one) for one in view.people]
    heading = headed(kit, scene.say("People"))
    content = Column((heading, Grow(scroll(kit, entries, "people"))), kit.gap("near"))
    return room(scene, view, "people", content, Room.PEOPLE)


def _entry(scene: Scene, one: Colleague) -> Widget:
    kit = scene.kit
    rights = " · ".join(scene.say(RIGHTS.get(right, right)) for right in one.rights)
    until = ""
    if one.trained_until is not None:
        until = scene.say("Trained until {day}").format(day=one.trained_until.isoformat())
    elif one.trained_on is not None:
        until = scene.say("Trained on {day}").format(day=one.trained_on.isoformat())
    words: list[Widget] = [text(kit, one.name, "lead", lines=2), note(kit, f"{one.id} · {rights}", 2)]
    if until:
        words.append(note(kit, until, 2))
    mark = marked(
        kit, scene.say("Trained") if one.trained else scene.say("Not trained"), "good" if one.trained else "care"
    )
    block = Column(tuple(words), kit.px(2), down=Align.CENTRE)
    if kit.theme.panel.portrait:
        block = Column((*words, Sized(mark, across=Align.START)), kit.px(4), down=Align.CENTRE)
        return card(kit, Row((tile(kit, "user", "brand", kit.px(72)), Grow(block)), kit.gap("near")), "near")
    return card(kit, Row((tile(kit, "user", "brand", kit.px(72)), Grow(block), mark), kit.gap("near")), "near")
