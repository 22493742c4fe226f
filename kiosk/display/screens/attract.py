"""While nobody touches the screen: what is on today, one slide after the other; any touch leads home."""

from __future__ import annotations

from dataclasses import replace

from kiosk.display.colors import Color
from kiosk.display.drawing import blended
from kiosk.display.illustrations import NIGHT, shopping_bag
from kiosk.display.parts import tile
from kiosk.display.screens.frame import home_foot, screen
from kiosk.display.screens.scene import Scene, clock, day
from kiosk.display.theme import Tone
from kiosk.display.widgets import (
    Align,
    Box,
    Column,
    Fitting,
    Gap,
    Grow,
    Icon,
    Layers,
    Picture,
    Row,
    Screen,
    Sized,
    Text,
    Touch,
    Widget,
)
from kiosk.rules.front.attract import Promotion
from kiosk.rules.front.taps import Page, Went
from kiosk.rules.service.store_plan import said

WANDER = ((0, 0), (14, 10), (0, 18), (10, 4))  # no edge stays at the same pixels for hours
TITLES = (1.9, 1.5, 1.2, 1.0)  # of the type of a title, lines of which are tried from the largest: it is read from afar


def slide(scene: Scene, promotion: Promotion, number: int) -> Screen:
    """A promotion over the whole screen but the foot."""
    kit, panel = scene.kit, scene.kit.theme.panel
    ground, look = _ground(scene, promotion)
    words = _words(scene, promotion, look)
    if kit.palette.border_px > 1:
        size = kit.px(380 if not panel.low else 200)
        shown: Widget = Sized(tile(kit, promotion.icon, promotion.tone, size), across=Align.CENTRE, down=Align.CENTRE)
    else:
        shown = shopping_bag(ground[0], look, promotion.icon)
    if promotion.picture:  # one that cannot be read leaves the bag
        shown = Layers(shown, Picture(promotion.picture, kit.theme.radius("card")))
    if panel.portrait:
        inner: Widget = Column((Grow(shown, 5), Grow(words, 4)), kit.gap("usual"))
    elif number % 2:
        inner = Row((Grow(shown), Grow(words)), kit.gap("wide"), Align.FILL)
    else:
        inner = Row((Grow(words), Grow(shown)), kit.gap("wide"), Align.FILL)
    x, y = WANDER[number % len(WANDER)]
    edge, over = kit.gap("edge"), kit.gap("usual")
    across = Row((Gap(edge + kit.px(x)), Grow(inner), Gap(edge + kit.px(14 - x))), align=Align.FILL)
    lines = Column((_store(scene, look), Grow(across), Gap(height=over + kit.px(18 - y))), kit.gap("tight"))
    sheet: Widget = Box(Column((Gap(height=over + kit.px(y)), Grow(lines))), ground)
    if not kit.theme.ease.low_reach:
        sheet = Touch(sheet, Went(Page.HOME), "begin")
    made = screen(scene, f"attract.{number}", Gap(), sheet, home_foot(scene))
    return replace(made, ground=ground)  # one slide becomes the next through its colour, not through a light page


def _ground(scene: Scene, promotion: Promotion) -> tuple[tuple[Color, Color], Tone]:
    """A strong colour that darkens towards the foot, and what stands on it."""
    palette = scene.kit.palette
    if palette.border_px > 1:
        return palette.page, replace(palette.tone("plain"), on=palette.ink)
    look = palette.tone("brand" if promotion.tone == "plain" else promotion.tone)
    return (look.strong, blended(look.strong, NIGHT, 0.45)), look


def _store(scene: Scene, look: Tone) -> Widget:
    """Whose screen it is, and what time it is."""
    kit = scene.kit
    size = kit.theme.type_px("lead")
    name = Text(scene.store_name, size, look.on, True, lines=1, crop=True)
    time = Text(clock(scene.now), size, look.on, True, lines=1)
    line = Row((Icon("storefront", round(size * 1.5), look.on), Grow(name), time), kit.gap("near"))
    return Box(line, pad=(kit.gap("edge"), 0))


def _words(scene: Scene, promotion: Promotion, look: Tone) -> Widget:
    kit, language = scene.kit, scene.session.language
    title, text = said(promotion.title, language), said(promotion.text, language)
    type_px = kit.theme.type_px
    below: list[Widget] = []
    if promotion.valid_until is not None:
        until = scene.say("Until {day}").format(day=day(scene, promotion.valid_until))
        below.append(Text(until, type_px("body"), look.on, lines=1, crop=True))
    below += [Gap(height=kit.gap("tight")), _begin(scene, promotion)]
    ways: list[Widget] = []
    for part in TITLES:
        last = part == TITLES[-1]
        lines: list[Widget] = [Text(title, round(type_px("title") * part), look.on, True, lines=3, crop=last)]
        if text:
            size = type_px("head" if part > TITLES[-2] else "body")
            lines.append(Text(text, size, look.on, lines=4, crop=last))
        ways.append(Column((*lines, *below), kit.gap("near"), down=Align.CENTRE))
    small = [Text(title, type_px("head"), look.on, True, lines=2, crop=True)]
    if text:
        small.append(Text(text, type_px("small"), look.on, lines=2, crop=True))
    ways.append(Column((*small, *below), kit.gap("tight"), down=Align.CENTRE))
    return Fitting(tuple(ways))


def _begin(scene: Scene, promotion: Promotion) -> Widget:
    """It looks like a key, although all of the slide is one."""
    kit = scene.kit
    look = kit.palette.tone("brand" if promotion.tone == "plain" else promotion.tone)
    size = kit.theme.type_px("lead")
    words = Text(scene.say("Touch to begin"), size, look.ink, True, lines=1)
    inner = Row((words, Icon("caret-right", size, look.ink)), kit.gap("tight"))
    pad, border = (kit.gap("wide"), kit.gap("near")), look.ink if kit.palette.border_px > 1 else None
    paper = (kit.palette.paper, kit.palette.paper)
    return Row((Box(inner, paper, kit.theme.radius("pill"), pad, border, kit.palette.border_px), Grow(Gap())))


def by_night(scene: Scene) -> Scene:
    """The same scene on a dark screen."""
    kit = scene.kit
    dark = replace(kit.theme, ease=replace(kit.theme.ease, high_contrast=True))
    return replace(scene, kit=replace(kit, theme=dark))
