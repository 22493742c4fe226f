"""The figures of a planned day that a shift lead asks for first."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from kiosk.rules.broadcast.programme import Kind, Programme


@dataclass(frozen=True, slots=True)
class DayFigures:
    """songs, announcements: how many go on the air. Errors: planned start against due, size only, seconds; None where
    nothing is due. repeat_s: the shortest time from a song's end to its next start, None where none comes again.
    """

    songs: int
    different_songs: int
    announcements: int
    median_error_s: float | None
    largest_error_s: float | None
    repeat_s: float | None


def figures_of(programme: Programme) -> DayFigures:
    """Count and measure a day."""
    songs = [item for item in programme.items if item.kind is Kind.MUSIC]
    errors = [abs(item.error_s) for item in programme.items if item.error_s is not None]
    ends: dict[str, float] = {}
    rests: list[float] = []
    for item in songs:
        if item.id in ends:
            rests.append(item.start.timestamp() - ends[item.id])
        ends[item.id] = item.end.timestamp()
    return DayFigures(
        songs=len(songs),
        different_songs=len(ends),
        announcements=sum(item.kind in {Kind.ANNOUNCEMENT, Kind.PAGE, Kind.TALK} for item in programme.items),
        median_error_s=median(errors) if errors else None,
        largest_error_s=max(errors) if errors else None,
        repeat_s=min(rests) if rests else None,
    )
