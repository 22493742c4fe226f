"""Sheets of plaques to print, cut out and hang at the lockers, and the slip of a deposit, as PDF.

Drawn in millimetres with the house's font, so that what is printed at 100 % has the size that was asked for.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from kiosk.display.fonts import BOLD, REGULAR, FontMissing, font_path
from kiosk.units import LANGUAGES, Language

MARGIN_MM = 10.0  # what office printers leave white
GAP_MM = 8.0  # between plaques: room for the cut marks and the blade
MARK_MM = 3.0
QUIET_MODULES = 10  # white on both sides of a bar code, as ISO 15417 wants
_CODE_MODULES = 156  # of 22 digits in Code 128: start, eleven signs, check, stop
_PT_PER_MM_OF_HEIGHT = mm / 0.72  # a digit of the house's font is 0.72 of its size high

LOCKER: Mapping[Language, str] = MappingProxyType(
    {Language("zh-CN"): "存包柜", Language("zh-TW"): "置物櫃", Language("en"): "Locker"}
)
HINT = MappingProxyType(
    {
        Language("zh-CN"): "请妥善保管，取物时请出示",
        Language("zh-TW"): "請妥善保管，取物時請出示",
        Language("en"): "Please keep this and show it to collect",
    }
)


class Size(Enum):
    """How large a plaque is: width and height in millimetres, and whether a hole for its hook is marked."""

    FOB = (40.0, 60.0, True)
    CARD = (85.6, 54.0, True)  # ISO 7810 ID-1: as a bank card, for holders and laminating pouches
    DOOR = (120.0, 80.0, False)


class Paper(Enum):
    """Width and height in millimetres."""

    A4 = (210.0, 297.0)
    LETTER = (215.9, 279.4)


@dataclass(frozen=True, slots=True)
class PlaquePrint:
    """What stands on one plaque. text: what its codes say."""

    number: int
    generation: int
    text: str


@dataclass(frozen=True, slots=True)
class TicketPrint:
    """What stands on the slip of a deposit. text: what its QR code says. code: to type, grouped."""

    number: int
    text: str
    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Where a plaque's lower left corner is on its page, in millimetres."""

    page: int
    x_mm: float
    y_mm: float


def places(count: int, size: Size, paper: Paper) -> list[Place]:
    """Where so many plaques go: rows from the top left, as many pages as they need."""
    width, height, _ = size.value
    page_width, page_height = paper.value
    columns = int((page_width - 2 * MARGIN_MM + GAP_MM) // (width + GAP_MM))
    rows = int((page_height - 2 * MARGIN_MM + GAP_MM) // (height + GAP_MM))
    left = (page_width - columns * width - (columns - 1) * GAP_MM) / 2
    top = page_height - (page_height - rows * height - (rows - 1) * GAP_MM) / 2
    found = []
    for n in range(count):
        page, on_page = divmod(n, columns * rows)
        row, column = divmod(on_page, columns)
        x_mm = left + column * (width + GAP_MM)
        y_mm = top - (row + 1) * height - row * GAP_MM
        found.append(Place(page, x_mm, y_mm))
    return found


def plaque_sheets(plaques: Sequence[PlaquePrint], store: str, size: Size, paper: Paper = Paper.A4) -> bytes:
    """The PDF: whoever has it can make tags, so it is to be kept like a key. store: its name. Raises FontMissing."""
    page_width, page_height = paper.value
    canvas, file = _canvas(page_width, page_height, store)
    page = 0
    for plaque, place in zip(plaques, places(len(plaques), size, paper), strict=True):
        if place.page != page:
            canvas.showPage()
            page = place.page
        canvas.saveState()
        canvas.translate(place.x_mm * mm, place.y_mm * mm)
        _cut_marks(canvas, size)
        _plaque(canvas, plaque, store, size)
        canvas.restoreState()
    canvas.save()
    return file.getvalue()


def ticket_slip(ticket: TicketPrint, store: str, language: Language) -> bytes:
    """The slip of a deposit as PDF, 58 mm wide, in one language. Raises FontMissing."""
    width, height = 58.0, 92.0
    canvas, file = _canvas(width, height, store)
    middle = width / 2
    _centred(canvas, store, (middle, 84.0), 4.0, most_mm=50.0)
    _centred(canvas, LOCKER[language], (middle, 76.5), 4.0)
    _centred(canvas, str(ticket.number), (middle, 59.5), 12.0, BOLD)
    _qr(canvas, ticket.text, middle - 17.0, 24.0, 34.0)
    _centred(canvas, ticket.code, (middle, 17.0), 5.0, BOLD)
    _centred(canvas, f"{ticket.at:%Y-%m-%d %H:%M}", (middle, 10.5), 2.8)
    _centred(canvas, HINT[language], (middle, 5.0), 2.6, most_mm=52.0)
    canvas.save()
    return file.getvalue()


def _canvas(width_mm: float, height_mm: float, title: str) -> tuple[Any, io.BytesIO]:
    file = io.BytesIO()
    try:
        for weight in (REGULAR, BOLD):
            pdfmetrics.registerFont(TTFont(weight, str(font_path(weight))))
    except (OSError, TTFError) as error:
        remedy = "install the kiosk again, or make the fonts with tools/subset_fonts.py"
        raise FontMissing(f"a font of {font_path(REGULAR).parent} cannot be used: {error} ({remedy})") from error
    canvas = Canvas(file, pagesize=(width_mm * mm, height_mm * mm), invariant=1)
    canvas.setTitle(title)
    return canvas, file


def _plaque(canvas: Any, plaque: PlaquePrint, store: str, size: Size) -> None:
    width, height, hole = size.value
    words = " · ".join(LOCKER[language] for language in LANGUAGES)
    small = height / 24
    canvas.setLineWidth(0.1 * mm)
    if hole:
        across = width / 2 if height > width else 7.0
        canvas.circle(across * mm, (height - 6.0) * mm, 2.5 * mm)
    if height > width:
        middle = width / 2
        _centred(canvas, str(plaque.number), (middle, height - 25.0), 13.0, BOLD, most_mm=width - 6)
        _qr(canvas, plaque.text, middle - 11.0, 9.5, 22.0)
        _centred(canvas, store, (middle, 6.2), small, most_mm=width - 4)
        _centred(canvas, f"{words} · {plaque.generation}", (middle, 2.2), small * 0.9, most_mm=width - 4)
        return
    square = height * 0.56
    left = (width - square) / 2
    _centred(canvas, store, (left + 3, height - 3.0 - small * 1.6), small * 1.5, most_mm=left * 2 - 18)
    _centred(canvas, words, (left + 3, height - 6.5 - small * 2.6), small * 1.2, most_mm=left * 2 - 18)  # off the hole
    _centred(canvas, str(plaque.number), (left, height * 0.40), height * 0.30, BOLD, most_mm=left * 2 - 8)
    _qr(canvas, plaque.text, width - square - 3.0, height - square - 3.0, square)
    _bars(canvas, plaque.text, (width, height * 0.11), height * 0.19)
    _centred(canvas, _readable(plaque), (width / 2, height * 0.04), small * 1.1, most_mm=width - 8)


def _readable(plaque: PlaquePrint) -> str:
    """For somebody who has to type what no scanner reads any more; the generation is told to staff."""
    groups = (plaque.text[at : at + 4] for at in range(0, len(plaque.text), 4))
    return f"{' '.join(groups)}   · {plaque.generation}"


def _cut_marks(canvas: Any, size: Size) -> None:
    """Two strokes off each corner, so that nothing of them is left on the plaque."""
    width, height, _ = size.value
    canvas.setLineWidth(0.1 * mm)
    for x, outward in ((0.0, -1), (width, 1)):
        for y, up in ((0.0, -1), (height, 1)):
            canvas.line((x + outward) * mm, y * mm, (x + outward * MARK_MM) * mm, y * mm)
            canvas.line(x * mm, (y + up) * mm, x * mm, (y + up * MARK_MM) * mm)


def _qr(canvas: Any, text: str, x_mm: float, y_mm: float, side_mm: float) -> None:
    """A QR code with its quiet zone of four modules inside the square; level M: a scratch may cover a seventh."""
    drawing = Drawing(side_mm * mm, side_mm * mm)
    drawing.add(QrCodeWidget(text, barLevel="M", barWidth=side_mm * mm, barHeight=side_mm * mm, barBorder=4))
    renderPDF.draw(drawing, canvas, x_mm * mm, y_mm * mm)


def _bars(canvas: Any, text: str, across: tuple[float, float], height_mm: float) -> None:
    """Code 128 in the middle of a width, at a height over the edge; as wide as there is room with its quiet zones."""
    width_mm, y_mm = across
    module_mm = min(0.5, (width_mm - 6.0) / (_CODE_MODULES + 2 * QUIET_MODULES))
    code = Code128(text, barWidth=module_mm * mm, barHeight=height_mm * mm, quiet=0)
    code.drawOn(canvas, (width_mm * mm - code.width) / 2, y_mm * mm)


def _centred(
    canvas: Any, text: str, at: tuple[float, float], height_mm: float, weight: str = REGULAR, *, most_mm: float = 1e6
) -> None:
    """A line of text over a base line; smaller where it would be wider than `most_mm`. height_mm: of its digits."""
    size = height_mm * _PT_PER_MM_OF_HEIGHT
    width = pdfmetrics.stringWidth(text, weight, size)
    size *= min(1.0, most_mm * mm / width) if width else 1.0
    canvas.setFont(weight, size)
    canvas.drawCentredString(at[0] * mm, at[1] * mm, text)
