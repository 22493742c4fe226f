"""Finds the sound files that a site names: patterns become lists, and what is not there is told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from kiosk.config.endings import AUDIO_ENDINGS
from kiosk.config.findings import Findings, Loc, Source, did_you_mean, shown
from kiosk.config.schema import PlaylistTable
from kiosk.config.sections import Entry, Sections
from kiosk.units import PlaylistId

# Other files in a folder (covers, notes) are nobody's mistake; a pattern passes them over.

_PATTERN = re.compile(r"[*?\[]")
_DIGITS = re.compile(r"(\d+)")


def playlists_of(root: Path, sections: Sections, findings: Findings) -> dict[PlaylistId, tuple[str, ...]]:
    """Every playlist with the files that are there, each once, in the order of the list and natural order within."""
    sections.tell_duplicates("playlists")
    entries = sections.many("playlists", PlaylistTable)
    if "playlists" not in sections.source.table:
        findings.error(sections.source, ("playlists",), "names no playlist", "begin each playlist with [[playlists]]")
    sections.finish()
    return {PlaylistId(entry.value.id): _files(root, sections.source, entry, findings) for entry in entries}


def sound_fault(root: Path, path: str) -> tuple[str, str] | None:
    """Why a file cannot be put on the air, as (what, remedy); None when it looks sound from outside."""
    full = root / path
    try:
        size = full.stat().st_size if full.is_file() else None
    except (OSError, ValueError):
        return f"the file {shown(path)} cannot be reached", "the kiosk's user must be allowed to read it"
    if size is None:
        return _not_there(root, path)
    if full.suffix.lower() not in AUDIO_ENDINGS:
        return f"{shown(path)} is not a sound file", f"known endings are {', '.join(AUDIO_ENDINGS)}"
    if size == 0:
        return f"the file {shown(path)} is empty", "copy it again"
    return None


def natural_key(path: str) -> list[tuple[int, str]]:
    """Sorts "song 2" before "song 10"."""
    parts = _DIGITS.split(path.casefold())
    return [(int(part), "") if at % 2 else (0, part) for at, part in enumerate(parts)]


def _files(root: Path, source: Source, entry: Entry[PlaylistTable], findings: Findings) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for at, wanted in enumerate(entry.value.files):
        loc = (*entry.loc, "files", at)
        for path in _matches(root, source, loc, wanted, findings):
            fault = sound_fault(root, path)
            if fault is None:
                found[path] = None
            else:
                findings.missing_sound(source, loc, *fault)
    if not found:
        findings.error(
            source, entry.loc, "is empty: not one of its sound files is there", "put music into it or do without it"
        )
    return tuple(found)


def _matches(root: Path, source: Source, loc: Loc, wanted: str, findings: Findings) -> Iterable[str]:
    """The files that an entry of a playlist stands for; a plain path stands for itself."""
    if not _PATTERN.search(wanted) or _exists(root / wanted):
        return (wanted,)
    try:
        paths = [path for path in root.glob(wanted) if path.suffix.lower() in AUDIO_ENDINGS]
        names = [path.relative_to(root).as_posix() for path in paths if path.is_file() and path.name[0] != "."]
    except (OSError, ValueError, NotImplementedError, re.error):
        findings.error(source, loc, f"{shown(wanted)} is not a pattern", "write it as sounds/music/*.mp3")
        return ()
    if not names:
        remedy = f"look at the folder; known endings are {', '.join(AUDIO_ENDINGS)}"
        findings.missing_sound(source, loc, f"the pattern {shown(wanted)} matches no sound file", remedy)
    return sorted(names, key=natural_key)


def _not_there(root: Path, path: str) -> tuple[str, str]:
    folder = (root / path).parent
    if _exists(root / path):
        return f"{shown(path)} is a folder, not a sound file", f"for all of its files write {path}/*"
    if not _exists(folder):
        missing = folder.relative_to(root).as_posix()
        return (
            f"the file {shown(path)} is not there",
            f"not even the folder {missing} is there: copy it or mend the path",
        )
    try:
        names = sorted(other.name for other in folder.iterdir() if other.suffix.lower() in AUDIO_ENDINGS)
    except OSError:
        names = []
    guess, question, _ = did_you_mean(Path(path).name, names, kind="sound files").partition("?")
    remedy = guess + question if question else "copy the file there or mend the path"
    return f"the file {shown(path)} is not there", remedy


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
