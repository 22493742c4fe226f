"""The demo's lockers: the front role in a child process beside the broadcast, with a simulated bank and printer."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection

from kiosk.app.demo_day import DemoDay
from kiosk.app.front import shown_front
from kiosk.app.places import Places
from kiosk.ports.drawer import Paper
from kiosk.ports.lockers_report import LockersReport

ORDERLY_S = 20.0


class Newest:
    """Gives how the lockers stood last; paper: how the printer did then. None before the role is up, and once it has
    ended."""

    def __init__(self, receiving: Connection | None = None) -> None:
        self._receiving = receiving
        self._last: LockersReport | None = None
        self.paper: Paper | None = None

    def __call__(self) -> LockersReport | None:
        try:
            while self._receiving is not None and self._receiving.poll():
                self._last, self.paper = self._receiving.recv()
        except (EOFError, OSError):
            self._last = self.paper = None
        return self._last


@contextmanager
def lockers_beside(places: Places, demo: DemoDay) -> Iterator[Newest]:
    """The role, until the block ends."""
    spawn = multiprocessing.get_context("spawn")
    receiving, sending = spawn.Pipe(duplex=False)
    role = spawn.Process(target=shown_front, args=(places, demo, sending), name="front")
    role.start()
    sending.close()
    try:
        yield Newest(receiving)
    finally:
        if role.is_alive():
            role.terminate()
        with suppress(KeyboardInterrupt):
            role.join(ORDERLY_S)
        receiving.close()


@contextmanager
def no_lockers() -> Iterator[Newest]:
    """A store without any, and without a screen."""
    yield Newest()
