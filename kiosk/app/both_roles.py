"""`kiosk run`: each role in a process of its own; one that ends by itself is started again, and the other goes on."""

from __future__ import annotations

import ctypes
import logging
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from kiosk.app.ending import ends
from kiosk.app.places import Places
from kiosk.rules.health.starts import SOUND_S, pause_s

log = logging.getLogger(__name__)

_PR_SET_PDEATHSIG = 1  # sys/prctl.h


def commands_of(roles: Sequence[str], places: Places) -> dict[str, tuple[str, ...]]:
    """How each role is started."""
    where = ("--site", str(places.named or places.site), "--state", str(places.state))
    return {role: (sys.executable, "-m", "kiosk", "run", role, *where) for role in roles}


@dataclass(slots=True)
class _Kept:
    """A role that is kept running. due_s: when it is started next, in monotonic seconds, while it does not run."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    due_s: float = 0.0
    began_s: float = 0.0
    failures: int = 0

    def start(self, now_s: float) -> None:
        try:
            self.process = subprocess.Popen(self.command, preexec_fn=_end_with_parent)
        except OSError as error:
            self._put_off(now_s, f"cannot be started ({error.strerror})")
            return
        self.began_s = now_s
        log.info("the %s role runs as process %d", self.name, self.process.pid)

    def look(self, now_s: float, *, stopping: bool) -> None:
        """Notice its end."""
        if self.process is None or (code := self.process.poll()) is None:
            return
        self.process = None
        if stopping:
            log.info("the %s role has ended%s", self.name, f": {_how(code)}" if code else "")
            return
        if now_s - self.began_s >= SOUND_S:
            self.failures = 0
        self._put_off(now_s, _how(code))

    def _put_off(self, now_s: float, why: str) -> None:
        self.failures += 1
        wait_s = pause_s(self.failures)
        self.due_s = now_s + wait_s
        log.error("the %s role %s; it is started again in %.2g s, the other one goes on", self.name, why, wait_s)


@dataclass(slots=True)
class Both:
    """Keeps roles running until it is told to stop. One thread; the main one, as it listens to signals."""

    commands: Mapping[str, Sequence[str]]
    mono_s: Callable[[], float] = time.monotonic
    _roles: list[_Kept] = field(init=False)

    def __post_init__(self) -> None:
        self._roles = [_Kept(name, command) for name, command in self.commands.items()]

    def run(self) -> None:
        """Until a signal asks for the end: then every role is asked to close in order, and waited for."""
        stopping = False
        with _signals() as bell:
            while True:
                now_s = self.mono_s()
                for one in self._roles:
                    one.look(now_s, stopping=stopping)
                    if one.process is None and not stopping and now_s >= one.due_s:
                        one.start(now_s)
                if stopping and not any(one.process for one in self._roles):
                    return
                for number in self._wait(bell, now_s, stopping=stopping):
                    if number != signal.SIGCHLD:
                        stopping = True
                        self._tell_to_stop(signal.Signals(number).name)

    def _wait(self, bell: int, now_s: float, *, stopping: bool) -> bytes:
        """The signals that came; none where a role is due before."""
        dues = [one.due_s for one in self._roles if one.process is None and not stopping]
        patience_s = max(0.0, min(dues) - now_s) if dues else None
        ready, _, _ = select.select([bell], [], [], patience_s)
        return os.read(bell, 64) if ready else b""

    def _tell_to_stop(self, why: str) -> None:
        for one in self._roles:
            if one.process is not None:
                log.info("%s: the %s role is told to stop", why, one.name)
                one.process.terminate()


@contextmanager
def _signals() -> Iterator[int]:
    """A pipe from which the numbers of the signals that came are read: nothing happens in the handlers themselves."""
    reading, writing = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    before = {number: signal.signal(number, lambda *_: None) for number in (*ends(), signal.SIGCHLD)}
    woken = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    try:
        yield reading
    finally:
        signal.set_wakeup_fd(woken)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(reading)
        os.close(writing)


def _end_with_parent() -> None:
    """Between fork and exec: a role whose keeper was killed closes in order instead of staying on alone."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def _how(code: int) -> str:
    """How a process ended, in words."""
    if code >= 0:
        return f"ended with exit code {code}"
    return f"was ended by {next((one.name for one in signal.Signals if one == -code), f'signal {-code}')}"


_libc = ctypes.CDLL(None)  # loaded before any fork
