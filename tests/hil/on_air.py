"""A store that plays into a real sound server by the real broadcast role, and how long it cannot be heard."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from kiosk.app.hatch import HEALTH, ask, listens
from kiosk.app.places import Places
from kiosk.errors import DeviceFault, KioskError
from tests.audio.pulse import Pulse, Recording
from tests.audio.stores import a_store, noon_zone
from tests.audio.tapes import noise, tape
from tests.audio.waiting import eventually, let_pass

SONGS, SONG_S = 6, 40.0
PATIENCE_S = 60.0
RESTART_S = 0.25  # RestartSec of the unit
HOLE_S = 0.2  # so long without a sample that is not zero is a silence; songs here are noise
TAIL_S = 0.5  # of the recording is looked at for whether anything is heard
RATE = 44_100


class Store:
    """The store, open since an hour for the next eight. state: where it keeps what it remembers."""

    def __init__(
        self, folder: Path, *, state: Path | None = None, environment: Mapping[str, str] | None = None
    ) -> None:
        self.zone = noon_zone()
        opens = datetime.now(self.zone) - timedelta(hours=2)
        site = a_store(folder / "site", self.zone, opens=opens, hours=10)
        for number in range(SONGS):
            tape(site / "sounds" / f"{number}.wav", noise(SONG_S + number, number, level=2000.0))
        self.places = Places(site, state or folder / "state")
        self.log = folder / "kiosk.log"
        self.pulse = Pulse(folder / "pulse")
        self._more = dict(environment or {})
        self.role: subprocess.Popen[bytes]
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._stack.enter_context(self.pulse)
        self.is_recorded()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.role.kill()
        self.role.wait()
        self._stack.close()

    # what people and machines do to it

    def opens(self) -> Self:
        """The role, until it is heard and what it found is remembered."""
        self.begins()
        self.is_heard()
        eventually(lambda: self.places.recollection.exists(), within_s=PATIENCE_S, what="the start is remembered")
        return self

    def begins(self) -> None:
        """`kiosk run broadcast`, as systemd does it."""
        where = ("--site", str(self.places.site), "--state", str(self.places.state))
        with self.log.open("ab") as log:
            self.role = subprocess.Popen(
                [sys.executable, "-m", "kiosk", "run", "broadcast", *where],
                env={**self.pulse.environment, **self._more},
                stderr=log,
            )

    def is_killed(self) -> float:
        """SIGKILL, and started again as soon as systemd would; the wall time of the kill."""
        at_s = time.time()
        self.role.kill()
        self.begins_again()
        return at_s

    def begins_again(self) -> None:
        """It ended; systemd starts it."""
        self.role.wait(timeout=PATIENCE_S)
        let_pass(RESTART_S)
        self.begins()

    def stop(self) -> str:
        """As systemd does it; what was logged."""
        self.role.send_signal(signal.SIGTERM)
        self.role.wait(timeout=PATIENCE_S)
        return self.logged()

    # what is seen of it

    def logged(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def says(self, pattern: str, *, since: int = 0, within_s: float = PATIENCE_S) -> str:
        """The line of the log that matches, once it is there. since: characters of the log before."""
        found: list[str] = []

        def there() -> bool:
            lines = self.logged()[since:].splitlines()
            found[:] = [line for line in lines if re.search(pattern, line)]
            return bool(found)

        eventually(there, within_s=within_s, what=f"{pattern!r} in the log: {self.logged()[since:][-800:]}")
        return found[0]

    def health(self) -> Mapping[str, Any]:
        """What its hatch tells; {} while there is none."""
        if not listens(self.places.hatch):
            return {}
        try:
            return ask(self.places.hatch, {"do": HEALTH})
        except (DeviceFault, KioskError):
            return {}

    # how it sounds

    def is_recorded(self) -> None:
        """From now on; again, where the sound server ended and was started anew."""
        self.recording: Recording = self._stack.enter_context(self.pulse.record())

    def is_heard(self, within_s: float = PATIENCE_S) -> None:
        eventually(self._heard_now, within_s=within_s, what=f"the store is heard: {self.logged()[-800:]}")

    def silent_s(self, since_s: float, *, within_s: float = PATIENCE_S) -> float:
        """How long nothing is heard from a wall time on, until it is heard again: the longest hole up to then."""
        let_pass(max(0.0, since_s + 1.0 - time.time()))
        self.is_heard(within_s)
        begin = max(0, round((since_s - self.recording.began) * RATE))
        loud = np.abs(self.recording.after(begin)).max(axis=1) > 0.0
        at = np.concatenate([[0], np.flatnonzero(loud)])
        longest = int(np.diff(at).max()) if len(at) > 1 else len(loud)
        return longest / RATE if longest / RATE > HOLE_S else 0.0

    def _heard_now(self) -> bool:
        tail = self.recording.after(-round(TAIL_S * RATE))
        loud = np.abs(tail).max(axis=1) > 0.0 if len(tail) else np.zeros(1, bool)
        return bool(loud[-RATE // 10 :].all()) and len(loud) >= RATE // 10


def told(values: Sequence[float]) -> str:
    """Median and longest, as the book writes them."""
    return f"{float(np.median(values)):.1f} s, longest {max(values):.1f} s"
