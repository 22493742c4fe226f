"""The services as cards in a grid, as many as the panel has room for; the last one leads to the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.display.parts import Kit, card, tile
from kiosk.display.screens.frame import reach
from kiosk.display.screens.scene import Scene
from kiosk.display.widgets import Align, Column, Gap, Grow, Row, Sized, Text, Touch, Widget
from kiosk.rules.front.taps import Page, Tap, Went


@dataclass(frozen=True, slots=True)
class Card:
    """One of the things that can be done here. name: for tests and for spoken prompts."""

    icon: str
    tone: str
    title: str
    line: str
    tap: Tap
    name: str


def shared_out(scene: Scene, cards: Sequence[Card], upper_px: int) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    """The cards of the home screen, and those of the page behind its last card. upper_px: of what stands above them."""
    rows, columns = room(scene.kit, upper_px)
    whole = rows * columns
    if len(cards) <= whole:
        return tuple(cards), ()
    more = Card("dots-three-circle", "plain", scene.say("More services"), "", Went(Page.MORE), "more")
    return (*cards[: whole - 1], more), tuple(cards[whole - 1 :])


def room(kit: Kit, upper_px: int) -> tuple[int, int]:
    """How many rows and columns of cards there are."""
    panel, gap = kit.theme.panel, _gap(kit)
    columns = 2 if panel.portrait or kit.theme.ease.large_text else 3
    if kit.theme.ease.low_reach and not (panel.low and not panel.portrait):
        high = reach(kit, 2 if panel.portrait else 1)
    else:
        foot = max(panel.target, kit.px(84)) * (2 if panel.portrait else 1) + kit.gap("near") * 3
        high = panel.height - kit.px(116) - foot - 2 * kit.gap("usual") - upper_px
    least = max(panel.target, _inner_px(kit) + 2 * kit.gap("near"))
    return max(1, (high + gap) // (least + gap)), columns


def grid(kit: Kit, cards: Sequence[Card], upper_px: int) -> Widget:
    """The cards in rows of the same height; a last row that is not full leaves its room free."""
    rows, columns = room(kit, upper_px)
    rows = min(rows, -(-len(cards) // columns)) if len(cards) > columns else 1
    lines: list[Widget] = []
    for place in range(0, len(cards), columns):
        some = [Grow(_card(kit, one)) for one in cards[place : place + columns]]
        some += [Grow(Gap())] * (columns - len(some) if len(cards) > columns else 0)
        lines.append(Grow(Row(tuple(some), _gap(kit), Align.FILL)))
    return Column(tuple(lines), _gap(kit))


def _card(kit: Kit, shown: Card) -> Widget:
    palette = kit.palette
    narrow = kit.theme.panel.portrait
    sign = tile(kit, shown.icon, shown.tone, _inner_px(kit) if not narrow else min(_inner_px(kit), kit.px(84)))
    words: list[Widget] = [Text(shown.title, kit.theme.type_px("lead"), palette.ink, True, lines=2)]
    if shown.line and not narrow and not kit.theme.ease.large_text and not kit.theme.panel.low:
        words.append(Text(shown.line, kit.theme.type_px("small"), palette.soft, lines=1, crop=True))
    told = Column(tuple(words), kit.gap("hair"), down=Align.CENTRE)
    inner = Row((sign, Grow(told)), kit.gap("near" if narrow else "usual"))
    least = kit.theme.panel.target
    return Touch(Sized(card(kit, inner, "near"), least, least), shown.tap, shown.name, kit.theme.radius("card"))


def _inner_px(kit: Kit) -> int:
    return max(kit.px(76), round(2 * 1.35 * kit.theme.type_px("lead")))


def _gap(kit: Kit) -> int:
    return kit.gap("near")
