"""How punctual a planned day is, beside a queue that waits for the end of the song."""

from __future__ import annotations

import random
import statistics
import time
from datetime import date, datetime, timedelta
from datetime import time as clock
from zoneinfo import ZoneInfo

import pytest

from kiosk.rules.broadcast.day import BusinessDay, DayType, Phase
from kiosk.rules.broadcast.material import AirClass, Announcement, Clip, Song
from kiosk.rules.broadcast.planner import Appointment, Brief, plan_day
from kiosk.rules.broadcast.programme import Kind
from kiosk.units import PlaylistId
from tests.bench.figures import Figures

pytestmark = pytest.mark.bench

DAYS = 5
SONGS = 34
SHORTEST_S, LONGEST_S = 48.0, 557.0
EVERY = timedelta(minutes=15)
SPOKEN_S = 25.0
SEPARATION_S = 3600.0
DAY = date(2026, 11, 23)
PLAYLIST = PlaylistId("day")


def a_library(seed: int) -> tuple[Song, ...]:
    """Thirty-four songs as libraries have them: most of three to five minutes, the shortest and longest as given."""
    rng = random.Random(seed)
    lengths = [SHORTEST_S, LONGEST_S, *(min(LONGEST_S, max(SHORTEST_S, rng.gauss(235, 95))) for _ in range(SONGS - 2))]
    return tuple(
        Song(f"song {number}", Clip(f"{number}.mp3", round(length, 3))) for number, length in enumerate(lengths)
    )


def a_brief(seed: int) -> Brief:
    phase = Phase(clock(9, 10), clock(20, 50), PLAYLIST)
    welcome, closing = Phase(clock(9), clock(9, 10), PLAYLIST), Phase(clock(20, 50), clock(21), PLAYLIST)
    day = BusinessDay(DAY, DayType("day", {}, welcome, (phase,), closing), ZoneInfo("Asia/Shanghai"))
    page = Announcement("page", AirClass.ROUTINE, (Clip("page.flac", SPOKEN_S),), ("script",))
    due = [day.moment(clock(9, 30)) + EVERY * number for number in range(46)]
    dues = [one for one in due if one < day.moment(clock(20, 50))]
    appointments = tuple(Appointment(f"page@{one.isoformat()}", one, page) for one in dues)
    return Brief(day, {PLAYLIST: a_library(seed)}, appointments, SEPARATION_S, f"bench {seed}")


def test_planning_a_day(figures: Figures) -> None:
    errors, rests, costs_s = [], [], []
    for seed in range(DAYS):
        brief = a_brief(seed)
        begin_s = time.process_time()
        programme = plan_day(brief)
        costs_s.append(time.process_time() - begin_s)
        errors += [abs(item.error_s) for item in programme.items if item.error_s is not None]
        last: dict[str, datetime] = {}
        for item in programme.items:
            if item.kind is Kind.MUSIC:
                if item.id in last:
                    rests.append((item.start - last[item.id]).total_seconds())
                last[item.id] = item.end

    note = f"{DAYS} libraries, {len(errors)} announcements"
    figures.at_most("planning: boundary − due, median", statistics.median(errors), 0.3, "s", note=note)
    figures.at_most("planning: boundary − due, p95", p95(errors), 1.0, "s", note=note)
    figures.at_least("planning: shortest repeat", min(rests) / 60, 60, "min", note=note)
    figures.at_most("planning: CPU of a day", max(costs_s), 2.0, "s", note="the slowest of them")
    assert len(errors) > 40 * DAYS


def test_a_queue_that_waits_for_the_song_s_end(figures: Figures) -> None:
    """What a track-sensitive queue (Liquidsoap) does with the same songs and announcements."""
    late: list[float] = []
    for seed in range(DAYS):
        brief = a_brief(seed)
        rng = random.Random(seed)
        songs = list(brief.playlists[PLAYLIST])
        rng.shuffle(songs)
        dues = [one.due.timestamp() for one in brief.appointments]
        now_s, turn = brief.day.opens.timestamp(), 0
        while dues:
            while dues and dues[0] <= now_s:
                late.append(now_s - dues.pop(0))
                now_s += SPOKEN_S
            now_s += songs[turn % SONGS].duration_s
            turn += 1

    figures.tell("queue that waits for the song's end: late, median", statistics.median(late), "s")
    figures.tell("queue that waits for the song's end: late, p95", p95(late), "s")


def p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))]
