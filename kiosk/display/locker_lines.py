"""The lockers on the board: what the shopper's screen says, and every door in as few letters as it needs."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment

from kiosk.display.cells import Line, cell
from kiosk.display.terminal_look import GOOD, MUTED, PLAIN, STRONG, WARN
from kiosk.display.wording import printable
from kiosk.ports.lockers_report import LockersReport
from kiosk.rules.lockers.locker import Assignment, Door, Locker

GAP = 2
_TAKEN = (Assignment.OCCUPIED, Assignment.OVERNIGHT)


def locker_lines(report: LockersReport, width: int, most: int) -> list[Line]:
    """[3] is taken, 3 is free, (3) is not in use; overnight and a door that is not closed are said, ! is for staff."""
    lines: list[Line] = [[cell(f"screen: {printable(text)}", width, GOOD)] for text in report.seats.values()][:1]
    lines.append([])
    for locker in report.lockers:
        word = _word(locker, locker.id in report.for_staff)
        used = _cells(lines[-1])
        if used and used + GAP + cell_len(word.text) > width:
            if len(lines) >= most:
                lines[-1] = [*Segment.adjust_line_length(lines[-1], width - 2, PLAIN), Segment(" …", MUTED)]
                return lines
            lines.append([])
            used = 0
        lines[-1] += [Segment(" " * GAP, PLAIN), word] if used else [word]
    return lines


def summary(report: LockersReport) -> str:
    """How many lockers there are to give."""
    free = sum(one.assignment is Assignment.FREE for one in report.lockers)
    told = f"{free} of {len(report.lockers)} free"
    return f"{told}, {len(report.for_staff)} for staff" if report.for_staff else told


def stands(locker: Locker) -> str:
    """A locker in a few letters."""
    number = str(locker.id)
    if locker.assignment in _TAKEN:
        number = f"[{number}]"
    elif locker.assignment is not Assignment.FREE:
        number = f"({number})"
    said = [locker.assignment.value] if locker.assignment is Assignment.OVERNIGHT else []
    said += [locker.door.value] if locker.door is not Door.CLOSED else []
    return " ".join((number, *said))


def _word(locker: Locker, concerns_staff: bool) -> Segment:
    style = STRONG if locker.assignment in _TAKEN else MUTED
    if locker.door in (Door.OPEN, Door.OPENING):
        style = GOOD
    if concerns_staff:
        return Segment(f"{stands(locker)}!", WARN)
    return Segment(stands(locker), style)


def _cells(line: Line) -> int:
    return sum(cell_len(segment.text) for segment in line)
