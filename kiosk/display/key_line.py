"""The simulated panel on the board: every button with its key, its lamp, and how the key works it."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment

from kiosk.display.cards import Page
from kiosk.display.cells import Line, fit
from kiosk.display.terminal_look import GOOD, MUTED, PLAIN, STRONG, WARN
from kiosk.display.wording import printable
from kiosk.rules.broadcast.keypad import Key
from kiosk.rules.broadcast.panel import FAULT, ON_AIR, Lamp, lit

GAP = 2


def key_lines(page: Page, width: int, most: int) -> list[Line]:
    """The keys as they fit into lines; the last line ends with an ellipsis where some do not."""
    report = page.report
    moment_s = report.now.timestamp()
    lamps = [_lamp(report.lamps.get(ON_AIR, Lamp.OFF), moment_s)]
    words = [[Segment("on air ", MUTED), *lamps]] if ON_AIR in report.lamps else []
    if (fault := report.lamps.get(FAULT, Lamp.OFF)) is not Lamp.OFF:
        words.append([Segment("fault ", WARN), Segment("●" if lit(fault, moment_s) else "○", WARN)])
    words += [_word(key, report.lamps.get(key.button, Lamp.OFF), moment_s, width) for key in report.keys]
    lines: list[Line] = [[]]
    for word in words:
        used = _cells(lines[-1])
        if used and used + GAP + _cells(word) > width:
            if len(lines) == most:
                return [*lines[:-1], _cropped(lines[-1], width)]
            lines.append([])
            used = 0
        lines[-1] += [Segment(" " * GAP, PLAIN), *word] if used else word
    return lines


def _word(key: Key, lamp: Lamp, moment_s: float, width: int) -> Line:
    style = WARN if key.down else PLAIN
    hint = f" ({key.hint})" if key.hint else ""
    name = fit(printable(key.button), min(cell_len(key.button), max(1, width - 6 - len(hint))))
    return [Segment(f"[{key.key}]", STRONG), _lamp(lamp, moment_s), Segment(name, style), Segment(hint, MUTED)]


def _lamp(lamp: Lamp, moment_s: float) -> Segment:
    return Segment("●", GOOD if lamp is Lamp.ON else WARN) if lit(lamp, moment_s) else Segment("○", MUTED)


def _cropped(line: Line, width: int) -> Line:
    return [*Segment.adjust_line_length(line, width - 2, PLAIN), Segment(" …", MUTED)]


def _cells(line: Line) -> int:
    return sum(cell_len(segment.text) for segment in line)
