"""While nobody touches the screen: what is on today, one slide after the other; any touch leads home."""

from __future__ import annotations

from dataclasses import replace

from kiosk.display.parts import card, pill, tile
from kiosk.display.screens.frame import home_foot, screen
from kiosk.display.screens.scene import Scene, day
from kiosk.display.widgets import Align, Column, Gap, Grow, Layers, Picture, Row, Screen, Sized, Text, Touch, Widget
from kiosk.rules.front.attract import Promotion
from kiosk.rules.front.taps import Page, Went
from kiosk.rules.service.store_plan import said

SHORT_TITLE, SHORT_TEXT = 32, 110
WANDER = ((0, 0), (14, 10), (0, 18), (10, 4))  # no edge stays at the same pixels for hours


def slide(scene: Scene, promotion: Promotion, number: int) -> Screen:
    """A promotion over the whole screen but the foot."""
    kit = scene.kit
    words = _words(scene, promotion)
    panel = kit.theme.panel
    size = kit.px(380 if not panel.low else 200)
    sign = Sized(tile(kit, promotion.icon, promotion.tone, size), across=Align.CENTRE, down=Align.CENTRE)
    shown: Widget = sign
    if promotion.picture:  # one that cannot be read leaves the sign
        shown = Layers(sign, Picture(promotion.picture, kit.theme.radius("card")))
    if panel.portrait:
        inner: Widget = Column((Grow(shown, 3), Grow(words, 2)), kit.gap("usual"))
    elif number % 2:
        inner = Row((Grow(words), Grow(shown)), kit.gap("wide"), Align.FILL)
    else:
        inner = Row((Grow(shown), Grow(words)), kit.gap("wide"), Align.FILL)
    x, y = WANDER[number % len(WANDER)]
    pad = kit.gap("usual")
    sheet: Widget = card(kit, inner, "wide")
    if not kit.theme.ease.low_reach:
        sheet = Touch(sheet, Went(Page.HOME), "begin", kit.theme.radius("card"))
    room = Column(
        (
            Gap(height=pad + kit.px(y)),
            Grow(Row((Gap(pad + kit.px(x)), Grow(sheet), Gap(pad + kit.px(14 - x))), align=Align.FILL)),
            Gap(height=pad + kit.px(18 - y)),
        )
    )
    return screen(scene, f"attract.{number}", Gap(), room, home_foot(scene))


def _words(scene: Scene, promotion: Promotion) -> Widget:
    kit, language = scene.kit, scene.session.language
    title, text = said(promotion.title, language), said(promotion.text, language)
    short = _wide(title) <= SHORT_TITLE and _wide(text) <= SHORT_TEXT and not kit.theme.ease.large_text
    size = round(kit.theme.type_px("title") * 1.35) if short else kit.theme.type_px("head")  # it is read from afar
    lines: list[Widget] = [Text(title, size, kit.palette.ink, True, lines=3, crop=True)]
    if text:
        size = kit.theme.type_px("head" if short else "body")
        lines.append(Text(text, size, kit.palette.ink, lines=5 if short else 4, crop=True))
    if promotion.valid_until is not None:
        until = scene.say("Until {day}").format(day=day(scene, promotion.valid_until))
        lines.append(Text(until, kit.theme.type_px("body"), kit.palette.soft, lines=1, crop=True))
    touch = Row((pill(kit, scene.say("Touch to begin"), "brand"), Grow(Gap())))
    return Column((*lines, Gap(height=kit.gap("tight")), touch), kit.gap("near"), down=Align.CENTRE)


def _wide(text: str) -> int:
    """How much room it takes, about: a Chinese character as much as two letters."""
    return sum(1 if sign.isascii() else 2 for sign in text)


def by_night(scene: Scene) -> Scene:
    """The same scene on a dark screen."""
    kit = scene.kit
    dark = replace(kit.theme, ease=replace(kit.theme.ease, high_contrast=True))
    return replace(scene, kit=replace(kit, theme=dark))
