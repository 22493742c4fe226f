"""Laying out the whole day before opening (B03): a song ends where an announcement is due, and no song is cut.

Announcements are appointments; between two of them the planner fills the gap with songs whose lengths add up to it
(back-timing). Moments are POSIX seconds inside this module, so that a night with a clock change needs no special case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import cycle

from kiosk.rules.broadcast.beside import is_beside
from kiosk.rules.broadcast.day import BusinessDay, Phase
from kiosk.rules.broadcast.fitting import MOST_CHOICES, Choice, fit
from kiosk.rules.broadcast.material import TONE_BED, AirClass, Announcement, Clip, Song
from kiosk.rules.broadcast.programme import Item, Kind, Programme
from kiosk.rules.broadcast.rotation import Heard, Rotation
from kiosk.sentences import tell
from kiosk.units import PlaylistId

PUNCTUAL_S = 0.3  # among sets this close to the appointment, the most varied one is taken
ACCEPTABLE_S = 1.0  # beyond this the planner tries harder, and then tells a person
# A library too small for the separation gives way step by step: a share of what it could keep at most, and how many
# seconds off an appointment must be for a repeat that soon to be the lesser evil.
ANCHORS = 4  # so many of the least heard songs are each tried as the one that must be in the set
CIRCLES = (12, 15, 18, MOST_CHOICES)  # songs on offer: the least heard first, more only where they do not fit
CONCESSIONS = ((0.75, 3.0), (0.6, 1.0), (0.5, 1.0), (0.4, 2.0), (0.3, 4.0), (0.2, 20.0), (0.05, 60.0), (0.0, 120.0))
PHASE_FADE_S = 4.0  # welcome and closing music end by a fade when their last piece does not end by itself
APART_S = 180.0  # about a song between two announcements for some zones that are due together
SOFT_BOUNDARY_S = 240.0  # a change of daypart this near to an appointment waits for it


@dataclass(frozen=True, slots=True)
class Appointment:
    """An announcement that the store wants at a moment. key: names this airing among all of the day."""

    key: str
    due: datetime
    announcement: Announcement


@dataclass(frozen=True, slots=True)
class Brief:
    """All that the planner needs.

    playlists: only songs that decode. separation_s: no song again within it, as far as the library allows.
    begin: plan from this moment on (a late boot, a change), None for the whole day. heard: songs of the day before it.
    """

    day: BusinessDay
    playlists: Mapping[PlaylistId, tuple[Song, ...]]
    appointments: tuple[Appointment, ...]
    separation_s: float
    seed: str
    begin: datetime | None = None
    heard: tuple[Heard, ...] = ()


def plan_day(brief: Brief) -> Programme:
    """The programme from `begin` (or the opening) to the moment the doors close; deterministic for equal briefs.

    A day that joins the next ends with a song, as near to its end as songs add up."""
    draft = _Draft(brief)
    day_type = brief.day.day_type
    if day_type.welcome is not None:
        draft.repeat(day_type.welcome, Kind.WELCOME)
    for daypart in day_type.dayparts:
        draft.fill(daypart)
    if day_type.closing is not None:
        draft.repeat(day_type.closing, Kind.CLOSING)
    draft.account()
    return Programme(brief.day.date, tuple(draft.items), tuple(draft.warnings))


@dataclass(slots=True)
class _Draft:
    """A programme in the making: the cursor is where the next item begins."""

    brief: Brief
    items: list[Item] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    cursor: float = field(init=False)
    _waiting: list[Appointment] = field(init=False)
    _rotation: Rotation = field(init=False)
    _shortest_rest_s: dict[PlaylistId, float] = field(default_factory=dict)
    _beside_at: float | None = None  # where the last announcement for some zones begins
    _put_off: dict[str, float] = field(default_factory=dict)  # by key: until when

    def __post_init__(self) -> None:
        begin = self.brief.begin or self.brief.day.opens
        self.cursor = begin.timestamp()
        if not self.brief.day.joins_before:  # else the song before it may have ended a little sooner
            self.cursor = max(self.cursor, self.brief.day.opens.timestamp())
        self._waiting = sorted(self.brief.appointments, key=lambda one: one.due.timestamp())
        self._rotation = Rotation(f"{self.brief.seed}|{self.brief.day.date.isoformat()}")
        self._rotation.remember(self.brief.heard)

    # phases

    def repeat(self, phase: Phase, kind: Kind) -> None:
        """Welcome and closing music: the phase's pieces again and again; only the phase's end may fade one out."""
        end = self.brief.day.end_moment(phase).timestamp()
        pieces = cycle(self._songs(phase.playlist))
        piece = next(pieces)
        while self.cursor < end - PUNCTUAL_S:
            target = self._next_due(before=end)
            if target is None:
                self._play_piece(piece, kind, phase, until=end)
                piece = next(pieces)
                continue
            if piece.clip.path == TONE_BED:
                self._bed(piece, phase, until=target)
            while self.cursor + piece.duration_s / 2 <= target:
                self._play_piece(piece, kind, phase, until=None)
                piece = next(pieces)
            self._announce()

    def fill(self, phase: Phase) -> None:
        """A daypart: songs from its playlist, in sets that end where the next appointment is due."""
        end = self.brief.day.end_moment(phase).timestamp()
        following = self._next_due(before=end + SOFT_BOUNDARY_S, after=end)
        last = phase == self.brief.day.day_type.dayparts[-1]  # closing music waits for nobody (B19)
        while self.cursor < end - PUNCTUAL_S:
            target = self._next_due(before=end + PUNCTUAL_S)
            if target is not None:
                self._fill_gap(phase, target)
                self._announce()
            elif end - self.cursor < ACCEPTABLE_S:
                break
            else:
                self._fill_gap(phase, end if following is None or last else following)
                break

    def account(self) -> None:
        """Say what did not come out as wanted: each playlist too small for the separation, and what was not aired."""
        for playlist, shortest in self._shortest_rest_s.items():
            songs = self._songs(playlist)
            total_min = sum(song.duration_s for song in songs) / 60
            self.warnings.append(
                tell(
                    "playlist {playlist}: {count} songs of {total} min in all cannot keep {wanted} min between repeats;"
                    " the shortest was {shortest} min: add songs or lower programme.separation",
                    playlist=playlist,
                    count=len(songs),
                    total=round(total_min),
                    wanted=round(self.brief.separation_s / 60),
                    shortest=round(shortest / 60),
                )
            )
        for left in self._waiting:
            self.warnings.append(
                tell(
                    "{due} {page}: not aired, the doors close at {closes}",
                    due=f"{left.due:%H:%M:%S}",
                    page=left.announcement.id,
                    closes=f"{self.brief.day.closes:%H:%M:%S}",
                )
            )

    # gaps

    def _fill_gap(self, phase: Phase, target: float) -> None:
        songs = self._songs(phase.playlist)
        if songs[0].clip.path == TONE_BED:
            self._bed(songs[0], phase, until=target)
            return
        while (chosen := self._lead_in(songs, target)) is not None:
            self._play_song(chosen, phase)
        best: tuple[float, list[Song]] = (float("inf"), [])
        for separation_s, worth_s in self._separations(songs):
            if best[0] <= worth_s:
                break
            pool = self._rotation.rested(songs, self.cursor, separation_s)[:MOST_CHOICES]
            found = self._best_set(pool, target - self.cursor)
            if found[0] < best[0]:
                best = found
        for song in self._rotation.in_order(best[1]):
            self._play_song(song, phase)

    def _bed(self, bed: Song, phase: Phase, *, until: float) -> None:
        """The tone bed up to a moment: it can be cut to any length."""
        while self.cursor < until - PUNCTUAL_S:
            self._play_piece(bed, Kind.TONE_BED, phase, until=until)

    def _best_set(self, pool: Sequence[Song], gap_s: float) -> tuple[float, list[Song]]:
        """Songs for a gap and how far they miss it: round one of the least heard songs as long as that is punctual."""
        offers = [Choice(song.duration_s, cost) for song, cost in zip(pool, self._rotation.costs(pool), strict=True)]
        best: tuple[float, list[Song]] = (gap_s, [])
        for circle in (*(size for size in CIRCLES if size < len(pool)), len(pool)):
            for anchor in range(min(ANCHORS, len(pool))):
                left_s = gap_s - pool[anchor].duration_s
                if left_s >= -PUNCTUAL_S:
                    others = [*offers[:anchor], *offers[anchor + 1 : circle]]
                    found = fit(left_s, others, tolerance_s=PUNCTUAL_S)
                    if abs(found.error_s) < best[0]:
                        taken = [pool[index + (index >= anchor)] for index in found.taken]
                        best = (abs(found.error_s), [pool[anchor], *taken])
                    if best[0] <= PUNCTUAL_S:
                        return best
        found = fit(gap_s, offers, tolerance_s=PUNCTUAL_S)
        if abs(found.error_s) < best[0]:
            best = (abs(found.error_s), [pool[index] for index in found.taken])
        return best

    def _lead_in(self, songs: Sequence[Song], target: float) -> Song | None:
        """The next song of a gap that is too long to be fitted at once, None when it is time to fit."""
        gap_s = target - self.cursor
        lengths_s = sorted(song.duration_s for song in songs)
        near_s = min(2 * lengths_s[-1], sum(lengths_s[:MOST_CHOICES]))  # a set has each song once at most
        for separation_s, _ in self._separations(songs):
            pool = self._rotation.rested(songs, self.cursor, separation_s)
            reach_s = sum(song.duration_s for song in pool[:MOST_CHOICES]) / 2
            if gap_s <= max(reach_s, near_s):
                break
            if pool:
                return pool[0]
        return None

    def _separations(self, songs: Sequence[Song]) -> list[tuple[float, float]]:
        """The configured separation, then the concessions; each with the error from which on it is worth trying."""
        wanted_s = self.brief.separation_s
        possible_s = min(wanted_s, sum(song.duration_s for song in songs))
        return [(wanted_s, 0.0), *((possible_s * share, worth_s) for share, worth_s in CONCESSIONS)]

    def _songs(self, playlist: PlaylistId) -> tuple[Song, ...]:
        """The songs of a playlist, else any song that decodes, else the tone bed: never nothing (B03)."""
        own = self.brief.playlists.get(playlist, ())
        if own:
            return own
        spare: dict[str, Song] = {song.id: song for songs in self.brief.playlists.values() for song in songs}
        instead = tell("any song of the library") if spare else tell("a tone bed")
        warning = tell(
            "playlist {playlist}: no song of it can be played; {instead} is played instead",
            playlist=playlist,
            instead=instead,
        )
        if warning not in self.warnings:
            self.warnings.append(warning)
        return tuple(spare.values()) or (Song(TONE_BED, Clip(TONE_BED, 600.0)),)

    # items

    def _next_due(self, *, before: float, after: float = float("-inf")) -> float | None:
        for appointment in self._waiting:
            due = self._target(appointment)
            if due >= after:
                return due if due < before else None
        return None

    def _target(self, appointment: Appointment) -> float:
        """Where a song should end for it."""
        return self._put_off.get(appointment.key, appointment.due.timestamp())

    def _announce(self) -> None:
        """Air every appointment that is due together with the first one, in order.

        One for some zones takes no time from the line: the next song begins with it. A second one has to wait for
        another song, lest a song is cut in its zones (B08).
        """
        target = self._target(self._waiting[0])
        together = [one for one in self._waiting if self._target(one) == target]
        del self._waiting[: len(together)]
        for appointment in sorted(together, key=lambda one: is_beside(one.announcement)):
            if not is_beside(appointment.announcement):
                self._append_announcement(appointment)
                self.cursor += appointment.announcement.duration_s
            elif self._beside_at != self.cursor or appointment.key in self._put_off:
                self._append_announcement(appointment)
                self._beside_at = self.cursor
            else:
                self._put_off[appointment.key] = self.cursor + APART_S
                self._waiting.append(appointment)
                self._waiting.sort(key=self._target)

    def _append_announcement(self, appointment: Appointment) -> None:
        announcement = appointment.announcement
        item = Item(
            key=appointment.key,
            kind=Kind.ANNOUNCEMENT,
            id=announcement.id,
            air_class=announcement.air_class,
            parts=announcement.parts,
            part_names=announcement.part_names,
            start=self._at(self.cursor),
            end=self._at(self.cursor + announcement.duration_s),
            due=appointment.due,
            zones=announcement.zones,
        )
        self._warn_if_late(item)
        self.items.append(item)

    def _warn_if_late(self, item: Item) -> None:
        error_s = item.error_s or 0.0
        if item.due is not None and abs(error_s) > ACCEPTABLE_S:
            self.warnings.append(
                tell(
                    "{due} {page}: planned {seconds} s {how}; no set of songs ends closer",
                    due=f"{item.due:%H:%M:%S}",
                    page=item.id,
                    seconds=f"{abs(error_s):.1f}",
                    how=tell("late") if error_s > 0 else tell("early"),
                )
            )

    def _play_song(self, song: Song, phase: Phase) -> None:
        rest_s = self._rotation.rest_s(song, self.cursor)
        if rest_s < self.brief.separation_s:
            known = self._shortest_rest_s.get(phase.playlist, float("inf"))
            self._shortest_rest_s[phase.playlist] = min(rest_s, known)
        own = self.brief.playlists.get(phase.playlist)
        self._append(song, Kind.MUSIC if own else Kind.FILLER, song.duration_s, fade_out_s=0.0)

    def _play_piece(self, piece: Song, kind: Kind, phase: Phase, *, until: float | None) -> None:
        """A piece of welcome or closing music; `until` fades it there if it would last longer."""
        if piece.clip.path == TONE_BED:
            kind = Kind.TONE_BED
        elif not self.brief.playlists.get(phase.playlist):
            kind = Kind.FILLER
        left_s = piece.duration_s if until is None else until - self.cursor
        spare_s = 0.0 if kind is Kind.TONE_BED else ACCEPTABLE_S
        if piece.duration_s <= left_s + spare_s:
            self._append(piece, kind, piece.duration_s, fade_out_s=0.0)
        else:
            self._append(piece, kind, left_s, fade_out_s=min(PHASE_FADE_S, left_s))

    def _append(self, song: Song, kind: Kind, lasts_s: float, *, fade_out_s: float) -> None:
        start = self._at(self.cursor)
        self.items.append(
            Item(
                key=f"{song.id}@{start.isoformat(timespec='milliseconds')}",
                kind=kind,
                id=song.id,
                air_class=AirClass.MUSIC,
                parts=(song.clip,),
                part_names=("song",),
                start=start,
                end=self._at(self.cursor + lasts_s),
                fade_out_s=fade_out_s,
            )
        )
        self._rotation.remember((Heard(song.id, self.cursor, self.cursor + lasts_s),))
        self.cursor += lasts_s

    def _at(self, posix_s: float) -> datetime:
        return datetime.fromtimestamp(posix_s, tz=self.brief.day.zone)
