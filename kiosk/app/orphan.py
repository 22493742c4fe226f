"""A worker whose role was killed ends too: a pool's worker waits for orders at a pipe of which it holds both ends."""

from __future__ import annotations

import multiprocessing
import os
import threading
from multiprocessing.connection import wait


def ends_with_its_role() -> None:
    """In a child, first of all: a thread that only waits for the parent's end, and then ends the process at once."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), name="orphan", daemon=True).start()


def _watch(parent: int) -> None:
    wait([parent])
    os._exit(1)
