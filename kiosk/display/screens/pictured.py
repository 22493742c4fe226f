"""Few answers side by side or below each other, each a card with a picture that fills its room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.display.parts import Kit, card
from kiosk.display.placing import line_height
from kiosk.display.widgets import Align, Box, Column, Drawing, Gap, Grow, Icon, Layers, Row, Sized, Text, Widget

HIGH_PX, LOW_PX, WIDE_PX = 150, 96, 270  # of a picture, as chosen for 1280x800
ASIDE_PX = 44


@dataclass(frozen=True, slots=True)
class Pictured:
    """What stands on such a card. remark: how many there are, where that matters; it lies on an upright card's picture.
    there: it can be chosen."""

    picture: Drawing
    tone: str
    title: str
    line: str = ""
    remark: Widget | None = None
    there: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """How the words of all cards of a question are set: the title, and what stands below it, each in so many lines."""

    title: str
    lines: int
    line: str = "small"
    more: int = 2


WORDS = (
    *(Words("head", 1, "body", 1), Words("head", 1, "small", 1), Words("head", 1, "body"), Words("head", 1)),
    *(Words("head", 2), Words("lead", 1), Words("lead", 2)),
)
"""From the largest on."""


def possible(kit: Kit) -> bool:
    """Whether there are pictures at all: stronger contrast has none."""
    return kit.palette.border_px == 1


def upright(kit: Kit, shown: Pictured, among: Sequence[Pictured], words: Words) -> Widget:
    """The picture over the words; those of a row are equally high."""
    size, small = kit.theme.type_px(words.title), kit.theme.type_px(words.line)
    ink = kit.palette.ink if shown.there else kit.palette.soft
    title = Text(shown.title, size, ink, True, lines=words.lines)
    told: list[Widget] = [Sized(title, height=words.lines * line_height(size, bold=True))]
    if any(one.line for one in among):
        line = Text(shown.line, small, kit.palette.soft, lines=words.more)
        told.append(Sized(line, height=words.more * line_height(small, bold=False)))
    beside_px = ASIDE_PX if shown.remark is not None else 0
    picture = _ground(kit, shown, kit.px(beside_px))
    if shown.remark is not None:
        corner = Column((Row((Grow(Gap()), shown.remark)),))
        picture = Layers(picture, Box(corner, pad=(kit.gap("near"), kit.gap("near"))))
    below = Box(Column(tuple(told), kit.gap("hair")), pad=(kit.gap("tight"), 0))
    inner = Column((Grow(Sized(picture, height=kit.px(HIGH_PX))), below), kit.gap("near"))
    return card(kit, inner, "near")


def beside(kit: Kit, shown: Pictured, words: Words) -> Widget:
    """The picture before the words."""
    ink = kit.palette.ink if shown.there else kit.palette.soft
    told: list[Widget] = [Text(shown.title, kit.theme.type_px(words.title), ink, True, lines=words.lines)]
    if shown.line:
        told.append(Text(shown.line, kit.theme.type_px(words.line), kit.palette.soft, lines=words.more))
    if shown.remark is not None:
        told.append(Sized(shown.remark, across=Align.START))
    wide = kit.px(WIDE_PX)
    picture = Sized(_ground(kit, shown), wide, kit.px(LOW_PX), widest=wide)
    chevron = (Icon("caret-right", kit.px(30), kit.palette.soft),) if shown.there else ()
    column = Column(tuple(told), kit.gap("tight"), down=Align.CENTRE)
    ends = tuple(Sized(one, down=Align.CENTRE) for one in chevron)
    return card(kit, Row((picture, Grow(column), *ends), kit.gap("usual"), Align.FILL), "near")


def _ground(kit: Kit, shown: Pictured, aside: int = 0) -> Widget:
    """aside: room that the picture leaves at its right for the remark in the corner."""
    look, pad = kit.palette.tone(shown.tone), kit.gap("near")
    inner: Widget = Row((Grow(shown.picture), Gap(width=aside)), align=Align.FILL) if aside else shown.picture
    return Box(inner, (look.tile, look.tile), kit.theme.radius("button"), (pad, pad))
