"""The live board in the terminal: the whole broadcast day at a glance, from 80x24 upwards, calm and without flicker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.control import Control
from rich.segment import Segment

from kiosk.display import cards
from kiosk.display.cards import Page
from kiosk.display.cells import Block, CardDress, Line, beside, blank, cell, framed, padded, stacked
from kiosk.display.key_line import key_lines
from kiosk.display.locker_lines import locker_lines, summary
from kiosk.display.plain_board import PlainBoard
from kiosk.display.terminal_look import AS_ASCII, LINE, MUTED, PLAIN, STRONG, WARN, dress, on
from kiosk.display.wording import NO_TITLES, short_clock, span, written_in
from kiosk.ports.broadcast import OnAirReport
from kiosk.rules.broadcast.material import AirClass

__all__ = ["Board", "Frame", "LiveBoard", "PlainBoard", "board", "board_for"]

SMALLEST = (64, 18)
WIDE = 120
BAND = "#1d4ed8"
BAND_SOFT = "#dbe7ff"
ALARM_BAND = "#b91c1c"
REPAINT_EVERY = 40


@dataclass(frozen=True, slots=True)
class Frame:
    """A whole screen as lines of equal width; rich prints it, LiveBoard compares it with the one before."""

    lines: tuple[tuple[Segment, ...], ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for place, line in enumerate(self.lines):
            if place:
                yield Segment.line()
            yield from spelled(line, options)


def spelled(line: Sequence[Segment], options: ConsoleOptions) -> Sequence[Segment]:
    """The line in characters that the terminal's encoding can write, each as wide as what it stands for."""
    if not options.ascii_only:
        return line
    return [Segment(written_in(segment.text.translate(AS_ASCII), options.encoding), segment.style) for segment in line]


def board(report: OnAirReport, width: int, height: int, *, titles: Mapping[str, str] = NO_TITLES) -> RenderableType:
    """The board for a terminal of that size. titles: what songs, scripts and zones are called, by id."""
    return frame(report, width, height, titles=titles)


def frame(report: OnAirReport, width: int, height: int, *, titles: Mapping[str, str] = NO_TITLES) -> Frame:
    """The board as lines."""
    page = Page(report, titles)
    layout = _small if width < SMALLEST[0] or height < SMALLEST[1] else _full
    lines = layout(page, width, height)
    return Frame(tuple(tuple(line) for line in stacked(lines, width, height)))


def _full(page: Page, width: int, height: int) -> Block:
    top = _band(page, width, height)
    bottom = [*_pages(page, width, height), *_warnings(page, width, height), *_keys(page, width, height)]
    bottom += _lockers(page, width, height)
    bottom.append(_inset(cards.footer(page, width - 4), width))
    room = height - len(top) - len(bottom)
    middle = _two_columns(page, width, room) if width >= WIDE and room >= 22 else _stack(page, width, room)
    return [*top, *middle, *bottom]


def _inset(line: Line, width: int) -> Line:
    return padded([Segment("  ", PLAIN), *line], width)


def _band(page: Page, width: int, height: int) -> Block:
    """Store and clock on a coloured band; it turns red while an evacuation is on the air."""
    report = page.report
    alarm = report.current is not None and report.current.air_class is AirClass.EVACUATION
    ground = ALARM_BAND if alarm else BAND
    strong, soft = on(ground, ground_color="#ffffff"), on(ground, ground_color=BAND_SOFT)
    time, day = page.clock(report.now), f"{report.now:%a %d %b %Y}"
    phase = report.phase
    if report.doors_close is not None:
        left = page.seconds_until(report.doors_close)
        closing = f"doors close {short_clock(report.doors_close, report.now.tzinfo)}"
        phase += f" · {closing}" + (f", in {span(left)}" if left > 0 and width >= 100 else "")
    if height < 28:
        room = width - len(time) - 6
        names = min(cell_len(report.store), room // 2)
        line = [cell(report.store, names, strong), cell(phase, room - names, soft, "right")]
        return [[Segment("  ", strong), *line, Segment("  " + time + "  ", strong)]]
    lines = []
    for left_text, right, style in ((report.store, time, strong), (phase, day, soft)):
        ends = [Segment("  ", style), cell(left_text, width - 5 - len(right), style), Segment(f" {right}  ", style)]
        lines.append(ends)
    return [*lines, blank(width)] if height >= 40 else lines


def _pages(page: Page, width: int, height: int) -> Block:
    """What pages wait for; a frame of their own where there is room."""
    if not page.report.pages:
        return []
    if height < 30:
        return [_inset(line, width) for line in cards.pages(page, width - 4, 1)]
    lines = cards.pages(page, width - 4, 2 if height < 40 else 4)
    return framed("PAGES", lines, (width, len(lines) + 2), CardDress(note="kiosk page list"))


def _warnings(page: Page, width: int, height: int) -> Block:
    texts = page.report.warnings
    if not texts:
        return []
    if height < 30:
        return [_inset(line, width) for line in cards.warnings(page, width - 4, 1 if height < 26 else 2)]
    lines = cards.warnings(page, width - 4, 2 if height < 40 else 4)
    title = "1 WARNING" if len(texts) == 1 else f"{len(texts)} WARNINGS"
    return framed(title, lines, (width, len(lines) + 2), CardDress(WARN, WARN))


def _keys(page: Page, width: int, height: int) -> Block:
    """The simulated panel, where there is one; a frame of its own where there is room."""
    if not page.report.keys:
        return []
    if height < 30:
        return [_inset(line, width) for line in key_lines(page, width - 4, 2)]
    lines = key_lines(page, width - 4, 3)
    return framed("PANEL", lines, (width, len(lines) + 2), CardDress(note="its keys"))


def _lockers(page: Page, width: int, height: int) -> Block:
    """The lockers, where a front role runs beside; a frame of their own where there is room."""
    lockers = page.report.lockers
    if lockers is None or not lockers.lockers:
        return []
    if height < 30:
        return [_inset(line, width) for line in locker_lines(lockers, width - 4, 2)]
    lines = locker_lines(lockers, width - 4, 4)
    return framed(f"LOCKERS {summary(lockers)}", lines, (width, len(lines) + 2), CardDress(note="kiosk lockers demo"))


def _on_air(page: Page, width: int, height: int) -> Block:
    item = page.report.current
    style = LINE if item is None else dress(item).style
    head = MUTED if item is None else dress(item).strong
    title = "SILENCE" if item is None else "● ON AIR"
    return framed(title, cards.on_air(page, width - 4, height - 2), (width, height), CardDress(style, head))


def _next(page: Page, width: int, height: int) -> Block:
    look = CardDress(note=cards.next_call(page))
    return framed("NEXT", cards.upcoming(page, width - 4, height - 2), (width, height), look)


def _waiting(page: Page, width: int, height: int) -> Block:
    queue = page.report.queue
    lines = cards.waiting(page, queue[: height - 2], width - 4)
    return framed(f"WAITING {len(queue)}" if queue else "WAITING", lines, (width, height), CardDress())


def _levels(page: Page, width: int, height: int) -> Block:
    return framed("LEVELS", cards.levels(page, width - 4, height - 2), (width, height), CardDress())


def _as_run(page: Page, width: int, height: int) -> Block:
    newest = page.report.last[::-1][: max(0, height - 3)]
    lines = [cards.as_run_head(width - 4), *(cards.as_run(page, entry, width - 4) for entry in newest)]
    if not newest:
        lines = [[cell("Nothing has been on the air yet today.", width - 4, MUTED)]]
    return framed("AS RUN", lines, (width, height), CardDress())


def _two_columns(page: Page, width: int, height: int) -> Block:
    left = width * 57 // 100
    right = width - left
    now = 8
    meters = min(len(page.report.meters) + 3, height - now - 6) if page.report.meters else 3
    queue = 2 + min(5, max(1, len(page.report.queue)))
    log = height - now - meters
    one = [*_on_air(page, left, now), *_levels(page, left, meters), *_as_run(page, left, log)]
    two = [*_next(page, right, height - queue), *_waiting(page, right, queue)]
    return beside(one, two)


def _stack(page: Page, width: int, height: int) -> Block:
    now = 6 if height < 24 else 7 if height < 30 else 8
    log = max(5, min(12, (height - now) * 2 // 5))
    middle = height - now - log
    left = width * (62 if len(page.report.meters) <= middle - 2 else 50) // 100
    right = width - left
    queue = min(2 + min(3, len(page.report.queue)), middle - 4) if page.report.queue and middle >= 7 else 0
    side = _levels(page, right, middle - queue) + (_waiting(page, right, queue) if queue else [])
    return [*_on_air(page, width, now), *beside(_next(page, left, middle), side), *_as_run(page, width, log)]


def _small(page: Page, width: int, height: int) -> Block:
    """A terminal too small for cards: what is on, what is next, what is wrong."""
    report = page.report
    lines: Block = [[cell(f"{page.clock(report.now)} {report.store}", width, STRONG)]]
    lines += cards.on_air(page, width, 4)
    lines += cards.pages(page, width, 1)
    lines += cards.warnings(page, width, 1)
    lines += locker_lines(report.lockers, width, 1)[:1] if report.lockers is not None and width >= 36 else []
    lines += key_lines(page, width, 1) if report.keys and width >= 36 else []
    lines += cards.upcoming(page, width, max(1, height - len(lines))) if width >= 36 else []
    return lines


class Board(Protocol):
    """What shows reports: the live board on a terminal, plain lines elsewhere."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def show(self, report: OnAirReport) -> None: ...


class LiveBoard:
    """Paints reports on the terminal's second screen, only the lines that changed; the first screen comes back after.

    Every tenth second it paints everything, so that a stray message of another program does not stay. A terminal that
    hung up is no reason to stop the broadcast: writing to it fails in silence. One thread.
    """

    def __init__(self, console: Console | None = None, *, titles: Mapping[str, str] = NO_TITLES) -> None:
        self._console = console or Console()
        self._titles = titles
        self._painted: tuple[tuple[Segment, ...], ...] = ()
        self._shown = 0

    def __enter__(self) -> Self:
        with suppress(OSError):
            self._console.set_alt_screen(True)
            self._console.show_cursor(False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._console.show_cursor(True)
            self._console.set_alt_screen(False)

    def show(self, report: OnAirReport) -> None:
        """Paint what changed since the last report."""
        width, height = self._console.size
        lines = frame(report, width, height, titles=self._titles).lines
        same_size = len(lines) == len(self._painted) and self._shown % REPAINT_EVERY
        before = self._painted if same_size else ((),) * len(lines)
        changed = [place for place, line in enumerate(lines) if line != before[place]]
        self._painted, self._shown = lines, self._shown + 1
        with suppress(OSError):
            self._console.print(_Patch(lines, changed), end="", soft_wrap=True)


@dataclass(frozen=True, slots=True)
class _Patch:
    """The changed lines of a frame, each at its place."""

    lines: tuple[tuple[Segment, ...], ...]
    changed: Sequence[int]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for place in self.changed:
            yield Control.move_to(0, place).segment
            yield from spelled(self.lines[place], options)


def board_for(console: Console | None = None, *, titles: Mapping[str, str] = NO_TITLES) -> Board:
    """The live board where the console is a terminal that can place text, plain lines everywhere else."""
    console = console or Console()
    if console.is_terminal and not console.is_dumb_terminal:
        return LiveBoard(console, titles=titles)
    return PlainBoard(console.file, titles=titles)
