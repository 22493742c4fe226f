"""The day's programme as it is planned: every item with its moment, in order, without a hole (B03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from kiosk.rules.broadcast.material import AirClass, Clip
from kiosk.units import ZoneId


class Kind(Enum):
    """What an item is to the store; the values are what logs and files say."""

    WELCOME = "welcome"
    MUSIC = "music"
    ANNOUNCEMENT = "announcement"
    PAGE = "page"
    TALK = "talk"
    CLOSING = "closing"
    FILLER = "filler"
    TONE_BED = "tone bed"
    TEST_TONE = "test tone"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that goes on the air as a whole.

    key: unique over a business day ("0042:music/morning_tea"). id: the song, script or page.
    parts: clips played one after another without a sample between; part_names: "song", or "prelude", "script", …
    start, end: planned moments, zone-aware. due: when the store wants it, None where it may come any time.
    fade_out_s: > 0 where the plan ends it before its own end, by a fade of that length that is over at `end`.
    repeats: it begins again at its end until it is reset (evacuation). operator: who asked for it, None for the plan.
    """

    key: str
    kind: Kind
    id: str
    air_class: AirClass
    parts: tuple[Clip, ...]
    part_names: tuple[str, ...]
    start: datetime
    end: datetime
    due: datetime | None = None
    zones: tuple[ZoneId, ...] = ()
    fade_out_s: float = 0.0
    repeats: bool = False
    operator: str | None = None

    @property
    def duration_s(self) -> float:
        """Planned time on the air."""
        return self.end.timestamp() - self.start.timestamp()

    @property
    def error_s(self) -> float | None:
        """Planned start minus due, seconds; positive is late."""
        return None if self.due is None else self.start.timestamp() - self.due.timestamp()


@dataclass(frozen=True, slots=True)
class Programme:
    """A planned day, or the rest of one after a change; `warnings` are sentences for a person."""

    date: date
    items: tuple[Item, ...]
    warnings: tuple[str, ...] = ()
