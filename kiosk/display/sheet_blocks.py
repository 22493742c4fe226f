"""Where everything of a sheet stands: a document becomes blocks from the top down, for dots and for PDF alike.

Millimetres; y grows downwards from the top of the block. Whoever paints stacks the blocks, and may begin a new page
between two of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from kiosk.display.sheet_fonts import SLACK, shown, width_mm, wrapped
from kiosk.rules.printing.document import (
    Align,
    Code,
    Column,
    Document,
    Field,
    Line,
    Part,
    Rule,
    Sign,
    Size,
    Space,
    Stamp,
    Table,
)

DOTS_PER_MM = 8  # 203 dpi, of nearly every receipt printer
EM_MM = {Size.SMALL: 2.6, Size.NORMAL: 3.25, Size.LARGE: 4.75, Size.HUGE: 10.0}
LEADING = 1.36
DESCENT = 0.30  # of the leading, below the base line
THIN_MM = 0.25
FRAME_MM = 0.5
GAP_MM = 1.5
PEN_MM = 9.0  # room over the line of a signature
QUIET = 4  # modules of white round a QR code
STAMP_MM = 6.0


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text at its base line; x is its left, middle or right, as `align` says. size: of an em."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Bar:
    """A black rectangle."""

    x: float
    y: float
    width: float
    height: float


Mark = Words | Bar


@dataclass(frozen=True, slots=True)
class Block:
    """What stays together. heading: of a table; it is repeated where the table goes on on another page."""

    height: float
    marks: tuple[Mark, ...]
    heading: tuple[Mark, ...] = ()
    heading_height: float = 0.0


def blocks(document: Document, width: float) -> list[Block]:
    """The sheet in a width. Raises FontMissing; ValueError for a code that is too long for a QR code."""
    return [block for part in document.parts for block in _part(part, width)]


def _part(part: Part, width: float) -> Iterator[Block]:
    match part:
        case Line(text, size, bold, align):
            yield _paragraph(text, EM_MM[size], width, bold, align)
        case Field(label, value, bold):
            yield _field(label, value, bold, width)
        case Table():
            yield from _table(part, width)
        case Rule(dashed):
            yield Block(3.0, tuple(_across(1.5, width, dashed)))
        case Space(mm):
            yield Block(mm, ())
        case Code(text, side_mm):
            yield _code(text, min(side_mm, width), width)
        case Sign(label, name):
            yield _sign(label, name, width)
        case Stamp(text):
            yield _stamp(text, width)


def _lines(lines: Sequence[str], em: float, at: float, *, bold: bool, align: Align, top: float = 0.0) -> list[Words]:
    step = em * LEADING
    return [
        Words(at, top + step * (n + 1) - step * DESCENT, text, em, bold, align) for n, text in enumerate(lines) if text
    ]


def _paragraph(text: str, em: float, width: float, bold: bool, align: Align) -> Block:
    if em == EM_MM[Size.HUGE]:  # a number is read at a glance on one line, if a little smaller
        em = max(EM_MM[Size.LARGE], min(em, em * SLACK * width / max(width_mm(shown(text), em, bold=bold), 0.1)))
    lines = wrapped(text, em, width, bold=bold)
    at = {Align.LEFT: 0.0, Align.CENTRE: width / 2, Align.RIGHT: width}[align]
    return Block(len(lines) * em * LEADING, tuple(_lines(lines, em, at, bold=bold, align=align)))


def _field(label: str, value: str, bold: bool, width: float) -> Block:
    """On one line where both fit, the value at the right; else the value below, under its label."""
    em = EM_MM[Size.NORMAL]
    label, value_line = shown(label), shown(value)
    labelled = width_mm(label, em)
    if labelled + GAP_MM + width_mm(value_line, em, bold=bold) <= width:
        left = _lines([label], em, 0.0, bold=False, align=Align.LEFT)
        right = _lines([value_line], em, width, bold=bold, align=Align.RIGHT)
        return Block(em * LEADING, (*left, *right))
    below = wrapped(value, em, width - 2 * GAP_MM, bold=bold)
    left = _lines(wrapped(label, em, width), em, 0.0, bold=False, align=Align.LEFT)
    top = len(wrapped(label, em, width)) * em * LEADING
    rest = _lines(below, em, 2 * GAP_MM, bold=bold, align=Align.LEFT, top=top)
    return Block(top + len(below) * em * LEADING, (*left, *rest))


def _table(table: Table, width: float) -> Iterator[Block]:
    em = EM_MM[table.size]
    heading = _row(table, tuple(column.title for column in table.columns), em, width, bold=True)
    titled = any(column.title for column in table.columns)
    if titled:
        under = Bar(0.0, heading.height, width, THIN_MM)
        heading = Block(heading.height + 0.8, (*heading.marks, under))
        yield heading
    for row in table.rows:
        block = _row(table, row, em, width, bold=False)
        yield Block(block.height, block.marks, heading.marks, heading.height) if titled else block


def _row(table: Table, row: tuple[str, ...], em: float, width: float, *, bold: bool) -> Block:
    total = sum(column.share for column in table.columns)
    marks: list[Mark] = []
    x, tallest = 0.0, 1
    for column, cell in zip(table.columns, row, strict=True):
        room = width * column.share / total
        lines = wrapped(cell, em, room - GAP_MM, bold=bold)
        marks += _lines(lines, em, _at(column, x, room), bold=bold, align=column.align)
        tallest = max(tallest, len(lines))
        x += room
    return Block(tallest * em * LEADING, tuple(marks))


def _at(column: Column, x: float, room: float) -> float:
    match column.align:
        case Align.LEFT:
            return x
        case Align.CENTRE:
            return x + (room - GAP_MM) / 2
        case Align.RIGHT:
            return x + room - GAP_MM


def _across(y: float, width: float, dashed: bool) -> Iterator[Bar]:
    if not dashed:
        yield Bar(0.0, y, width, THIN_MM)
        return
    x = 0.0
    while x < width:
        yield Bar(x, y, min(1.5, width - x), THIN_MM)
        x += 3.0


def _code(text: str, side: float, width: float) -> Block:
    """Level M; each module is a whole number of dots, so that no edge is blurred."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    count = code.getModuleCount() + 2 * QUIET
    dots = max(2, int(side * DOTS_PER_MM) // count)
    module = dots / DOTS_PER_MM
    left = round((width - count * module) / 2 * DOTS_PER_MM) / DOTS_PER_MM + QUIET * module
    bars = []
    for row in range(code.getModuleCount()):
        start = None
        for column in range(code.getModuleCount() + 1):
            dark = column < code.getModuleCount() and code.isDark(row, column)
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                bars.append(Bar(left + start * module, (row + QUIET) * module, (column - start) * module, module))
                start = None
    return Block(count * module, tuple(bars))


def _sign(label: str, name: str, width: float) -> Block:
    em = EM_MM[Size.NORMAL]
    labelled = wrapped(label, em, width * 0.45)
    written = [Words(width * 0.5, PEN_MM - 1.2, shown(name), em, True)] if name else []
    below = max(len(labelled), 1) * em * LEADING
    top = PEN_MM - em * LEADING
    left = _lines(labelled, em, 0.0, bold=False, align=Align.LEFT, top=top)
    line = Bar(width * 0.47, PEN_MM, width * 0.53, THIN_MM)
    return Block(top + below + 1.0, (*left, *written, line))


def _stamp(text: str, width: float) -> Block:
    em = min(STAMP_MM, STAMP_MM * (width - 6.0) / max(width_mm(shown(text), STAMP_MM, bold=True), 0.1))
    across = width_mm(shown(text), em, bold=True) + 5.0
    height = em * LEADING + 2.0
    left, top = (width - across) / 2, 1.0
    frame = (
        Bar(left, top, across, FRAME_MM),
        Bar(left, top + height - FRAME_MM, across, FRAME_MM),
        Bar(left, top, FRAME_MM, height),
        Bar(left + across - FRAME_MM, top, FRAME_MM, height),
    )
    words = _lines([shown(text)], em, width / 2, bold=True, align=Align.CENTRE, top=top + 0.8)
    return Block(height + 2.5, (*frame, *words))
