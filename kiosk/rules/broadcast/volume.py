"""How loud each zone is at each moment (B15): by daypart, and under a ceiling while the neighbours want their rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from kiosk.rules.broadcast.day import BusinessDay
from kiosk.units import ZoneId

LIFT_DB = 6.0  # so far announcements stay behind when the music is turned down: clear, but nobody is startled
RAMP_S = 2.0  # a change that takes so long is not noticed as one
_DAYS = (-1, 0, 1, 2)  # quiet hours that began yesterday may last until today


@dataclass(frozen=True, slots=True)
class Volume:
    """Gains of one zone in decibels, on top of the loudness that every file was brought to.

    Announcements are mastered above the music (site.toml, [levels]); their gain is never below that of the music, so
    they stand out by that amount at least.
    """

    music_db: float
    announcement_db: float
    evacuation_db: float


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When the neighbourhood is to be spared, store time, every day; an end not after the start lies on the next day.

    ceiling_db: no zone is louder than this meanwhile. zones: those that the neighbours hear, () means all.
    """

    start: time
    end: time
    ceiling_db: float
    zones: tuple[ZoneId, ...] = ()

    def rule_at(self, moment: datetime) -> bool:
        """Whether the hours include a moment of store time."""
        clock = moment.time()
        if self.start < self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


@dataclass(frozen=True, slots=True)
class VolumePlan:
    """own: each zone's volume where the day says nothing else, decibels. evacuation: where that has another."""

    own: Mapping[ZoneId, float]
    quiet: tuple[QuietHours, ...] = ()
    evacuation: Mapping[ZoneId, float] = field(default_factory=dict)

    def at(self, day: BusinessDay | None, now: datetime) -> dict[ZoneId, Volume]:
        """Every zone's volume at a moment; `day` None where nothing is known of it."""
        wanted = _of_phase(day, now)
        return {zone: self._volume(zone, own_db, wanted.get(zone, own_db), now) for zone, own_db in self.own.items()}

    def next_change(self, day: BusinessDay | None, now: datetime) -> datetime | None:
        """The first moment after `now` at which a volume may be another one, None if there is none."""
        moments = [one for quiet in self.quiet for one in _boundaries(quiet, now)]
        if day is not None:
            phases = day.day_type.phases()
            moments += [day.moment(phase.start) for phase in phases]
            moments += [day.end_moment(phase) for phase in phases]
        later = [moment for moment in moments if moment.timestamp() > now.timestamp()]
        return min(later, key=datetime.timestamp, default=None)

    def _volume(self, zone: ZoneId, own_db: float, music_db: float, now: datetime) -> Volume:
        """An evacuation keeps to no ceiling: whoever does not hear it may die, and the neighbours would want to know.

        It is as loud as the zone was set up to be for it, or as the loudest announcements are if that is louder.
        """
        spoken_db = min(max(own_db, music_db), music_db + LIFT_DB)
        ceilings = (quiet.ceiling_db for quiet in self.quiet if _concerns(quiet, zone) and quiet.rule_at(now))
        ceiling_db = min(ceilings, default=0.0)
        return Volume(
            min(music_db, ceiling_db),
            min(spoken_db, ceiling_db),
            max(self.evacuation.get(zone, own_db), own_db, spoken_db),
        )


def _of_phase(day: BusinessDay | None, now: datetime) -> Mapping[ZoneId, float]:
    """What the phase of the day wants of the zones that it names."""
    if day is not None:
        now_s = now.timestamp()
        for phase in day.day_type.phases():
            if day.moment(phase.start).timestamp() <= now_s < day.end_moment(phase).timestamp():
                return phase.volumes
    return {}


def _concerns(quiet: QuietHours, zone: ZoneId) -> bool:
    return not quiet.zones or zone in quiet.zones


def _boundaries(quiet: QuietHours, now: datetime) -> Iterable[datetime]:
    for shift in _DAYS:
        on: date = now.date() + timedelta(days=shift)
        yield datetime.combine(on, quiet.start, tzinfo=now.tzinfo)
        yield datetime.combine(on, quiet.end, tzinfo=now.tzinfo)
