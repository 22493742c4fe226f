"""Makes songs, announcements, items and business days for the tests of the broadcast rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

from kiosk.rules.broadcast.day import BusinessDay, DayType, Phase
from kiosk.rules.broadcast.material import AirClass, Announcement, Clip, Song
from kiosk.rules.broadcast.planner import Appointment, Brief
from kiosk.rules.broadcast.programme import Item, Kind, Programme
from kiosk.rules.broadcast.rotation import Heard
from kiosk.units import PlaylistId

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
SATURDAY = date(2026, 11, 21)
WELCOME, MUSIC, CLOSING = PlaylistId("welcome"), PlaylistId("music"), PlaylistId("closing")
HOUSE_LENGTHS_S = (
    *(48.2, 61.9, 75.4, 88.1, 97.3, 112.6, 121.8, 134.5, 143.7, 158.3, 166.9, 173.2, 181.7, 187.4, 196.6, 204.8, 213.1),
    *(221.5, 228.9, 236.2, 243.8, 252.4, 261.7, 270.3, 284.6, 297.5, 312.8, 331.4, 352.7, 376.1, 402.9, 441.3, 498.6),
    557.0,
)
"""The lengths of 34 songs such as a store has, 48 to 557 s."""


def moment(text: str, *, on: date = SATURDAY, zone: ZoneInfo = SHANGHAI) -> datetime:
    """A store time as "10:15", "10:15:30" or "10:15:30.5" on a date."""
    return datetime.combine(on, time.fromisoformat(text), tzinfo=zone)


def later(begin: datetime, seconds: float) -> datetime:
    """That many elapsed seconds later, whatever the clock does."""
    return datetime.fromtimestamp(begin.timestamp() + seconds, tz=begin.tzinfo)


def song(name: str, duration_s: float) -> Song:
    return Song(name, Clip(f"sounds/{name}.flac", duration_s))


def songs(*lengths_s: float, name: str = "song") -> tuple[Song, ...]:
    return tuple(song(f"{name}-{number:02}", length_s) for number, length_s in enumerate(lengths_s, 1))


def announcement(name: str, duration_s: float = 20.0, air_class: AirClass = AirClass.ROUTINE) -> Announcement:
    """Prelude, script and postlude; the two pieces of music take 2 s each where there is time for them."""
    frame_s = 2.0 if duration_s > 5.0 else duration_s / 4
    parts = (
        Clip("sounds/prelude.flac", frame_s),
        Clip(f"sounds/{name}.flac", duration_s - 2 * frame_s),
        Clip("sounds/postlude.flac", frame_s),
    )
    return Announcement(name, air_class, parts, ("prelude", "script", "postlude"))


def appointment(due: datetime, name: str = "promo", duration_s: float = 20.0) -> Appointment:
    return Appointment(f"{name}@{due.isoformat()}", due, announcement(name, duration_s))


def item(
    name: str, air_class: AirClass, start: datetime, duration_s: float = 200.0, *, operator: str | None = None
) -> Item:
    """An item as the programme (no operator) or the desk (an operator) makes it; an evacuation repeats."""
    music = air_class is AirClass.MUSIC
    spoken = announcement(name, duration_s)
    return Item(
        key=f"{name}@{start.isoformat(timespec='milliseconds')}" + (f"/{operator}" if operator else ""),
        kind=Kind.MUSIC if music else Kind.ANNOUNCEMENT,
        id=name,
        air_class=air_class,
        parts=(song(name, duration_s).clip,) if music else spoken.parts,
        part_names=("song",) if music else spoken.part_names,
        start=start,
        end=later(start, duration_s),
        repeats=air_class is AirClass.EVACUATION,
        operator=operator,
    )


def business_day(
    *times: str, on: date = SATURDAY, zone: ZoneInfo = SHANGHAI, playlists: Sequence[PlaylistId] = ()
) -> BusinessDay:
    """A day type from its boundaries: opening, end of the welcome, ends of the dayparts, closing of the doors.

    playlists: those of the dayparts, MUSIC for each if none are named.
    """
    boundaries = [time.fromisoformat(text) for text in (times or ("09:00", "09:10", "21:50", "22:00"))]
    pairs = list(pairwise(boundaries))
    names = playlists or [MUSIC] * (len(pairs) - 2)
    dayparts = tuple(Phase(*pair, name) for pair, name in zip(pairs[1:-1], names, strict=True))
    return BusinessDay(on, DayType("any", {}, Phase(*pairs[0], WELCOME), dayparts, Phase(*pairs[-1], CLOSING)), zone)


def library(*lengths_s: float) -> Mapping[PlaylistId, tuple[Song, ...]]:
    """Playlists for the whole day: one welcome piece, the songs, two closing pieces."""
    return {
        WELCOME: songs(95.0, name="welcome"),
        MUSIC: songs(*(lengths_s or HOUSE_LENGTHS_S)),
        CLOSING: songs(140.0, 110.0, name="closing"),
    }


def every(minutes: float, begin: datetime, end: datetime, duration_s: float = 20.0) -> tuple[Appointment, ...]:
    """An appointment every so many minutes, both ends included."""
    found = []
    due = begin
    while due.timestamp() <= end.timestamp():
        found.append(appointment(due, duration_s=duration_s))
        due = later(due, minutes * 60)
    return tuple(found)


def brief(  # noqa: PLR0913
    day: BusinessDay,
    playlists: Mapping[PlaylistId, tuple[Song, ...]],
    appointments: Sequence[Appointment] = (),
    *,
    separation_s: float = 3600.0,
    seed: str = "hefeng",
    begin: datetime | None = None,
    heard: tuple[Heard, ...] = (),
) -> Brief:
    return Brief(day, playlists, tuple(appointments), separation_s, seed, begin, heard)


def of_kind(programme: Programme, *kinds: Kind) -> list[Item]:
    return [item for item in programme.items if item.kind in kinds]


def shortest_rest_s(items: list[Item]) -> float:
    last: dict[str, float] = {}
    rests = [float("inf")]
    for item in items:
        if item.id in last:
            rests.append(item.start.timestamp() - last[item.id])
        last[item.id] = item.end.timestamp()
    return min(rests)
