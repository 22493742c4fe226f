"""What a folder lies on: a disk that keeps it, or the memory, with which it goes when the power goes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path, PurePosixPath

MOUNTS = Path("/proc/self/mountinfo")
CMDLINE = Path("/proc/cmdline")
IN_MEMORY = frozenset(("tmpfs", "ramfs"))
_OVERLAID = ("boot=overlay", "overlayroot=tmpfs")  # Raspberry Pi OS and Debian: what is written goes to a tmpfs


def forgets(folder: Path) -> str:
    """Why what is written there is gone after a power cut, "" where it is kept, or where nobody can tell.

    Somebody who keeps it below the folder for temporary files knows.
    """
    if folder.resolve().is_relative_to(Path(tempfile.gettempdir()).resolve()):
        return ""
    try:
        return why_it_forgets(MOUNTS.read_text(), CMDLINE.read_text(), os.fspath(folder.resolve()))
    except OSError:
        return ""


def why_it_forgets(mounts: str, cmdline: str, folder: str) -> str:
    """The same from the kernel's words: /proc/self/mountinfo and /proc/cmdline."""
    found = _mount_of(mounts, folder)
    if found is None:
        return ""
    kind, options = found
    if kind in IN_MEMORY:
        return f"it lies on a {kind}"
    if kind != "overlay":
        return ""
    upper = next((one.removeprefix("upperdir=") for one in options if one.startswith("upperdir=")), "")
    below = _mount_of(mounts, upper) if upper else None
    if any(word in cmdline.split() for word in _OVERLAID) or (below is not None and below[0] in IN_MEMORY):
        return "it lies on an overlay over a read-only disk"
    return ""


def _mount_of(mounts: str, folder: str) -> tuple[str, tuple[str, ...]] | None:
    """The kind of file system and its options, of the longest mount point above a folder; the last of those counts."""
    best: tuple[int, str, tuple[str, ...]] | None = None
    path = PurePosixPath(folder)
    for line in mounts.splitlines():
        mounted, _, system = line.partition(" - ")
        fields, kinds = mounted.split(), system.split(maxsplit=2)
        if len(fields) < 5 or len(kinds) < 3:
            continue
        point = PurePosixPath(fields[4].replace("\\040", " "))
        if path.is_relative_to(point) and (best is None or len(point.parts) >= best[0]):
            best = len(point.parts), kinds[0], tuple(kinds[2].split(","))
    return None if best is None else best[1:]
