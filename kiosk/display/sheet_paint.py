"""Paints a sheet: as dots for a receipt printer or a picture, and as PDF, on a roll's width or on pages of A4."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from kiosk.display.fonts import REGULAR, FontMissing, font_path
from kiosk.display.sheet_blocks import DOTS_PER_MM, Bar, Block, Mark, Words, blocks
from kiosk.display.sheet_fonts import runs, use_fonts
from kiosk.ports.printer import Raster
from kiosk.rules.printing.document import Align, Document

INK = 150  # what is darker becomes a dot: strokes of small Chinese characters stay open
ROLL_MARGIN_MM = 4.0
PAGE_MM = (210.0, 297.0)
PAGE_MARGIN_MM = 16.0  # room for the punch
FOOT_MM = 9.0
HALF_MARGIN_MM = 10.0
_ANCHORS = {Align.LEFT: "ls", Align.CENTRE: "ms", Align.RIGHT: "rs"}
_SHARES = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}  # of its width, by which a line begins earlier


def raster(document: Document, dots: int) -> Raster:
    """The sheet in dots, for a head so many dots wide. Raises FontMissing; ValueError for a code that is too long."""
    picture = _picture(document, dots)
    inverted = picture.point(lambda shade: 255 if shade < INK else 0).convert("1")
    return Raster(dots, inverted.tobytes())


def png(document: Document, dots: int) -> bytes:
    """How it will look on paper. Raises as `raster` does."""
    return framed(document, dots)[0]


def framed(document: Document, dots: int) -> tuple[bytes, int, int]:
    """The very dots as PNG, with white around them: the picture, its width and its height. Raises as `raster` does."""
    file = io.BytesIO()
    picture = _picture(document, dots).point(lambda shade: 0 if shade < INK else 255)
    sheet = Image.new("L", (picture.width + 64, picture.height + 64), 255)
    sheet.paste(picture, (32, 32))
    sheet.save(file, "PNG", dpi=(203, 203))
    return file.getvalue(), sheet.width, sheet.height


def roll_pdf(documents: Sequence[Document], paper_mm: float, dots: int) -> bytes:
    """A page for each sheet, as wide as the roll and as long as it needs. Raises as `raster` does."""
    file = io.BytesIO()
    use_fonts()
    width = dots / DOTS_PER_MM
    canvas: Any = Canvas(file, invariant=1)
    for document in documents:
        laid = blocks(document, width)
        height = sum(block.height for block in laid) + 2 * ROLL_MARGIN_MM
        canvas.setPageSize((paper_mm * mm, height * mm))
        canvas.setTitle(document.title)
        y = height - ROLL_MARGIN_MM
        for block in laid:
            _draw(canvas, block.marks, (paper_mm - width) / 2, y)
            y -= block.height
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def page_pdf(documents: Sequence[Document], *, across: bool = False) -> bytes:
    """Each document on pages of A4 of its own, numbered. across: landscape. Raises as `raster` does."""
    file = io.BytesIO()
    use_fonts()
    wide, high = PAGE_MM[::-1] if across else PAGE_MM
    canvas: Any = Canvas(file, pagesize=(wide * mm, high * mm), invariant=1)
    for document in documents:
        canvas.setTitle(document.title)
        pages = _pages(blocks(document, wide - 2 * PAGE_MARGIN_MM), high - 2 * PAGE_MARGIN_MM - 6.0)
        for number, page in enumerate(pages, 1):
            y = high - PAGE_MARGIN_MM
            for marks, height in page:
                _draw(canvas, marks, PAGE_MARGIN_MM, y)
                y -= height
            canvas.setFont(REGULAR, 7)
            canvas.drawRightString(
                (wide - PAGE_MARGIN_MM) * mm, FOOT_MM * mm, f"{document.title} · {number} / {len(pages)}"
            )
            canvas.showPage()
    canvas.save()
    return file.getvalue()


def halves_pdf(documents: Sequence[Document]) -> bytes:
    """Two copies on each page of A4, with a line to cut along. A sheet that half a page does not hold is one by itself
    on pages. Raises as `raster` does."""
    wide, high = PAGE_MM
    room = high / 2 - 2 * HALF_MARGIN_MM
    laid = [blocks(document, wide - 2 * PAGE_MARGIN_MM) for document in documents]
    if any(sum(block.height for block in one) > room for one in laid):
        return page_pdf(documents)
    file = io.BytesIO()
    use_fonts()
    canvas: Any = Canvas(file, pagesize=(wide * mm, high * mm), invariant=1)
    for place, (document, one) in enumerate(zip(documents, laid, strict=True)):
        lower = place % 2
        if place and not lower:
            canvas.showPage()
        canvas.setTitle(document.title)
        y = high / (1 + lower) - HALF_MARGIN_MM
        for block in one:
            _draw(canvas, block.marks, PAGE_MARGIN_MM, y)
            y -= block.height
        canvas.setDash(2, 3)
        canvas.setLineWidth(0.3)
        canvas.line(0, high / 2 * mm, wide * mm, high / 2 * mm)
        canvas.setDash()
    canvas.save()
    return file.getvalue()


def _pages(laid: Sequence[Block], room: float) -> list[list[tuple[tuple[Mark, ...], float]]]:
    pages: list[list[tuple[tuple[Mark, ...], float]]] = [[]]
    used = 0.0
    for block in laid:
        if used + block.height > room and pages[-1]:
            pages.append([(block.heading, block.heading_height)] if block.heading else [])
            used = block.heading_height
        pages[-1].append((block.marks, block.height))
        used += block.height
    return pages


def _draw(canvas: Any, marks: Sequence[Mark], left: float, top: float) -> None:
    """Marks of a block whose upper left corner is there, millimetres from the lower left of the page."""
    for mark in marks:
        match mark:
            case Bar(x, y, width, height):
                canvas.rect((left + x) * mm, (top - y - height) * mm, width * mm, height * mm, stroke=0, fill=1)
            case Words(x, y, text, size, bold, align):
                parts = runs(text, bold=bold)
                widths = [canvas.stringWidth(part, source, size * mm) for source, part in parts]
                at = (left + x) * mm - _SHARES[align] * sum(widths)
                for (source, part), width in zip(parts, widths, strict=True):
                    canvas.setFont(source, size * mm)
                    canvas.drawString(at, (top - y) * mm, part)
                    at += width


def _picture(document: Document, dots: int) -> Image.Image:
    laid = blocks(document, dots / DOTS_PER_MM)
    height = sum(block.height for block in laid)
    picture = Image.new("L", (dots, max(1, _dots(height))), 255)
    pen = ImageDraw.Draw(picture)
    top = 0.0
    for block in laid:
        top = round(top * DOTS_PER_MM) / DOTS_PER_MM  # whole dots, for codes
        for mark in block.marks:
            match mark:
                case Bar(x, y, width, height):
                    x0, y0 = _dots(x), _dots(top + y)
                    x1, y1 = max(x0, _dots(x + width) - 1), max(y0, _dots(top + y + height) - 1)
                    pen.rectangle((x0, y0, x1, y1), fill=0)
                case Words(x, y, text, size, bold, align):
                    parts = [(_face(_dots(size), source), part) for source, part in runs(text, bold=bold)]
                    if len(parts) == 1:
                        pen.text((_dots(x), _dots(top + y)), text, fill=0, font=parts[0][0], anchor=_ANCHORS[align])
                        continue
                    at = _dots(x) - _SHARES[align] * sum(face.getlength(part) for face, part in parts)
                    for face, part in parts:
                        pen.text((round(at), _dots(top + y)), part, fill=0, font=face, anchor="ls")
                        at += face.getlength(part)
        top += block.height
    return picture


def _dots(length_mm: float) -> int:
    return round(length_mm * DOTS_PER_MM)


@lru_cache(maxsize=16)
def _face(px: int, weight: str) -> ImageFont.FreeTypeFont:
    path = font_path(weight)
    try:
        return ImageFont.truetype(str(path), px, layout_engine=ImageFont.Layout.BASIC)
    except OSError as error:
        raise FontMissing(f"a font cannot be used: {path}: {error} (install the kiosk again)") from error
