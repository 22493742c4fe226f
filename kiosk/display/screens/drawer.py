"""The drawer of the demo: lockers, scanner, panel, printer and readers, to be worked with a mouse.

It is for people at a laptop, who read the terminal beside it: English, as that is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kiosk.display.colors import Color
from kiosk.display.parts import Key as Button
from kiosk.display.parts import Kit, card, scroll, soft, text
from kiosk.display.screens.drawer_trays import act, in_pairs, key, paper_tray, readers_tray
from kiosk.display.screens.keys import keyboard
from kiosk.display.screens.scene import Scene
from kiosk.display.screens.writing import field
from kiosk.display.widgets import Align, Box, Column, Gap, Grow, Icon, Row, Screen, Sized, Text, Touch, Widget
from kiosk.ports.drawer import DrawerView, Paper
from kiosk.rules.broadcast.keypad import Key
from kiosk.rules.broadcast.panel import FAULT, ON_AIR, Lamp
from kiosk.rules.forms.flow import Back, Next
from kiosk.rules.front.taps import Acted
from kiosk.rules.lockers.locker import Assignment, Door, Locker
from kiosk.rules.writing.writing import Writing

VERBS = (
    ("put", "put a bag in", "backpack"),
    ("take", "take it out", "package"),
    ("shut", "push it shut", "lock-key"),
    ("pull", "pull the door", "door-open"),
    ("scan", "scan its tag", "scan"),
    ("jam", "jam the latch", "warning"),
    ("free", "free the latch", "wrench"),
    ("force", "force it open", "hand-palm"),
    ("blind", "break its sensor", "question"),
    ("mend", "mend its sensor", "wrench"),
)
LIT: dict[Lamp, Color] = {Lamp.ON: (34, 160, 84), Lamp.WAIT: (214, 150, 20), Lamp.FAULT: (200, 40, 40)}
DARK: Color = (203, 210, 222)
SHUT: dict[Assignment, str] = {
    Assignment.FREE: "good", Assignment.OVERNIGHT: "ease", Assignment.QUARANTINED: "care",
    Assignment.OUT_OF_SERVICE: "plain",
}  # fmt: skip
OPEN = (Door.OPEN, Door.HELD_OPEN, Door.FORCED)


class Tray(Enum):
    """Which part of the drawer is pulled out."""

    LOCKERS = "lockers"
    PANEL = "panel"
    PAPER = "paper"
    READERS = "readers"


@dataclass(frozen=True, slots=True)
class Pulled:
    """How the drawer is used. locker: the one in hand. said: what came of it. written: a code that is typed."""

    tray: Tray = Tray.LOCKERS
    locker: int = 1
    said: str = ""
    written: Writing | None = None
    lit: bool = True  # the half second in which what blinks is lit


def drawer(scene: Scene, view: DrawerView, pulled: Pulled) -> Screen:
    """All of it."""
    kit = scene.kit
    if pulled.written is not None:
        return Screen("drawer-code", Column((_band(kit), Grow(_code(scene, pulled.written)))), kit.palette.page)
    match _pulled_out(view, pulled):
        case Tray.PAPER:
            content = paper_tray(kit, view.paper or Paper(), kit.theme.panel.width - 2 * kit.px(24))
        case Tray.READERS:
            content = readers_tray(kit, view)
        case Tray.LOCKERS:
            content = _lockers(kit, view, pulled)
        case _:
            content = _panel(kit, view, pulled)
    body = Box(content, pad=(kit.px(24), kit.px(16)))
    return Screen("drawer", Column((_band(kit), Grow(body), _trays(kit, view, pulled))), kit.palette.page)


def _pulled_out(view: DrawerView, pulled: Pulled) -> Tray:
    """Without a front role there are no printer and no reader beside its screen; it may have no lockers."""
    if view.lockers is None or (pulled.tray is Tray.LOCKERS and not view.lockers.lockers):
        return Tray.PANEL
    return pulled.tray


def _code(scene: Scene, written: Writing) -> Widget:
    """What the scanner is to read, typed."""
    kit = scene.kit
    done = Button("Scan", Acted(Next()), "brand", "scan", "next")
    back = key(kit, "arrow-left", "Back", Acted(Back()), "back")
    asks = field(kit, "Type what the scanner is to read", written)
    return Box(Column((asks, Grow(keyboard(scene, written, done)), back), kit.px(16)), pad=(kit.px(16), kit.px(16)))


def _band(kit: Kit) -> Widget:
    title = Text("Simulated hardware", kit.theme.type_px("head"), kit.palette.on_band, True, lines=1)
    return Sized(Box(title, kit.palette.band, pad=(kit.px(28), kit.px(12))), height=kit.px(72))


def _trays(kit: Kit, view: DrawerView, pulled: Pulled) -> Widget:
    trays = [(Tray.PANEL, "megaphone", "Panel")]
    if view.lockers is not None:
        lockers = [(Tray.LOCKERS, "lockers", "Lockers")] if view.lockers.lockers else []
        trays = [*lockers, *trays, (Tray.READERS, "scan", "Readers")]
        trays += [(Tray.PAPER, "clipboard-text", "Printer")]
    here = _pulled_out(view, pulled)
    tabs = [Grow(_tab(kit, icon, words, tray, here=here is tray)) for tray, icon, words in trays]
    return Box(
        Row(tuple(tabs), kit.px(8), Align.FILL), (kit.palette.paper, kit.palette.paper), pad=(kit.px(12), kit.px(12))
    )


def _tab(kit: Kit, icon: str, words: str, tray: Tray, *, here: bool) -> Widget:
    look = kit.palette.tone("brand" if here else "plain")
    fill, ink = (look.strong, look.on) if here else (look.tile, look.ink)
    size, radius = kit.theme.type_px("body"), kit.theme.radius("tile")
    inner = Column(
        (Sized(Icon(icon, round(size * 1.3), ink), across=Align.CENTRE), Text(words, size, ink, True, Align.CENTRE, 1)),
        kit.px(2),
        down=Align.CENTRE,
    )
    body = Box(inner, (fill, fill), radius, (kit.px(6), kit.px(8)))
    return Touch(Sized(body, kit.theme.panel.target, kit.px(88)), act(f"tray {tray.value}"), tray.value, radius)


def _panel(kit: Kit, view: DrawerView, pulled: Pulled) -> Widget:
    on_air = view.lamps.get(ON_AIR, Lamp.OFF)
    state = "amplifier on" if view.amplifier_on else "amplifier off"
    upper = Row(
        (_lamp(kit, on_air, 44, lit=pulled.lit), Grow(text(kit, "ON AIR", "lead")), soft(kit, state, "body", lines=1)),
        kit.px(16),
    )
    fault = view.lamps.get(FAULT, Lamp.OFF)
    told = Row((_lamp(kit, fault, 44, lit=pulled.lit), Grow(text(kit, "FAULT", "lead"))), kit.px(16))
    buttons = [_button(kit, one, view.lamps.get(one.button, Lamp.OFF), lit=pulled.lit) for one in view.keys]
    rows = in_pairs(kit, buttons, 12)
    if not rows:
        rows.append(soft(kit, "The broadcast prepares its day: its panel comes with it.", "body"))
    return Column((card(kit, Column((upper, told), kit.px(8)), "near"), Grow(scroll(kit, rows, "panel"))), kit.px(16))


def _button(kit: Kit, key: Key, lamp: Lamp, *, lit: bool) -> Widget:
    palette, radius = kit.palette, kit.theme.radius("tile")
    size = kit.theme.type_px("body")
    words: list[Widget] = [Text(key.button, size, palette.ink, True, lines=2)]
    if key.hint:
        words.append(soft(kit, key.hint, "small", lines=1))
    inner = Row((_lamp(kit, lamp, 30, lit=lit), Grow(Column(tuple(words), 0, down=Align.CENTRE))), kit.px(12))
    fill = palette.tone("brand").tile if key.down else palette.paper
    body = Box(inner, (fill, fill), radius, (kit.px(16), kit.px(8)), palette.line, 2)
    return Touch(
        Sized(body, kit.theme.panel.target, kit.px(96)), act(f"press {key.key}"), f"press {key.button}", radius
    )


def _lamp(kit: Kit, lamp: Lamp, px: int, *, lit: bool) -> Widget:
    size = kit.px(px)
    color = LIT[lamp] if lamp in LIT and (lit or lamp is Lamp.ON) else DARK
    return Sized(Box(Gap(size, size), (color, color), size // 2), size, size, widest=size, down=Align.CENTRE)


def _lockers(kit: Kit, view: DrawerView, pulled: Pulled) -> Widget:
    assert view.lockers is not None
    found = view.lockers.lockers
    cells = [_cell(kit, one, chosen=one.id == pulled.locker) for one in found]
    columns = 6
    rows: list[Widget] = []
    for place in range(0, len(cells), columns):
        some: list[Widget] = [Grow(one) for one in cells[place : place + columns]]
        rows.append(Row((*some, *[Grow(Gap())] * (columns - len(some))), kit.px(8), Align.FILL))
    chosen = next((one for one in found if one.id == pulled.locker), None)
    state = f"Locker {chosen.id}: {chosen.assignment.value}, door {chosen.door.value}" if chosen else "Choose a locker"
    keys = [key(kit, icon, words, act(f"{verb} {pulled.locker}"), verb) for verb, words, icon in VERBS]
    keys.append(key(kit, "keyboard", "type a code", act("type code"), "type"))
    lines = in_pairs(kit, keys)
    said: list[Widget] = [soft(kit, pulled.said, "small", lines=4)] if pulled.said else []
    return Column(
        (
            Sized(scroll(kit, rows, "doors", "hair"), height=min(5, len(rows)) * kit.px(80)),
            text(kit, state, "lead", lines=2),
            Grow(scroll(kit, lines, "verbs", "tight")),
            *said,
            soft(
                kit,
                "Staff: show a badge to the readers, or hold the screen's clock for 3 s; PIN 246135",
                "small",
                lines=2,
            ),
        ),
        kit.px(12),
    )


def _cell(kit: Kit, locker: Locker, *, chosen: bool) -> Widget:
    palette, radius = kit.palette, kit.theme.radius("tile")
    look = palette.tone("call" if locker.door in OPEN else SHUT.get(locker.assignment, "brand"))
    size = kit.theme.type_px("body")
    icon = "door-open" if locker.door in OPEN else "warning" if locker.door is Door.JAMMED else "lockers"
    inner = Column(
        (
            Text(str(locker.id), size, look.ink, True, Align.CENTRE, 1),
            Sized(Icon(icon, size, look.ink), across=Align.CENTRE),
        ),
        0,
        down=Align.CENTRE,
    )
    border = palette.tone("brand").ink if chosen else palette.line
    body = Box(inner, (look.tile, look.tile), radius, (kit.px(4), kit.px(6)), border, 4 if chosen else 1)
    return Touch(
        Sized(body, kit.theme.panel.target, kit.theme.panel.target),
        act(f"choose {locker.id}"),
        f"locker {locker.id}",
        radius,
    )
