"""The as-run pages without a file: for tests, rendering and simulation; it can fill up as a disk can."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from kiosk.errors import LedgerFault
from kiosk.ledger.values import kept_details, kept_end, kept_start, kept_time, plain
from kiosk.rules.broadcast.as_run import AsRun, Outcome


@dataclass(frozen=True, slots=True)
class Note:
    """A line that somebody asked to have in the audit."""

    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, str]


class MemoryAsRun:
    """Implements AsRunLog. `notes` holds what `note` was told, oldest first; one thread at a time."""

    def __init__(self, zone: tzinfo, lines: Iterable[AsRun] = ()) -> None:
        """zone: on whose clocks times are given back. lines: what is in the log already."""
        self.notes: list[Note] = []
        self._zone = zone
        self._lines: list[AsRun] = []
        self._at: dict[tuple[date, str, float], int] = {}
        self._room: int | None = None
        for line in lines:
            self._add(line)

    def fill_up(self, *, room: int = 0) -> None:
        """The disk takes `room` more writes, then none: they raise LedgerFault. Reading goes on."""
        self._room = room

    def make_room(self) -> None:
        """Somebody freed space."""
        self._room = None

    def started(self, entry: AsRun) -> None:
        """An item went on the air; the same start again changes nothing."""
        entry = kept_start(entry, self._zone)
        self._write()
        if self._place(entry) is None:
            self._add(entry)

    def ended(self, entry: AsRun) -> None:
        """The item is over, or never started; another end of what is already over is a ValueError."""
        entry = kept_end(entry, self._zone)
        self._write()
        place = self._place(entry)
        if place is None:
            self._add(entry)
        elif self._lines[place].outcome is Outcome.ON_AIR:
            self._lines[place] = entry
        elif self._lines[place] != entry:
            was = self._lines[place].outcome.value
            raise ValueError(f"{entry.key} is already over ({was}): it cannot end again ({entry.outcome.value})")

    def note(self, at: datetime, actor: str, action: str, subject: str, details: Mapping[str, str]) -> None:
        """Add a line to `notes`."""
        at = kept_time(at, self._zone)
        self._write()
        self.notes.append(Note(at, plain(actor), plain(action), plain(subject), kept_details(details)))

    def of_day(self, day: date) -> tuple[AsRun, ...]:
        """A business day's lines in the order in which they started, whatever the clock did."""
        return tuple(line for line in self._lines if line.day == day)

    def adrift(self) -> tuple[AsRun, ...]:
        """Lines still on the air, oldest first."""
        return tuple(line for line in self._lines if line.outcome is Outcome.ON_AIR)

    def _write(self) -> None:
        if self._room == 0:
            raise LedgerFault("the ledger in memory has no room: make_room() frees some")
        if self._room is not None:
            self._room -= 1

    def _add(self, line: AsRun) -> None:
        if line.real_start is not None:
            self._at[_address(line, line.real_start)] = len(self._lines)
        self._lines.append(line)

    def _place(self, line: AsRun) -> int | None:
        return None if line.real_start is None else self._at.get(_address(line, line.real_start))


def _address(line: AsRun, real_start: datetime) -> tuple[date, str, float]:
    return (line.day, line.key, real_start.timestamp())  # two moments of a repeated hour are equal to Python
