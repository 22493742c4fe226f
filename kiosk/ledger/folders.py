"""Folders and names of files that survive a power cut; a role needs them at its very start: nothing else is loaded."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path


def stamp(now: datetime | None = None) -> str:
    """A moment for a file name, UTC."""
    return (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def make_folder(folder: Path) -> None:
    """Create the folder and those above it so that they survive a power cut."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in missing:
        sync_folder(each.parent)


def sync_folder(folder: Path) -> None:
    """Make new, renamed and removed names in the folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unused(path: Path) -> Path:
    """The path itself, or with -2, -3, … where that is taken."""
    candidate, number = path, 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.name}-{number}")
    return candidate
