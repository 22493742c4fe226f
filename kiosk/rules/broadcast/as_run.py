"""The as-run record: what really went on the air, against what was planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.programme import Kind
from kiosk.units import ZoneId


class Outcome(Enum):
    """How an item's time on the air ended; the values are what logs and files say."""

    ON_AIR = "on air"
    PLAYED = "played"
    CUT = "cut"
    FAILED = "failed"
    SKIPPED = "skipped"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class AsRun:
    """One line of the log.

    planned_*: None for what nobody planned (urgent, evacuation). phase: the part reached ("song", "script", …), ""
    before the first. reason: why it was not played whole, "" otherwise. level_dbfs: RMS of what was sent out, None when
    nothing was. Times are zone-aware; real_* are when the sound left the mixer, output latency included.
    """

    day: date
    key: str
    kind: Kind
    id: str
    air_class: AirClass
    zones: tuple[ZoneId, ...]
    due: datetime | None
    planned_start: datetime | None
    planned_end: datetime | None
    real_start: datetime | None
    real_end: datetime | None = None
    phase: str = ""
    outcome: Outcome = Outcome.ON_AIR
    reason: str = ""
    operator: str | None = None
    level_dbfs: float | None = None
