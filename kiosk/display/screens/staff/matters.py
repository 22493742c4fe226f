"""What somebody has to see to, as a list, and each of it opened, with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kiosk.display.parts import Kit, card, pill, scroll, text, tile
from kiosk.display.screens.frame import NAMES
from kiosk.display.screens.scene import Scene, clock
from kiosk.display.screens.staff.room import empty, headed, key_of, line_of, marked, note, room
from kiosk.display.widgets import Align, Box, Column, Fitting, Grow, Icon, Row, Screen, Sized, Text, Touch, Widget
from kiosk.ports.staff_view import Kind, Matter, Offered, StaffView
from kiosk.rules.front.staff_taps import DeedWanted, ListenWanted, QuietWanted, Room, RoomWanted, StaffTap
from kiosk.rules.front.taps import Acted

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
    if matter.line:
        lines.append(text(kit, scene.told(matter.line), "line", lines=4))
    lines += [line_of(kit, scene.told(heading), scene.told(words)) for heading, words in matter.told]
    told = card(kit, scroll(kit, lines, "told"), "usual")
    deeds = [_deed(scene, matter.key, one) for one in matter.deeds]
    deeds += _listening(scene, matter)
    deeds.append(_quiet(kit, "arrow-left", scene.say("Back"), back, "back"))
    acts = scroll(kit, deeds, "deeds")
    if kit.theme.panel.portrait:
        inner: Widget = Column((Grow(told), Grow(acts)), kit.gap("near"))
    else:
        inner = Row((Grow(told, 5), Grow(acts, 4)), kit.gap("usual"), Align.FILL)
    return room(scene, view, "matter", inner, here)


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


def _deed(scene: Scene, about: str, offered: Offered) -> Widget:
    tap = DeedWanted(offered.about or about, offered.deed, offered.asks, offered.signs, offered.signer)
    return quiet_deed(scene.kit, offered.icon, scene.told(offered.words), tap, offered.deed, offered.tone)


def _listening(scene: Scene, matter: Matter) -> list[Widget]:
    """Hear it as the loudspeakers would say it, beside this screen; and leave off."""
    staff = scene.session.staff
    if not scene.view.speaks or not matter.spoken or staff is None:
        return []
    keys: list[Widget] = []
    for one in matter.spoken:
        words = scene.say("Listen beside the screen")
        if len(matter.spoken) > 1:
            words = f"{words} · {NAMES.get(one.language, one.language)}"
        tap = ListenWanted(one.words, one.language)
        keys.append(quiet_deed(scene.kit, "headphones", words, tap, f"listen {one.language}", "brand"))
    if staff.listening is not None:
        keys.append(quiet_deed(scene.kit, "hand-palm", scene.say("Stop listening"), QuietWanted(), "quiet", "plain"))
    return keys


def quiet_deed(kit: Kit, icon: str, words: str, tap: StaffTap | Acted, name: str, tone: str = "") -> Widget:
    """Something to do: a card with its sign, in the colour of what it means."""
    sign = tile(kit, icon or "caret-right", tone or "brand", max(kit.px(64), round(kit.theme.type_px("lead") * 1.8)))
    inner = Row((sign, Grow(text(kit, words, "lead", lines=3))), kit.gap("near"))
    least = kit.theme.panel.target
    return Touch(Sized(card(kit, inner, "near"), least, least), tap, name, kit.theme.radius("card"))


def _quiet(kit: Kit, icon: str, words: str, tap: RoomWanted, name: str) -> Widget:
    """A way out: flat, beside the deeds that are cards."""
    look, least = kit.palette.tone("plain"), kit.theme.panel.target
    size = max(kit.px(64), round(kit.theme.type_px("lead") * 1.8))
    sign = Sized(Icon(icon, round(size * 0.5), look.ink), size, size, Align.CENTRE, Align.CENTRE, widest=size)
    inner = Row((sign, Grow(text(kit, words, "lead", lines=2))), kit.gap("near"))
    radius, pad = kit.theme.radius("card"), (kit.gap("near"), kit.gap("near"))
    border = kit.palette.line if kit.palette.border_px > 1 else None
    body = Box(inner, (look.strong, look.strong), radius, pad, border, kit.palette.border_px)
    return Touch(Sized(body, least, least), tap, name, radius)
