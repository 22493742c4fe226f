"""The library as it was heard: what can be played, how long it is, and at what gain (B03, B15)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from kiosk.rules.broadcast.material import AirClass, Announcement, Clip, Script, Song
from kiosk.units import PlaylistId, ScriptId

MOST_GAIN_DB = 12.0  # more would lift the noise of a bad recording into the store


@dataclass(frozen=True, slots=True)
class Sound:
    """What listening to a whole file told. duration_s: decoded. lufs: integrated loudness, None for silence.

    peak_dbfs: the highest sample. fault: why it cannot be played, "" if it can.
    """

    duration_s: float
    lufs: float | None
    peak_dbfs: float
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Targets:
    """Loudness that music and announcements are brought to, LUFS, and the ceiling for peaks, dBFS (B15)."""

    music_lufs: float
    announcement_lufs: float
    ceiling_dbfs: float


@dataclass(frozen=True, slots=True)
class Material:
    """All that can go on the air. announcements: by script; faults: a sentence for each file that cannot be played.

    talk: the prelude and the postlude of a talk at the microphone.
    """

    playlists: Mapping[PlaylistId, tuple[Song, ...]]
    announcements: Mapping[ScriptId, Announcement]
    faults: tuple[str, ...] = ()
    talk: tuple[Clip | None, Clip | None] = (None, None)

    def without(self, paths: frozenset[str]) -> Material:
        """The same, less the files that turned out not to play."""
        if not paths:
            return self
        playlists = {
            name: tuple(song for song in songs if song.clip.path not in paths) for name, songs in self.playlists.items()
        }
        spoken = {
            name: left
            for name, announcement in self.announcements.items()
            if (left := _without(announcement, paths)) is not None
        }
        talk = tuple(None if clip is not None and clip.path in paths else clip for clip in self.talk)
        return replace(self, playlists=playlists, announcements=spoken, talk=(talk[0], talk[1]))

    def songs(self) -> tuple[Song, ...]:
        """Every song once, in the order of the playlists."""
        return tuple({song.id: song for songs in self.playlists.values() for song in songs}.values())


def _without(announcement: Announcement, paths: frozenset[str]) -> Announcement | None:
    """An announcement is read without a prelude or postlude that does not play, but not without its script."""
    pairs = zip(announcement.parts, announcement.part_names, strict=True)
    left = [(part, name) for part, name in pairs if part.path not in paths]
    if not any(name == "script" for _, name in left):
        return None
    return replace(announcement, parts=tuple(part for part, _ in left), part_names=tuple(name for _, name in left))


Frame = tuple[str | None, str | None]  # prelude and postlude of a script


def stock(
    playlists: Mapping[PlaylistId, Iterable[str]],
    scripts: Iterable[tuple[Script, str | None, Frame]],
    sounds: Mapping[str, Sound],
    targets: Targets,
) -> Material:
    """Make playlists and announcements of what was heard. scripts: each with the recording to use and its frame.

    A song that cannot be played is left out, an announcement loses a prelude or postlude that cannot, and is left out
    itself without its script; each is told in `faults`.
    """
    faults: list[str] = []

    def clip(path: str, target_lufs: float) -> Clip | None:
        sound = sounds.get(path)
        if sound is None or sound.fault:
            fault = f"{path}: {sound.fault if sound else 'nobody has listened to it yet'}"
            if fault not in faults:
                faults.append(fault)
            return None
        return Clip(path, sound.duration_s, gain_db(sound, target_lufs, targets.ceiling_dbfs))

    songs = {
        name: tuple(
            Song(song_id(path), heard) for path in paths if (heard := clip(path, targets.music_lufs)) is not None
        )
        for name, paths in playlists.items()
    }
    announcements: dict[ScriptId, Announcement] = {}
    for script, recording, (prelude, postlude) in scripts:
        if recording is None:
            faults.append(f"script {script.id}: it has no recording and no voice could speak it")
            continue
        parts = [
            (name, part)
            for name, path in (("prelude", prelude), ("script", recording), ("postlude", postlude))
            if path is not None and (part := clip(path, targets.announcement_lufs)) is not None
        ]
        if any(name == "script" for name, _ in parts):
            announcements[script.id] = Announcement(
                id=script.id,
                air_class=script.air_class,
                parts=tuple(part for _, part in parts),
                part_names=tuple(name for name, _ in parts),
                zones=script.zones,
            )
    return Material(songs, announcements, tuple(faults))


def gain_db(sound: Sound, target_lufs: float, ceiling_dbfs: float) -> float:
    """What brings a sound to its target without its peak passing the ceiling; 0 for silence."""
    if sound.lufs is None:
        return 0.0
    wanted = min(target_lufs - sound.lufs, MOST_GAIN_DB)
    return round(min(wanted, ceiling_dbfs - sound.peak_dbfs), 2)


def song_id(path: str) -> str:
    """The name of a song in plans and logs: its path less the folder of sounds and the ending."""
    pure = PurePosixPath(path)
    parts = pure.with_suffix("").parts
    return "/".join(parts[1:] if len(parts) > 1 and parts[0] == "sounds" else parts)


EMERGENCIES = frozenset({AirClass.URGENT, AirClass.EVACUATION})
"""The classes whose clips are kept in memory, so that they start at once."""
