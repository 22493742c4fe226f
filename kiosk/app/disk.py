"""How much room is left where the kiosk keeps what it remembers."""

from __future__ import annotations

import shutil
from pathlib import Path

from kiosk.hw.mounts import forgets

LEAST_FREE_MB = 200


def free_mb(state: Path) -> int:
    """Raises OSError."""
    return shutil.disk_usage(state).free // 1_000_000


def disk_fault(state: Path) -> str:
    """What is wrong with the disk, "" for nothing."""
    try:
        free = free_mb(state)
    except OSError as error:
        return f"{state} cannot be read: {error.strerror}; check the card"
    if why := forgets(state):
        return f"{state}: {why}, and is gone with the power: put it on a disk (docs/read-only-root.md)"
    return f"only {free} MB free at {state}: delete or move something" if free < LEAST_FREE_MB else ""
