"""Lines of terminal cells: text fitted to an exact width, bars, meters, and cards with a frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from kiosk.display.terminal_look import BAD, GOOD, LINE, MUTED, PEAK, PLAIN, STRONG, TRACK, WARN
from kiosk.ports.broadcast import Meter

Line = list[Segment]
Block = list[Line]

# IEC 60268-18: where a level stands on a meter, so that what matters (-30 to 0) takes most of its length.
METER_SCALE = ((-70.0, 0.0), (-60.0, 0.025), (-50.0, 0.075), (-40.0, 0.15), (-30.0, 0.3), (-20.0, 0.5), (0.0, 1.0))
AMBER_DBFS = -9.0
RED_DBFS = -3.0
SCALE_MARKS = (-60, -40, -30, -20, -10, 0)


@dataclass(frozen=True, slots=True)
class CardDress:
    """How a card is drawn: its line, its heading, and a few words at the right end of the top line."""

    line: Style = LINE
    head: Style = STRONG
    note: str = ""


@lru_cache(maxsize=4096)
def fit(text: str, width: int, align: str = "left") -> str:
    """The text in exactly `width` cells: cropped with an ellipsis, or padded on the side `align` leaves free."""
    if width <= 0:
        return ""
    spare = width - cell_len(text)
    if spare < 0:
        return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)
    return " " * spare + text if align == "right" else text + " " * spare


def cell(text: str, width: int, style: Style = PLAIN, align: str = "left") -> Segment:
    """A fitted text with its style."""
    return Segment(fit(text, width, align), style)


def blank(width: int, style: Style = PLAIN) -> Line:
    """An empty line."""
    return [Segment(" " * max(0, width), style)]


def padded(line: Line, width: int, style: Style = PLAIN) -> Line:
    """A line filled up, or cropped, to exactly `width` cells."""
    used = sum(cell_len(segment.text) for segment in line)
    if used == width:
        return line
    if used < width:
        return [*line, Segment(" " * (width - used), style)]
    return Segment.adjust_line_length(line, width, style)


def stacked(lines: Sequence[Line], width: int, height: int) -> Block:
    """Lines as a block of exactly that size; what does not fit below is left out."""
    block = [padded(line, width) for line in lines[:height]]
    return block + [blank(width) for _ in range(height - len(block))]


def beside(left: Block, right: Block) -> Block:
    """Two blocks of the same height side by side."""
    return [a + b for a, b in zip(left, right, strict=True)]


def framed(title: str, lines: Sequence[Line], size: tuple[int, int], dress: CardDress) -> Block:
    """A card of exactly that size (width, height), with one cell of air inside left and right."""
    width, height = size
    style, note = dress.line, dress.note
    name = fit(title, min(cell_len(title), width - 6))
    rest = width - 5 - cell_len(name)
    top = [Segment("╭─ ", style), Segment(name, dress.head)]
    if note and cell_len(note) + 5 <= rest:
        top += [
            Segment(" " + "─" * (rest - cell_len(note) - 3) + " ", style),
            Segment(note, MUTED),
            Segment(" ─╮", style),
        ]
    else:
        top.append(Segment(" " + "─" * rest + "╮", style))
    side, end = Segment("│ ", style), Segment(" │", style)
    body = [[side, *line, end] for line in stacked(lines, width - 4, height - 2)]
    return [top, *body, [Segment("╰" + "─" * (width - 2) + "╯", style)]]


def bar(part: float, width: int, style: Style) -> Line:
    """How far something is, 0 to 1, in half cells."""
    halves = round(max(0.0, min(1.0, part)) * width * 2)
    full, half = divmod(halves, 2)
    track = width - full - half
    return [Segment("━" * full + "╸" * half, style), Segment("─" * track, TRACK)]


def meter_place(dbfs: float) -> float:
    """Where a level stands on the meter, 0 to 1."""
    below, start = METER_SCALE[0]
    for above, end in METER_SCALE[1:]:
        if dbfs <= above:
            return max(0.0, start + (end - start) * (dbfs - below) / (above - below))
        below, start = above, end
    return 1.0


@lru_cache(maxsize=256)
def meter_inks(width: int) -> tuple[Style, ...]:
    """The colour of every cell of a meter: green, amber from AMBER_DBFS, red from RED_DBFS."""
    amber, red = meter_place(AMBER_DBFS) * width, meter_place(RED_DBFS) * width
    return tuple(GOOD if place + 0.5 < amber else WARN if place + 0.5 < red else BAD for place in range(width))


def meter_bar(meter: Meter, width: int) -> Line:
    """RMS as a bar, the peak as a mark on it; what is not lit is a low line, so it reads without colours too."""
    lit = round(meter_place(meter.rms_dbfs) * width)
    peak = min(width - 1, round(meter_place(meter.peak_dbfs) * width)) if meter.peak_dbfs > METER_SCALE[0][0] else -1
    inks = meter_inks(width)
    line: Line = []
    for place in range(width):
        if place == peak:
            mark, style = "▆", BAD if inks[place] is BAD else PEAK
        elif place < lit:
            mark, style = "▆", inks[place]
        else:
            mark, style = "▁", TRACK
        if line and line[-1].style is style:
            line[-1] = Segment(line[-1].text + mark, style)
        else:
            line.append(Segment(mark, style))
    return line


@lru_cache(maxsize=64)
def meter_scale(width: int) -> str:
    """The numbers under a meter, each ending where its level stands; those that would touch are left out."""
    cells = [" "] * width
    for mark in reversed(SCALE_MARKS):
        text = str(mark)
        end = min(width, max(len(text), round(meter_place(mark) * width)))
        start = end - len(text)
        if start >= 0 and all(c == " " for c in cells[max(0, start - 1) : end + 1]):
            cells[start:end] = text
    return "".join(cells)
