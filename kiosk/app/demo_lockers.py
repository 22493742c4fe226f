"""The demo's lockers: the front role in a child process beside the broadcast, with a simulated bank."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from kiosk.app.demo_day import DemoDay
from kiosk.app.front import shown_front
from kiosk.app.places import Places
from kiosk.ports.lockers_report import LockersReport

ORDERLY_S = 20.0

Newest = Callable[[], LockersReport | None]


@contextmanager
def lockers_beside(places: Places, demo: DemoDay) -> Iterator[Newest]:
    """Gives how the lockers stood last, None before the role is up and once it has ended. It ends with the block."""
    spawn = multiprocessing.get_context("spawn")
    receiving, sending = spawn.Pipe(duplex=False)
    role = spawn.Process(target=shown_front, args=(places, demo, sending), name="front")
    role.start()
    sending.close()
    last: LockersReport | None = None

    def newest() -> LockersReport | None:
        nonlocal last
        try:
            while receiving.poll():
                last = receiving.recv()
        except (EOFError, OSError):
            last = None
        return last

    try:
        yield newest
    finally:
        if role.is_alive():
            role.terminate()
        with suppress(KeyboardInterrupt):
            role.join(ORDERLY_S)
        receiving.close()


@contextmanager
def no_lockers() -> Iterator[Newest]:
    """A store without any."""
    yield lambda: None
