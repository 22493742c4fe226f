"""What can be put on the air: clips of sound, songs, and the pages of the announcement binder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import Enum

from kiosk.units import LANGUAGES, Language, ScriptId, ZoneId

TONE_BED = "tone:bed"  # the path of the clip of last resort, which the mixer makes itself
REST = "rest:"  # so begins the path of a clip of silence, which the mixer makes itself, too
LIVE = "live:microphone"  # the path of what somebody says now; its length, known to nobody, counts as 0


class AirClass(Enum):
    """The interruption class every item carries as data (rules B08, B10); the values are what logs and files say."""

    MUSIC = "music"
    ROUTINE = "routine"
    URGENT = "urgent"
    EVACUATION = "evacuation"
    MICROPHONE = "microphone"


@dataclass(frozen=True, slots=True)
class Clip:
    """One sound file as the library knows it.

    path: relative to the site directory. duration_s: decoded length, > 0.
    gain_db: what brings it to the level the site asks for (0 leaves it alone).
    """

    path: str
    duration_s: float
    gain_db: float = 0.0


def rest(seconds: float) -> Clip:
    """Silence inside an announcement: a breath between two languages."""
    return Clip(f"{REST}{seconds:g}", seconds)


@dataclass(frozen=True, slots=True)
class Song:
    """A clip of music that playlists name; `id` is its path without the folder of sounds and the ending."""

    id: str
    clip: Clip

    @property
    def duration_s(self) -> float:
        return self.clip.duration_s


@dataclass(frozen=True, slots=True)
class Window:
    """A prescribed time window of the day, store time; `end` is the last moment at which the script may be due.

    An end before the start reaches into the night after it.
    """

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Script:
    """A page of the binder (rules B06, B07).

    title, text: per language. air_class: routine, urgent or evacuation.
    languages: in which it is wanted, one after the other. recordings: paths of the announcer's recordings relative to
    the site; in a language without one the text is spoken.
    valid_from, valid_until: inclusive dates of a campaign, None for no limit (B07).
    window, interval_s: when and how often it airs by itself; interval_s None with a window means once, at its start;
    no window means that it airs only when asked for. zones: empty means the whole store.
    policy: it is about policy or a store-wide campaign, so only the planning department releases it (B13).
    """

    id: ScriptId
    title: Mapping[Language, str]
    text: Mapping[Language, str]
    air_class: AirClass
    recordings: Mapping[Language, str] = field(default_factory=dict)
    languages: tuple[Language, ...] = LANGUAGES[:1]
    valid_from: date | None = None
    valid_until: date | None = None
    window: Window | None = None
    interval_s: float | None = None
    zones: tuple[ZoneId, ...] = ()
    prelude: str | None = None
    postlude: str | None = None
    policy: bool = False

    @property
    def said_in(self) -> tuple[Language, ...]:
        """In which languages it is heard: those wanted that it has, else the first that it has."""
        has = [one for one in LANGUAGES if self.recordings.get(one) or self.text.get(one)]
        return tuple(one for one in self.languages if one in has) or tuple(has[:1])

    def valid_on(self, day: date) -> bool:
        """Whether the page is in the binder on that date (B07)."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class Announcement:
    """A script ready for the air: prelude, script and postlude as one item that nothing takes apart (B09, B10)."""

    id: str
    air_class: AirClass
    parts: tuple[Clip, ...]
    part_names: tuple[str, ...]
    zones: tuple[ZoneId, ...] = ()

    @property
    def duration_s(self) -> float:
        return sum(part.duration_s for part in self.parts)
