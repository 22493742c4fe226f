"""The library as it was heard: what can be played, how long it is, and at what gain (B03, B15)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from kiosk.rules.broadcast.material import AirClass, Announcement, Clip, Script, Song, rest
from kiosk.units import Language, PlaylistId, ScriptId

BREATH = "breath"  # a part in which nothing is said
SCRIPT = "script"  # so begin the names of the parts in which something is said
PAUSE_S = 0.4  # after the last word, before music closes the announcement; and between two sentences
ROUND_PAUSE_S = 1.0  # after the last word of an evacuation, before its tone sounds again
LIMITED_DB = 4.0  # so far the limiter may hold the highest peaks down: nobody hears it
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

    def of_emergencies(self) -> Material:
        """What may be asked for before anybody knows the day: emergencies, and a talk."""
        kept = {name: one for name, one in self.announcements.items() if one.air_class in EMERGENCIES}
        return Material({}, kept, (), self.talk)

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
    while left and left[-1][1] == BREATH != announcement.part_names[-1]:
        left.pop()
    if not any(name.startswith(SCRIPT) for _, name in left):
        return None
    return replace(announcement, parts=tuple(part for part, _ in left), part_names=tuple(name for _, name in left))


@dataclass(frozen=True, slots=True)
class Leaf:
    """A script with all that is needed to air it. said: a sound file for each language, in the order of airing.

    prelude, postlude: the light music round it, None for none.
    """

    script: Script
    said: Mapping[Language, str]
    prelude: str | None = None
    postlude: str | None = None


def stock(
    playlists: Mapping[PlaylistId, Iterable[str]],
    pages: Iterable[Leaf],
    sounds: Mapping[str, Sound],
    targets: Targets,
    breath_s: float = 1.0,
) -> Material:
    """Make playlists and announcements of what was heard. breath_s: silence between two languages.

    A song that cannot be played is left out, an announcement loses a prelude, postlude or language that cannot, and is
    left out itself when nothing of it is said; each is told in `faults`. What nobody has listened to yet is left out
    without a word: it comes.
    """
    faults: dict[str, None] = {}

    def clip(path: str | None, target_lufs: float) -> Clip | None:
        sound = sounds.get(path) if path is not None else None
        if path is None or sound is None:
            return None
        if sound.fault:
            faults[f"{path}: {sound.fault}"] = None
            return None
        return Clip(path, sound.duration_s, gain_db(sound, target_lufs, targets.ceiling_dbfs))

    songs = {
        name: tuple(
            Song(song_id(path), heard) for path in paths if (heard := clip(path, targets.music_lufs)) is not None
        )
        for name, paths in playlists.items()
    }
    announcements: dict[ScriptId, Announcement] = {}
    for page in pages:
        prelude, postlude = (clip(path, targets.announcement_lufs) for path in (page.prelude, page.postlude))
        said = [
            (language, part)
            for language, path in page.said.items()
            if (part := clip(path, targets.announcement_lufs)) is not None
        ]
        if said:
            parts = [("prelude", prelude), *_in_turn(said, breath_s), *closing(postlude, page.script.air_class)]
            sounding = [(name, part) for name, part in parts if part is not None]
            announcements[page.script.id] = Announcement(
                id=page.script.id,
                air_class=page.script.air_class,
                parts=tuple(part for _, part in sounding),
                part_names=tuple(name for name, _ in sounding),
                zones=page.script.zones,
            )
    return Material(songs, announcements, tuple(faults))


def _in_turn(said: Iterable[tuple[Language, Clip]], breath_s: float) -> list[tuple[str, Clip | None]]:
    """The languages one after the other, with a breath between them."""
    parts: list[tuple[str, Clip | None]] = []
    for language, part in said:
        if not parts:
            parts.append((SCRIPT, part))
        else:
            parts += [(BREATH, rest(breath_s))] if breath_s > 0 else []
            parts.append((f"{SCRIPT}-{language}", part))
    return parts


def closing(postlude: Clip | None, air_class: AirClass) -> list[tuple[str, Clip | None]]:
    """What follows the last word: it is left to settle before music, or the next round's tone, comes in."""
    if air_class is AirClass.EVACUATION:
        return [(BREATH, rest(ROUND_PAUSE_S)), ("postlude", postlude)]
    return [] if postlude is None else [(BREATH, rest(PAUSE_S)), ("postlude", postlude)]


def gain_db(sound: Sound, target_lufs: float, ceiling_dbfs: float) -> float:
    """What brings a sound to its target, with no more of its peaks beyond the ceiling than the limiter takes unheard.

    A voice that nobody mastered has peaks 20 dB above its level: it would stay far softer than one that somebody did.
    0 for silence.
    """
    if sound.lufs is None:
        return 0.0
    wanted = min(target_lufs - sound.lufs, MOST_GAIN_DB)
    return round(min(wanted, ceiling_dbfs + LIMITED_DB - sound.peak_dbfs), 2)


def song_id(path: str) -> str:
    """The name of a song in plans and logs: its path less the folder of sounds and the ending."""
    pure = PurePosixPath(path)
    parts = pure.with_suffix("").parts
    return "/".join(parts[1:] if len(parts) > 1 and parts[0] == "sounds" else parts)


EMERGENCIES = frozenset({AirClass.URGENT, AirClass.EVACUATION})
"""The classes whose clips are kept in memory, so that they start at once."""
