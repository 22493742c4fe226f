"""Variety: which songs may come again, and which have waited longest, over one business day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from kiosk.rules.broadcast.material import Song


@dataclass(frozen=True, slots=True)
class Heard:
    """A song that was or will be on the air today; moments in POSIX seconds."""

    song_id: str
    start: float
    end: float


@dataclass(slots=True)
class Rotation:
    """The day's memory of what was heard, filled in the order of the programme. seed: one per date and store."""

    seed: str
    _last_end: dict[str, float] = field(default_factory=dict)
    _plays: dict[str, int] = field(default_factory=dict)
    _moods: dict[str, float] = field(default_factory=dict)

    def remember(self, heard: Iterable[Heard]) -> None:
        """Take note of songs on the air; order does not matter."""
        for one in heard:
            self._plays[one.song_id] = self._plays.get(one.song_id, 0) + 1
            self._last_end[one.song_id] = max(one.end, self._last_end.get(one.song_id, one.end))

    def rest_s(self, song: Song, at: float) -> float:
        """How long the song has been silent at a moment; infinite if not heard today, 0 if it was to last beyond it."""
        last = self._last_end.get(song.id)
        return float("inf") if last is None else max(0.0, at - last)

    def rested(self, songs: Sequence[Song], at: float, separation_s: float) -> list[Song]:
        """The songs that may start at a moment, the most welcome first."""
        allowed = [song for song in songs if self.rest_s(song, at) >= separation_s]
        return sorted(allowed, key=self._welcome)

    def costs(self, songs: Sequence[Song]) -> list[float]:
        """How unwelcome each song is beside the others, around 0: often heard costs most, recently heard a little."""
        if not songs:
            return []
        usual = sum(self._plays.get(song.id, 0) for song in songs) / len(songs)
        ranks = {song.id: rank for rank, song in enumerate(sorted(songs, key=self._welcome))}
        return [self._plays.get(song.id, 0) - usual + ranks[song.id] / len(songs) - 0.5 for song in songs]

    def in_order(self, songs: Iterable[Song]) -> list[Song]:
        """The order in which to play chosen songs: longest silent first, the unheard as the seed shuffles them."""
        return sorted(songs, key=lambda song: (self._last_end.get(song.id, float("-inf")), self._mood(song)))

    def _welcome(self, song: Song) -> tuple[int, float, float]:
        return (self._plays.get(song.id, 0), self._last_end.get(song.id, float("-inf")), self._mood(song))

    def _mood(self, song: Song) -> float:
        """A number per song, date and store in [0, 1): the shuffle, repeatable anywhere."""
        if song.id not in self._moods:
            digest = blake2b(f"{self.seed}|{song.id}".encode(), digest_size=8).digest()
            self._moods[song.id] = int.from_bytes(digest, "big") / 2**64
        return self._moods[song.id]
