"""The answers to a question as cards, in the richest way that their room has place for; many of them as a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kiosk.display.colors import rgb
from kiosk.display.illustrations import GLAD, emblem
from kiosk.display.parts import Kit, card, level, pill, scroll, swatch, tile
from kiosk.display.screens.pictured import WORDS, Pictured, beside, possible, upright
from kiosk.display.screens.scene import Scene
from kiosk.display.widgets import Align, Column, Fitting, Grow, Icon, Row, Sized, Text, Touch, Widget
from kiosk.rules.forms.flow import Chose
from kiosk.rules.forms.form import Option
from kiosk.rules.front.taps import Acted
from kiosk.sentences import Sentence, said_in

ONE_ROW = 5  # so many answers with signs stand side by side
TALL, SLIM, BROAD = 2, 4, 3  # so many have much room below each other; more than so many little there, or side by side
MOST = 12  # more of them are a list


@dataclass(frozen=True, slots=True)
class _Style:
    """How the cards look. upright: the sign above the words. tile: of the sign, as chosen for 1280x800. level: the
    signs of a row stand at one height, however many lines are below them."""

    upright: bool
    tile: int
    words: str
    pad: str = "usual"
    level: bool = False


_UPRIGHT = (
    _Style(True, 176, "head"), _Style(True, 148, "lead"), _Style(True, 112, "lead"), _Style(True, 80, "lead", "near"),
    _Style(True, 72, "body", "near"),
)  # fmt: skip
UPRIGHT = tuple(replace(style, level=level) for style in _UPRIGHT for level in (True, False))
BESIDE = (
    _Style(False, 124, "head"), _Style(False, 92, "head"), _Style(False, 84, "lead", "near"),
    _Style(False, 64, "lead", "near"), _Style(False, 56, "body", "tight"),
)  # fmt: skip
LISTED = _Style(False, 72, "lead", "near")


def worded(kit: Kit, option: Option) -> str:
    """The words of an answer; the store's own are said as they are, where it wrote them in one language only."""
    own = option.literal and not isinstance(option.words, Sentence)
    return option.words if own else said_in(kit.say, option.words)


def answers(scene: Scene, options: Sequence[Option]) -> Widget:
    """Each answer a card; one of which none is left says so, and cannot be touched."""
    return _answers(scene.kit, tuple(options))


@lru_cache(maxsize=16)
def _answers(kit: Kit, options: tuple[Option, ...]) -> Widget:
    listed = scroll(kit, [_card(kit, one, LISTED, lines=4) for one in options], "answers")
    if not options or len(options) > MOST:
        return listed
    signs = all(option.icon or option.colors for option in options)
    ways = []
    for counts in _shapes(kit, len(options), signs=signs):
        if 1 in (len(counts), max(counts)) and possible(kit) and all(option.icon for option in options):
            ways += _pictured(kit, options, side_by_side=len(counts) == 1 and len(options) > 1)
        tall = signs and not kit.theme.panel.portrait and len(counts) <= 2
        ways += [_grid(kit, options, counts, style) for style in (UPRIGHT if tall else BESIDE)]
    if kit.theme.panel.low and signs:
        ways += [_grid(kit, options, _shared(len(options), 3), style) for style in BESIDE]
    return Fitting((*ways, listed))


def _shapes(kit: Kit, count: int, *, signs: bool) -> list[tuple[int, ...]]:
    """How many cards the rows may hold, the best one first."""
    large = kit.theme.ease.large_text
    if kit.theme.panel.portrait:
        return [(1,) * count, _shared(count, 2)] if count <= ONE_ROW else [_shared(count, 2)]
    if not signs:  # words alone read best one below the other
        flat = [_shared(count, 2), _shared(count, 3)]
        return flat if count > 4 else [(1,) * count, *(flat if count == 4 else flat[1:])]
    if count <= (3 if large else ONE_ROW):
        return [(count,)]
    wide = 3 if count in (5, 6, 9) or large else 4
    return [_shared(count, wide)]


def _pictured(kit: Kit, options: Sequence[Option], *, side_by_side: bool) -> list[Widget]:
    """Few answers, each with a picture."""
    slim = len(options) > (BROAD if side_by_side else SLIM)
    shown = [_with_picture(kit, one, on_picture=side_by_side, slim=slim) for one in options]
    gap = kit.px(18)
    above = [[upright(kit, one, shown, words) for one in shown] for words in WORDS]
    if side_by_side:
        return [Row(_grown(kit, options, cards), gap, Align.FILL) for cards in above]
    ways = [[beside(kit, one, words) for one in shown] for words in WORDS]
    tall = above if len(options) <= TALL else []
    return [Column(_grown(kit, options, cards), gap, even=True) for cards in (*tall, *ways)]


def _grown(kit: Kit, options: Sequence[Option], cards: Sequence[Widget]) -> tuple[Widget, ...]:
    return tuple(Grow(_touched(kit, option, one)) for option, one in zip(options, cards, strict=True))


def _with_picture(kit: Kit, option: Option, *, on_picture: bool, slim: bool) -> Pictured:
    there = option.left != 0
    tone = option.tone if there else "plain"
    sign, badge = (option.of, option.icon) if option.of else (option.icon, "")
    drawn = emblem(kit.palette.tone(tone), sign, badge, slim=slim, glad=tone in GLAD)
    line = option.line if option.literal else said_in(kit.say, option.line)
    left = None if option.left is None else _left(kit, option.left, on_paper=on_picture)
    return Pictured(drawn, tone, worded(kit, option), line, left, there)


def _shared(count: int, columns: int) -> tuple[int, ...]:
    """Rows of at most so many, as even as can be, the fuller ones first."""
    rows = -(-count // columns)
    few, over = divmod(count, rows)
    return (few + 1,) * over + (few,) * (rows - over)


def _grid(kit: Kit, options: Sequence[Option], counts: Sequence[int], style: _Style) -> Widget:
    left = list(options)
    gap = kit.px(18) if len(counts) <= 3 else kit.gap("near")
    rows: list[Widget] = []
    for count in counts:
        some, left = left[:count], left[count:]
        cards = tuple(Grow(_card(kit, one, style, lines=2)) for one in some)
        rows.append(Grow(Row(cards, gap, Align.FILL)))
    return Column(tuple(rows), gap, even=True)


def _card(kit: Kit, option: Option, style: _Style, *, lines: int) -> Widget:
    palette, type_px, there = kit.palette, kit.theme.type_px, option.left != 0
    across = Align.CENTRE if style.upright else Align.START
    words = worded(kit, option)
    told: list[Widget] = [
        Text(words, type_px(style.words), palette.ink if there else palette.soft, True, across, lines)
    ]
    if option.line:
        line = option.line if option.literal else said_in(kit.say, option.line)
        told.append(Text(line, type_px("small"), palette.soft, False, across, 2))
    left = () if option.left is None else (Sized(_left(kit, option.left), across=across),)
    sign = _sign(kit, option, kit.px(style.tile), there=there)
    if style.upright:
        above = (Sized(sign, across=Align.CENTRE),) if sign is not None else ()
        below = (Column(tuple(told), kit.gap("hair")), *left)
        inner: Widget = Column((*above, *below), kit.gap("near"), down=Align.CENTRE)
        if style.level and sign is not None:
            inner = level(kit, sign, below)
    else:
        chevron = (Icon("caret-right", kit.px(30), palette.soft),) if there else ()
        beside = (sign,) if sign is not None else ()
        inner = Row((*beside, Grow(Column(tuple(told), kit.gap("hair"))), *left, *chevron), kit.gap("near"))
    return _touched(kit, option, card(kit, inner, style.pad))


def _touched(kit: Kit, option: Option, sheet: Widget) -> Widget:
    """What can be chosen can be touched."""
    if option.left == 0:
        return sheet
    least = kit.theme.panel.target
    name = f"choose {option.id}"
    return Touch(Sized(sheet, least, least), Acted(Chose(option.id)), name, kit.theme.radius("card"))


def _left(kit: Kit, count: int, *, on_paper: bool = False) -> Widget:
    """How many there are to lend."""
    says = kit.say("{count} left").format(count=count) if count else kit.say("All on loan")
    return pill(kit, says, "good" if count else "care", on_paper=on_paper)


def _sign(kit: Kit, option: Option, size: int, *, there: bool) -> Widget | None:
    if option.colors:
        return swatch(kit, [rgb(one) for one in option.colors], size)
    return tile(kit, option.icon, option.tone if there else "plain", size) if option.icon else None
