"""The services as cards that fill their room, as many as there is place for; the last one leads to the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kiosk.display.parts import Kit, card, pill, tile
from kiosk.display.screens.frame import reach
from kiosk.display.screens.scene import Scene
from kiosk.display.theme import Tone
from kiosk.display.widgets import (
    Align,
    Box,
    Column,
    Drawing,
    Fitting,
    Gap,
    Grow,
    Icon,
    Layers,
    Row,
    Sized,
    Text,
    Touch,
    Widget,
)
from kiosk.rules.front.taps import Page, Tap, Went

NAMED, BRIEF = 2, 22  # services that the last card names, and letters of its line; a Chinese character counts for two
REMARK_PX = 230  # about, as chosen for 1280x800
FIRST, OTHERS = 6, 5  # how high the rows are, against each other, where the first one holds fewer cards


@dataclass(frozen=True, slots=True)
class Card:
    """One of the things that can be done here. name: for tests and for spoken prompts. remark: what else is to be said
    of it where there is room, and its tone; it does not repeat the line. picture: drawn where there is much room."""

    icon: str
    tone: str
    title: str
    line: str
    tap: Tap
    name: str
    remark: tuple[str, str] | None = None
    picture: Callable[[Tone], Drawing] | None = None


@dataclass(frozen=True, slots=True)
class _Style:
    """How the cards of a row look. upright: the sign above the words, not beside them. tile: of the sign, as chosen for
    1280x800. lines: of the title. crop: what is too long ends in dots."""

    upright: bool
    tile: int
    title: str
    line: str = ""
    lines: int = 2
    pad: str = "usual"
    crop: bool = False


STYLES = (
    _Style(True, 148, "title", "body", pad="wide"),
    _Style(False, 148, "title", "body", pad="wide"),
    _Style(True, 112, "head", "body"),
    _Style(False, 112, "head", "small"),
    _Style(True, 80, "head", "small", 1, "near"),
    _Style(True, 72, "lead", "small", 1, "near"),
    _Style(False, 92, "lead", "small", pad="near"),
    _Style(False, 84, "lead", pad="near"),
    _Style(False, 72, "lead", pad="near"),
    _Style(False, 60, "body", pad="near"),
    _Style(False, 84, "lead", pad="near", crop=True),
    _Style(False, 56, "body", pad="near", crop=True),
)
"""From the richest to the plainest; the last ones crop what is too long."""
LISTED = _Style(False, 72, "lead", "small", pad="near", crop=True)
UPRIGHT_UP_TO, UPRIGHT_IN_PORTRAIT = 2.15, 1.5  # times as wide as high


def shared_out(scene: Scene, cards: Sequence[Card], upper_px: int) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    """The cards of the home screen, and those of the page behind its last card. upper_px: of what stands above them."""
    whole = _rows_at_most(scene.kit, upper_px) * _columns_at_most(scene.kit, len(cards))
    if len(cards) <= whole:
        return tuple(cards), ()
    behind = tuple(cards[whole - 1 :])
    title, line = scene.say("More services"), _named(scene, behind)
    more = Card("dots-three-circle", "plain", title, line, Went(Page.MORE), "more")
    return (*cards[: whole - 1], more), behind


def _named(scene: Scene, cards: Sequence[Card]) -> str:
    """The first of the services behind the last card, as far as a short line has room for them."""
    titles = scene.say(", ").join(card.title for card in cards[:NAMED]) + ("…" if len(cards) > NAMED else "")
    return titles if sum(1 if sign.isascii() else 2 for sign in titles) <= BRIEF else ""


def rows_of(kit: Kit, count: int, upper_px: int) -> tuple[int, ...]:
    """How many cards each row holds: no place stays empty, and the first row is never the fuller one."""
    if not count:
        return ()
    columns = _columns_at_most(kit, count)
    rows = max(1, -(-count // columns))
    if kit.theme.panel.portrait and count <= min(3, _rows_at_most(kit, upper_px)):
        rows = count
    few, over = divmod(count, rows)
    return (few,) * (rows - over) + (few + 1,) * over


def grid(kit: Kit, cards: Sequence[Card], upper_px: int) -> Widget:
    """The cards in rows; a row of fewer cards is the higher one."""
    return _grid(kit, tuple(cards), upper_px)


@lru_cache(maxsize=16)
def _grid(kit: Kit, cards: tuple[Card, ...], upper_px: int) -> Widget:
    if not cards:
        return Gap()
    counts = rows_of(kit, len(cards), upper_px)
    free = _high(kit, upper_px) - _gap(kit) * (len(counts) - 1)
    spare = free >= (1.3 * len(counts)) * kit.theme.panel.target
    leads = spare and counts[0] < counts[-1]
    shares = [FIRST if leads and count == counts[0] else OTHERS for count in counts]
    wide = kit.theme.panel.width - 2 * kit.gap("edge")
    flattest = UPRIGHT_IN_PORTRAIT if kit.theme.panel.portrait else UPRIGHT_UP_TO
    left = list(cards)
    alike: dict[int, list[list[Row]]] = {}  # rows of one height look alike: each in every style
    for count, share in zip(counts, shares, strict=True):
        some, left = left[:count], left[count:]
        flat = wide / count > flattest * free * share / sum(shares)
        styles = [style for style in STYLES if not (style.upright and flat)]
        alike.setdefault(share, []).append([_row(kit, some, style) for style in styles])
    blocks = []
    for share, rows in alike.items():
        ways = tuple(Column(tuple(map(Grow, way)), _gap(kit), even=True) for way in zip(*rows, strict=True))
        blocks.append(Grow(Fitting(ways), share * len(rows)))
    return Column(tuple(blocks), _gap(kit), even=True)


def listed(kit: Kit, shown: Card) -> Widget:
    """A card of a list, as wide as that."""
    return _card(kit, shown, LISTED, roomy=False)


def _row(kit: Kit, cards: Sequence[Card], style: _Style) -> Row:
    roomy = len(cards) <= 2
    return Row(tuple(Grow(_card(kit, one, style, roomy=roomy)) for one in cards), _gap(kit), Align.FILL)


def _card(kit: Kit, shown: Card, style: _Style, *, roomy: bool) -> Widget:
    palette, type_px = kit.palette, kit.theme.type_px
    sign = tile(kit, shown.icon, shown.tone, kit.px(style.tile))
    words: list[Widget] = [
        Text(shown.title, type_px(style.title), palette.ink, True, lines=style.lines, crop=style.crop)
    ]
    if shown.line and style.line:
        lines = 1 if style.line == "small" else 2
        words.append(Text(shown.line, type_px(style.line), palette.soft, lines=lines, crop=style.crop))
    told = Column(tuple(words), kit.gap("hair"), down=Align.CENTRE)
    chevron = Icon("caret-right", kit.px(30), palette.soft)
    if shown.picture is not None and roomy and style in STYLES[:2] and palette.border_px == 1:
        inner: Widget = _pictured(kit, shown, shown.picture, told, upright=style.upright)
    elif style.upright:
        if shown.remark is not None and roomy and style.tile >= 112:
            upper = Row((sign, Grow(Gap()), pill(kit, *shown.remark)), align=Align.START)
        else:
            upper = Row((sign, Grow(Gap()), chevron))
        inner = Column((upper, Grow(Gap(height=kit.gap("tight"))), told))
    else:
        parts = (sign, Grow(told), chevron) if style.tile >= 112 else (sign, Grow(told))
        inner = Row(parts, kit.gap("usual" if style.tile > 72 else "near"))
    if style.pad == "near" and style.tile > 72:
        inner = Box(inner, pad=(kit.gap("tight"), 0))
    least = kit.theme.panel.target
    return Touch(Sized(card(kit, inner, style.pad), least, least), shown.tap, shown.name, kit.theme.radius("card"))


def _pictured(kit: Kit, shown: Card, picture: Callable[[Tone], Drawing], told: Widget, *, upright: bool) -> Widget:
    """A picture over the words, or before them, with the remark on it; the arrow says that it is a key."""
    look = kit.palette.tone(shown.tone)
    drawn: Widget = picture(look)
    if shown.remark is not None and upright and kit.theme.panel.low:  # beside the remark, not under it
        drawn = Row((Grow(drawn), Gap(width=kit.px(REMARK_PX))), align=Align.FILL)
    scene: Widget = Box(drawn, (look.tile, look.tile), kit.theme.radius("button"), (kit.gap("near"),) * 2)
    if shown.remark is not None:
        note = Column((Row((Grow(Gap()), pill(kit, *shown.remark, on_paper=True))),))
        scene = Layers(scene, Box(note, pad=(kit.gap("near"), kit.gap("near"))))
    size = kit.px(64)
    go = Sized(Box(Icon("caret-right", kit.px(32), look.on), (look.strong, look.strong), size // 2), size, size)
    if not upright:
        arrow = Row((go, Grow(Gap())))
        words = Column((Grow(told), arrow), kit.gap("near"))
        return Row((Grow(scene, 6), Grow(Box(words, pad=(0, kit.gap("tight"))), 5)), kit.gap("usual"), Align.FILL)
    below = Box(Row((Grow(told), go), kit.gap("near")), pad=(kit.gap("tight"), 0))
    return Column((Grow(Sized(scene, height=kit.px(150))), below), kit.gap("near"))


def _columns_at_most(kit: Kit, count: int) -> int:
    panel = kit.theme.panel
    if panel.portrait or kit.theme.ease.large_text:
        return 2
    if panel.low:
        return 3
    return {4: 2, 7: 4, 8: 4}.get(count, 3)


def _rows_at_most(kit: Kit, upper_px: int) -> int:
    least = max(kit.theme.panel.target, round(2 * 1.24 * kit.theme.type_px("lead")) + 2 * kit.gap("near"))
    return max(1, (_high(kit, upper_px) + _gap(kit)) // (least + _gap(kit)))


def _high(kit: Kit, upper_px: int) -> int:
    """The room of all cards."""
    panel = kit.theme.panel
    if kit.theme.ease.low_reach and not (panel.low and not panel.portrait):
        return reach(kit, 2 if panel.portrait else 1)
    foot = max(panel.target, kit.px(84)) * (2 if panel.portrait else 1) + kit.gap("near") * 3
    return panel.height - kit.px(116) - foot - 2 * kit.gap("usual") - upper_px


def _gap(kit: Kit) -> int:
    return kit.px(18)
