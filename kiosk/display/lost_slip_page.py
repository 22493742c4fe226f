"""The lost-tag slip to print: both copies on one sheet of A4 with a line to cut along, or on a roll (L08)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from kiosk.display.fonts import BOLD, REGULAR, FontMissing, font_path
from kiosk.rules.lockers.lost_slip import Slip, SlipField

MARGIN_MM = 20.0
LABEL_MM = 45.0
LINE_MM = 10.0
SIGN_MM = 14.0  # room for a pen
ROLL_MM, ROLL_PRINTED_MM, ROLL_MARGIN_MM = 58.0, 48.0, 4.0  # of a slip printer
SIGNED = (SlipField.EMPLOYEE, SlipField.SHOPPER)
_WIDTH, _HEIGHT = A4


def slip_page(copies: tuple[Slip, Slip]) -> bytes:
    """The PDF of both copies. It is personal: to be printed, handed over and filed, not kept. Raises FontMissing."""
    file = io.BytesIO()
    canvas: Any = Canvas(file, pagesize=A4, invariant=1)
    canvas.setTitle(f"{copies[0].title} {copies[0].number}")
    use_fonts()
    for slip, top in zip(copies, (_HEIGHT, _HEIGHT / 2), strict=True):
        _draw(canvas, slip, top - MARGIN_MM * mm)
    canvas.setDash(2, 3)
    canvas.setLineWidth(0.3)
    canvas.line(0, _HEIGHT / 2, _WIDTH, _HEIGHT / 2)
    canvas.save()
    return file.getvalue()


def slip_rolls(copies: tuple[Slip, Slip]) -> bytes:
    """The PDF of both copies for a printer of slips: one under the other, 58 mm wide. Raises FontMissing."""
    file = io.BytesIO()
    use_fonts()
    canvas: Any = None
    for slip in copies:
        parts = list(_roll(slip))
        tall = 2 * ROLL_MARGIN_MM * mm + sum(part.wrap(ROLL_PRINTED_MM * mm, 1000 * mm)[1] + gap for part, gap in parts)
        if canvas is None:
            canvas = Canvas(file, pagesize=(ROLL_MM * mm, tall), invariant=1)
            canvas.setTitle(f"{copies[0].title} {copies[0].number}")
        canvas.setPageSize((ROLL_MM * mm, tall))
        y = tall - ROLL_MARGIN_MM * mm
        for part, gap in parts:
            y -= part.wrap(ROLL_PRINTED_MM * mm, 1000 * mm)[1]
            part.drawOn(canvas, (ROLL_MM - ROLL_PRINTED_MM) / 2 * mm, y)
            y -= gap
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _roll(slip: Slip) -> Iterator[tuple[Paragraph, float]]:
    """What stands on a copy, each with the gap below it in points."""
    yield Paragraph(escape(slip.store), _style(9)), 1.0
    yield Paragraph(escape(slip.title), _style(13, BOLD)), 1.0
    yield Paragraph(escape(f"{slip.number}  {slip.copy}"), _style(9)), 3 * mm
    for line in slip.lines:
        if line.field in SIGNED:
            yield Paragraph(escape(f"{line.label}:"), _style(8)), SIGN_MM * mm
            yield Paragraph(escape(f"_____________________ {line.value}"), _style(8)), 2 * mm
        else:
            yield Paragraph(escape(line.label), _style(8)), 0.0
            yield Paragraph(escape(line.value), _style(10)), 2 * mm
    yield Paragraph(escape(slip.footer), _style(8)), 0.0


def use_fonts() -> None:
    """The house's fonts for a PDF. Raises FontMissing."""
    try:
        for weight in (REGULAR, BOLD):
            pdfmetrics.registerFont(TTFont(weight, str(font_path(weight))))
    except (OSError, TTFError) as error:
        raise FontMissing(f"a font cannot be used: {error} (install the kiosk again)") from error


def _draw(canvas: Any, slip: Slip, top: float) -> None:
    left, right = MARGIN_MM * mm, _WIDTH - MARGIN_MM * mm
    canvas.setFont(REGULAR, 10)
    canvas.drawString(left, top, slip.store)
    canvas.drawRightString(right, top, slip.copy)
    canvas.setFont(BOLD, 16)
    canvas.drawString(left, top - 8 * mm, slip.title)
    canvas.setFont(REGULAR, 11)
    canvas.drawRightString(right, top - 8 * mm, slip.number)
    y = top - 16 * mm
    for line in slip.lines:
        if line.field in SIGNED:
            y -= 2 * mm
        used = _field(canvas, line.label, line.value, (left, right), y, signs=line.field in SIGNED)
        y -= SIGN_MM * mm if line.field in SIGNED else max(LINE_MM * mm, used + 4 * mm)
    note = Paragraph(escape(slip.footer), _style(8))
    _, tall = note.wrap(right - left, 30 * mm)
    note.drawOn(canvas, left, y - tall + 3 * mm)


def _field(canvas: Any, label: str, value: str, across: tuple[float, float], y: float, *, signs: bool) -> float:
    """A label and what stands behind it, wrapped where it is long; the height it takes."""
    left, right = across
    at = left + LABEL_MM * mm
    canvas.setFont(REGULAR, 10)
    canvas.drawString(left, y - 10, label)
    canvas.setLineWidth(0.4)
    if signs:
        canvas.line(at, y - 12, at + 70 * mm, y - 12)
        canvas.drawString(at + 73 * mm, y - 10, value)
        return 12.0
    text = Paragraph(escape(value), _style(11))
    _, tall = text.wrap(right - at, 40 * mm)
    text.drawOn(canvas, at, y - tall)
    return float(tall)


def _style(size: float, weight: str = REGULAR) -> ParagraphStyle:
    return ParagraphStyle("slip", fontName=weight, fontSize=size, leading=size * 1.3, wordWrap="CJK")
