"""How wide text is on paper, and which characters the house's fonts have: the same for dots and for PDF."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import groupby
from math import ceil

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from kiosk.display.breaking import balanced
from kiosk.display.fonts import BOLD, RARE, REGULAR, FontMissing, font_path

WIDE_SPACE = "\u3000"
STAND_IN = "〓"  # printers' sign for a character that the case has not
NOT_FIRST = frozenset("，。、；：？！）》」』】〉”’,.;:?!)]}%")  # never begins a line
SLACK = 0.96  # dots are whole: a line of them is a little wider than its letters are on paper
_PER_EM = 1000.0


def shown(text: str) -> str:
    """The text in characters that the fonts have; what they have not is stood in for, what has no shape is left out."""
    spaced = "".join("  " if one == WIDE_SPACE else " " if one.isspace() else one for one in text)
    return "".join(one if _source(one) else STAND_IN for one in spaced if one.isprintable())


def runs(text: str, *, bold: bool = False) -> list[tuple[str, str]]:
    """The text cut by the font that has its characters, each part with its font's weight; ready for a PDF."""
    weight = BOLD if bold else REGULAR
    parts = groupby(text, lambda one: RARE if _source(one) == RARE else weight)
    return [(source, "".join(part)) for source, part in parts]


def width_mm(text: str, size_mm: float, *, bold: bool = False) -> float:
    """How wide a line is."""
    return sum(_advance(one, bold) for one in text) * size_mm / _PER_EM


def wrapped(text: str, size_mm: float, room_mm: float, *, bold: bool = False) -> list[str]:
    """The lines of a paragraph, broken as on the screen; what is longer than a line is broken anywhere."""
    room_mm *= SLACK
    lines: list[str] = []

    def wide(part: str) -> int:
        return ceil(1000 * width_mm(part, size_mm, bold=bold))

    for paragraph in map(shown, text.splitlines() or [""]):
        as_read = balanced(paragraph, int(1000 * room_mm), wide)
        if all(wide(one) <= 1000 * room_mm for one in as_read):
            lines += [one.rstrip() for one in as_read]
            continue
        line: list[str] = []
        for piece in pieces(paragraph):
            if width_mm("".join(line) + piece.rstrip(), size_mm, bold=bold) > room_mm:
                down = [line.pop()] if piece[0] in NOT_FIRST and len(line) > 1 else []
                if line:
                    lines.append("".join(line).rstrip())
                line = down
                while (fits := _most(piece, size_mm, room_mm, bold)) < len(piece.rstrip()) and not line:
                    lines.append(piece[:fits])
                    piece = piece[fits:]
            line.append(piece)
        lines.append("".join(line).rstrip())
    return lines


@cache
def _font(weight: str) -> TTFont:
    """Registered for PDF as well. Raises FontMissing."""
    try:
        font = TTFont(weight, str(font_path(weight)))
        pdfmetrics.registerFont(font)
    except (OSError, TTFError) as error:
        raise FontMissing(f"a font cannot be used: {error} (install the kiosk again)") from error
    return font


def use_fonts() -> None:
    """Have them ready for a PDF. Raises FontMissing."""
    for weight in (REGULAR, BOLD):
        _font(weight)


@lru_cache(maxsize=8192)
def _source(one: str) -> str:
    """Which font has a character, "" for none; that of rare ones is opened only where the other lacks one."""
    if ord(one) in _font(REGULAR).face.charToGlyph:
        return REGULAR
    try:
        return RARE if ord(one) in _font(RARE).face.charToGlyph else ""
    except FontMissing:
        return ""  # a sheet without that character is better than none


@lru_cache(maxsize=8192)
def _advance(one: str, bold: bool) -> float:
    source = RARE if _source(one) == RARE else BOLD if bold else REGULAR
    face = _font(source).face
    return float(face.charWidths.get(ord(one), face.defaultWidth))


def pieces(text: str) -> list[str]:
    """Words with the space after them, Chinese characters one by one."""
    pieces: list[str] = []
    word = ""
    for one in text:
        if ord(one) >= 0x2E80:
            pieces += [word] if word else []
            pieces.append(one)
            word = ""
        else:
            word += one
            if one == " ":
                pieces.append(word)
                word = ""
    return [*pieces, word] if word else pieces


def _most(piece: str, size_mm: float, room_mm: float, bold: bool) -> int:
    fits = 1
    while fits < len(piece) and width_mm(piece[: fits + 1], size_mm, bold=bold) <= room_mm:
        fits += 1
    return fits
