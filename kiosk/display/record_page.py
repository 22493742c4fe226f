"""A record of the service desk as a form to print: what stands on it, and lines to sign on."""

from __future__ import annotations

import io
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from kiosk.display.fonts import BOLD, REGULAR
from kiosk.display.lost_slip_page import use_fonts

MARGIN_MM, LABEL_MM, LINE_MM, ROOM_MM = 20.0, 55.0, 2.5, 9.0
_WIDTH, _HEIGHT = A4


def record_page(store: str, title: str, rows: tuple[tuple[str, str], ...]) -> bytes:
    """The PDF, of as many pages as it takes; the same for the same record. Raises FontMissing."""
    file = io.BytesIO()
    canvas: Any = Canvas(file, pagesize=A4, invariant=1)
    canvas.setTitle(title)
    use_fonts()
    left, right = MARGIN_MM * mm, _WIDTH - MARGIN_MM * mm
    label = ParagraphStyle("label", fontName=REGULAR, fontSize=9, leading=13, wordWrap="CJK", textColor="#555555")
    text = ParagraphStyle("text", fontName=REGULAR, fontSize=11, leading=15, wordWrap="CJK")
    y = _head(canvas, store, title)
    for name, said in rows:
        asked, told = Paragraph(escape(name), label), Paragraph(escape(said), text)
        _, asked_pt = asked.wrap(LABEL_MM * mm - 4 * mm, _HEIGHT)
        _, told_pt = told.wrap(right - left - LABEL_MM * mm, _HEIGHT)
        high = max(asked_pt, told_pt, 0 if said else ROOM_MM * mm)
        if y - high < MARGIN_MM * mm:
            canvas.showPage()
            y = _head(canvas, store, title)
        asked.drawOn(canvas, left, y - asked_pt)
        told.drawOn(canvas, left + LABEL_MM * mm, y - told_pt)
        y -= high + LINE_MM * mm
        canvas.setLineWidth(0.3)
        canvas.line(left, y, right, y)
        y -= LINE_MM * mm
    canvas.save()
    return file.getvalue()


def _head(canvas: Any, store: str, title: str) -> float:
    left, top = MARGIN_MM * mm, _HEIGHT - MARGIN_MM * mm
    canvas.setFont(REGULAR, 10)
    canvas.drawString(left, top, store)
    canvas.setFont(BOLD, 16)
    canvas.drawString(left, top - 9 * mm, title)
    return float(top - 18 * mm)
