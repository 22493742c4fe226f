"""Simulating days: programme and playout in virtual time without audio, to see what a schedule does over a year."""

from __future__ import annotations

import logging
import multiprocessing
import statistics
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from kiosk.app.events import Happening
from kiosk.app.office import Office
from kiosk.app.virtual import virtual_broadcast
from kiosk.audio.silent_mixer import SilentMixer
from kiosk.desks.broadcast.messages import Message, PageAsked, PageSpoken
from kiosk.hw.clock import VirtualClock
from kiosk.ledger.memory import MemoryAsRun
from kiosk.rules.broadcast.as_run import AsRun, Outcome
from kiosk.rules.broadcast.material import AirClass

_BEFORE = timedelta(seconds=30)
_AFTER = timedelta(seconds=4)  # the last song may end a little late; later the desk would plan the next day
FEW_DAYS = 8


@dataclass(frozen=True, slots=True)
class SimulatedDay:
    """What a day came to. Errors in seconds from due to real start; silence_s: without sound while open."""

    date: str
    day_type: str
    reason: str
    songs: int
    announcements: int
    error_median_s: float
    error_p95_s: float
    error_max_s: float
    shortest_repeat_s: float | None
    silence_s: float
    cut: int
    failed: int
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        return asdict(self)


class SilentSounding:
    """Virtual time for the silent mixer: it jumps from event to event."""

    def __init__(self, clock: VirtualClock, post: Callable[[Message], None]) -> None:
        self.mixer = SilentMixer(clock.mono_s, post)

    def pass_time(self, until_s: float, inbox: Sequence[Message]) -> float:
        following = self.mixer.next_event_s()
        reached_s = until_s if following is None else min(until_s, following)
        self.mixer.advance_to(reached_s)
        return reached_s


def simulate_day(
    office: Office, day: date, happenings: Sequence[Happening] = ()
) -> tuple[SimulatedDay, tuple[AsRun, ...]]:
    """One business day from power-up to power-down."""
    business_day, choice = office.business_day(day)
    start = business_day.opens - _BEFORE
    log = MemoryAsRun(office.site.zone_info)
    broadcast = virtual_broadcast(office.site, start, log, plan=office.plan, speak=_speechless, sounding=SilentSounding)
    broadcast.run(business_day.closes + _AFTER, happenings)
    while broadcast.announcer.air.current is not None and not broadcast.announcer.air.current.repeats:
        broadcast.run(broadcast.clock.now() + _AFTER)
    lines = tuple(log.of_day(day))
    before = tuple(log.of_day(day - timedelta(days=1))) if business_day.joins_before else ()
    silence_s = _silence_s((*before, *lines), business_day.opens, business_day.closes)
    warnings = tuple(broadcast.announcer.warnings) + ((choice.warning,) if choice.warning else ())
    return _summary(lines, day, choice.id, choice.reason, silence_s, warnings), lines


def simulate_days(office: Office, begin: date, days: int, progress: Callable[[float], None]) -> list[SimulatedDay]:
    """So many days from a date on, each by itself, on every core. progress: 0 to 1."""
    dates = [begin + timedelta(days=number) for number in range(days)]
    if days <= FEW_DAYS:
        return [simulate_day(office, day)[0] for day in dates]
    done = []
    with ProcessPoolExecutor(
        mp_context=multiprocessing.get_context("spawn"), initializer=_move_in, initargs=(office,)
    ) as pool:
        for result in pool.map(_simulate_one, dates, chunksize=8):
            done.append(result)
            progress(len(done) / days)
    return done


_desk: list[Office] = []  # in a worker process: the office it works for


def _move_in(office: Office) -> None:
    logging.disable(logging.WARNING)  # a year of warnings is in the results
    _desk[:] = [office]


def _simulate_one(day: date) -> SimulatedDay:
    return simulate_day(_desk[0], day)[0]


def _summary(
    lines: tuple[AsRun, ...],
    day: date,
    day_type: str,
    reason: str,
    silence_s: float,
    warnings: tuple[str, ...],
) -> SimulatedDay:
    errors = sorted(
        abs(line.real_start.timestamp() - line.due.timestamp()) for line in lines if line.due and line.real_start
    )
    music = [line for line in lines if line.air_class is AirClass.MUSIC and line.real_start]
    return SimulatedDay(
        date=day.isoformat(),
        day_type=day_type,
        reason=reason,
        songs=len(music),
        announcements=sum(line.air_class is not AirClass.MUSIC for line in lines),
        error_median_s=round(statistics.median(errors), 3) if errors else 0.0,
        error_p95_s=round(errors[int(0.95 * (len(errors) - 1))], 3) if errors else 0.0,
        error_max_s=round(errors[-1], 3) if errors else 0.0,
        shortest_repeat_s=_shortest_repeat_s(music),
        silence_s=round(silence_s, 3),
        cut=sum(line.outcome is Outcome.CUT for line in lines),
        failed=sum(line.outcome is Outcome.FAILED for line in lines),
        warnings=warnings,
    )


def _shortest_repeat_s(music: Iterable[AsRun]) -> float | None:
    """From the end of a song to its next start; welcome and closing music repeat on purpose."""
    last: dict[str, float] = {}
    rests = []
    for line in music:
        if line.kind.value not in ("music", "filler") or line.real_start is None:
            continue
        if line.id in last:
            rests.append(line.real_start.timestamp() - last[line.id])
        last[line.id] = (line.real_end or line.real_start).timestamp()
    return round(min(rests), 1) if rests else None


def _silence_s(lines: Iterable[AsRun], opens: datetime, closes: datetime) -> float:
    """Seconds between opening and the doors' closing in which nothing was on the air."""
    silent_s, reached = 0.0, opens.timestamp()
    for line in lines:
        if line.real_start is None or line.real_end is None:
            continue
        silent_s += max(0.0, min(line.real_start.timestamp(), closes.timestamp()) - reached)
        reached = max(reached, line.real_end.timestamp())
    return silent_s + max(0.0, closes.timestamp() - reached)


def _speechless(asked: PageAsked) -> PageSpoken:
    return PageSpoken(asked, None, "a simulation has no voice")
