"""The rarer pieces of a screen: a switch, a note that leaves by itself, a QR code, a pad to sign on."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from kiosk.display.parts import Kit, card, card_pad, text
from kiosk.display.widgets import (
    Align,
    Box,
    Code,
    Column,
    Fleeting,
    Gap,
    Grow,
    Icon,
    Layers,
    Pad,
    Row,
    Sized,
    Stroke,
    Text,
    Touch,
    Widget,
)
from kiosk.rules.front.taps import Tap

TOAST_S = 4.0
MOST_STROKES = 40


def toggle(kit: Kit, words: str, tap: Tap, *, on: bool, name: str = "") -> Widget:
    """Something that is on or off, and the words for it; all of it is pressed."""
    palette, target = kit.palette, kit.theme.panel.target
    look = palette.tone("brand" if on else "plain")
    high = max(kit.px(46), target // 2)
    inset = max(3, high // 10)
    knob = high - 2 * inset
    dot = Sized(
        Box(Gap(), (look.on, look.on), knob // 2) if on else Box(Gap(), (palette.soft, palette.soft), knob // 2),
        knob,
        knob,
        widest=knob,
    )
    slide = Row((Grow(Gap()), dot) if on else (dot, Grow(Gap())))
    line = palette.ink if palette.border_px > 1 else None
    track = Box(slide, (look.strong, look.strong), high // 2, (inset, inset), line, 2)
    switch = Sized(track, round(1.9 * high), high, widest=round(1.9 * high), down=Align.CENTRE)
    inner = Row((Grow(text(kit, words, "lead", lines=2)), switch), kit.gap("near"))
    sheet = Sized(card(kit, inner, card_pad(kit)), target, target)
    return Touch(sheet, tap, name or words, kit.theme.radius("card"))


def toast(kit: Kit, below: Widget, words: str, key: str, icon: str = "check-circle", tone: str = "good") -> Widget:
    """A short note over a screen's head, where nothing is touched; it is gone after some seconds.

    key: of this occasion; the same words with another key are shown anew.
    """
    look = kit.palette.tone(tone)
    size = kit.theme.type_px("body")
    line = Row((Icon(icon, round(1.3 * size), look.on), Text(words, size, look.on, True, lines=2)), kit.px(12))
    sheet = Box(
        line,
        (look.strong, look.strong),
        kit.theme.radius("button"),
        (kit.px(26), kit.px(10)),
        kit.palette.paper,
        2,
        kit.px(12),
        kit.palette.shadow,
    )
    room = Sized(sheet, across=Align.CENTRE, down=Align.START, widest=kit.theme.panel.width - 2 * kit.gap("usual"))
    return Layers(below, Fleeting(Box(room, pad=(0, kit.px(8))), key, TOAST_S))


def qr_code(kit: Kit, content: str, size: int) -> Widget:
    """A code for a telephone, on white with rounded corners."""
    white = (255, 255, 255)
    edge = kit.palette.line
    return Box(Code(content, size), (white, white), kit.theme.radius("tile"), (kit.px(8), kit.px(8)), edge)


def signature(kit: Kit, strokes: tuple[Stroke, ...], drawn: Callable[[Stroke], Tap], name: str = "sign here") -> Widget:
    """Where somebody signs with a finger: a sheet with a line on it. drawn: a function of a module, so that the same
    screen made again is the same."""
    palette = kit.palette
    pen = max(2, kit.px(5))
    line = Box(Gap(height=max(1, kit.px(2))), (palette.soft, palette.soft))
    ground = Column((Grow(Gap(), 3), Box(line, pad=(kit.gap("wide"), 0)), Grow(Gap())))
    pad = Pad(strokes, palette.ink, pen, name, drawn)
    edge = palette.tone("brand").ink
    return Box(Layers(ground, pad), (palette.paper, palette.paper), kit.theme.radius("tile"), (4, 4), edge, 2)


def signed(strokes: tuple[Stroke, ...]) -> bool:
    """Whether that may be somebody's name: more than a dot or a slip of the finger."""
    way = sum(
        max(abs(x - other_x), abs(y - other_y)) for stroke in strokes for (x, y), (other_x, other_y) in pairwise(stroke)
    )
    return way >= 300


def with_stroke(strokes: tuple[Stroke, ...], stroke: Stroke) -> tuple[Stroke, ...]:
    """One line more; a pad full of lines takes none."""
    return (*strokes, stroke) if len(strokes) < MOST_STROKES else strokes
