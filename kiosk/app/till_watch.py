"""Looks at the drop folder for as long as the front role runs; what lies there is taken by a process of its own."""

from __future__ import annotations

import json
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
from kiosk.desks.lockers.messages import Fault, Happened, Mended
from kiosk.sentences import N_, from_wire, tell, to_wire

EVERY_S = 30.0
FIRST_S = 8.0
LONGEST_S = 3600.0
TOLD_AT = 3
BROKEN = N_("the till's exports are not taken: each round breaks down, and the log says why; look at memory and disk")

HAPPENED, TOLD = "happened", "told"  # of a line of the process that takes them

Told = Fault | Happened
Post = Callable[[Fault | Happened | Mended], None]

_log = logging.getLogger(__name__)


@contextmanager
def tills_watched(site: Site, where: Places, post: Post, every_s: float = EVERY_S) -> Iterator[None]:
    """Meanwhile exports are taken, and receipts deleted once a day. post: into the desk's inbox; any thread."""
    if site.returns is None or site.returns.database is not None:
        yield
        return
    watch = TillWatch(where, where.state / site.returns.drop, site.zone_info, post)
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

    def __init__(self, where: Places, folder: Path, zone: tzinfo, post: Post, longest_s: float = LONGEST_S) -> None:
        """longest_s: so long a round may take."""
        self._where = where
        self._folder = folder
        self._zone = zone
        self._post = post
        self._longest_s = longest_s
        self._told: set[str] = set()  # what is wrong since the last round
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
        if self._tidied == now.date() and not self._waits() and not self._told:
            return
        self._tidied = now.date()
        lasts = set()
        for one in self._round():
            if isinstance(one, Fault):
                lasts.add(one.text)
            if one.text not in self._told:
                self._post(one)
        for text in self._told - lasts:
            self._post(Mended(text))
        self._told = lasts

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

    def _round(self) -> list[Told]:
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
                    return [
                        Fault(tell("the till's exports could not be taken in time: look at their size and the disk"))
                    ]
        except OSError as error:
            return [Fault(tell("the till's exports cannot be looked at: {cause}", cause=error.strerror))]
        lines = [of_line(line) for line in said.splitlines() if line]
        code = self._child.returncode
        if code == 0 or self._stopping:
            self._broken = 0
            return lines
        self._broken += 1  # killed for want of memory, say
        _log.error("the round of the tills ended with %d, the next one tries again: %s", code, cried.strip())
        return [*lines, Fault(tell(BROKEN))] if self._broken >= TOLD_AT else lines


def as_line(one: Told) -> str:
    """For the pipe."""
    return json.dumps({HAPPENED: isinstance(one, Happened), TOLD: to_wire(one.text)})


def of_line(line: str) -> Told:
    """What was written so; a line that is none is told as it is."""
    try:
        read = json.loads(line)
        text = from_wire(read[TOLD])
    except (ValueError, TypeError, KeyError):
        return Fault(line)
    return Happened(text) if read.get(HAPPENED) else Fault(text)
