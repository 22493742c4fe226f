"""Taking music into the library: every file is decoded, measured and compared before it is copied in (B04)."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.app.places import Places
from kiosk.audio.decoder import Decoder
from kiosk.audio.inspection import Inspection, inspect
from kiosk.audio.listening import HeardBook
from kiosk.config.endings import AUDIO_ENDINGS
from kiosk.config.sounds import natural_key
from kiosk.config.values import site_path
from kiosk.errors import DeviceFault, KioskError
from kiosk.rules.broadcast.library import MOST_GAIN_DB, Sound

SOUNDS = "sounds"
LONG_GAP_S = 2.0
LONG_HOLE_S = 5.0  # a general rest is shorter
CANCELS_DB = 6.0  # sides that have nothing in common lose 3
_AT_ONCE = 1 << 20

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one file. path: where it lies in the site, "" where it was refused, and `refused` says why.

    notes: what a person should weigh before it is played.
    """

    source: Path
    path: str = ""
    inspection: Inspection | None = None
    refused: str = ""
    notes: tuple[str, ...] = ()


def sound_files(folder: Path) -> list[Path]:
    """The sound files below a folder, in natural order. Raises KioskError where there is none."""
    try:
        found = [
            one for one in folder.rglob("*") if one.suffix.lower() in AUDIO_ENDINGS and not one.name.startswith(".")
        ]
    except OSError as error:
        raise KioskError(f"{folder} cannot be read: {error.strerror}") from error
    files = sorted((one for one in found if one.is_file()), key=lambda one: natural_key(str(one)))
    if not files:
        there = "holds no sound file" if folder.is_dir() else "is no folder"
        raise KioskError(f"{folder} {there}; known endings are {', '.join(AUDIO_ENDINGS)}")
    return files


def take_in(places: Places, folder: Path, into: str, music_lufs: float, progress: Progress) -> Iterator[Entry]:
    """Inspect every file and copy the good ones to `into`; those inside the site already stay where they are.

    What was measured is remembered, so that nothing has to be listened to again. Raises DeviceFault where the disk
    refuses: what was taken in until then stays.
    """
    files = sound_files(folder)
    library = _Library(places.site, _place(into))
    book = HeardBook(places.site, places.heard)
    try:
        with Decoder(blocking=True) as decoder:
            for done, source in enumerate(files):
                progress(done, len(files), source.name)
                entry = library.taken(source, folder, lambda path: inspect(decoder, path), music_lufs)
                if entry.path and entry.inspection is not None:
                    book.keep(entry.path, entry.inspection.sound)
                yield entry
            progress(len(files), len(files), "")
    finally:
        book.write()


def _place(into: str) -> str:
    try:
        place = site_path(into)
    except ValueError as error:
        raise KioskError(f"--into {into}: {error}") from error
    if place.split("/")[0] != SOUNDS:
        raise KioskError(f"--into {into}: music belongs below {SOUNDS}/, as sounds/music")
    return place


class _Library:
    """The sound files of a site, by size and content."""

    def __init__(self, root: Path, into: str) -> None:
        self._root = root.resolve()
        self._into = into
        self._by_size: dict[int, list[Path]] = {}
        for path in (self._root / SOUNDS).rglob("*"):
            if path.suffix.lower() in AUDIO_ENDINGS and path.is_file():
                self._by_size.setdefault(path.stat().st_size, []).append(path)

    def taken(self, source: Path, folder: Path, look: Callable[[Path], Inspection], music_lufs: float) -> Entry:
        """One file, in its place or refused."""
        real = source.resolve()
        inside = real.is_relative_to(self._root / SOUNDS)
        target = real if inside else self._root / self._into / source.relative_to(folder)
        path = target.relative_to(self._root).as_posix()
        try:
            site_path(path)
        except ValueError:
            return Entry(source, refused="its name holds characters that cannot be shown: rename it")
        twin = self._twin(real, target)
        if twin is not None:
            return Entry(source, refused=f"the same sound as {twin.relative_to(self._root).as_posix()}")
        there = not inside and target.exists()
        if there and not _same(real, target):
            return Entry(source, refused=f"another file is at {path} already: rename one of them")
        inspection = look(source)
        if inspection.sound.fault:
            return Entry(source, inspection=inspection, refused=inspection.sound.fault)
        if inspection.sound.lufs is None:
            return Entry(source, inspection=inspection, refused="it is silent from beginning to end")
        if not inside and not there:
            _copy(source, target)
            self._by_size.setdefault(target.stat().st_size, []).append(target)
        notes = (("was there already",) if there else ()) + _notes(inspection, music_lufs)
        return Entry(source, path, inspection, notes=notes)

    def _twin(self, source: Path, target: Path) -> Path | None:
        """Another file of the library with the same content, of two in the library the one that comes first."""
        for other in self._by_size.get(source.stat().st_size, ()):
            if other not in (source, target) and _same(source, other):
                in_order = not source.is_relative_to(self._root) or natural_key(str(other)) < natural_key(str(source))
                if in_order:
                    return other
        return None


def _notes(inspection: Inspection, music_lufs: float) -> tuple[str, ...]:
    notes = []
    if inspection.clipped:
        notes.append(f"clipped {inspection.clipped} times: it may sound harsh")
    for gap_s, where in ((inspection.head_s, "beginning"), (inspection.tail_s, "end")):
        if gap_s > LONG_GAP_S:
            notes.append(f"{gap_s:.1f} s of silence at its {where} are a hole in the programme: cut them")
    if inspection.hole_s > LONG_HOLE_S:
        begin = f"{int(inspection.hole_at_s) // 60}:{int(inspection.hole_at_s) % 60:02}"
        notes.append(f"{inspection.hole_s:.1f} s of silence from {begin} on are a hole in the programme: cut it there")
    if inspection.mono_loss_db > CANCELS_DB:
        lost = f"{inspection.mono_loss_db:.0f} dB" if inspection.mono_loss_db < 20.0 else "nearly all of it"
        notes.append(f"its sides cancel each other: {lost} is lost on loudspeakers of one line: turn one side over")
    if _lift_db(inspection.sound, music_lufs) > MOST_GAIN_DB:
        notes.append(f"so soft that it is lifted by {MOST_GAIN_DB:g} dB only: it stays softer than other music")
    return tuple(notes)


def _lift_db(sound: Sound, music_lufs: float) -> float:
    return music_lufs - sound.lufs if sound.lufs is not None else 0.0


def _same(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and _digest(one) == _digest(other)


def _digest(path: Path) -> bytes:
    digest = hashlib.blake2b()
    with path.open("rb") as file:
        while some := file.read(_AT_ONCE):
            digest.update(some)
    return digest.digest()


def _copy(source: Path, target: Path) -> None:
    """The whole file or none, and never over another one."""
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as inward, unfinished.open("wb") as out:
            shutil.copyfileobj(inward, out, _AT_ONCE)
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(unfinished, target)  # fails where somebody was faster
        except FileExistsError:
            raise
        except OSError:  # a disk without links
            unfinished.rename(target)
    except OSError as error:
        raise DeviceFault(f"{target} cannot be written: {error.strerror}; make room or permit it") from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
