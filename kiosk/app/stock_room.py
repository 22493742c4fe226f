"""The stock room: while the store broadcasts what is known, the rest is heard and spoken, and handed over in lots.

A process of its own does the work, so that neither the mixer nor a page waits for it; it ends when nothing is left, and
its memory is free again.
"""

from __future__ import annotations

import logging
import multiprocessing
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

from kiosk.app import errands
from kiosk.app.errands import Done, Errand
from kiosk.app.office import Office
from kiosk.app.places import Places
from kiosk.rules.broadcast.library import EMERGENCIES

log = logging.getLogger(__name__)

FIRST_LOT_S = 10.0  # after the emergencies; each later lot takes twice as long, for the day is planned anew with it
LONGEST_LOT_S = 300.0
MOST_DEATHS = 5  # of the process, one after the other: then the errands are no longer to blame

_ENDED = (BrokenProcessPool, CancelledError, OSError, RuntimeError)  # the process, or the pool at closing

HandOver = Callable[[Office, int], None]


class StockRoom:
    """One thread of the role that mostly waits. hand_over: called by it with the office as it is then, and how many
    errands are left.
    """

    def __init__(self, places: Places, office: Office, work: Sequence[Errand], hand_over: HandOver) -> None:
        self._places = places
        self._office = office
        self._work = tuple(work)
        self._hand_over = hand_over
        self._closing = threading.Event()
        self._pool: ProcessPoolExecutor | None = None
        self._deaths = 0
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="stock room", daemon=True)

    def begin(self) -> None:
        """Start on the errands; returns at once."""
        self._thread.start()

    def close(self) -> None:
        """Leave everything as it is, at once. Twice does no harm."""
        self._closing.set()
        self._dismiss()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        lot: list[Done] = []
        lot_s, since_s = FIRST_LOT_S, time.monotonic()
        emergencies = sum(not isinstance(one, str) and one.air_class in EMERGENCIES for one in self._work)
        for at, errand in enumerate(self._work, start=1):
            done = self._do(errand)
            if self._closing.is_set():
                return
            if done is None:
                log.error(
                    "the stock room gives up with %d errands left; the next start takes them up", len(self._work) - at
                )
                break
            lot.append(done)
            if at == emergencies or time.monotonic() - since_s > lot_s:
                self._hand(lot, len(self._work) - at)
                lot, since_s = [], time.monotonic()
                lot_s = min(2 * lot_s, LONGEST_LOT_S) if at > emergencies else lot_s
        self._hand(lot, 0)
        self._dismiss(orderly=True)

    def _hand(self, lot: Sequence[Done], left: int) -> None:
        if lot:
            self._tell(errands.write_down)
            self._office = _with(self._office, lot)
            self._hand_over(self._office, left)

    def _do(self, errand: Errand) -> Done | None:
        """What came of it; an errand on which the process died is to blame for that. None: nothing works here."""
        try:
            asked = self._ask(errand)
            done = None if asked is None else asked.result()
        except _ENDED as error:
            if self._closing.is_set():
                return None
            self._deaths += 1
            log.warning("the stock room's process ended: %s; another one goes on behind what it was at", error)
            self._dismiss()
            return None if self._deaths >= MOST_DEATHS else errands.failed(errand, "it ended the process that took it")
        self._deaths = 0
        return done

    def _ask(self, errand: Errand) -> Future[Done] | None:
        """Hand an errand to the process, hiring one where there is none; under the lock, as submitting starts it, and
        who closes must find it to end it. None: the room is closing."""
        with self._lock:
            if self._pool is None and not self._closing.is_set():
                spawn = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(1, spawn, errands.move_in, (self._places, self._office.site))
            return None if self._pool is None else self._pool.submit(errands.run, errand)

    def _tell(self, what: Callable[[], None]) -> None:
        pool = self._pool
        if pool is not None:
            try:
                pool.submit(what).result()
            except _ENDED as error:
                if not self._closing.is_set():
                    log.warning("what was heard is not kept: %s", error)

    def _dismiss(self, *, orderly: bool = False) -> None:
        if orderly:
            self._tell(errands.go_home)
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            workers = tuple((pool._processes or {}).values())
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in workers:
                worker.kill()


def _with(office: Office, lot: Sequence[Done]) -> Office:
    """The office, knowing what was done."""
    sounds, spoken, mute = dict(office.sounds), dict(office.spoken), dict(office.mute)
    for done in lot:
        errand = done.errand
        if done.path:
            sounds[done.path] = done.sound
        if not isinstance(errand, str) and errand.script is not None:
            said = (errand.script, errand.language)
            if done.path:
                spoken[said] = done.path
            elif said not in spoken:
                mute[said] = done.sound.fault
    return replace(office, sounds=sounds, spoken=spoken, mute=mute)
