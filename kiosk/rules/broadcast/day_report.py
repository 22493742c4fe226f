"""What a broadcast day came to: the as-run log and the audit against what was planned, as figures and lists."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.rules.broadcast.as_run import AsRun, Outcome
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.programme import Kind
from kiosk.rules.broadcast.selfcheck import Report

REFUSED = "is refused"
QUIET = frozenset({"presses", "asks for a page", "asks for", "finds", "plans"})  # what is told elsewhere or is no event
ROTATED = frozenset({Kind.MUSIC, Kind.FILLER})  # welcome and closing music repeat on purpose
HOLE_S = 0.5


@dataclass(frozen=True, slots=True)
class Noted:
    """A line of the audit chain. details: as they were written."""

    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lateness:
    """Of announcements that were due, real start minus due, by size, seconds."""

    count: int
    median_s: float
    p95_s: float
    max_s: float


@dataclass(frozen=True, slots=True)
class Rotation:
    """per_hour: songs that began in each hour of the day, in order. shortest_rest_s: from a song's end to its next
    start, None where none came again.
    """

    songs: int
    different: int
    per_hour: tuple[tuple[int, int], ...]
    shortest_rest_s: float | None


@dataclass(frozen=True, slots=True)
class Hole:
    """Silence while the store was open."""

    start: datetime
    seconds: float


@dataclass(frozen=True, slots=True)
class DayReport:
    """lines: all, in the order of the log. unheard: skipped, failed, cut or interrupted. events: what the desk noted.

    until: how far the report reaches: the doors' closing, or the moment it was made. lateness: None where nothing
    that was due has been aired.
    """

    date: date
    opens: datetime
    until: datetime
    lines: tuple[AsRun, ...]
    announcements: tuple[AsRun, ...]
    unheard: tuple[AsRun, ...]
    lateness: Lateness | None
    holes: tuple[Hole, ...]
    rotation: Rotation
    refusals: tuple[Noted, ...]
    events: tuple[Noted, ...]
    self_checks: tuple[Report, ...]

    @property
    def silence_s(self) -> float:
        """Seconds without sound while the store was open."""
        return sum(hole.seconds for hole in self.holes)


def report_on(
    day: BusinessDay,
    lines: Iterable[AsRun],
    noted: Iterable[Noted],
    checks: Iterable[Report],
    now: datetime,
    before: Iterable[AsRun] = (),
) -> DayReport:
    """Sum a business day up. now: a day that is not over is reported so far. before: what began on the day before,
    where that goes on into it."""
    found = tuple(lines)
    until = min(day.closes, now, key=datetime.timestamp)
    whole = tuple(noted)
    return DayReport(
        date=day.date,
        opens=day.opens,
        until=until,
        lines=found,
        announcements=tuple(line for line in found if line.air_class is not AirClass.MUSIC),
        unheard=tuple(line for line in found if line.outcome not in (Outcome.PLAYED, Outcome.ON_AIR)),
        lateness=_lateness(found),
        holes=_holes((*before, *found), day.opens, until),
        rotation=_rotation(found, day),
        refusals=tuple(note for note in whole if note.action == REFUSED),
        events=tuple(note for note in whole if note.action != REFUSED and not _is_told(note)),
        self_checks=tuple(checks),
    )


def span_of(day: BusinessDay) -> tuple[datetime, datetime]:
    """The stretch of the audit that belongs to a business day: from midnight to midnight, or an hour past closing."""
    begin = datetime(day.date.year, day.date.month, day.date.day, tzinfo=day.zone)
    end = begin + timedelta(days=1)
    return begin, max(end, day.closes + timedelta(hours=1), key=datetime.timestamp)


def late_s(line: AsRun) -> float | None:
    """How late an item was heard against when it was due, else planned; None where it was not heard or not planned."""
    wanted = line.due or line.planned_start
    if wanted is None or line.real_start is None:
        return None
    return line.real_start.timestamp() - wanted.timestamp()


def _is_told(note: Noted) -> bool:
    return note.action in QUIET or note.action in {outcome.value for outcome in Outcome}


def _lateness(lines: Sequence[AsRun]) -> Lateness | None:
    sizes = sorted(
        abs(line.real_start.timestamp() - line.due.timestamp())
        for line in lines
        if line.due is not None and line.real_start is not None
    )
    if not sizes:
        return None
    return Lateness(len(sizes), statistics.median(sizes), sizes[int(0.95 * (len(sizes) - 1))], sizes[-1])


def _holes(lines: Sequence[AsRun], opens: datetime, until: datetime) -> tuple[Hole, ...]:
    """What still sounds reaches to the end; what lies over something else opens no hole."""
    holes: list[Hole] = []
    reached_s, until_s = opens.timestamp(), until.timestamp()
    heard = sorted(
        (line.real_start.timestamp(), until_s if line.real_end is None else line.real_end.timestamp())
        for line in lines
        if line.real_start is not None
    )
    for start_s, end_s in (*heard, (until_s, until_s)):
        silent_s = min(start_s, until_s) - reached_s
        if silent_s > HOLE_S:
            holes.append(Hole(datetime.fromtimestamp(reached_s, tz=opens.tzinfo), silent_s))
        reached_s = max(reached_s, end_s)
    return tuple(holes)


def _rotation(lines: Sequence[AsRun], day: BusinessDay) -> Rotation:
    songs = [line for line in lines if line.kind in ROTATED and line.real_start is not None]
    hours: dict[int, int] = {}
    ends: dict[str, float] = {}
    rests: list[float] = []
    for line in songs:
        assert line.real_start is not None
        hour = line.real_start.astimezone(day.zone).hour
        hours[hour] = hours.get(hour, 0) + 1
        if line.id in ends:
            rests.append(line.real_start.timestamp() - ends[line.id])
        ends[line.id] = (line.real_end or line.real_start).timestamp()
    return Rotation(len(songs), len(ends), tuple(hours.items()), min(rests) if rests else None)
