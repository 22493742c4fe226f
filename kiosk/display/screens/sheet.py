"""One thing at a time: its picture on one side, what is said of it on the other, the way on below."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.display.illustrations import GLAD, emblem
from kiosk.display.parts import Key, Kit, button, card
from kiosk.display.widgets import Align, Box, Column, Drawing, Fitting, Grow, Icon, Row, Sized, Text, Widget

SIGN_PX = 290  # of 1280x800


def sheet(kit: Kit, picture: Widget, said: Sequence[Widget], lower: Sequence[Widget] = ()) -> Widget:
    """said: from the headline down. lower: at the foot of it."""
    told: Widget = Column(tuple(said), kit.gap("near"), down=Align.CENTRE)
    right = Column((Grow(told), *lower), kit.gap("usual")) if lower else told
    if kit.theme.panel.portrait:
        inner: Widget = Column((Grow(picture, 2), Grow(right, 3)), kit.gap("wide"))
    else:
        inner = Row((Grow(picture, 5), Grow(right, 8)), kit.gap("wide"), Align.FILL)
    return card(kit, inner, "usual")


def picture(kit: Kit, icon: str, tone: str) -> Widget:
    """A sign in a disc of paper, on the ground of its tone."""
    if kit.palette.border_px == 1:
        return drawn(kit, emblem(kit.palette.tone(tone), icon, glad=tone in GLAD), tone)
    return on_tone(kit, Column((Sized(disc(kit, icon, tone, kit.px(SIGN_PX)), across=Align.CENTRE),)), tone)


def drawn(kit: Kit, drawing: Drawing, tone: str) -> Widget:
    """A drawing on the ground of its tone, as large as there is room."""
    look, pad = kit.palette.tone(tone), (kit.gap("near"), kit.gap("near"))
    ground = Box(drawing, (look.tile, look.tile), kit.theme.radius("tile"), pad)
    return Sized(ground, height=kit.px(SIGN_PX) + 2 * pad[1])


def disc(kit: Kit, icon: str, tone: str, size: int) -> Widget:
    """A sign in a disc of that many pixels."""
    look, paper = kit.palette.tone(tone), kit.palette.paper
    sign = Icon(icon, round(size * 0.56), look.ink)
    return Sized(Box(sign, (paper, paper), size // 2), size, size, widest=size)


def large(kit: Kit, words: str, tone: str) -> Widget:
    """A few signs as large as there is room, on the ground of their tone: a number that will be called."""
    ink = kit.palette.tone(tone).ink
    roles = ("number", "title", "head")
    ways = (
        Column((Text(words, kit.theme.type_px(one), ink, True, Align.CENTRE, 1),), down=Align.CENTRE) for one in roles
    )
    high = kit.px(SIGN_PX) + 2 * kit.gap("near")
    return Sized(on_tone(kit, Column((Grow(Fitting(tuple(ways))),)), tone), height=high)


def on_tone(kit: Kit, child: Column, tone: str) -> Widget:
    """What a picture shows, in the middle of the ground of its tone."""
    look = kit.palette.tone(tone)
    border = kit.palette.line if kit.palette.border_px > 1 else None
    inner = Column(child.children, child.gap, child.align, Align.CENTRE)
    pad = (kit.gap("near"), kit.gap("near"))
    return Box(inner, (look.tile, look.tile), kit.theme.radius("tile"), pad, border, 2)


def main_in_foot(kit: Kit) -> bool:
    """Whether the main button stands between the others: where there is little room above."""
    panel = kit.theme.panel
    return not panel.portrait and (panel.low or kit.theme.ease.large_text)


def main_above(kit: Kit, main: Key | None) -> tuple[Widget, ...]:
    """The main button at the foot of a sheet; nothing where it stands between the others."""
    if main is None or main_in_foot(kit):
        return ()
    return (Row((button(kit, main, wide=True),)),)
