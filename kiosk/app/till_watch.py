"""Looks at the drop folder for as long as the front role runs; what lies there is taken by a process of its own."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, tzinfo
from pathlib import Path

from kiosk.app.places import Places
from kiosk.config.site import Site

EVERY_S = 30.0
FIRST_S = 8.0
LONGEST_S = 3600.0
TOLD_AT = 3
BROKEN = "the till's exports are not taken: each round breaks down, and the log says why; look at memory and disk"

_log = logging.getLogger(__name__)


@contextmanager
def tills_watched(site: Site, where: Places, warn: Callable[[str], None], every_s: float = EVERY_S) -> Iterator[None]:
    """Meanwhile exports are taken, and receipts deleted once a day. warn: tells staff; any thread may call it."""
    if site.returns is None or site.returns.database is not None:
        yield
        return
    watch = TillWatch(where, where.state / site.returns.drop, site.zone_info, warn)
    over = threading.Event()
    thread = threading.Thread(target=watch.run, args=(over, every_s), name="tills", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        watch.stop()
        thread.join(timeout=5)


class TillWatch:
    """Decides when a round is due, and tells each thing once."""

    def __init__(
        self, where: Places, folder: Path, zone: tzinfo, warn: Callable[[str], None], longest_s: float = LONGEST_S
    ) -> None:
        """longest_s: so long a round may take."""
        self._where = where
        self._folder = folder
        self._zone = zone
        self._warn = warn
        self._longest_s = longest_s
        self._told: set[str] = set()
        self._tidied: date | None = None
        self._child: subprocess.Popen[str] | None = None
        self._broken = 0  # rounds in a row
        self._stopping = False

    def run(self, over: threading.Event, every_s: float) -> None:
        """Until it is over; not at once, for a start has more urgent work."""
        pause_s = min(every_s, FIRST_S)
        while not over.wait(pause_s):
            self.look(datetime.now(self._zone))
            pause_s = every_s

    def look(self, now: datetime) -> None:
        """A round, where one is due."""
        if self._tidied == now.date() and not self._waits():
            return
        self._tidied = now.date()
        said = self._round()
        for line in said:
            if line not in self._told:
                self._warn(line)
        self._told = set(said)

    def stop(self) -> None:
        """End a round that goes on: what was not taken whole is not taken."""
        self._stopping = True
        child = self._child
        if child is not None and child.poll() is None:
            child.terminate()

    def _waits(self) -> bool:
        try:
            return any(one.suffix.lower() == ".csv" for one in self._folder.iterdir())
        except FileNotFoundError:
            return False
        except OSError:
            return True  # the round says what is wrong with it

    def _round(self) -> list[str]:
        command = [sys.executable, "-m", "kiosk.app.till_taking", str(self._where.site), str(self._where.state)]
        try:
            with subprocess.Popen(
                ["nice", "-n", "10", *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, encoding="utf-8", errors="replace",
            ) as self._child:  # fmt: skip
                try:
                    said, cried = self._child.communicate(timeout=self._longest_s)
                except subprocess.TimeoutExpired:
                    self._child.kill()  # what was not taken whole is not taken
                    return ["the till's exports could not be taken in time: look at their size and the disk"]
        except OSError as error:
            return [f"the till's exports cannot be looked at: {error.strerror}; look at the machine"]
        lines = [line for line in said.splitlines() if line]
        code = self._child.returncode
        if code == 0 or self._stopping:
            self._broken = 0
            return lines
        self._broken += 1  # killed for want of memory, say
        _log.error("the round of the tills ended with %d, the next one tries again: %s", code, cried.strip())
        return [*lines, BROKEN] if self._broken >= TOLD_AT else lines
