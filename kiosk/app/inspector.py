"""The inspector: a child process that looks at files and machine and hears the hall, while the role plays on (B01)."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date, datetime
from typing import Any

from kiosk.app.office import Office
from kiosk.app.orphan import ends_with_its_role
from kiosk.app.places import Places
from kiosk.desks.broadcast.messages import Inspected, Message, Part
from kiosk.rules.broadcast.checks import Topic
from kiosk.rules.broadcast.selfcheck import Finding, fault

log = logging.getLogger(__name__)

NICENESS = 10  # the mixer, the planner and the shoppers come first
_ABOUT = {Part.ROOM: Topic.FILES, Part.EAR: Topic.MICROPHONE, Part.TONE: Topic.TONE}


class ChildInspector:
    """Implements ports.Inspector; the process lives for one check only. Answers are posted by the pool's thread."""

    def __init__(self, places: Places, office: Office, post: Callable[[Message], None]) -> None:
        self._places = places
        self._office = office
        self._post = post
        self._pool: ProcessPoolExecutor | None = None

    def inspect_room(self, day: date) -> None:
        self._order(Part.ROOM, _look_round, day)

    def open_ear(self) -> None:
        self._order(Part.EAR, _open_ear)

    def hear_tone(self) -> None:
        self._order(Part.TONE, _hear_tone)

    def dismiss(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        workers = tuple((pool._processes or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.kill()  # one that hangs in a device would stay for ever; a killed one gives the device back

    def _order(self, part: Part, look: Callable[..., tuple[Finding, ...]], *what: Any) -> None:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                1,
                multiprocessing.get_context("spawn"),
                initializer=_move_in,
                initargs=(self._places, self._office),
            )
        pool = self._pool

        def answer(future: Future[tuple[Finding, ...]]) -> None:
            if future.cancelled() or self._pool is not pool:
                return  # sent away meanwhile
            error = future.exception()
            self._post(Inspected(part, future.result() if error is None else _failed(part, error)))

        try:
            pool.submit(look, *what).add_done_callback(answer)
        except BrokenProcessPool as error:
            self._post(Inspected(part, _failed(part, error)))


def _failed(part: Part, error: BaseException) -> tuple[Finding, ...]:
    log.error("the inspector failed at %s: %s; kiosk selfcheck tries again", part.value, error)
    return (fault(_ABOUT[part], f"the inspector ended unexpectedly: {error}"),)


# in the child

_desk: dict[str, Any] = {}


def _move_in(places: Places, office: Office) -> None:
    ends_with_its_role()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the role, which closes in order
    os.nice(NICENESS)
    _desk.update(places=places, office=office)


def _look_round(day: date) -> tuple[Finding, ...]:
    from kiosk.app.inspection import room  # here, so that the role never imports what only the child needs

    office: Office = _desk["office"]
    return room(office, _desk["places"], day, datetime.now(office.site.zone_info))


def _open_ear() -> tuple[Finding, ...]:
    from kiosk.app.inspection import HallEar

    office: Office = _desk["office"]
    _desk["ear"] = HallEar(office.site.selfcheck, _desk["places"].tone_reference)
    findings: tuple[Finding, ...] = _desk["ear"].open()
    return findings


def _hear_tone() -> tuple[Finding, ...]:
    findings: tuple[Finding, ...] = _desk["ear"].hear() if "ear" in _desk else ()
    return findings
