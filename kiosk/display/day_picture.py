"""A planned day as a picture to pin to the wall: hours as rows, songs as soft blocks, announcements as strong flags."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from io import BytesIO

import pygame

from kiosk.display.colors import Color, oklch, rgb
from kiosk.display.day_figures import DayFigures, figures_of
from kiosk.display.day_grid import Area, DayGrid, Stretch, grid_of
from kiosk.display.paint import Canvas
from kiosk.display.wording import NO_TITLES, printable, short_clock, signed, span, title_of
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.programme import Item, Kind, Programme

SIZE = (1600, 1000)
SMALLEST = (800, 500)
MARGIN = 44.0
WARNING_LINES = 3
TALLEST_ROW = 110.0
GOLDEN_ANGLE_DEG = 137.508

GROUND = rgb("#f3f6fb")
PAPER = rgb("#ffffff")
RULE = rgb("#dde4ee")
INK = rgb("#0f172a")
SOFT_INK = rgb("#475569")
CLOSED = rgb("#e6ebf3")
GOOD = rgb("#15803d")
WARN = rgb("#b45309")
BAD = rgb("#b91c1c")
NOW = rgb("#1d4ed8")
PLANNED = (rgb("#94a3b8"), rgb("#cbd5e1"))
WARNING_PAPER = rgb("#fff7e0")
DAYPARTS = (rgb("#60a5fa"), rgb("#f59e0b"), rgb("#8b5cf6"), rgb("#14b8a6"))
BY_KIND = {
    Kind.WELCOME: rgb("#047857"),
    Kind.ANNOUNCEMENT: rgb("#be185d"),
    Kind.PAGE: rgb("#a21caf"),
    Kind.CLOSING: rgb("#6d28d9"),
    Kind.FILLER: rgb("#64748b"),
    Kind.TONE_BED: rgb("#92400e"),
    Kind.TALK: rgb("#a16207"),
    Kind.TEST_TONE: rgb("#475569"),
}
BY_CLASS = {AirClass.URGENT: rgb("#c2410c"), AirClass.EVACUATION: BAD, AirClass.MICROPHONE: rgb("#a16207")}
NAMES = {
    Kind.WELCOME: "Welcome music",
    Kind.ANNOUNCEMENT: "Announcement",
    Kind.PAGE: "Page",
    Kind.TALK: "Microphone",
    Kind.CLOSING: "Closing music",
    Kind.FILLER: "Filler",
    Kind.TONE_BED: "Tone bed",
    Kind.TEST_TONE: "Test tone",
}


@dataclass(frozen=True, slots=True)
class Daypart:
    """A named stretch of the day."""

    title: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class DayNotes:
    """What the picture says beside the programme.

    titles: what songs and scripts are called, by id. dayparts: in order. now: where the day is, None for a plan on
    paper. zone: the store's time zone, None for the programme's own. planned: for a day that is over, what had been
    planned, drawn as a thin line below what was heard; not_aired: when something was due in vain. words: the picture's
    own words in another language, by the English ones.
    """

    titles: Mapping[str, str] = field(default_factory=lambda: NO_TITLES)
    dayparts: tuple[Daypart, ...] = ()
    now: datetime | None = None
    zone: tzinfo | None = None
    planned: tuple[Item, ...] = ()
    not_aired: tuple[datetime, ...] = ()
    words: Mapping[str, str] = field(default_factory=lambda: NO_TITLES)


def draw_day(
    programme: Programme,
    *,
    title: str,
    subtitle: str = "",
    notes: DayNotes | None = None,
    size: tuple[int, int] = SIZE,
) -> bytes:
    """The day as a PNG of that size in pixels, 800x500 at least. Needs no window. Raises FontMissing."""
    if size[0] < SMALLEST[0] or size[1] < SMALLEST[1]:
        raise ValueError(f"a picture of {size[0]}x{size[1]} is too small: {SMALLEST[0]}x{SMALLEST[1]} at least")
    picture = _Picture(programme, notes or DayNotes(), size)
    picture.header(title, subtitle)
    picture.hours()
    picture.dayparts()
    picture.plan()
    picture.items()
    picture.now()
    picture.legend()
    picture.warnings()
    stream = BytesIO()
    pygame.image.save(picture.canvas.surface, stream, "day.png")
    return stream.getvalue()


def layout(programme: Programme, size: tuple[int, int], zone: tzinfo | None = None) -> DayGrid:
    """Where the rows of a programme lie in a picture of that size."""
    unit = _unit(size)
    left, top = MARGIN * unit + 168 * unit, 164 * unit
    foot = (78 + 24 * min(WARNING_LINES, max(1, len(programme.warnings))) + 14) * unit
    if zone is None and programme.items:
        zone = programme.items[0].start.tzinfo
    area = Area(left, top, size[0] - MARGIN * unit - left, size[1] - foot - top)
    return grid_of(programme, area, zone, tallest_row=TALLEST_ROW * unit)


def color_of(item: Item) -> Color:
    """The colour of an item that is not a song."""
    return BY_CLASS.get(item.air_class) or BY_KIND[item.kind]


def song_colors(programme: Programme) -> dict[str, Color]:
    """A soft colour per song, the more apart the nearer they first play."""
    ids = dict.fromkeys(item.id for item in programme.items if item.kind is Kind.MUSIC)
    return {
        id: oklch(0.90 if place % 2 else 0.85, 0.065, 220 + place * GOLDEN_ANGLE_DEG) for place, id in enumerate(ids)
    }


def error_color(seconds: float) -> Color:
    """Within a second is on time, beyond ten a person should know."""
    size = abs(seconds)
    return GOOD if size <= 1.0 else WARN if size <= 10.0 else BAD


def _unit(size: tuple[int, int]) -> float:
    return min(size[0] / SIZE[0], size[1] / SIZE[1])


class _Picture:
    """The picture being drawn, part by part; `u` scales every length to the size asked for."""

    def __init__(self, programme: Programme, notes: DayNotes, size: tuple[int, int]) -> None:
        self.programme = programme
        self.notes = notes
        self.size = size
        self.u = _unit(size)
        self.grid = layout(programme, size, notes.zone)
        self.canvas = Canvas(size, GROUND)
        self.left = MARGIN * self.u
        self.right = size[0] - self.left
        self._named: list[tuple[int, float, float]] = []  # row, left and right of every name in the flag lanes

    def header(self, title: str, subtitle: str) -> None:
        """Title, subtitle and the figures of the day."""
        u, canvas = self.u, self.canvas
        tiles = _tiles(figures_of(self.programme), self._said)
        width, gap = 150 * u, 12 * u
        x = self.right - len(tiles) * width - (len(tiles) - 1) * gap
        room = x - self.left - 24 * u
        canvas.text(
            canvas.fitted(printable(title), 34 * u, room, bold=True), (self.left, 60 * u), 34 * u, INK, bold=True
        )
        canvas.text(canvas.fitted(printable(subtitle), 17 * u, room), (self.left, 99 * u), 17 * u, SOFT_INK)
        for value, label, color in tiles:
            canvas.box((x, 34 * u, width, 80 * u), PAPER, (12 * u,))
            canvas.text(value, (x + 16 * u, 62 * u), 26 * u, color, bold=True)
            canvas.text(label, (x + 16 * u, 94 * u), 13 * u, SOFT_INK)
            x += width + gap

    def hours(self) -> None:
        """A paper strip per row with its hour; before opening and after closing it stays grey."""
        u, canvas, grid = self.u, self.canvas, self.grid
        minutes = range(0, 60 * grid.hours_per_row + 1, 15 * grid.hours_per_row)
        for minute in minutes:
            x = grid.x(grid.first_s + minute * 60, 0)
            label = f":{minute % 60:02}" if grid.hours_per_row == 1 else f"+{minute} min"
            shift = canvas.width(label, 13 * u) * (0 if minute == 0 else 1 if minute == minutes[-1] else 0.5)
            canvas.text(label, (x - shift, grid.area.top - 14 * u), 13 * u, SOFT_INK)
        for row in range(grid.rows):
            top, height = grid.bar_top(row), grid.bar_height
            canvas.box((grid.area.left, top, grid.area.width, height), CLOSED, (5 * u,))
            for minute in minutes:
                x = grid.x(grid.first_s + row * grid.row_s + minute * 60, row)
                canvas.box((x - 0.5 * u, grid.row_top(row) + 2 * u, u, grid.row_height - 4 * u), RULE)
            label = f"{grid.hour_of(row):%H:%M}"
            x = grid.area.left - 14 * u - canvas.width(label, 17 * u, bold=True)
            canvas.text(label, (x, top + height / 2), 17 * u, INK, bold=True)

    def dayparts(self) -> None:
        """Named brackets beside the hours; one too short for its name has its bar only, one outside them nothing."""
        u, canvas, grid = self.u, self.canvas, self.grid
        for place, part in enumerate(self.notes.dayparts):
            top, bottom = grid.y(part.start.timestamp()), grid.y(part.end.timestamp())
            if top == bottom:
                continue
            canvas.box((self.left, top + 2 * u, 6 * u, max(2 * u, bottom - top - 4 * u)), _cycled(place), (3 * u,))
            x, room = self.left + 16 * u, 84 * u
            if bottom - top >= 22 * u:
                name = canvas.fitted(printable(part.title), 15 * u, room, bold=True)
                canvas.text(name, (x, top + 14 * u), 15 * u, INK, bold=True)
            if bottom - top >= 44 * u:
                zone = grid.zone
                times = f"{short_clock(part.start, zone)}–{short_clock(part.end, zone)}"
                canvas.text(times, (x, top + 35 * u), 12.5 * u, SOFT_INK)

    def items(self) -> None:
        """Songs first, then what must stand out over them."""
        songs = song_colors(self.programme)
        flags: list[Item] = []
        for item in self.programme.items:
            if item.kind is Kind.MUSIC:
                self._block(item, songs[item.id], INK)
            elif item.due is None and item.kind not in {Kind.ANNOUNCEMENT, Kind.PAGE, Kind.TALK}:
                self._block(item, color_of(item), PAPER)
            else:
                flags.append(item)
        for item, following in zip(flags, [*flags, None][1:], strict=True):
            self._flag(item, following)

    def plan(self) -> None:
        """What had been planned, item by item, and in red what was due in vain."""
        u, grid = self.u, self.grid
        for place, item in enumerate(self.notes.planned):
            color = PLANNED[place % 2] if item.kind is Kind.MUSIC else color_of(item)
            for piece in grid.stretches(item.start.timestamp(), item.end.timestamp()):
                top = grid.bar_top(piece.row) + grid.bar_height
                self.canvas.box((piece.left, top, max(1.0, piece.width - 1.5 * u), 3.5 * u), color)
        for due in self.notes.not_aired:
            self._due_tick(due.timestamp(), BAD)

    def _said(self, text: str) -> str:
        return self.notes.words.get(text, text)

    def _block(self, item: Item, color: Color, ink: Color) -> None:
        u, grid = self.u, self.grid
        pieces = grid.stretches(item.start.timestamp(), item.end.timestamp())
        rects = [self._piece(piece, color) for piece in pieces]
        if grid.bar_height >= 15 * u:
            left, top, width, height = max(rects, key=lambda rect: rect[2])
            name = self.canvas.words(title_of(item.id, self.notes.titles), 12.5 * u, width - 8 * u)
            self.canvas.text(name, (left + 5 * u, top + height / 2), 12.5 * u, ink)

    def _piece(self, piece: Stretch, color: Color) -> tuple[float, float, float, float]:
        u, grid = self.u, self.grid
        gap = 1.5 * u if piece.whole_end else 0.0
        rect = piece.left, grid.bar_top(piece.row), max(1.0, piece.width - gap), grid.bar_height
        start, end = (4 * u if piece.whole_start else 0.0), (4 * u if piece.whole_end else 0.0)
        self.canvas.box((rect[0], rect[1] - 0.5, rect[2] + gap, rect[3] + 1), GROUND)
        self.canvas.box(rect, color, (start, end, end, start))
        return rect

    def _flag(self, item: Item, following: Item | None) -> None:
        """A strong block from the top of the row to its bottom, a tick where it was due, its name and its error."""
        u, canvas, grid = self.u, self.canvas, self.grid
        color = color_of(item)
        edge = grid.area.left + grid.area.width
        pieces = grid.stretches(item.start.timestamp(), item.end.timestamp())
        for piece in pieces:
            top = grid.row_top(piece.row) + 3 * u
            height = grid.bar_top(piece.row) + grid.bar_height - top
            width = max(4 * u, piece.width - 1.5 * u)
            left = min(piece.left, edge - width)
            canvas.box((left - u, grid.bar_top(piece.row), width + 2.5 * u, grid.bar_height), GROUND)
            canvas.box((left, top, width, height), color, (2 * u,))
        if item.due is not None:
            self._due_tick(item.due.timestamp())
        main = max(pieces, key=lambda piece: piece.width)
        x, y = main.left + max(4 * u, main.width) + 6 * u, grid.row_top(main.row) + 1.5 * u + grid.flag_height / 2
        end = edge
        if following is not None and grid.row_of(following.start.timestamp()) == main.row:
            end = grid.x(following.start.timestamp(), main.row) - 12 * u
        size = min(13.5 * u, grid.flag_height * 0.78)
        error = "" if item.error_s is None else f"{signed(item.error_s)} s"
        room = end - x - canvas.width(error, size, bold=True) - 7 * u
        if room < 0:
            return
        name = canvas.fitted(title_of(item.id, self.notes.titles), size, room, bold=True)
        x = canvas.text(name, (x, y), size, color, bold=True) + (7 * u if name else 0)
        if item.error_s is not None:
            x = canvas.text(error, (x, y), size, error_color(item.error_s), bold=True)
        self._named.append((main.row, main.left, x))

    def _due_tick(self, due_s: float, color: Color = INK) -> None:
        u, grid = self.u, self.grid
        row = grid.row_of(due_s)
        x, bottom = grid.x(due_s, row), grid.bar_top(row) + grid.bar_height
        self.canvas.shape(
            ((x, bottom + 0.5 * u), (x - 4.5 * u, bottom + 6.5 * u), (x + 4.5 * u, bottom + 6.5 * u)), color
        )

    def now(self) -> None:
        """A line where the day is."""
        if self.notes.now is None:
            return
        u, canvas, grid = self.u, self.canvas, self.grid
        at = self.notes.now.timestamp()
        if not grid.first_s <= at <= grid.first_s + grid.rows * grid.row_s:
            return
        row = grid.row_of(at)
        x, top = grid.x(at, row), grid.row_top(row)
        label = f"now {self.notes.now.astimezone(grid.zone):%H:%M}"
        width = canvas.width(label, 12.5 * u, bold=True) + 12 * u
        last = grid.area.left + grid.area.width - width
        wishes = [min(max(left, grid.area.left), last) for left in (x - width / 2, x - width, x)]
        free = next((left for left in wishes if self._free(row, left, left + width)), None)
        left = wishes[0] if free is None else free
        if free is None:
            top = grid.bar_top(row) + grid.bar_height / 2 - 9 * u
        canvas.box((round(x - 1.5 * u), grid.row_top(row), 3 * u, grid.row_height - 2 * u), NOW)
        canvas.box((left, top, width, 18 * u), NOW, (9 * u,))
        canvas.text(label, (left + 6 * u, top + 9 * u), 12.5 * u, PAPER, bold=True)

    def _free(self, row: int, left: float, right: float) -> bool:
        return all(place != row or right < start or end < left for place, start, end in self._named)

    def legend(self) -> None:
        """What the colours and signs mean; only what the day has, and songs always."""
        u, canvas = self.u, self.canvas
        x, y = self.grid.area.left, self.grid.area.top + self.grid.area.height + 24 * u
        for place in range(3):
            canvas.box((x, y - 8 * u, 16 * u, 16 * u), oklch(0.87, 0.065, 220 + place * GOLDEN_ANGLE_DEG), (3 * u,))
            x += 17.5 * u
        x = canvas.text(self._said("Songs, one colour each"), (x + 6 * u, y), 13.5 * u, SOFT_INK) + 24 * u
        present = {item.kind for item in self.programme.items}
        for kind, name in NAMES.items():
            if kind in present:
                canvas.box((x, y - 8 * u, 16 * u, 16 * u), BY_KIND[kind], (3 * u,))
                x = canvas.text(self._said(name), (x + 22 * u, y), 13.5 * u, SOFT_INK) + 24 * u
        canvas.shape(((x + 5 * u, y - 4 * u), (x, y + 4 * u), (x + 10 * u, y + 4 * u)), INK)
        x = canvas.text(self._said("Due"), (x + 16 * u, y), 13.5 * u, SOFT_INK) + 24 * u
        for text, color in (("within 1 s", GOOD), ("within 10 s", WARN), ("more", BAD)):
            x = canvas.text(self._said(text), (x, y), 13.5 * u, color, bold=True) + 14 * u
        if self.notes.planned:
            canvas.box((x + 10 * u, y - 2 * u, 26 * u, 4 * u), PLANNED[0])
            canvas.text(self._said("Planned"), (x + 42 * u, y), 13.5 * u, SOFT_INK)

    def warnings(self) -> None:
        """What the planner could not do, or that it could do everything."""
        u, canvas, texts = self.u, self.canvas, self.programme.warnings
        columns = 1 if len(texts) <= WARNING_LINES else 2
        most = columns * WARNING_LINES
        shown = texts if len(texts) <= most else texts[: most - 1]
        lines = [printable(text) for text in shown]
        if len(shown) < len(texts):
            lines.append(f"and {len(texts) - len(shown)} more warnings")
        height = (24 * min(WARNING_LINES, max(1, len(lines))) + 14) * u
        top, width = self.size[1] - height - 22 * u, self.right - self.left
        canvas.box((self.left, top, width, height), WARNING_PAPER if texts else PAPER, (10 * u,))
        canvas.box((self.left, top, 6 * u, height), WARN if texts else GOOD, (3 * u,))
        if not texts:
            text = "No warnings: the whole day is planned." if self.programme.items else "Nothing is planned."
            canvas.text(self._said(text), (self.left + 22 * u, top + height / 2), 14 * u, GOOD, bold=True)
        room = (width - 22 * u) / columns
        for place, line in enumerate(lines):
            column, row = divmod(place, WARNING_LINES)
            at = self.left + 22 * u + column * room, top + (19 + 24 * row) * u
            canvas.text(canvas.fitted(line, 14 * u, room - 22 * u), at, 14 * u, INK)


def _cycled(place: int) -> Color:
    return DAYPARTS[place % len(DAYPARTS)]


def _tiles(figures: DayFigures, said: Callable[[str], str]) -> list[tuple[str, str, Color]]:
    """Value, label and colour of every figure in the header."""
    middle, largest, rest = figures.median_error_s, figures.largest_error_s, figures.repeat_s
    return [
        (str(figures.songs), said("songs, {} different").format(figures.different_songs), INK),
        (str(figures.announcements), said("announcements"), INK),
        (
            "–" if middle is None else f"{middle:.1f} s",
            said("median error"),
            INK if middle is None else error_color(middle),
        ),
        (
            "–" if largest is None else f"{largest:.1f} s",
            said("largest error"),
            INK if largest is None else error_color(largest),
        ),
        ("–" if rest is None else span(rest), said("shortest repeat"), INK),
    ]
