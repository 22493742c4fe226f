"""Rendering a day, or a stretch of it, through the real decoder and mixer into a file, faster than real time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from kiosk.app.events import Happening
from kiosk.app.office import Office
from kiosk.app.virtual import virtual_broadcast
from kiosk.app.wiring import line_mixer
from kiosk.audio.decoder import Decoder
from kiosk.audio.mixer import LineMixer
from kiosk.audio.recorder import Recorder
from kiosk.audio.sources import SoundShelf
from kiosk.desks.broadcast.messages import Message, PageAsked, PageSpoken, PlanOrder, PlanReady
from kiosk.hw.clock import VirtualClock
from kiosk.ports.broadcast import AsRunLog
from kiosk.rules.broadcast.power import Delays
from kiosk.rules.broadcast.programme import Programme
from kiosk.units import SAMPLE_RATE_HZ, frames_in

BLOCK_FRAMES = 4096
BEFORE_OPENING = timedelta(seconds=10)
AFTER_CLOSING = timedelta(seconds=15)

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What to render: from `begin` (inclusive) to `end`, both zone-aware."""

    begin: datetime
    end: datetime


def stretch_of(office: Office, day: date, begin: datetime | None, end: datetime | None) -> Stretch:
    """The whole broadcast day unless told otherwise."""
    business_day, _ = office.business_day(day)
    return Stretch(begin or business_day.opens - BEFORE_OPENING, end or business_day.closes + AFTER_CLOSING)


def render(  # noqa: PLR0913
    office: Office,
    day: date,
    stretch: Stretch,
    out: Path,
    log: AsRunLog,
    *,
    speak: Callable[[PageAsked], PageSpoken],
    happenings: Sequence[Happening] = (),
    progress: Progress | None = None,
) -> float:
    """Write the stretch as the planned day has it; returns its seconds. Raises DeviceFault if `out` cannot be written.

    A stretch that begins within a song is rendered from within that song: the desk starts a little earlier, unheard.
    """
    site = office.site
    _, whole = office.whole_day(day)
    plan, first = _plan_from(office, whole, stretch.begin)
    start = min(first, stretch.begin) - timedelta(seconds=Delays().lead_s)  # ready as the first item is due
    skip_s = stretch.begin.timestamp() - start.timestamp()
    length_s = stretch.end.timestamp() - stretch.begin.timestamp()
    report = _reporter(progress, skip_s, stretch)
    with Decoder(blocking=True) as decoder, Recorder(out, site.channels) as recorder:

        def sounding(clock: VirtualClock, post: Callable[[Message], None]) -> _Rendering:
            mixer = line_mixer(site, SoundShelf(site.root, decoder), clock.mono_s, post)
            return _Rendering(mixer, clock, recorder, _Cut(frames_in(skip_s), frames_in(skip_s + length_s)), report)

        broadcast = virtual_broadcast(site, start, log, plan=plan, speak=speak, sounding=sounding)
        broadcast.run(stretch.end, [one for one in happenings if one.at >= stretch.begin])
    return length_s


@dataclass(frozen=True, slots=True)
class _Cut:
    """Which frames since the desk's start are written: from `begin` on, before `end`."""

    begin: int
    end: int


class _Rendering:
    """Virtual time for the real mixer: as many frames as time passes, each block written once the stretch has begun."""

    def __init__(
        self,
        mixer: LineMixer,
        clock: VirtualClock,
        recorder: Recorder,
        cut: _Cut,
        report: Callable[[float], None],
    ) -> None:
        self.mixer = mixer
        self._clock = clock
        self._recorder = recorder
        self._cut = cut
        self._frames = 0
        self._report = report

    def pass_time(self, until_s: float, inbox: Sequence[Message]) -> float:
        until = max(self._frames + 1, frames_in(until_s))
        while self._frames < until and not inbox:
            count = min(BLOCK_FRAMES, until - self._frames)
            if self._frames < self._cut.begin:
                count = min(count, self._cut.begin - self._frames)
            block = self.mixer.render(count)
            if self._cut.begin <= self._frames < self._cut.end:
                wanted = block[: self._cut.end - self._frames]
                self._recorder.write(wanted.astype(np.float32, copy=False))
            self._frames += count
            self._clock.move_to(self._frames / SAMPLE_RATE_HZ)
        self._report(self._frames / SAMPLE_RATE_HZ)
        return self._frames / SAMPLE_RATE_HZ


def _plan_from(office: Office, whole: Programme, begin: datetime) -> tuple[Callable[[PlanOrder], PlanReady], datetime]:
    """The office, but its first answer is the day as it was planned before opening, from the item on the air on."""
    sounding = [item for item in whole.items if item.end > begin]
    first = sounding[0].start if sounding else begin
    rest = replace(whole, items=tuple(sounding))
    answered = False

    def plan(order: PlanOrder) -> PlanReady:
        nonlocal answered
        ready = office.plan(order)
        if answered or ready.day.date != whole.date:
            return ready
        answered = True
        return replace(ready, programme=rest)

    return plan, first


def _reporter(progress: Progress | None, skip_s: float, stretch: Stretch) -> Callable[[float], None]:
    length_s = max(1.0, stretch.end.timestamp() - stretch.begin.timestamp())

    def report(reached_s: float) -> None:
        if progress is not None:
            progress(min(1.0, max(0.0, (reached_s - skip_s) / length_s)))

    return report
