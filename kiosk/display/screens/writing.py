"""A text that is being written: its field with the caret, what the letters may mean, the keys, all on one panel.

The keys are as wide as the panel, so there is no foot: the way back and the call for staff stand beside the field, or
below the keys where everything to touch has to be low.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.display.parts import Key as Button
from kiosk.display.parts import Kit, button, soft
from kiosk.display.screens.frame import call_key, flow_foot, screen
from kiosk.display.screens.keys import gap, keyboard, meant, side, strip, wide, worded
from kiosk.display.screens.scene import Scene
from kiosk.display.widgets import Align, Box, Column, Fitting, Gap, Grow, Row, Screen, Sized, Text, Widget
from kiosk.rules.writing.writing import PADS, Writing


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be written. ask: the question; note: more about it; wrong: what is wrong with what stands there."""

    ask: str
    note: str = ""
    wrong: str = ""


def writing_screen(
    scene: Scene, key: str, head: Widget, asked: Asked, writing: Writing, keys: tuple[Button, Button]
) -> Screen:
    """Something to write, with all its keys. keys: the way back, and what ends the writing."""
    kit = scene.kit
    back, done = keys
    panel = kit.theme.panel
    found = meant(scene, writing)
    rows = 2 if panel.portrait and not kit.theme.ease.low_reach else 1
    board = keyboard(scene, writing, done)
    line = strip(scene, writing, found, rows) if found else _remark(kit, asked, rows)
    strip_height = rows * _strip_px(kit) + (rows - 1) * gap(kit)
    lower: list[Widget] = []
    if writing.kind not in PADS or asked.note or asked.wrong:
        lower.append(Sized(line, height=strip_height))
    lower.append(Grow(board))
    pad = (side(kit), gap(kit))
    asks = field(kit, asked.ask, writing)
    if kit.theme.ease.low_reach:
        ways = Row((Grow(worded(kit, back)), Grow(worded(kit, call_key(scene)))), gap(kit), Align.FILL)
        lower.append(Sized(ways, height=max(panel.key, round(1.7 * kit.theme.type_px("body")))))
        return screen(scene, key, head, Box(_low(kit, asks, lower), pad=pad), Gap())
    if panel.portrait:
        content = Column((asks, *lower), gap(kit))
        return screen(scene, key, head, Box(content, pad=pad), flow_foot(scene, (back,)))
    short = Button("", back.tap, back.tone, back.icon, back.name or back.text)
    upper = Row((button(kit, short), Grow(asks), button(kit, call_key(scene))), gap(kit), Align.FILL)
    return screen(scene, key, head, Box(Column((upper, *lower), gap(kit)), pad=pad), Gap())


def field(kit: Kit, ask: str, writing: Writing) -> Widget:
    """The question, and below it what is written so far: letters that are no word yet in another colour, then the
    caret."""
    size = kit.theme.type_px("head")
    palette, brand = kit.palette, kit.palette.tone("brand")
    room = kit.theme.panel.width // (1 if kit.theme.panel.portrait else 2) - 6 * side(kit)
    letters = tail(writing.letters, size, room * 2 // 3)
    text = tail(writing.text, size, room - wide(letters, size))
    parts: list[Widget] = []
    if text:
        parts.append(Text(text, size, palette.ink, True, lines=1, crop=True, quiet=True))
    if letters:
        parts.append(Text(letters, size, brand.ink, False, lines=1, crop=True, quiet=True))
    caret = Box(Gap(max(2, kit.px(4)), round(1.1 * size)), (brand.ink, brand.ink))
    written = Column((soft(kit, ask, "body", lines=2), Row((*parts, caret), kit.px(3))), 0, down=Align.CENTRE)
    inner: Widget = written
    if not parts:  # nothing else is as large as the question, until somebody writes
        kinds = ((size, 1), (kit.theme.type_px("line"), 1), (kit.theme.type_px("line"), 2))
        asks = (Grow(Text(ask, px, palette.soft, False, lines=most)) for px, most in kinds)
        inner = Fitting((*(Row((caret, one), kit.px(12), Align.CENTRE) for one in asks), written))
    return Box(
        inner,
        (palette.paper, palette.paper),
        kit.theme.radius("tile"),
        (kit.gap("usual"), kit.px(6)),
        brand.ink,
        max(2, palette.border_px),
    )


def tail(text: str, size: int, room: int) -> str:
    """As much of the end of a text as has room: there the writing goes on."""
    if wide(text, size) <= room:
        return text
    while text and wide("…" + text, size) > room:
        text = text[1:]
    return "…" + text


def _low(kit: Kit, upper: Widget, lower: list[Widget]) -> Widget:
    """The field, and below it what is touched, within reach; on a low panel that is everything below the field."""
    panel = kit.theme.panel
    if panel.low and not panel.portrait:
        return Column((upper, *lower), gap(kit))
    room = panel.height - panel.reach_top - 2 * gap(kit)
    return Column((Grow(Sized(upper, down=Align.CENTRE)), Sized(Column(tuple(lower), gap(kit)), height=room)), gap(kit))


def _strip_px(kit: Kit) -> int:
    """How high a line of candidates is: as a finger needs it where there is room, else like a key."""
    panel = kit.theme.panel
    tight = panel.low or kit.theme.ease.low_reach
    return max(panel.key, round(1.4 * kit.theme.type_px("head"))) if tight else panel.target


def _remark(kit: Kit, asked: Asked, rows: int) -> Widget:
    """Where candidates will be: what there is to say about the answer."""
    if asked.wrong:
        words = Text(asked.wrong, kit.theme.type_px("body"), kit.palette.tone("care").ink, True, lines=rows + 1)
    elif asked.note:
        words = Text(asked.note, kit.theme.type_px("body"), kit.palette.soft, lines=rows + 1)
    else:
        return Gap()
    return Column((words,), down=Align.CENTRE)
