"""What the processes of both roles share: signals that ask for an orderly end, wakes, and a ledger that opens late."""

from __future__ import annotations

import fcntl
import logging
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from kiosk.app.mending import LateLedger, mend_in_child
from kiosk.errors import KioskError, LedgerFault
from kiosk.ledger.store import Ledger

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

TICK_S = 1.0


@contextmanager
def stopped_by_signals(ask: Callable[[str], None]) -> Iterator[None]:
    """SIGTERM, SIGINT and SIGHUP (the terminal hung up) ask the desk to close in order, by their name.

    ask: only posts, as it runs in a handler.
    """

    def handle(number: int, _: FrameType | None) -> None:
        ask(signal.Signals(number).name)

    before = {number: signal.signal(number, handle) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def woken() -> Iterator[BackgroundScheduler]:
    """APScheduler only wakes the desk at planned moments; a late wake is better than none.

    Nothing recurs in it: a clock that is set on by a year would have it count the seconds of the year, one set back
    would have it wait for them. Whatever wakes is an instant: it works in UTC, and never asks for this machine's time
    zone, which may have no name ("CST-8").
    """
    from apscheduler.schedulers.background import BackgroundScheduler  # the front role wakes by itself

    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    defaults = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
    scheduler = BackgroundScheduler(job_defaults=defaults, timezone=UTC)
    scheduler.start()
    try:
        yield scheduler
    finally:
        scheduler.shutdown(wait=False)


@contextmanager
def late_ledger(path: Path) -> Iterator[Callable[[], Ledger]]:
    """Opens the role's one ledger when it is first asked for, by any thread, and again until that works."""
    with closing(LateLedger(path, mend_in_child)) as opened:
        yield opened


@contextmanager
def alone(lock: Path, role: str) -> Iterator[None]:
    """One process of a role for each state directory: two would order the same doors, and talk at the same time.

    The kernel lets go of the lock however the process ends. Raises KioskError where another one runs, LedgerFault where
    nobody can tell: the folder cannot be written and holds no lock yet.
    """
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(lock, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise LedgerFault(f"{lock} cannot be made: {error.strerror}; let the kiosk's user write there") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise KioskError(f"a {role} role runs already with {lock.parent}: stop that one first") from None
        except OSError as error:
            raise LedgerFault(f"{lock} cannot be locked: {error.strerror}; put it on a disk of this machine") from error
        yield
    finally:
        os.close(handle)
