"""Items, reports and days of a small shop, a terminal that remembers its cells, and pictures read back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from zoneinfo import ZoneInfo

import pygame
from rich.cells import cell_len
from rich.console import Console

from kiosk.ports.broadcast import Meter, OnAirReport
from kiosk.rules.broadcast.as_run import AsRun, Outcome
from kiosk.rules.broadcast.material import AirClass, Clip
from kiosk.rules.broadcast.programme import Item, Kind, Programme
from kiosk.units import ZoneId

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12, tzinfo=ZONE)
TITLES = {"keep-packaging": "付款前请勿拆包装", "music/jasmine": "茉莉花", "ground": "一楼 大厅"}


def song(id: str = "music/morning_tea", start: datetime = NOON, length_s: float = 180.0) -> Item:
    """A song at a moment."""
    end = start + timedelta(seconds=length_s)
    key = f"{start:%H%M%S}:{id}"
    return Item(key, Kind.MUSIC, id, AirClass.MUSIC, (Clip(id, length_s),), ("song",), start, end)


def call(id: str = "keep-packaging", due: datetime = NOON, late_s: float = 0.4) -> Item:
    """A thirty-second announcement that starts `late_s` after it was due."""
    parts = tuple(Clip(name, length) for name, length in (("prelude", 5.0), (id, 20.0), ("postlude", 5.0)))
    names = ("prelude", "script", "postlude")
    start = due + timedelta(seconds=late_s)
    end = start + timedelta(seconds=30)
    key = f"{start:%H%M%S}:{id}"
    return Item(key, Kind.ANNOUNCEMENT, id, AirClass.ROUTINE, parts, names, start, end, due)


def as_run(item: Item, outcome: Outcome = Outcome.PLAYED, late_s: float = 0.02, reason: str = "") -> AsRun:
    """The log's line of an item."""
    late = timedelta(seconds=late_s)
    return AsRun(
        day=DAY,
        key=item.key,
        kind=item.kind,
        id=item.id,
        air_class=item.air_class,
        zones=item.zones,
        due=item.due,
        planned_start=item.start,
        planned_end=item.end,
        real_start=item.start + late,
        real_end=item.end + late,
        phase=item.part_names[-1],
        outcome=outcome,
        reason=reason,
        level_dbfs=-18.3,
    )


def silence(now: datetime = NOON) -> OnAirReport:
    """A report with nothing in it."""
    return OnAirReport(
        store="和风百货",
        now=now,
        phase="closed",
        current=None,
        current_started=None,
        progress=0.0,
        upcoming=(),
        queue=(),
        meters={},
        last=(),
        warnings=(),
        output="",
        underruns=0,
        amplifier_on=False,
    )


def on_air(item: Item | None = None, after_s: float = 60.0) -> OnAirReport:
    """A report from the middle of an item, with something in every card."""
    item = item or song()
    now = item.start + timedelta(seconds=after_s)
    upcoming = (call(due=item.end), song("music/jasmine", item.end + timedelta(seconds=30)))
    page = replace(call("guest", item.end), kind=Kind.PAGE, due=None, operator="陈晓云")
    return replace(
        silence(now),
        phase="midday",
        current=item,
        current_started=item.start,
        progress=after_s / item.duration_s,
        upcoming=upcoming,
        queue=(page,),
        meters={ZoneId("ground"): Meter(-18.0, -8.0), ZoneId("food hall"): Meter(-24.5, -2.0)},
        last=(as_run(song("music/first_snow", item.start - timedelta(seconds=180))),),
        output="USB sound card",
        amplifier_on=True,
        doors_close=NOON + timedelta(hours=10),
    )


def terminal(width: int = 100, height: int = 30, *, encoding: str = "utf-8", no_color: bool = False) -> Console:
    """A console that writes into memory and believes that it is a terminal."""
    stream = _Stream(encoding)
    return Console(
        file=stream,
        force_terminal=True,
        color_system="truecolor",
        width=width,
        height=height,
        no_color=no_color,
        legacy_windows=False,
        _environ={},
    )


class _Stream(StringIO):
    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._named = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]  # typeshed has a plain attribute
        return self._named


def written(console: Console) -> str:
    """What was sent to the terminal so far, escape codes and all."""
    stream = console.file
    assert isinstance(stream, StringIO)
    return stream.getvalue()


def screen_of(sent: str, width: int, height: int) -> list[str]:
    """What a terminal shows after it was sent this: cursor moves and text, colours passed over."""
    cells = [[" "] * width for _ in range(height)]
    row = column = 0
    for move_row, move_column, code, character in re.findall(
        r"\x1b\[(\d+);(\d+)H|(\x1b\[[?\d;]*[a-zA-Z])|(.)", sent, re.S
    ):
        if move_row:
            row, column = int(move_row) - 1, int(move_column) - 1
        elif not code:
            cells[row][column] = character
            for covered in range(1, cell_len(character)):
                cells[row][column + covered] = ""
            column += cell_len(character)
    return ["".join(line) for line in cells]


def short_day(*items: Item, warnings: tuple[str, ...] = ()) -> Programme:
    """A programme of these items."""
    return Programme(DAY, items, warnings)


def songs_in_a_row(start: datetime, *lengths_s: float) -> tuple[Item, ...]:
    """Songs one after another without a hole, each with a name of its own."""
    songs: list[Item] = []
    for place, length_s in enumerate(lengths_s):
        songs.append(song(f"music/{place}", songs[-1].end if songs else start, length_s))
    return tuple(songs)


def read_back(png: bytes) -> pygame.Surface:
    """A PNG as pixels."""
    return pygame.image.load(BytesIO(png), "day.png")
