"""Where the moments of a day lie in its picture: rows of an hour (or two), minutes from left to right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from math import ceil

from kiosk.rules.broadcast.programme import Programme

HOUR_S = 3600
MOST_ROWS = 16
EMPTY_DAY = (9, 21)  # the hours that a day without items shows


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in pixels."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """The piece of an item that lies in one row. whole_start, whole_end: whether it begins and ends there."""

    row: int
    left: float
    width: float
    whole_start: bool
    whole_end: bool


@dataclass(frozen=True, slots=True)
class DayGrid:
    """The rows. first_s: the full hour at which the first row begins, POSIX seconds; rows are even in real time."""

    area: Area
    first_s: float
    hours_per_row: int
    rows: int
    zone: tzinfo | None

    @property
    def row_height(self) -> float:
        return self.area.height / self.rows

    @property
    def row_s(self) -> int:
        return self.hours_per_row * HOUR_S

    @property
    def flag_height(self) -> float:
        """The upper part of a row, where announcements are named."""
        return self.row_height * 0.38

    @property
    def bar_height(self) -> float:
        """The part of a row in which items lie."""
        return self.row_height * 0.48

    def row_top(self, row: int) -> float:
        return self.area.top + row * self.row_height

    def bar_top(self, row: int) -> float:
        return self.row_top(row) + self.flag_height

    def row_of(self, at_s: float) -> int:
        return min(self.rows - 1, max(0, int((at_s - self.first_s) // self.row_s)))

    def x(self, at_s: float, row: int) -> float:
        """The place of a moment in a row, not beyond its ends."""
        part = (at_s - self.first_s - row * self.row_s) / self.row_s
        return self.area.left + self.area.width * min(1.0, max(0.0, part))

    def y(self, at_s: float) -> float:
        """How far down the day is at a moment, between the rows too."""
        part = (at_s - self.first_s) / (self.rows * self.row_s)
        return self.area.top + self.area.height * min(1.0, max(0.0, part))

    def hour_of(self, row: int) -> datetime:
        return datetime.fromtimestamp(self.first_s + row * self.row_s, self.zone)

    def stretches(self, start_s: float, end_s: float) -> tuple[Stretch, ...]:
        """The pieces of a time span, row by row."""
        pieces = []
        for row in range(self.row_of(start_s), self.row_of(max(start_s, end_s - 0.001)) + 1):
            begin = self.first_s + row * self.row_s
            left, right = self.x(start_s, row), self.x(end_s, row)
            pieces.append(Stretch(row, left, right - left, start_s >= begin, end_s <= begin + self.row_s))
        return tuple(pieces)


def grid_of(programme: Programme, area: Area, zone: tzinfo | None, *, tallest_row: float) -> DayGrid:
    """Rows that hold the whole day, of one hour, of more where there would be too many; few leave room below."""
    if programme.items:
        start = programme.items[0].start.astimezone(zone).replace(minute=0, second=0, microsecond=0)
        end_s = max(item.end.timestamp() for item in programme.items)
    else:
        start = datetime(programme.date.year, programme.date.month, programme.date.day, EMPTY_DAY[0], tzinfo=zone)
        end_s = start.timestamp() + (EMPTY_DAY[1] - EMPTY_DAY[0]) * HOUR_S
    hours = max(1, ceil((end_s - start.timestamp()) / HOUR_S))
    per_row = ceil(hours / MOST_ROWS)
    rows = ceil(hours / per_row)
    fitting = replace(area, height=min(area.height, rows * tallest_row))
    return DayGrid(fitting, start.timestamp(), per_row, rows, zone)
