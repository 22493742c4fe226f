"""What every screen of staff mode has: whose it is, what became of the last deed, and the way to the other rooms."""

from __future__ import annotations

from kiosk.display.parts import Kit, card, dialog, pill, soft, text, tile
from kiosk.display.screens.frame import flow_head, still_there
from kiosk.display.screens.scene import N_, Scene
from kiosk.display.widgets import (
    Align,
    Box,
    Column,
    Gap,
    Grow,
    Icon,
    Moving,
    Row,
    Screen,
    Sized,
    Text,
    Touch,
    Widget,
)
from kiosk.ports.staff_view import StaffView
from kiosk.rules.front.staff_taps import Room, RoomWanted, StaffGone, StaffTap

TABS = (
    (Room.MATTERS, "list-checks", N_("To do")),
    (Room.RETURNS, "handshake", N_("Returns")),
    (Room.LOCKERS, "lockers", N_("Lockers")),
    (Room.BINDER, "book-open-text", N_("Binder")),
    (Room.PEOPLE, "users-three", N_("People")),
)


def room(scene: Scene, view: StaffView, key: str, content: Widget, here: Room) -> Screen:
    """A screen of a room. here: which tab is chosen."""
    kit = scene.kit
    parts: list[Widget] = []
    if view.said:
        parts.append(_said(scene, view))
    parts.append(Grow(content))
    edge = kit.gap("wide") if kit.theme.panel.scale < 0.7 or kit.theme.panel.portrait else kit.gap("edge")
    body = Box(Column(tuple(parts), kit.gap("near")), pad=(edge, kit.gap("near")))
    head = flow_head(scene, scene.say("Staff · {name}").format(name=view.name))
    root: Widget = Column((head, Grow(Moving(body)), _foot(scene, view, here)))
    if scene.session.asked:
        root = dialog(kit, root, still_there(scene))
    return Screen(f"staff-{key}", root, kit.palette.page)


def empty(scene: Scene, icon: str, words: str) -> Widget:
    """Nothing is there, which is good news."""
    kit = scene.kit
    lines = (
        Sized(tile(kit, icon, "good", kit.px(140)), across=Align.CENTRE),
        text(kit, words, "head", Align.CENTRE, 3),
    )
    return card(kit, Column(lines, kit.gap("usual"), down=Align.CENTRE))


def headed(kit: Kit, words: str, *right: Widget) -> Widget:
    """The heading of a room, and what stands beside it."""
    return Row((Grow(text(kit, words, "head", lines=2)), *right), kit.gap("near"))


def key_of(scene: Scene, icon: str, words: str, to: Room, name: str) -> Widget:
    """A key beside the heading, to another room; upright there is place for its sign only."""
    kit, theme = scene.kit, scene.kit.theme
    look = kit.palette.tone("brand")
    size = theme.type_px("button")
    parts: list[Widget] = [Icon(icon, round(size * 1.3), look.on)]
    if not theme.panel.portrait:
        parts.append(Text(words, size, look.on, True, lines=1))
    inner = Sized(Row(tuple(parts), kit.px(10)), across=Align.CENTRE)
    body = Box(inner, (look.strong, look.strong), theme.radius("button"), (kit.px(20), 0))
    return Touch(Sized(body, theme.panel.target, theme.panel.target), RoomWanted(to), name, theme.radius("button"))


def note(kit: Kit, words: str, lines: int = 3) -> Widget:
    """More about something, as the desk or the store says it."""
    return Text(words, kit.theme.type_px("small"), kit.palette.soft, lines=lines, crop=True)


def _said(scene: Scene, view: StaffView) -> Widget:
    kit = scene.kit
    look = kit.palette.tone("care" if view.refused else "good")
    size = kit.theme.type_px("body")
    icon = Icon("warning" if view.refused else "check-circle", round(size * 1.4), look.ink)
    words = Text(scene.told(view.said), size, look.ink, True, lines=2, crop=True)
    border = look.ink if kit.palette.border_px > 1 else None
    inner = Row((icon, Grow(words)), kit.gap("near"))
    return Box(inner, (look.tile, look.tile), kit.theme.radius("tile"), (kit.gap("usual"), kit.gap("tight")), border, 2)


def _foot(scene: Scene, view: StaffView, here: Room) -> Widget:
    kit = scene.kit
    tabs = [
        Grow(_tab(kit, icon, scene.say(words), RoomWanted(target), target is here, target.value))
        for target, icon, words in TABS
        if target is not Room.RETURNS or view.returns is not None
    ]
    tabs.append(Grow(_tab(kit, "sign-out", scene.say("Leave"), StaffGone(), False, "leave")))
    palette, gap, pad = kit.palette, kit.px(6), kit.px(8)
    room_px = kit.theme.panel.width - 2 * pad + gap
    many = len(tabs) * (kit.theme.panel.target + gap) > room_px  # a narrow panel has two rows of them
    rows = (tabs[: (len(tabs) + 1) // 2], tabs[(len(tabs) + 1) // 2 :]) if many else (tabs,)
    inner = Column(tuple(Row(tuple(one), gap, Align.FILL) for one in rows), gap)
    bar = Box(inner, (palette.paper, palette.paper), pad=(pad, pad))
    line = Box(Gap(height=palette.border_px), (palette.line, palette.line))
    return Column((line, bar))


def _tab(kit: Kit, icon: str, words: str, tap: StaffTap, here: bool, name: str) -> Widget:
    theme, palette = kit.theme, kit.palette
    look = palette.tone("brand" if here else "plain")
    size = theme.type_px("small")
    ink = look.ink
    sign = Sized(Icon(icon, max(kit.px(40), round(size * 1.5)), ink), across=Align.CENTRE)
    label = Text(words, size, ink, here, Align.CENTRE, 1, crop=True)
    fill = (look.tile, look.tile) if here else None
    border = ink if here and palette.border_px > 1 else None
    body = Box(
        Column((sign, label), 0, down=Align.CENTRE), fill, theme.radius("tile"), (kit.px(4), kit.px(6)), border, 2
    )
    return Touch(Sized(body, theme.panel.target, theme.panel.target), tap, name, theme.radius("tile"))


def marked(kit: Kit, words: str, tone: str) -> Widget:
    """A remark at the end of a line."""
    return pill(kit, words, tone)


def line_of(kit: Kit, heading: str, words: str) -> Widget:
    """Something that is told, below what it is."""
    told = text(kit, words, "line", lines=12)
    return Column((soft(kit, heading, "small", lines=2), told), kit.px(2)) if heading else told
