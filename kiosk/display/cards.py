"""What each card of the live board says about the report, line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.cells import cell_len
from rich.segment import Segment

from kiosk.display.cells import Line, bar, blank, cell, fit, meter_bar, meter_scale
from kiosk.display.terminal_look import (
    BAD,
    GOOD,
    MUTED,
    OUTCOMES,
    PLAIN,
    STRONG,
    WARN,
    dress,
    dress_of,
    lateness_style,
)
from kiosk.display.wording import clock, length, printable, short_clock, signed, span, title_of
from kiosk.ports.broadcast import OnAirReport
from kiosk.rules.broadcast.as_run import AsRun
from kiosk.rules.broadcast.material import REST
from kiosk.rules.broadcast.programme import Item
from kiosk.units import ZoneId

CLOCK = 8
LATE = 7
GAP = 3
ROOMY = 56  # cells from which times are written out
COUNTDOWN_S = 60.0


@dataclass(frozen=True, slots=True)
class Page:
    """A report with the titles the store gave to what it names (songs, scripts, zones, by id)."""

    report: OnAirReport
    titles: Mapping[str, str]

    def clock(self, at: datetime) -> str:
        return clock(at, self.report.now.tzinfo)

    def title(self, id: str) -> str:
        return title_of(id, self.titles)

    def zones(self, zones: tuple[ZoneId, ...]) -> str:
        return ", ".join(self.title(zone) for zone in zones) if zones else "whole store"

    def seconds_until(self, at: datetime) -> float:
        return at.timestamp() - self.report.now.timestamp()


def on_air(page: Page, width: int, height: int) -> list[Line]:
    """The item that sounds now, how far it is and what will be left of it; or what comes next and when."""
    item = page.report.current
    if item is None:
        return _nothing_on(page, width)
    look, part = dress(item), page.report.progress
    elapsed, left = _elapsed_and_left(page, item)
    badge = f" {look.sign} {look.word} "
    lines: list[Line] = [
        [Segment(badge, look.badge), Segment("  ", PLAIN), cell(page.title(item.id), width - len(badge) - 2, STRONG)],
        bar(part, width, look.style),
        _ends(f"{length(elapsed)} of {length(item.duration_s)}", _left(page, item, left), width),
        *wrapped(_facts(page, item), width, max(1, height - 3)),
    ]
    if height - len(lines) >= 1:
        lines.insert(1, blank(width))
    if height - len(lines) >= 1:
        lines.insert(4, blank(width))
    return lines


def wrapped(facts: Sequence[Line], width: int, most: int) -> list[Line]:
    """Facts side by side, on as few lines as they need; one that no line has room for is left out."""
    lines: list[Line] = []
    rooms: list[int] = []
    for fact in facts:
        size = sum(cell_len(segment.text) for segment in fact)
        place = next((place for place, room in enumerate(rooms) if size + GAP <= room), None)
        if place is not None:
            lines[place] += [Segment(" " * GAP, PLAIN), *fact]
            rooms[place] -= size + GAP
        elif len(lines) < most:
            lines.append(Segment.adjust_line_length(list(fact), min(size, width), PLAIN))
            rooms.append(width - size)
    return lines


def _ends(left: str, right: str, width: int) -> Line:
    room = min(cell_len(right), width)
    return [cell(left, width - room, PLAIN), cell(right, room, PLAIN)]


def _elapsed_and_left(page: Page, item: Item) -> tuple[float, float]:
    started, part = page.report.current_started, max(0.0, min(1.0, page.report.progress))
    elapsed = part * item.duration_s
    if item.repeats and started is not None:
        elapsed = -page.seconds_until(started)
    return elapsed, (1.0 - part) * item.duration_s


def _left(page: Page, item: Item, left: float) -> str:
    if item.repeats:
        return "repeats until it is reset"
    end = page.report.now.timestamp() + left
    at = datetime.fromtimestamp(end, page.report.now.tzinfo)
    return f"{length(left)} left, until {page.clock(at)}"


def _facts(page: Page, item: Item) -> list[Line]:
    """When it was due, which part is being read, where, who asked."""
    facts: list[Line] = []
    if item.due is not None and item.error_s is not None:
        due = short_clock(item.due, page.report.now.tzinfo)
        error = Segment(f"  {signed(item.error_s)} s", lateness_style(item.error_s))
        facts.append([Segment("Due ", MUTED), Segment(due, PLAIN), error])
    if len(item.parts) > 1:
        sounding = _sounding_part(item, page.report.progress)
        fact = [Segment("Part ", MUTED)]
        for place, name in enumerate(item.part_names):
            if item.parts[place].path.startswith(REST):
                continue
            fact.append(Segment(" › " if place else "", MUTED))
            fact.append(Segment(printable(name), dress(item).strong if place == sounding else MUTED))
        facts.append(fact)
    facts.append([Segment("Zones ", MUTED), Segment(page.zones(item.zones), PLAIN)])
    if item.operator:
        facts.append([Segment("Asked by ", MUTED), Segment(printable(item.operator), PLAIN)])
    if (beside := page.report.beside) is not None:
        spoken = f"{page.title(beside.id)} in {page.zones(beside.zones)}"
        facts.append([Segment("Meanwhile ", MUTED), Segment(spoken, dress(beside).strong)])
    return facts


def _sounding_part(item: Item, progress: float) -> int:
    at = max(0.0, progress) * sum(part.duration_s for part in item.parts)
    for place, part in enumerate(item.parts):
        at -= part.duration_s
        if at < 0:
            return place
    return len(item.parts) - 1


def _nothing_on(page: Page, width: int) -> list[Line]:
    if not page.report.upcoming:
        return [[cell("Nothing on the air", width, STRONG)], [cell("Nothing more is planned.", width, MUTED)]]
    item = page.report.upcoming[0]
    look, wait = dress(item), page.seconds_until(item.start)
    when = f"in {span(wait)}, at {page.clock(item.start)}" if wait > 0 else f"planned for {page.clock(item.start)}"
    part = 1.0 - wait / COUNTDOWN_S if wait > 0 else 1.0
    return [
        [cell("Nothing on the air", width, STRONG)],
        bar(part, width, look.style),
        [Segment("Next ", MUTED), Segment(f"{look.sign} {page.title(item.id)}", look.strong)],
        [cell(when, width, PLAIN)],
    ]


def upcoming(page: Page, width: int, height: int) -> list[Line]:
    """What comes, with planned start, length, due moment and error; the next announcement is always among it."""
    items = page.report.upcoming
    if not items:
        return [[cell("Nothing more is planned.", width, MUTED)]]
    place = next((place for place, item in enumerate(items) if item.due is not None), 0)
    if place < height or height < 3:
        return _planned(page, items[:height], width)
    lines = _planned(page, (*items[: height - 2], items[place]), width)
    lines.insert(-1, [cell(f"{'···':>{CLOCK}}    {place - height + 2} more, then", width, MUTED)])
    return lines


def next_call(page: Page) -> str:
    """How long until the next announcement."""
    due = next((item for item in page.report.upcoming if item.due is not None), None)
    return f"announcement in {span(page.seconds_until(due.start))}" if due else ""


def _planned(page: Page, items: Sequence[Item], width: int) -> list[Line]:
    dues = ["" if item.due is None else f"  due {_due(page, item.due, width)}" for item in items]
    column = max(map(len, dues))
    return [_planned_line(page, item, cell(due, column, MUTED), width) for item, due in zip(items, dues, strict=True)]


def _due(page: Page, due: datetime, width: int) -> str:
    return page.clock(due) if width >= ROOMY else short_clock(due, page.report.now.tzinfo)


def _planned_line(page: Page, item: Item, due: Segment, width: int) -> Line:
    look, late = dress(item), item.error_s
    unit = " s" if width >= ROOMY else ""
    text = "" if late is None else signed(late) + unit
    tail = [due, cell(text, 6 + len(unit), PLAIN if late is None else lateness_style(late), "right")]
    if width >= 50:
        tail.insert(0, cell(length(item.duration_s), 7, MUTED, "right"))
    room = width - CLOCK - 4 - sum(len(segment.text) for segment in tail)
    what = look.style if item.due is not None or item.operator else PLAIN
    head = [cell(page.clock(item.start), CLOCK, MUTED), Segment(f"  {look.sign} ", look.style)]
    return [*head, cell(page.title(item.id), room, what), *tail]


def waiting(page: Page, items: Sequence[Item], width: int) -> list[Line]:
    """Requests that wait for their moment, first come first, with who asked."""
    if not items:
        return [[cell("No request is waiting.", width, MUTED)]]
    lines: list[Line] = []
    for item in items:
        look = dress(item)
        who = fit(printable(item.operator or ""), min(14, width // 4), "right")
        when = f" on at {page.clock(item.start)}" if width >= 40 else ""
        room = width - 3 - cell_len(who) - len(when)
        what = [Segment(f"{look.sign} ", look.style), cell(page.title(item.id), room, look.style)]
        lines.append([*what, Segment(when + " ", MUTED), Segment(who, MUTED)])
    return lines


def levels(page: Page, width: int, height: int) -> list[Line]:
    """A meter per zone with its scale; in columns when the zones do not fit below one another."""
    meters = list(page.report.meters.items())
    if not meters:
        return [[cell("No zone reports a level.", width, MUTED)]]
    rows = height - 1 if len(meters) < height else height
    columns = min(max(1, (width + 2) // 14), -(-len(meters) // rows))
    rows = min(rows, -(-len(meters) // columns))
    scale = rows < height
    room = (width - 2 * (columns - 1)) // columns
    number = 6 if room >= 20 else 4
    name = min(max(cell_len(page.title(zone)) for zone, _ in meters), max(3, room // 3))
    track = room - name - 1 - number
    lines: list[Line] = []
    for row in range(rows):
        line: Line = []
        for column in range(columns):
            place = column * rows + row
            if place >= len(meters):
                break
            zone, meter = meters[place]
            line += [Segment("  ", PLAIN)] if column else []
            line += [cell(page.title(zone), name, PLAIN), Segment(" ", PLAIN), *meter_bar(meter, track)]
            line.append(cell(_level(meter.rms_dbfs, 1 if number == 6 else 0), number, MUTED, "right"))
        lines.append(line)
    if scale:
        gap = Segment(" " * (name + 1), PLAIN)
        marks = [
            gap,
            cell(meter_scale(track), track, MUTED),
            cell("dBFS", number, MUTED, "right"),
            Segment("  ", PLAIN),
        ]
        lines.append(marks * columns)
    hidden = len(meters) - rows * columns
    if hidden > 0:
        lines[-1] = [cell(f"… and {hidden + columns} more zones", width, MUTED)]
    return [Segment.adjust_line_length(line, width, PLAIN) for line in lines]


def _level(dbfs: float, digits: int = 1) -> str:
    return "−∞" if dbfs <= -100.0 else f"{dbfs:.{digits}f}".replace("-", "−")


def as_run_head(width: int) -> Line:
    """The names of the columns of the log."""
    what, how = _as_run_rooms(width)
    level = f"{'dBFS':>7}" if width >= 76 else ""
    text = f"{'real':<{CLOCK}}  {'planned':<{CLOCK}}{'late s':>{LATE + 1}}  "
    return [Segment(text, MUTED), cell("what", what + 2, MUTED), cell("outcome", how, MUTED), Segment(level, MUTED)]


def _as_run_rooms(width: int) -> tuple[int, int]:
    room = width - 2 * CLOCK - 2 - LATE - 1 - 2 - 2 - (7 if width >= 76 else 0)
    how = max(12, min(40, room // 2))
    return room - how, how


def as_run(page: Page, entry: AsRun, width: int) -> Line:
    """One line of the log: real and planned start, how late, what, and how it ended."""
    look = dress_of(entry.kind, entry.air_class)
    what, how = _as_run_rooms(width)
    real, planned = entry.real_start, entry.planned_start
    sign, style = OUTCOMES[entry.outcome]
    ending = f"{sign} {entry.outcome.value}" + (f": {printable(entry.reason)}" if entry.reason else "")
    line = [
        cell(page.clock(real) if real else "never", CLOCK, PLAIN),
        Segment("  ", PLAIN),
        cell(page.clock(planned) if planned else "unplanned", CLOCK, MUTED),
    ]
    if real and planned:
        late = real.timestamp() - planned.timestamp()
        line.append(cell(signed(late, 2), LATE + 1, lateness_style(late), "right"))
    else:
        line.append(Segment(" " * (LATE + 1), PLAIN))
    line += [Segment(f"  {look.sign} ", look.style), cell(page.title(entry.id), what - 1, PLAIN), Segment(" ", PLAIN)]
    line.append(cell(ending, how, style))
    if width >= 76:
        line.append(cell("" if entry.level_dbfs is None else _level(entry.level_dbfs), 7, MUTED, "right"))
    return line


def warnings(page: Page, width: int, most: int) -> list[Line]:
    """What a person should look at, the newest first: it may answer a press; the last line counts what does not fit."""
    texts = page.report.warnings[::-1]
    if most == 1 and len(texts) > 1:
        more = f"  (+{len(texts) - 1})"
        return [[Segment("▲ ", WARN), cell(printable(texts[0]), width - 2 - len(more), PLAIN), Segment(more, WARN)]]
    shown = texts if len(texts) <= most else texts[: max(0, most - 1)]
    lines = [[Segment("▲ ", WARN), cell(printable(text), width - 2, PLAIN)] for text in shown]
    if len(shown) < len(texts):
        lines.append([cell(f"… and {len(texts) - len(shown)} more", width, WARN)])
    return lines


def pages(page: Page, width: int, most: int) -> list[Line]:
    """What pages wait for, the questions first; the last line counts what does not fit, where there are several."""
    texts = page.report.pages
    if most == 1 and len(texts) > 1:
        more = f"  (+{len(texts) - 1})"
        return [[Segment("? ", STRONG), cell(printable(texts[0]), width - 2 - len(more), PLAIN), Segment(more, STRONG)]]
    shown = texts if len(texts) <= most else texts[: max(0, most - 1)]
    lines = [[Segment("? ", STRONG), cell(printable(text), width - 2, PLAIN)] for text in shown]
    if len(shown) < len(texts):
        lines.append([cell(f"… and {len(texts) - len(shown)} more", width, STRONG)])
    return lines


def footer(page: Page, width: int) -> Line:
    """Output, underruns, amplifier lamp, the self-check where there is room, and the one key there is."""
    report = page.report
    keys = "Ctrl-C closes the store in order" if width >= 100 else "Ctrl-C closes the store"
    lamp = Segment("● amplifier on", GOOD) if report.amplifier_on else Segment("○ amplifier off", MUTED)
    count = f"{report.underruns} underrun" + ("" if report.underruns == 1 else "s")
    tail = [Segment(count, WARN if report.underruns else MUTED), Segment("   ", PLAIN), Segment(keys, MUTED)]
    if report.self_check and width >= 120:
        style = WARN if "fault" in report.self_check else MUTED
        tail = [Segment(printable(report.self_check), style), Segment("   ", PLAIN), *tail]
    output = printable(report.output) or "no output"
    room = width - cell_len(lamp.text) - 3 - 3 - sum(cell_len(segment.text) for segment in tail)
    who = printable(report.on_duty)
    duty = Segment(f"   At the panel: {fit(who, 30)}" if who and room >= 60 else "", PLAIN)
    room -= cell_len(duty.text)
    name = f"Output {output}" if cell_len(output) + 7 <= room else output
    if who and not duty.text and report.output:  # where only one has room: an output that works is no news
        name = f"At the panel: {who}" if cell_len(who) + 14 <= room else who
    shown = cell(name, room, PLAIN if report.output else BAD)
    return [lamp, duty, Segment("   ", PLAIN), shown, Segment("   ", PLAIN), *tail]
