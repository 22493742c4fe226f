"""The frozen Site: everything a store chose, checked, as plain values that any process can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from kiosk.rules.broadcast.day import DayType
from kiosk.rules.broadcast.material import Script
from kiosk.units import Language, PlaylistId, ScriptId, ZoneId


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the store. channels: the pair of output channels that feeds it, counted from 1. volume_db: -60 to 0."""

    id: ZoneId
    title: Mapping[Language, str]
    channels: tuple[int, int]
    volume_db: float


@dataclass(frozen=True, slots=True)
class Output:
    """The sound output. device: its name as PortAudio lists it, "" for the system's default.

    channels: 2 to 16. block_frames: frames per block, 256 to 4096; 1024 suits a Pi.
    """

    device: str
    channels: int
    block_frames: int


@dataclass(frozen=True, slots=True)
class Levels:
    """Loudness targets (rule B15), LUFS; ceiling_dbfs is where the limiter holds peaks."""

    music_lufs: float
    announcement_lufs: float
    ceiling_dbfs: float


@dataclass(frozen=True, slots=True)
class ProgrammeChoices:
    """How the planner works. separation_s: no song again within it. late_grace_s: how late an announcement that was
    missed (late boot, clock step) is still worth airing. interrupt_fade_s: how fast an urgent item fades the music.
    """

    separation_s: float
    late_grace_s: float
    interrupt_fade_s: float
    seed: str


class ButtonAction(Enum):
    """What a button of the announcer's panel asks for."""

    SCRIPT = "script"
    URGENT = "urgent"
    EVACUATE = "evacuate"
    RESET = "reset"
    NEXT_SONG = "next-song"


@dataclass(frozen=True, slots=True)
class Button:
    """A button of the panel; `script` names what it airs, None for reset and next-song."""

    id: str
    action: ButtonAction
    script: ScriptId | None


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which day type rules on which date: a named date first, then public holidays and make-up workdays, then weekdays.

    weekdays: seven ids, Monday first. holiday, workday: None where the store keeps its weekdays on them.
    """

    weekdays: tuple[str, ...]
    holiday: str | None
    workday: str | None
    dates: Mapping[date, str]


@dataclass(frozen=True, slots=True)
class Site:
    """A store, whole. root: the site directory; every path in a Site is relative to it.

    playlists: sound files in their order. prelude, postlude: light music round an announcement that names none (B09).
    """

    root: Path
    name: Mapping[Language, str]
    time_zone: str
    output: Output
    zones: tuple[Zone, ...]
    levels: Levels
    programme: ProgrammeChoices
    buttons: tuple[Button, ...]
    day_types: Mapping[str, DayType]
    calendar: Calendar
    binder: tuple[Script, ...]
    playlists: Mapping[PlaylistId, tuple[str, ...]]
    prelude: str | None
    postlude: str | None
