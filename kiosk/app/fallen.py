"""A thread of a role that ends by a mistake of the program: it is told at once, and not only once somebody misses it.

The desk, the sound and the screen are missed by the heart. A scanner, a printer, the fault lamp would just never be
heard of again; yet the rest of the role is well, and ending it would keep the store from what still works.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from kiosk.sentences import tell

log = logging.getLogger(__name__)

MOST = 8  # are named; whoever reads that many begins the role anew


class Fallen:
    """A context, of the whole process. warn: tells the role's people; any thread."""

    def __init__(self, role: str, warn: Callable[[str], None]) -> None:
        self._role, self._warn = role, warn
        self._told: dict[str, str] = {}
        self._before = threading.excepthook

    def __enter__(self) -> Self:
        self._before, threading.excepthook = threading.excepthook, self._ended
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        threading.excepthook = self._before

    def faults(self) -> tuple[str, ...]:
        """Who is missing. Any thread."""
        return tuple(self._told.values())

    def _ended(self, end: threading.ExceptHookArgs) -> None:
        if end.exc_type is SystemExit:
            return
        name = "?" if end.thread is None else end.thread.name
        error = end.exc_value or end.exc_type()
        log.critical("the thread %s of the %s role has ended", name, self._role, exc_info=error)
        if name in self._told or len(self._told) >= MOST:
            return
        self._told[name] = tell(
            "a part of the program has stopped ({part}): begin the role anew once nobody needs it; see the log",
            part=name,
        )
        self._warn(self._told[name])
