"""The keys that write: letters, signs and digits in rows as wide as the panel, and what the letters may mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.display.colors import Color
from kiosk.display.parts import Key as Button
from kiosk.display.parts import Kit
from kiosk.display.screens.scene import Scene
from kiosk.display.widgets import Align, Box, Column, Fitting, Gap, Grow, Icon, Pad, Row, Sized, Text, Touch, Widget
from kiosk.rules.forms.flow import Wrote
from kiosk.rules.front.taps import Acted, Tap
from kiosk.rules.writing.candidates import candidates
from kiosk.rules.writing.writing import (
    PADS,
    Backspace,
    Candidate,
    FormsAsked,
    Key,
    Kind,
    Layer,
    LayerAsked,
    Letter,
    MoreCandidates,
    Recognised,
    Stroke,
    Stroked,
    Writing,
)
from kiosk.units import Language

TAIWAN = Language("zh-TW")
QWERTY = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
ALPHABET = ("abcdefg", "hijklmn", "opqrstu", "vwxyz")
SIGNS = ("1234567890", "-/:;()&@\"'", ".,?!#+=")
CHINESE_SIGNS = ("1234567890", "，。？！、：；（）—", "-/@#&+.")
NARROW_SIGNS = ("1234567", "890-/:;", "()&@\"'#", ".,?!+")
NARROW_CHINESE_SIGNS = ("1234567", "890，。？！", "、：；（）-/", "—@#&.")
BESIDE_ZERO = {Kind.CARD: "X", Kind.AMOUNT: "."}
WIDE_LETTER, NARROW_LETTER = 1.0, 0.62  # of the size of the type


def wrote(key: Key) -> Tap:
    return Acted(Wrote(key))


def in_taiwan(scene: Scene, writing: Writing) -> bool:
    """Whether characters are written as in Taiwan: as was asked for, else as the screen's language does."""
    return scene.session.language == TAIWAN if writing.taiwan is None else writing.taiwan


def meant(scene: Scene, writing: Writing) -> tuple[Candidate | Recognised, ...]:
    """What the letters that wait may be, or the lines."""
    if writing.layer is Layer.HAND:
        reads, book = scene.kit.reads, scene.kit.book()
        seen = reads(writing.strokes) if reads is not None and writing.strokes else ()
        if in_taiwan(scene, writing):
            seen = tuple(dict.fromkeys(form for one in seen for form in book.forms_in_taiwan(one)))
        return tuple(Recognised(one) for one in seen)
    names = writing.kind is Kind.NAME
    return candidates(
        scene.kit.book(), writing.letters, names=names, before=writing.text, taiwan=in_taiwan(scene, writing)
    )


def wide(text: str, size: int) -> int:
    """About how wide a text is set, pixels; rather too wide."""
    return round(size * sum(WIDE_LETTER if ord(one) > 0x2E80 or one in "mwMW" else NARROW_LETTER for one in text))


def gap(kit: Kit) -> int:
    """Between two keys."""
    return kit.px(9)


def strip(scene: Scene, writing: Writing, found: Sequence[Candidate | Recognised], rows: int = 1) -> Widget:
    """What the letters may mean, the likeliest first and marked; a key for more of it."""
    kit = scene.kit
    panel, size = kit.theme.panel, kit.theme.type_px("head")
    least = panel.target
    room = panel.width - 2 * side(kit)
    pages = paged([max(least, wide(one.text, size) + kit.px(36)) for one in found], room, least, gap(kit), rows)
    at = writing.page % len(pages)
    shown: list[Widget] = []
    for place in range(rows):
        line = pages[at][place] if place < len(pages[at]) else ()
        keys = [_candidate(kit, found[number], size, first=at == 0 and number == 0) for number in line]
        keys.append(Grow(Gap()))
        if len(pages) > 1 and place == rows - 1:
            keys.append(_more(kit))
        shown.append(Grow(Row(tuple(keys), gap(kit), Align.FILL)))
    return Column(tuple(shown), gap(kit))


def paged(widths: Sequence[int], room: int, more: int, gap: int, rows: int) -> list[list[list[int]]]:
    """Numbers of candidates in lines, lines in pages: as many as have room, with the key for more in each last line."""
    pages: list[list[list[int]]] = [[[]]]
    left = room
    for number, width in enumerate(widths):
        line = pages[-1][-1]
        last = len(pages[-1]) == rows
        if line and width > left - (more + gap if last else 0):
            if last:
                pages.append([[]])
            else:
                pages[-1].append([])
            left = room
        pages[-1][-1].append(number)
        left -= width + gap
    return pages


def side(kit: Kit) -> int:
    """Left and right of the keys."""
    return kit.px(24)


def _candidate(kit: Kit, candidate: Candidate | Recognised, size: int, *, first: bool) -> Widget:
    look = kit.palette.tone("brand" if first else "plain")
    fill = look.tile if first else kit.palette.paper
    ink = look.ink if first else kit.palette.ink
    words = Text(candidate.text, size, ink, first, Align.CENTRE, 1, crop=True, quiet=True)
    name = f"candidate {candidate.text}"
    return _face(kit, words, fill, wrote(candidate), name, _Form(kit.theme.panel.target, kit.px(14)))


def _more(kit: Kit) -> Widget:
    look = kit.palette.tone("plain")
    sign = Icon("caret-right", kit.px(34), look.ink)
    return _face(kit, sign, look.tile, wrote(MoreCandidates()), "more", _Form(kit.theme.panel.target))


def keyboard(scene: Scene, writing: Writing, done: Button) -> Widget:
    """Every key of the layer that is shown, in all the room there is. done: what ends the writing."""
    if writing.kind in PADS:
        return _number_keys(scene, done, BESIDE_ZERO.get(writing.kind, ""))
    kit = scene.kit
    if writing.layer is Layer.HAND:
        return _hand_sheet(scene, writing, done)
    narrow = kit.theme.panel.width - 2 * side(kit) < 10 * kit.theme.panel.key + 9 * gap(kit)
    signs = _signs(scene, writing, narrow)
    columns = len(signs[0])
    rows: list[Widget] = []
    for line in signs[:-1]:
        keys: list[Widget] = [_sign(kit, sign, writing) for sign in line]
        if len(line) < columns:
            half = Grow(Gap(), columns - len(line))
            keys = [half, *(_shared(key, 2) for key in keys), half]
        rows.append(_row(kit, keys))
    last = [_sign(kit, sign, writing) for sign in signs[-1]]
    left, erase = _left_key(scene, writing), _erase(kit)
    if narrow:
        rows.append(_row(kit, [*last, left, erase] if left else [*last, Grow(erase, 2)]))
    else:
        rows.append(_row(kit, [_shared(left or Grow(Gap()), 3), *(_shared(key, 2) for key in last), _shared(erase, 3)]))
    rows.append(_row(kit, _lowest(scene, writing, done)))
    return _rows(kit, rows, kit.theme.type_px("head"))


def _signs(scene: Scene, writing: Writing, narrow: bool) -> tuple[str, ...]:
    if writing.layer is not Layer.SIGNS:
        return ALPHABET if narrow else QWERTY
    if scene.chinese:
        return NARROW_CHINESE_SIGNS if narrow else CHINESE_SIGNS
    return NARROW_SIGNS if narrow else SIGNS


def capitals(writing: Writing) -> bool:
    """Whether letters are shown, and written, as capitals: when asked for, and where a word of a name begins."""
    begins = writing.kind is Kind.NAME and (not writing.text or writing.text[-1] in " -")
    return writing.layer is Layer.CAPITALS or (writing.layer is Layer.LATIN and begins)


def _hand_sheet(scene: Scene, writing: Writing, done: Button) -> Widget:
    """A sheet about as wide as it is high, for one character; the key beside it takes the last line away."""
    kit, palette = scene.kit, scene.kit.palette
    pad = Pad(writing.strokes, palette.ink, max(3, kit.px(8)), "write here", stroked)
    edge = palette.tone("brand").ink
    sheet = Box(pad, (palette.paper, palette.paper), kit.theme.radius("tile"), (3, 3), edge, 2)
    erase = Sized(_erase(kit), kit.theme.panel.target)
    if kit.theme.panel.portrait and not kit.theme.ease.low_reach:
        beside = Row((Grow(sheet), erase), gap(kit), Align.FILL)
    else:
        wide_px = kit.px(440 if kit.theme.panel.portrait else 250 if kit.theme.ease.low_reach else 400)
        middle = Sized(sheet, wide_px, widest=wide_px)
        beside = Row((Grow(Gap()), middle, Grow(Gap()), erase), gap(kit), Align.FILL)
    lowest = Sized(
        _row(kit, _lowest(scene, writing, done)),
        height=max(kit.theme.panel.key, round(1.7 * kit.theme.type_px("head"))),
    )
    return Column((Grow(beside), lowest), gap(kit))


def stroked(stroke: Stroke) -> Tap:
    return wrote(Stroked(stroke))


def _row(kit: Kit, keys: Sequence[Widget]) -> Widget:
    return Row(tuple(key if isinstance(key, Grow) else Grow(key) for key in keys), gap(kit), Align.FILL)


def _shared(key: Widget, share: int) -> Grow:
    return Grow(key.child if isinstance(key, Grow) else key, share)


def _sign(kit: Kit, sign: str, writing: Writing) -> Widget:
    shown = sign.upper() if capitals(writing) else sign
    words = Text(shown, kit.theme.type_px("head"), kit.palette.ink, False, Align.CENTRE, 1)
    return _face(kit, words, kit.palette.paper, wrote(Letter(shown)), f"key {sign}")


def _left_key(scene: Scene, writing: Writing) -> Widget | None:
    """Beside the last letters: what divides syllables, or capitals."""
    kit = scene.kit
    if writing.layer is Layer.PINYIN:
        return _named(kit, scene.say("Divide"), wrote(Letter("'")), "key '")
    if writing.layer is Layer.SIGNS:
        return None
    other = Layer.LATIN if writing.layer is Layer.CAPITALS else Layer.CAPITALS
    tone = "brand" if writing.layer is Layer.CAPITALS else "plain"
    return _signed(kit, "arrow-fat-up", wrote(LayerAsked(other)), "capitals", tone)


def _erase(kit: Kit) -> Widget:
    return _signed(kit, "backspace", wrote(Backspace()), "erase", repeats=True)


def _lowest(scene: Scene, writing: Writing, done: Button) -> list[Widget]:
    """Other keys, space, done."""
    kit = scene.kit
    latin = Layer.LATIN if writing.kind is Kind.LETTERS or not scene.chinese else Layer.PINYIN
    found: list[Widget] = []
    if writing.layer is Layer.SIGNS:
        words = scene.say("Pinyin") if latin is Layer.PINYIN else "ABC"
        found.append(_named(kit, words, wrote(LayerAsked(latin)), "letters"))
    else:
        found.append(_named(kit, "123", wrote(LayerAsked(Layer.SIGNS)), "signs"))
    if scene.chinese and writing.kind is not Kind.LETTERS:
        if writing.layer is Layer.PINYIN:
            found.append(_named(kit, "ABC", wrote(LayerAsked(Layer.LATIN)), "latin"))
            found.append(_forms(scene, writing))
            if kit.reads is not None:
                found.append(_signed(kit, "pencil-simple-line", wrote(LayerAsked(Layer.HAND)), "hand"))
        elif writing.layer is Layer.SIGNS:
            found.append(_named(kit, "ABC", wrote(LayerAsked(Layer.LATIN)), "latin"))
        else:
            if writing.layer is Layer.HAND:
                found.append(_forms(scene, writing))
            found.append(_named(kit, scene.say("Pinyin"), wrote(LayerAsked(Layer.PINYIN)), "pinyin"))
    first = meant(scene, writing)[:1]
    space: Tap = wrote(first[0]) if first else wrote(Letter(" "))
    narrow = kit.theme.panel.portrait
    found.append(Grow(_named(kit, scene.say("Space"), space, "space", tone="paper"), 2 if narrow else 5))
    tone = kit.palette.tone("brand")
    ends = wrote(first[0]) if first and writing.kind is not Kind.SEARCH else done.tap
    label = Text(done.text, kit.theme.type_px("body"), tone.on, True, Align.CENTRE, 1)
    found.append(Grow(_face(kit, label, tone.strong, ends, done.name or "done"), 2))
    return found


def _forms(scene: Scene, writing: Writing) -> Widget:
    """Simplified or traditional: what is written now, then what it would be; only the first where keys are narrow."""
    taiwan = in_taiwan(scene, writing)
    panel = scene.kit.theme.panel
    words = ("繁→简", "简→繁")[not taiwan] if not panel.portrait else ("繁", "简")[not taiwan]
    return _named(scene.kit, words, wrote(FormsAsked(not taiwan)), "forms")


def _number_keys(scene: Scene, done: Button, more: str = "") -> Widget:
    """Digits, as on a telephone; in three rows where a finger has no room for four. more: a sign beside the zero."""
    kit, size = scene.kit, scene.kit.theme.type_px("title")
    digits = [
        _face(
            kit,
            Text(one, size, kit.palette.ink, True, Align.CENTRE, 1),
            kit.palette.paper,
            wrote(Letter(one)),
            f"key {one}",
        )
        for one in f"1234567890{more}"
    ]
    tone = kit.palette.tone("brand")
    sign = Icon(done.icon or "check", size, tone.on)
    give = _face(kit, sign, tone.strong, done.tap, done.name or "done")
    erase = _erase(kit)
    last = [[digits[10], digits[9], erase], [give]] if more else [[erase, digits[9], give]]
    lines = [_row(kit, line) for line in (digits[:3], digits[3:6], digits[6:9], *last)]
    if kit.theme.panel.portrait:
        return _rows(kit, lines, size)
    least, widest = round(kit.theme.panel.target / 1.4), kit.px(820)
    high = Sized(_rows(kit, lines, max(size, least)), widest, across=Align.CENTRE, widest=widest)
    ends = (Grow(erase, 2), Grow(give, 2)) if more else (erase, give)
    flat = [[*digits[:3], ends[0]], [*digits[3:6], *digits[9:]], [*digits[6:9], ends[1]]]
    return Fitting((high, _rows(kit, [_row(kit, line) for line in flat], size)))


def _rows(kit: Kit, rows: Sequence[Widget], size: int) -> Widget:
    """Rows of the same height, whatever stands on their keys. size: of the largest type on them."""
    return Column(tuple(Grow(Sized(row, height=round(1.4 * size))) for row in rows), gap(kit))


def worded(kit: Kit, key: Button) -> Widget:
    """A button no higher than a key that writes."""
    look = kit.palette.tone(key.tone or "plain")
    label = Text(key.text, kit.theme.type_px("body"), look.on, True, Align.CENTRE, 1)
    return _face(kit, label, look.strong, key.tap, key.name or key.text)


def _named(kit: Kit, words: str, tap: Tap, name: str, tone: str = "plain") -> Widget:
    """A key that does something, with a word on it."""
    look = kit.palette.tone("plain")
    fill, ink = (kit.palette.paper, kit.palette.ink) if tone == "paper" else (look.strong, look.on)
    return _face(kit, Text(words, kit.theme.type_px("small"), ink, True, Align.CENTRE, 1), fill, tap, name)


def _signed(kit: Kit, icon: str, tap: Tap, name: str, tone: str = "plain", *, repeats: bool = False) -> Widget:
    look = kit.palette.tone(tone)
    sign = Icon(icon, round(1.1 * kit.theme.type_px("head")), look.on)
    return _face(kit, sign, look.strong, tap, name, _Form(repeats=repeats))


@dataclass(frozen=True, slots=True)
class _Form:
    """width: at least, pixels. pad: left and right of what stands on it. repeats: while it is held."""

    width: int = 0
    pad: int = 0
    repeats: bool = False


def _face(kit: Kit, face: Widget, fill: Color, tap: Tap, name: str, form: _Form = _Form()) -> Widget:
    """A key as high as its row."""
    palette, radius = kit.palette, kit.px(14)
    body = Box(
        Sized(face, across=Align.FILL if isinstance(face, Text) else Align.CENTRE, down=Align.CENTRE),
        (fill, fill),
        radius,
        (form.pad, 0),
        palette.line if fill == palette.paper or palette.border_px > 1 else None,
        palette.border_px,
        kit.px(4),
        palette.shadow,
    )
    touch = Touch(body, tap, name, radius, kit.theme.panel.key, form.repeats)
    return Sized(touch, form.width) if form.width else touch
