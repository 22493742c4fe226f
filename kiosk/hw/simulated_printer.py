"""The receipt printer of the demo: its sheets lie as pictures in a folder; hands open its cover and take its roll."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.ports.drawer import Paper, Sheet
from kiosk.ports.printer import Outcome
from kiosk.rules.printing.document import Document
from kiosk.rules.printing.jobs import Condition, Event

KEPT = 12  # sheets that hang from it; the oldest is torn off by itself
PRIVATE = 0o600  # names and tags stand on sheets


class SimulatedPrinter:
    """Implements ports.printer.Printer, and has verbs for what hands do to it. Any thread may call.

    draw: a sheet as PNG, with its width and height in pixels; dots: of its head.
    """

    def __init__(self, folder: Path, draw: Callable[[Document, int], tuple[bytes, int, int]], dots: int) -> None:
        self._folder, self._draw, self._dots = folder, draw, dots
        self._lock = threading.Lock()
        self._numbers = count(1)
        self._sheets: tuple[Sheet, ...] = ()
        self._has_paper, self._shut = True, True
        self._clear()

    # as a printer

    def look(self) -> Condition:
        with self._lock:
            return self._condition

    def print(self, document: Document) -> Outcome:
        with self._lock:
            if not self._condition.prints:
                return Outcome(Event.NOT_BEGUN, self._condition)
        try:
            picture, width, height = self._draw(document, self._dots)
            sheet = self._kept(document.title, picture, width, height)
        except (KioskError, OSError, ValueError):
            return Outcome(Event.NOT_BEGUN, Condition.BUSY)
        with self._lock:
            self._sheets = (*self._sheets, sheet)
            torn, self._sheets = self._sheets[:-KEPT], self._sheets[-KEPT:]
        self._throw_away(torn)
        return Outcome(Event.DONE, self.look())

    def close(self) -> None:
        """Nothing of what was printed is kept: it was nobody's."""
        self.tear_off()

    # as hands have it

    def takes_roll(self) -> None:
        """The paper is at its end."""
        with self._lock:
            self._has_paper = False

    def new_roll(self) -> None:
        with self._lock:
            self._has_paper = True

    def opens(self) -> None:
        """Its cover."""
        with self._lock:
            self._shut = False

    def shuts(self) -> None:
        with self._lock:
            self._shut = True

    def tear_off(self) -> None:
        """Everything that hangs from it."""
        with self._lock:
            torn, self._sheets = self._sheets, ()
        self._throw_away(torn)

    def shown(self) -> Paper:
        """How it stands, with what hangs from it, the oldest first."""
        with self._lock:
            return Paper(self._condition, self._sheets)

    @property
    def _condition(self) -> Condition:
        if not self._shut:
            return Condition.COVER_OPEN
        return Condition.READY if self._has_paper else Condition.PAPER_OUT

    def _kept(self, title: str, picture: bytes, width: int, height: int) -> Sheet:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / f"sheet-{os.getpid()}-{next(self._numbers)}.png"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
        with os.fdopen(handle, "wb") as file:
            file.write(picture)
        return Sheet(str(path), title, width, height)

    def _clear(self) -> None:
        """What an earlier demo left, that was ended by force."""
        for path in self._folder.glob("sheet-*.png"):
            with suppress(OSError):
                path.unlink()

    def _throw_away(self, sheets: tuple[Sheet, ...]) -> None:
        for sheet in sheets:
            with suppress(OSError):
                Path(sheet.path).unlink()
