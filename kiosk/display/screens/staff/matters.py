"""What somebody has to see to, as a list, and each of it opened, with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kiosk.display.parts import Key, card, pill, scroll, text, tile
from kiosk.display.screens.frame import NAMES
from kiosk.display.screens.scene import Scene, clock
from kiosk.display.screens.staff.deeds import FLAT, beside, deeds
from kiosk.display.screens.staff.room import empty, headed, key_of, line_of, marked, note, room
from kiosk.display.widgets import Align, Bar, Box, Column, Fitting, Grow, Icon, Row, Screen, Sized, Text, Touch, Widget
from kiosk.ports.staff_view import Kind, Matter, Offered, StaffView
from kiosk.rules.front.staff_taps import DeedWanted, ListenWanted, QuietWanted, Room, RoomWanted

LONGEST_LINES = 24
LOOKS = {
    Kind.CALL: ("headset", "call"),
    Kind.PAGE: ("megaphone", "brand"),
    Kind.LOCKER: ("lockers", "store"),
    Kind.RECORD: ("clipboard-text", "ease"),
    Kind.CHECK: ("wrench", "care"),
    Kind.QUEUE: ("users-three", "fetch"),
    Kind.NOTICE: ("bell", "care"),
    Kind.WARNING: ("warning", "care"),
    Kind.SCRIPT: ("book-open-text", "brand"),
    Kind.RETURN: ("handshake", "store"),
    Kind.PICKUP: ("package", "fetch"),
    Kind.PRINTER: ("printer", "care"),
    Kind.LOST: ("tag", "fetch"),
}


def matters(scene: Scene, view: StaffView) -> Screen:
    """Everything that waits, what presses first."""
    heading, listed = (
        scene.say("Nothing to see to"),
        empty(scene, "check-circle", scene.say("All is done: nothing waits for anybody")),
    )
    if view.matters:
        heading = scene.say("{count} to see to").format(count=len(view.matters))
        listed = _list(scene, view.matters, Room.MATTERS)
    right = (key_of(scene, "pencil-simple-line", scene.say("New record"), Room.NEW, "new"),) if view.records else ()
    headed_list = Column((headed(scene.kit, heading, *right), Grow(listed)), scene.kit.gap("near"))
    content = Fitting((headed_list, listed)) if view.said else headed_list  # what is said takes the heading's room
    return room(scene, view, "matters", content, Room.MATTERS)


def binder(scene: Scene, view: StaffView) -> Screen:
    """The pages of the binder, and whether each may air."""
    if not view.binder:
        content = empty(
            scene, "book-open-text", scene.say("The binder is for announcers, the department head and planning")
        )
    else:
        heading = headed(scene.kit, scene.say("Announcement binder"))
        content = Column((heading, Grow(_list(scene, view.binder, Room.BINDER))), scene.kit.gap("near"))
    return room(scene, view, "binder", content, Room.BINDER)


def opened(scene: Scene, view: StaffView, here: Room) -> Screen:
    """One of them, with all that there is to see and to do."""
    kit, matter = scene.kit, view.opened
    back = RoomWanted(here)
    if matter is None:
        content: Widget = empty(scene, "check-circle", scene.say("Somebody has seen to it"))
        return room(scene, view, "gone", content, here)
    icon, tone = LOOKS[matter.kind]
    titled: list[Widget] = [_title(scene, matter)]
    if matter.at is not None:
        titled.append(note(kit, scene.say("Since {time}").format(time=_when(scene, matter.at)), 1))
    lines: list[Widget] = [
        Row((tile(kit, icon, tone, kit.px(84)), Grow(Column(tuple(titled), kit.px(2)))), kit.gap("near"))
    ]
    if matter.tags:
        lines.append(_wrapped(scene, matter))
    if matter.done is not None:
        lines.append(_under_way(scene, matter.done, matter.line))
    elif matter.line:
        lines.append(text(kit, scene.told(matter.line), "line", lines=4))
    lines += [line_of(kit, scene.told(heading), scene.told(words)) for heading, words in matter.told]
    keys = [_key(scene, matter.key, one) for one in matter.deeds]
    keys += _listening(scene, matter)
    acts = deeds(kit, keys, Key(scene.say("Back"), back, FLAT, "arrow-left", "back"))
    return room(scene, view, "matter", beside(kit, lines, acts), here)


def _title(scene: Scene, matter: Matter) -> Widget:
    """What is told at length is read like a text, not like a heading."""
    at_length = matter.kind in (Kind.WARNING, Kind.NOTICE)
    return text(
        scene.kit, title_of(scene, matter), "lead" if at_length else "head", lines=LONGEST_LINES if at_length else 4
    )


def title_of(scene: Scene, matter: Matter) -> str:
    return scene.told(matter.title)


def _list(scene: Scene, found: Sequence[Matter], here: Room) -> Widget:
    return scroll(scene.kit, [entry(scene, one, here) for one in found], here.value)


def entry(scene: Scene, matter: Matter, here: Room) -> Widget:
    """One of a list, to be opened."""
    kit = scene.kit
    icon, tone = LOOKS[matter.kind]
    if matter.pressing and matter.kind is not Kind.SCRIPT:
        tone = "call"
    size = max(kit.px(72), round(kit.theme.type_px("lead") * 2))
    words: list[Widget] = [
        Text(title_of(scene, matter), kit.theme.type_px("lead"), kit.palette.ink, True, lines=2, crop=True)
    ]
    if matter.line:
        words.append(note(kit, scene.told(matter.line), 2))
    side: list[Widget] = []
    if matter.at is not None and not kit.theme.panel.portrait:
        side.append(Text(_when(scene, matter.at, short=True), kit.theme.type_px("small"), kit.palette.soft, lines=1))
    if matter.kind is Kind.SCRIPT and matter.pressing:
        side.append(marked(kit, scene.say("Does not air"), "care"))
    side.append(Icon("caret-right", kit.px(30), kit.palette.soft))
    block = Column(tuple(words), kit.px(2), down=Align.CENTRE)
    inner = Row((tile(kit, icon, tone, size), Grow(block), *side), kit.gap("near"))
    least = kit.theme.panel.target
    body = Sized(card(kit, inner, "near"), least, least)
    return Touch(body, RoomWanted(here, matter.key), matter.key, kit.theme.radius("card"))


def _when(scene: Scene, at: datetime, *, short: bool = False) -> str:
    """Since when, as people say it: the hour, before today the day."""
    if at.date() == scene.now.date():
        return clock(at)
    return f"{at:%m-%d}" if short else f"{at:%m-%d} {clock(at)}"


def _wrapped(scene: Scene, matter: Matter) -> Widget:
    kit = scene.kit
    tags: list[Widget] = [Sized(pill(kit, scene.told(words), "plain"), across=Align.START) for words in matter.tags]
    return (
        Column(tuple(tags), kit.gap("tight"))
        if kit.theme.panel.portrait or kit.theme.ease.large_text
        else Row(tuple(tags), kit.gap("near"))
    )


def _key(scene: Scene, about: str, offered: Offered) -> Key:
    tap = DeedWanted(offered.about or about, offered.deed, offered.asks, offered.signs, offered.signer)
    return Key(scene.told(offered.words), tap, offered.tone, offered.icon, offered.deed)


def _listening(scene: Scene, matter: Matter) -> list[Key]:
    """Hear it as the loudspeakers would say it, beside this screen; and leave off."""
    staff = scene.session.staff
    if not scene.view.speaks or not matter.spoken or staff is None:
        return []
    keys: list[Key] = []
    for one in matter.spoken:
        words = scene.say("Listen beside the screen")
        if len(matter.spoken) > 1:
            words = f"{words} · {NAMES.get(one.language, one.language)}"
        tap = ListenWanted(one.words, one.language)
        keys.append(Key(words, tap, "brand", "headphones", f"listen {one.language}"))
    if staff.listening is not None:
        keys.append(Key(scene.say("Stop listening"), QuietWanted(), "brand", "hand-palm", "quiet"))
    return keys


def _under_way(scene: Scene, done: tuple[int, int], line: str) -> Widget:
    """How far a procedure has come, and what comes next: that is what whoever opens it looks for."""
    kit = scene.kit
    look, line_px = kit.palette.tone("brand"), kit.px(8)
    bars = (
        Grow(Bar(1.0, look.strong if place < done[0] else kit.palette.line, kit.palette.line, line_px))
        for place in range(done[1])
    )
    words = Text(scene.told(line), kit.theme.type_px("line"), look.ink, True, lines=4)
    border = kit.palette.line if kit.palette.border_px > 1 else None
    inner = Column((Row(tuple(bars), kit.px(5)), words), kit.gap("near"))
    pad = (kit.gap("usual"), kit.gap("near"))
    return Box(inner, (look.tile, look.tile), kit.theme.radius("tile"), pad, border, kit.palette.border_px)
