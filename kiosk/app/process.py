"""What the processes of both roles share: wakes, and a ledger that opens late."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.mending import LateLedger, mend_in_child
from kiosk.ledger.store import Ledger

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

TICK_S = 1.0


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
