"""Against silence while the store is open (B03): the daypart's playlist, any song that decodes, the tone bed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.library import Material
from kiosk.rules.broadcast.material import TONE_BED, AirClass, Clip, Song
from kiosk.rules.broadcast.programme import Item, Kind

BED_S = 20.0  # then the library is tried again
BED_FADE_S = 2.0
LAST_FADE_S = 4.0


def filler(day: BusinessDay, material: Material, now: datetime, heard: Mapping[str, datetime]) -> Item:
    """What to play at once when nothing is planned: the song of the hour that rested longest, else any, else the bed.

    heard: when each song was last on the air. Only the closing of the doors ends a song early, by a fade (B19).
    """
    phase = next(
        (one for one in day.day_type.phases() if day.moment(one.start) <= now < day.end_moment(one)),
        day.day_type.dayparts[0],
    )
    song = _longest_rested(material.playlists.get(phase.playlist, ()), heard) or _longest_rested(
        material.songs(), heard
    )
    if song is None:
        song = Song(TONE_BED, Clip(TONE_BED, BED_S))
    bed = song.clip.path == TONE_BED
    left_s = day.closes.timestamp() - now.timestamp()
    closes_soon = left_s > 0 and not day.joins_after
    lasts_s = min(song.duration_s, left_s) if closes_soon else song.duration_s
    fade_s = min(LAST_FADE_S, lasts_s) if lasts_s < song.duration_s else BED_FADE_S if bed else 0.0
    return Item(
        key=f"{song.id}@{now.isoformat(timespec='milliseconds')}+filler",
        kind=Kind.TONE_BED if bed else Kind.FILLER,
        id=song.id,
        air_class=AirClass.MUSIC,
        parts=(song.clip,),
        part_names=("song",),
        start=now,
        end=datetime.fromtimestamp(now.timestamp() + lasts_s, tz=now.tzinfo),
        fade_out_s=fade_s,
    )


def _longest_rested(songs: Iterable[Song], heard: Mapping[str, datetime]) -> Song | None:
    return min(songs, key=lambda song: heard[song.id].timestamp() if song.id in heard else 0.0, default=None)
