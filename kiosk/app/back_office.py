"""The back office in a process of its own: whatever computes is done there, so that the mixer has its process alone."""

from __future__ import annotations

import logging
import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

from kiosk.app.demo_day import DemoDay
from kiosk.app.places import Places
from kiosk.config.site import Site
from kiosk.desks.messages import Fault, Message, PageAsked, PageSpoken, PlanFailed, PlanOrder
from kiosk.errors import KioskError
from kiosk.rules.broadcast.library import Material
from kiosk.rules.broadcast.material import AirClass

log = logging.getLogger(__name__)

Post = Callable[[Message], None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a broadcast role needs to begin, and to go on should the back office fail it.

    emergencies: clips to keep in memory. material: all that can be played; its faults are sentences for a person.
    """

    site: Site
    emergencies: tuple[str, ...]
    material: Material


class BackOffice:
    """One worker process; answers are posted to the inbox from a thread of the pool. A worker that dies is replaced."""

    def __init__(self, places: Places, demo: DemoDay | None, post: Post) -> None:
        self._places = places
        self._demo = demo
        self._post = post
        self._pool = self._hire()

    def prepare(self) -> Prepared:
        """Read the site and listen to what is new in it; waits. Raises SiteError."""
        return self._pool.submit(_prepare).result()

    def order_plan(self, order: PlanOrder) -> None:
        """Have a day planned; PlanReady or PlanFailed is posted."""
        self._submit(_plan, order, lambda why: PlanFailed(order, why))

    def order_speech(self, asked: PageAsked) -> None:
        """Have a page put into speech; PageSpoken is posted."""
        self._submit(_speak, asked, lambda why: PageSpoken(asked, None, why))

    def close(self) -> None:
        """Let the worker go, without waiting for what it is doing. Twice does no harm."""
        self._dismiss()

    def _hire(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            max_workers=1,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_move_in,
            initargs=(self._places, self._demo),
        )

    def _dismiss(self) -> None:
        workers = tuple((self._pool._processes or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.kill()  # one that hangs would keep the role from ending

    def _submit(self, work: Callable[[Any], Message], what: Any, failed: Callable[[str], Message]) -> None:
        def answer(future: Future[Message]) -> None:
            if future.cancelled():
                return
            error = future.exception()
            self._post(future.result() if error is None else failed(str(error)))

        try:
            self._pool.submit(work, what).add_done_callback(answer)
        except BrokenProcessPool:
            self._post(Fault("the back office ended unexpectedly; a new one takes over"))
            self._dismiss()
            self._pool = self._hire()
            self._pool.submit(work, what).add_done_callback(answer)


# in the worker; it opens its books at the first order, so that a worker hired anew needs nobody to tell it

_desk: dict[str, Any] = {}


def _move_in(places: Places, demo: DemoDay | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the role, which closes in order
    _desk.update(places=places, demo=demo)


def _office() -> Any:
    if "office" not in _desk:
        from kiosk.app.opening import open_office  # here, so that the role's process never imports pydantic and scipy

        _desk["office"] = open_office(_desk["places"], demo=_desk["demo"])
    return _desk["office"]


def _prepare() -> Prepared:
    office = _office()
    material = office.material
    emergencies = [
        part.path
        for announcement in material.announcements.values()
        if announcement.air_class in (AirClass.URGENT, AirClass.EVACUATION)
        for part in announcement.parts
    ]
    return Prepared(office.site, tuple(dict.fromkeys(emergencies)), material)


def _plan(order: PlanOrder) -> Message:
    answer: Message = _office().plan(order)
    return answer


def _speak(asked: PageAsked) -> Message:
    from kiosk.app.opening import speak_page

    try:
        return speak_page(_office(), _desk["places"], asked)
    except KioskError as error:
        return PageSpoken(asked, None, str(error))
