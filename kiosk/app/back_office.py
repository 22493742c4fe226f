"""The back office in a process of its own: whatever computes is done there, so that the mixer has its process alone."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

from kiosk.app.demo_day import DemoDay
from kiosk.app.office import Office
from kiosk.app.places import Places
from kiosk.config.site import Site
from kiosk.desks.messages import Fault, Message, PageAsked, PageSpoken, PlanFailed, PlanOrder
from kiosk.errors import KioskError
from kiosk.rules.broadcast.library import EMERGENCIES, Material
from kiosk.rules.broadcast.releases import Page

log = logging.getLogger(__name__)

Post = Callable[[Message], None]
MINDER_S = 5.0
NICE = 5  # of 19: a plan never competes with the mixer


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a broadcast role needs to begin, and to go on should the back office fail it.

    emergencies: clips to keep in memory, also those round a talk. material: all that can be played; its faults are
    sentences for a person. pages: the binder's, as far as their release goes.
    """

    site: Site
    emergencies: tuple[str, ...]
    material: Material
    pages: tuple[Page, ...] = ()


class BackOffice:
    """One worker process; answers are posted to the inbox from a thread of the pool. A worker that dies is replaced."""

    def __init__(self, places: Places, demo: DemoDay | None, post: Post) -> None:
        self._places = places
        self._demo = demo
        self._post = post
        self._office: Office | None = None
        self._pool: ProcessPoolExecutor | None = None

    def prepare(self) -> Prepared:
        """Read the site and listen to what is new in it; waits. Raises SiteError.

        A process of its own does it and ends: what it imports (pydantic, scipy) is not kept all day for it.
        """
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=_behave) as once:
            self._office = once.submit(_open, self._places, self._demo).result()
        self._pool = self._hire(self._office)
        self._pool.submit(_take_a_seat).result()  # from now on Ctrl-C does not reach it
        material = self._office.material
        emergencies = [
            part.path
            for announcement in material.announcements.values()
            if announcement.air_class in EMERGENCIES
            for part in announcement.parts
        ]
        emergencies += [clip.path for clip in material.talk if clip is not None]
        return Prepared(self._office.site, tuple(dict.fromkeys(emergencies)), material, self._office.pages)

    def order_plan(self, order: PlanOrder) -> None:
        """Have a day planned; PlanReady or PlanFailed is posted."""
        self._submit(_plan, order, lambda why: PlanFailed(order, why))

    def order_speech(self, asked: PageAsked) -> None:
        """Have a page put into speech; PageSpoken is posted."""
        self._submit(_speak, asked, lambda why: PageSpoken(asked, None, why))

    def close(self) -> None:
        """Let the worker go, without waiting for what it is doing. Twice does no harm."""
        self._dismiss()

    def _hire(self, office: Office) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            max_workers=1,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_move_in,
            initargs=(self._places, office),
        )

    def _dismiss(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        workers = tuple((pool._processes or {}).values())
        minder: Any = pool._executor_manager_thread
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.kill()  # one that hangs would keep the role from ending
        if minder is not None:
            minder.join(MINDER_S)  # else it may give its pipe away while Python, ending, writes to it

    def _submit(self, work: Callable[[Any], Message], what: Any, failed: Callable[[str], Message]) -> None:
        def answer(future: Future[Message]) -> None:
            if future.cancelled():
                return
            error = future.exception()
            self._post(future.result() if error is None else failed(str(error)))

        if self._pool is None or self._office is None:
            self._post(failed("the back office is closed"))
            return
        try:
            self._pool.submit(work, what).add_done_callback(answer)
        except BrokenProcessPool:
            self._post(Fault("the back office ended unexpectedly; a new one takes over"))
            self._dismiss()
            self._pool = self._hire(self._office)
            self._pool.submit(work, what).add_done_callback(answer)


# in the worker

_desk: dict[str, Any] = {}


def _behave() -> None:
    """Ctrl-C is for the role, which closes in order; and whoever computes lets the mixer go first."""
    os.setpriority(os.PRIO_PROCESS, 0, max(NICE, os.getpriority(os.PRIO_PROCESS, 0)))
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _move_in(places: Places, office: Office) -> None:
    _behave()
    _desk.update(places=places, office=office)


def _take_a_seat() -> None:
    """Nothing to do but to be there."""


def _open(places: Places, demo: DemoDay | None) -> Office:
    from kiosk.app.opening import open_office  # here, so that neither role nor planner ever imports pydantic and scipy

    return open_office(places, demo=demo)


def _plan(order: PlanOrder) -> Message:
    office: Office = _desk["office"]
    return office.plan(order)


def _speak(asked: PageAsked) -> Message:
    from kiosk.app.opening import speak_page

    try:
        return speak_page(_desk["office"], _desk["places"], asked)
    except KioskError as error:
        return PageSpoken(asked, None, str(error))
