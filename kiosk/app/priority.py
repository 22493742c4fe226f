"""Whose turn it is on a busy machine: the broadcast before the front, and both before everybody else."""

from __future__ import annotations

import os
from contextlib import suppress

BROADCAST_NICE, FRONT_NICE = -11, -5


def go_before_others(nice: int) -> None:
    """Where the system grants it. A real-time thread of ours still waits for any thread that holds Python's lock, and
    that one for its turn."""
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, min(nice, os.getpriority(os.PRIO_PROCESS, 0)))
