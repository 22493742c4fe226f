"""The pieces that screens are put together from: headings, cards, buttons, keys, dialogs, each in the theme's looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.display.colors import Color
from kiosk.display.theme import Palette, Theme
from kiosk.display.widgets import (
    Align,
    Bar,
    Box,
    Column,
    Gap,
    Grow,
    Icon,
    Layers,
    Row,
    Scroll,
    Sized,
    Stroke,
    Text,
    Touch,
    Turn,
    Widget,
)
from kiosk.display.words import Say
from kiosk.rules.writing.book import EMPTY, Book

if TYPE_CHECKING:
    from kiosk.rules.front.taps import Tap

Reads = Callable[[tuple[Stroke, ...]], tuple[str, ...]]


def no_book() -> Book:
    """Letters stay letters."""
    return EMPTY


@dataclass(frozen=True, slots=True)
class Kit:
    """What every piece is made with. say: puts English into the shopper's language. book: of the pinyin keyboard.

    reads: what a finger drew, None where nobody can.
    """

    theme: Theme
    say: Say
    book: Callable[[], Book] = no_book
    reads: Reads | None = None

    @property
    def palette(self) -> Palette:
        return self.theme.palette

    def px(self, length: float) -> int:
        return self.theme.px(length)

    def gap(self, name: str) -> int:
        return self.theme.gap(name)


@dataclass(frozen=True, slots=True)
class Key:
    """Something to press. tone: "" for a quiet one. icon: before its words. text: as shown, "" for the icon alone.

    name: what it is called where nobody sees it; the text, unless told.
    """

    text: str
    tap: Tap
    tone: str = ""
    icon: str = ""
    name: str = ""


def text(kit: Kit, words: str, role: str = "body", align: Align = Align.START, lines: int = 6) -> Text:
    """Words in the colour of reading: strong roles are bold."""
    bold = role in ("number", "clock", "title", "head", "lead", "button")
    return Text(words, kit.theme.type_px(role), kit.palette.ink, bold, align, lines)


def soft(kit: Kit, words: str, role: str = "body", align: Align = Align.START, lines: int = 6) -> Text:
    """Words that are read second."""
    return Text(words, kit.theme.type_px(role), kit.palette.soft, False, align, lines)


def tile(kit: Kit, icon: str, tone: str, size: int) -> Widget:
    """An icon on its soft ground, a square of that many pixels."""
    look = kit.palette.tone(tone)
    inner = round(size * 0.58)
    box = Box(Icon(icon, inner, look.ink), (look.tile, look.tile), round(size * 0.24))
    return Sized(box, size, size, widest=size)


def swatch(kit: Kit, colors: Sequence[Color], size: int) -> Widget:
    """Colours as dots, together in a square of that many pixels: one, two side by side, three in a heap."""
    gap = kit.px(4)
    dot = round(size * 0.86) if len(colors) == 1 else (size - gap) // 2
    dots = [Sized(Box(Gap(), (one, one), dot // 2, border=kit.palette.soft, border_px=2), dot, dot, widest=dot)
            for one in colors]  # fmt: skip
    rows = [dots] if len(dots) < 3 else [dots[:1], dots[1:]]
    heap = Column(tuple(Sized(Row(tuple(row), gap), across=Align.CENTRE) for row in rows), gap, down=Align.CENTRE)
    return Sized(heap, size, size, widest=size)


def button(kit: Kit, key: Key, *, wide: bool = False) -> Widget:
    """A button as high as a finger needs; a wide one takes the room it gets."""
    theme, palette = kit.theme, kit.palette
    tone = palette.tone(key.tone or "plain")
    ink: Color = tone.on
    size = theme.type_px("button")
    parts: list[Widget] = []
    if key.icon:
        parts.append(Icon(key.icon, round(size * 1.3), ink))
    if key.text:
        parts.append(Text(key.text, size, ink, True, lines=1))
    height = max(theme.panel.target, kit.px(84))
    radius = theme.radius("button")
    border = palette.line if palette.border_px > 1 else None
    raised = bool(key.tone) and palette.border_px == 1
    body = Box(
        Sized(Row(tuple(parts), kit.px(12)), across=Align.CENTRE),
        (tone.strong, tone.strong),
        radius,
        (kit.px(30) if key.text else kit.px(14), 0),
        border,
        palette.border_px,
        kit.px(8) if raised else 0,
        (*tone.strong, 70),
    )
    touch = Touch(Sized(body, theme.panel.target, height), key.tap, key.name or key.text, radius)
    return Grow(touch) if wide else touch


def card(kit: Kit, child: Widget, pad: str = "wide") -> Widget:
    """A sheet of paper over the page."""
    palette = kit.palette
    return Box(
        child,
        (palette.paper, palette.paper),
        kit.theme.radius("card"),
        (kit.gap(pad), kit.gap(pad)),
        palette.line,
        palette.border_px,
        kit.px(16),
        palette.shadow,
    )


def touch_card(kit: Kit, child: Widget, tap: Tap, name: str) -> Widget:
    """A card that is pressed as a whole."""
    least = kit.theme.panel.target
    return Touch(Sized(card(kit, child, card_pad(kit)), least, least), tap, name, kit.theme.radius("card"))


def card_pad(kit: Kit) -> str:
    """The room inside a card that is touched: less where there is little."""
    return "usual" if kit.theme.panel.scale < 0.7 or kit.theme.ease.low_reach else "wide"


def hint(kit: Kit, icon: str, words: str, tone: str) -> Widget:
    """One line of a list: a sign and what it says."""
    size = max(kit.px(52), round(kit.theme.type_px("body") * 1.7))
    return Row((tile(kit, icon, tone, size), Grow(text(kit, words, "body", lines=3))), kit.gap("near"))


def choice(kit: Kit, keys: Sequence[Key], chosen: int) -> Widget:
    """One of few, side by side: the chosen one is raised."""
    theme, palette = kit.theme, kit.palette
    plain, brand = palette.tone("plain"), palette.tone("brand")
    radius = theme.radius("button")
    parts: list[Widget] = []
    for place, key in enumerate(keys):
        on = place == chosen
        raised = (brand.strong if palette.border_px > 1 else palette.paper) if on else plain.tile
        ink = (brand.on if palette.border_px > 1 else brand.ink) if on else plain.ink
        words = Text(key.text, theme.type_px("small"), ink, on, Align.CENTRE, 1)
        body = Box(
            words,
            (raised, raised),
            radius,
            (kit.px(20), kit.px(6)),
            shadow=kit.px(6) if on else 0,
            shadow_color=palette.shadow,
        )
        parts.append(Touch(Sized(body, theme.panel.target, theme.panel.target), key.tap, key.name or key.text, radius))
    return Box(
        Row(tuple(parts), kit.px(4)),
        (plain.tile, plain.tile),
        radius,
    )


def pill(kit: Kit, words: str, tone: str, icon: str = "", *, on_paper: bool = False) -> Widget:
    """A short remark. on_paper: white, for a coloured ground."""
    look = kit.palette.tone(tone)
    size = kit.theme.type_px("small")
    parts: list[Widget] = [Icon(icon, round(size * 1.25), look.ink)] if icon else []
    parts.append(Text(words, size, look.ink, True, lines=1))
    border = look.ink if kit.palette.border_px > 1 else None
    ground = kit.palette.paper if on_paper else look.tile
    return Box(
        Row(tuple(parts), kit.px(8)),
        (ground, ground),
        kit.theme.radius("pill"),
        (kit.px(18), kit.px(7)),
        border,
        2,
    )


def stepper(kit: Kit, step: int, steps: int) -> Widget:
    """How far a procedure is, on the head's band."""
    palette = kit.palette
    dim: Color = tuple((3 * one + other) // 4 for one, other in zip(palette.band[1], palette.on_band, strict=True))  # type: ignore[assignment]  # three in, three out
    bars = (Bar(1.0, palette.on_band if place < step else dim, dim, kit.px(8)) for place in range(steps))
    return Row(tuple(Sized(bar, kit.px(58), kit.px(8), widest=kit.px(58)) for bar in bars), kit.px(8))


def dialog(kit: Kit, below: Widget, child: Widget) -> Widget:
    """Something that is to be answered first, over everything else."""
    sheet = Sized(card(kit, child), kit.px(640), across=Align.CENTRE, down=Align.CENTRE, widest=kit.px(760))
    over = Box(sheet, pad=(kit.gap("usual"), kit.gap("usual")))
    return Layers(below, over, kit.palette.scrim)


def number_pad(kit: Kit, keys: Sequence[Key], columns: int, height: int) -> Widget:
    """Keys in rows of a number of columns; a key whose tone is named is for doing, the others for typing."""
    rows: list[Widget] = []
    for place in range(0, len(keys), columns):
        row = tuple(Grow(_pad_key(kit, key, height)) for key in keys[place : place + columns])
        rows.append(Row(row, kit.px(10)))
    return Column(tuple(rows), kit.px(10))


def _pad_key(kit: Kit, key: Key, height: int) -> Widget:
    palette, theme = kit.palette, kit.theme
    radius = theme.radius("tile")
    if key.tone:
        tone = palette.tone(key.tone)
        fill, ink = tone.strong, tone.on
    else:
        fill, ink = palette.paper, palette.ink
    size = theme.type_px("head")
    face: Widget = Icon(key.icon, size, ink) if key.icon else Text(key.text, size, ink, True, Align.CENTRE, 1)
    body = Box(
        Sized(face, across=Align.CENTRE),
        (fill, fill),
        radius,
        border=palette.line if not key.tone or palette.border_px > 1 else None,
        border_px=palette.border_px,
        shadow=kit.px(5),
        shadow_color=palette.shadow,
    )
    return Touch(Sized(body, theme.panel.target, height), key.tap, key.name or key.text, radius)


def level(kit: Kit, sign: Widget, below: Sequence[Widget]) -> Widget:
    """A sign and what stands below it, at the same height on every card of a row."""
    upper = Column((Grow(Gap()), Sized(sign, across=Align.CENTRE)))  # a column tells what has no room in it
    return Column((Grow(upper, 3), Grow(Column(tuple(below), kit.gap("near")), 2)), kit.gap("near"), even=True)


def scroll(kit: Kit, entries: Sequence[Widget], name: str = "list", gap: str = "near", edge: int = 0) -> Widget:
    """Entries one below the other, in the room there is: with more than fits, a finger draws them, or two keys leaf.

    Give it room with Grow or Sized. Made once and kept, a long list costs nothing when the screen is made again.
    edge: of the sheet of paper that it fills; then the keys lie on that edge, pixels; else on that of the screen.
    """
    below = kit.theme.panel.portrait
    target = kit.theme.panel.target
    inset = kit.px(6)
    keys = tuple(
        Box(_leaf(kit, icon, Turn(name, rooms), flat=bool(edge)), pad=(inset, inset))
        for icon, rooms in (("caret-up", -1), ("caret-down", 1))
    )
    return Scroll(
        Column(tuple(entries), kit.gap(gap)),
        name,
        kit.palette.soft,
        gutter=kit.px(24),
        bleed=kit.px(20),
        fade=kit.px(34),
        keys=(keys[0], keys[1]),
        keys_room=target + 2 * inset,
        below=below,
        edge=edge,
    )


def _leaf(kit: Kit, icon: str, tap: Turn, *, flat: bool) -> Widget:
    """A key that leafs through a list. flat: on paper."""
    palette, target, radius = kit.palette, kit.theme.panel.target, kit.theme.radius("tile")
    plain = palette.tone("plain")
    sign = Sized(Icon(icon, kit.px(40), palette.tone("brand").ink), across=Align.CENTRE)
    ground = plain.tile if flat else plain.strong
    border = palette.line if palette.border_px > 1 else None
    body = Box(sign, (ground, ground), radius, border=border, border_px=palette.border_px)
    touch = Touch(Sized(body, target, target), tap, "leaf up" if tap.rooms < 0 else "leaf down", radius)
    return Sized(touch, down=Align.CENTRE) if kit.theme.panel.portrait else touch


def spread(*children: Widget) -> tuple[Widget, ...]:
    """Children with the room that is left between them."""
    found: list[Widget] = []
    for child in children:
        found += [child, Grow(Gap())]
    return tuple(found[:-1])
