"""The folder in which a till leaves its exports: whole ones are taken, bad ones set aside, the rest waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.errors import DeviceFault
from kiosk.sentences import tell
from kiosk.tills.export import BadExport, CutOff, Mistake, Reading
from kiosk.tills.export_file import Progress
from kiosk.tills.imported import ImportedReceipts, Taken

SETTLED = timedelta(seconds=10)  # a till that writes touches its file more often than this
WAITED_TOO_LONG = timedelta(minutes=30)
TAKEN, QUARANTINE = "taken", "quarantine"
KEPT = {TAKEN: timedelta(days=7), QUARANTINE: timedelta(days=30)}  # exports are personal: they go, as receipts do


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of a file. taken: what came of it. mistakes: why it was set aside. waits: why it was left alone.

    overdue: it waits for half an hour already, so a person should look.
    """

    name: str
    taken: Taken | None = None
    mistakes: tuple[Mistake, ...] = ()
    waits: str = ""
    overdue: bool = False


class DropFolder:
    """One folder, looked at by one process at a time."""

    def __init__(self, path: Path, receipts: ImportedReceipts) -> None:
        self.path = path
        self._receipts = receipts

    def waiting(self) -> tuple[Path, ...]:
        """The exports that lie there, oldest first. Raises DeviceFault."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            found = [one for one in self.path.iterdir() if one.suffix.lower() == ".csv" and one.is_file()]
            return tuple(sorted(found, key=lambda one: (one.stat().st_mtime, one.name)))
        except OSError as error:
            remedy = tell("let the kiosk's user read and write it")
            raise DeviceFault(
                tell(
                    "{path}: exports cannot be looked for: {cause} ({remedy})",
                    path=self.path,
                    cause=error.strerror or error,
                    remedy=remedy,
                )
            ) from error

    def take(self, reading: Reading, progress: Progress = lambda _: None) -> Iterator[Handled]:
        """Handle what lies there, one after the other. Raises DeviceFault; what was taken before it stays taken."""
        for export in self.waiting():
            with suppress(FileNotFoundError):
                yield self._one(export, reading, progress)

    def tidy(self, now: datetime) -> int:
        """Delete what was set aside long ago; how many files that were."""
        deleted = 0
        for name, kept in KEPT.items():
            folder = self.path / name
            for one in folder.iterdir() if folder.is_dir() else ():
                if _touched(one, now) < now - kept:
                    one.unlink(missing_ok=True)
                    deleted += 1
        return deleted

    def _one(self, export: Path, reading: Reading, progress: Progress) -> Handled:
        touched = _touched(export, reading.now)
        if reading.now - touched < SETTLED:
            return Handled(export.name, waits="it was written a moment ago")
        try:
            taken = self._receipts.take(export, reading, progress)
        except CutOff as cut:
            late = reading.now - touched > WAITED_TOO_LONG
            return Handled(export.name, waits=str(cut), overdue=late)
        except BadExport as bad:
            aside = self._move(export, QUARANTINE)
            note = aside.with_name(aside.name + ".txt")
            note.write_text("\n".join(map(str, bad.mistakes)) + "\n", encoding="utf-8")
            return Handled(export.name, mistakes=bad.mistakes)
        self._move(export, TAKEN)
        return Handled(export.name, taken)

    def _move(self, export: Path, name: str) -> Path:
        folder = self.path / name
        try:
            folder.mkdir(exist_ok=True)
            target, count = folder / export.name, 1
            while target.exists():
                count += 1
                target = folder / f"{export.stem}-{count}{export.suffix}"
            moved = export.rename(target)
            moved.touch()  # however old it was: its days here are counted from now
            return moved
        except OSError as error:
            remedy = tell("let the kiosk's user write there")
            raise DeviceFault(
                tell(
                    "{folder}: {export} cannot be put there: {cause} ({remedy})",
                    folder=folder,
                    export=export.name,
                    cause=error.strerror,
                    remedy=remedy,
                )
            ) from error


def _touched(file: Path, now: datetime) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, now.tzinfo)
