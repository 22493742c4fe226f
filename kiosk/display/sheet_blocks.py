"""Where everything of a sheet stands: a document becomes blocks from the top down, for dots and for PDF alike.

Millimetres; y grows downwards from the top of the block. Whoever paints stacks the blocks, and may begin a new page
between two of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from kiosk.display.sheet_fonts import SLACK, pieces, shown, width_mm, wrapped
from kiosk.rules.printing.document import (
    Align,
    Code,
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
HAIR_MM = 0.12  # between the rows of a page
PAGE_MM = 100.0  # what is wider is a page, not a roll: fields are rows with their values below each other
LABEL_MM = 48.0  # of such a row
PEN_ROOM_MM = 8.0  # of one that is left open, for a pen
SIGN_MM = 75.0  # a signature's line is no longer
FRAME_MM = 0.5
GAP_MM = 1.5
ROW_MM = 1.5  # above and below what stands in a row of a page
NOTHING = "–"
SUMMED = 12  # rows with their sum, which stay together
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
        case Field(label, value, bold) if width > PAGE_MM:
            yield _entry(label, value, bold, width)
        case Field(label, value, bold):
            yield _field(label, value or NOTHING, bold, width)
        case Table(total=True) if len(part.rows) <= SUMMED:
            yield _together(list(_table(part, width)))
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


def _entry(label: str, value: str, bold: bool, width: float) -> Block:
    """On a page: a row of a form, its label in a column of its own; an empty one has room for a pen."""
    em = EM_MM[Size.NORMAL]
    labelled = wrapped(label, em, LABEL_MM - GAP_MM)
    said = wrapped(value, em, width - LABEL_MM, bold=bold)
    left = _lines(labelled, em, 0.0, bold=False, align=Align.LEFT, top=ROW_MM)
    right = _lines(said, em, LABEL_MM, bold=bold, align=Align.LEFT, top=ROW_MM)
    inner = max(len(labelled) * em * LEADING, len(said) * em * LEADING, 0.0 if value else PEN_ROOM_MM)
    height = inner + 2 * ROW_MM
    return Block(height, (*left, *right, Bar(0.0, height - HAIR_MM, width, HAIR_MM)))


def _table(table: Table, width: float) -> Iterator[Block]:
    em = EM_MM[table.size]
    rooms = _rooms(table, em, width)
    heading = _row(table, tuple(column.title for column in table.columns), em, rooms, bold=True)
    titled = any(column.title for column in table.columns)
    if titled:
        under = Bar(0.0, heading.height, width, THIN_MM)
        heading = Block(heading.height + 0.8, (*heading.marks, under))
        yield heading
    for n, row in enumerate(table.rows, 1):
        sums = table.total and n == len(table.rows)
        block = _row(table, row, em, rooms, bold=sums)
        if sums:
            block = Block(block.height, (*block.marks, Bar(0.0, 0.0, width, THIN_MM)))
        elif width > PAGE_MM:  # the eye finds its way over a page
            block = Block(block.height, (*block.marks, Bar(0.0, block.height - HAIR_MM, width, HAIR_MM)))
        yield Block(block.height, block.marks, heading.marks, heading.height) if titled else block


def _together(some: Sequence[Block]) -> Block:
    """One below the other, and on one page."""
    marks: list[Mark] = []
    top = 0.0
    for block in some:
        marks += [replace(mark, y=mark.y + top) for mark in block.marks]
        top += block.height
    return Block(top, tuple(marks))


def _rooms(table: Table, em: float, width: float) -> list[float]:
    """How wide each column is: by its share, but no number and no word is torn apart where the others have room; where
    that is too little for all, a title's words are, rather than a number."""
    total = sum(column.share for column in table.columns)
    fair = [width * column.share / total for column in table.columns]
    needs = _needs(table, em, width, titles=True)
    if sum(needs) > width:
        needs = _needs(table, em, width, titles=False)
    missing = sum(max(0.0, need - room) for need, room in zip(needs, fair, strict=True))
    spare = sum(max(0.0, room - need) for need, room in zip(needs, fair, strict=True))
    if not missing:
        return fair
    given, taken = min(1.0, spare / missing), min(1.0, missing / spare) if spare else 0.0
    return [room + (need - room) * (given if need > room else taken) for need, room in zip(needs, fair, strict=True)]


def _needs(table: Table, em: float, width: float, *, titles: bool) -> list[float]:
    """How wide each column has to be for the longest of what is not broken in it."""
    found = []
    for place, column in enumerate(table.columns):
        parts = [(piece, table.total) for row in table.rows for piece in pieces(shown(row[place]))]
        parts += [(word, True) for word in column.title.split() if titles]
        longest = max((width_mm(part.rstrip(), em, bold=bold) for part, bold in parts), default=0.0)
        last = place == len(table.columns) - 1 and column.align is Align.RIGHT
        found.append(min(longest / SLACK + 0.1 + (0.0 if last else _gap(width)), width / 2))
    return found


def _row(table: Table, row: tuple[str, ...], em: float, rooms: Sequence[float], *, bold: bool) -> Block:
    width = sum(rooms)
    marks: list[Mark] = []
    x, tallest, pad = 0.0, 1, ROW_MM / 3 if width > PAGE_MM else 0.0
    for place, (column, cell, room) in enumerate(zip(table.columns, row, rooms, strict=True), 1):
        last = place == len(rooms) and column.align is Align.RIGHT  # it ends where the paper's text ends
        inner = room if last else room - _gap(width)
        lines = wrapped(cell, em, inner, bold=bold)
        at = x + {Align.LEFT: 0.0, Align.CENTRE: inner / 2, Align.RIGHT: inner}[column.align]
        marks += _lines(lines, em, at, bold=bold, align=column.align, top=pad)
        tallest = max(tallest, len(lines))
        x += room
    return Block(tallest * em * LEADING + 2 * pad, tuple(marks))


def _gap(width: float) -> float:
    """Between two columns."""
    return 2 * GAP_MM if width > PAGE_MM else GAP_MM


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
    at = LABEL_MM if width > PAGE_MM else width * 0.47
    labelled = wrapped(label, em, at - GAP_MM)
    written = [Words(at + GAP_MM, PEN_MM - 1.2, shown(name), em, True)] if name else []
    below = max(len(labelled), 1) * em * LEADING
    top = PEN_MM - em * LEADING
    left = _lines(labelled, em, 0.0, bold=False, align=Align.LEFT, top=top)
    line = Bar(at, PEN_MM, min(width - at, SIGN_MM), THIN_MM)
    return Block(top + below + (ROW_MM if width > PAGE_MM else 1.0), (*left, *written, line))


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
    words = _lines([shown(text)], em, width / 2, bold=True, align=Align.CENTRE, top=top + 1.3)
    return Block(height + 2.5, (*frame, *words))
