"""The announcer's running record: what began and ended, against what was planned, as lines of the as-run log."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from kiosk.ports.broadcast import AsRunLog, Ended
from kiosk.rules.broadcast.as_run import AsRun, Outcome
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.programme import Item, Kind
from kiosk.rules.broadcast.rotation import Heard
from kiosk.rules.broadcast.starting_over import AGAIN, silences
from kiosk.units import ZoneId

RECENT = 20
AWAY = "the sound output was away"


@dataclass(slots=True)
class Journal:
    """Writes the log and remembers of the business day what the planner must know."""

    log: AsRunLog
    day: date
    heard: list[Heard] = field(default_factory=list)
    aired: set[str] = field(default_factory=set)
    recent: list[AsRun] = field(default_factory=list)
    _skipped: set[str] = field(default_factory=set)
    _open: dict[str, AsRun] = field(default_factory=dict)
    _why_cut: dict[str, str] = field(default_factory=dict)
    _interrupted: set[str] = field(default_factory=set)
    _away: set[tuple[ZoneId, ...]] = field(default_factory=set)
    _unheard: set[str] = field(default_factory=set)

    def take_up(self, day: date, *, gone_on: bool = False) -> None:
        """Turn to a business day: what the log says of it counts, whoever wrote it.

        gone_on: the day before goes on into it, and what was heard last is not heard again at once.
        """
        newest = {one.key for one in self.recent} | set(self._open) if gone_on else set()
        self.day = day
        self.heard[:] = self.heard[-RECENT:] if gone_on else []
        self.aired &= newest
        self._skipped &= newest
        self._why_cut = {key: why for key, why in self._why_cut.items() if key in self._open}
        for line in self.log.of_day(day):
            if line.real_start is not None and line.air_class is AirClass.MUSIC:
                end = line.real_end or line.real_start
                self.heard.append(Heard(line.id, line.real_start.timestamp(), end.timestamp()))
            if line.outcome is Outcome.SKIPPED:
                self._skipped.add(line.key)
            elif line.outcome is not Outcome.INTERRUPTED:  # what the power cut off was not heard: it is due again
                self.aired |= {line.key, line.key.partition(AGAIN)[0]}

    def mend(self, now: datetime) -> int:
        """Close the lines that were on the air when the power went; returns how many there were."""
        adrift = tuple(self.log.adrift())
        for line in adrift:
            self.log.ended(
                replace(line, real_end=now, outcome=Outcome.INTERRUPTED, reason="the power went or the role ended")
            )
        return len(adrift)

    def began(self, item: Item, at: datetime, *, planned: bool) -> None:
        """An item is heard."""
        line = self._line(item, planned=planned, real_start=at)
        self._open[item.key] = line
        self.aired.add(item.key)
        if item.air_class is AirClass.MUSIC:
            end = at.timestamp() + item.duration_s
            self.heard.append(Heard(item.id, at.timestamp(), end))
        if any(silences(zones, item.zones) for zones in self._away):
            self._unheard.add(item.key)
        self.log.started(line)

    def ended(self, item: Item, report: Ended, at: datetime, *, planned: bool) -> AsRun:
        """An item is over, or never sounded."""
        line = self._open.pop(item.key, None)
        why_cut = self._why_cut.pop(item.key, "")
        away = AWAY if item.key in self._unheard and not why_cut else ""
        self._unheard.discard(item.key)
        if line is None:
            outcome = Outcome.SKIPPED if report.cut else Outcome.FAILED
            reason = report.fault or why_cut
            done = replace(self._line(item, planned=planned, real_start=None), outcome=outcome, reason=reason)
            self.aired.add(item.key)
        else:
            cut = Outcome.INTERRUPTED if item.key in self._interrupted else Outcome.CUT
            self._interrupted.discard(item.key)
            outcome = cut if report.cut else Outcome.PLAYED if report.whole else Outcome.FAILED
            reason = "; ".join(part for part in (why_cut if report.cut else "", away, report.fault) if part)
            done = replace(
                line,
                real_end=at,
                phase=report.phase,
                outcome=outcome,
                reason=reason,
                level_dbfs=None if report.level_dbfs is None else round(report.level_dbfs, 1),
            )
        self._remember(done)
        self.log.ended(done)
        return done

    def skipped(self, item: Item, now: datetime, why: str) -> None:
        """Account once for what was due and will not be aired; should the clock be set back, it still may be."""
        if item.key in self.aired or item.key in self._skipped:
            return
        self._skipped.add(item.key)
        line = replace(self._line(item, planned=False, real_start=None), outcome=Outcome.SKIPPED, reason=why)
        self._remember(line)
        self.log.ended(line)

    def shift(self, by_s: float) -> None:
        """The wall clock was set: how long a song has rested is elapsed time, whatever the clock says."""
        self.heard = [Heard(one.song_id, one.start + by_s, one.end + by_s) for one in self.heard]

    def will_be_cut(self, item: Item, why: str) -> None:
        """Keep the reason until the mixer reports the end."""
        self._why_cut[item.key] = why

    def will_be_interrupted(self, key: str, why: str) -> None:
        """The same for what starts again from its beginning."""
        self._why_cut[key] = why
        self._interrupted.add(key)

    def output(self, at: datetime, *, heard: bool, zones: tuple[ZoneId, ...] = ()) -> None:
        """A sound output is away, or back: what is on the air meanwhile is heard by nobody, and the log says so.

        zones: those it feeds, none for all of them.
        """
        (self._away.discard if heard else self._away.add)(zones)
        if not heard:
            self._unheard |= {key for key, line in self._open.items() if silences(zones, line.zones)}
        which = f"the sound output of {', '.join(zones)}" if zones else "the sound output"
        self.note(at, "sound output", "is back" if heard else "is away", which)

    def note(self, at: datetime, actor: str, action: str, subject: str, **details: str) -> None:
        """A line of the audit chain."""
        self.log.note(at, actor, action, subject, details)

    def _line(self, item: Item, *, planned: bool, real_start: datetime | None) -> AsRun:
        return AsRun(
            day=self.day,
            key=item.key,
            kind=item.kind,
            id=item.id,
            air_class=item.air_class,
            zones=item.zones,
            due=item.due,
            planned_start=item.start if planned else None,
            planned_end=item.end if planned else None,
            real_start=real_start,
            operator=item.operator,
        )

    def _remember(self, line: AsRun) -> None:
        self.recent.append(line)
        del self.recent[:-RECENT]


def is_planned(item: Item) -> bool:
    """Whether the day's programme asked for it, rather than a person or the lack of anything else."""
    return item.operator is None and not item.key.endswith("+filler") and item.kind is not Kind.PAGE
