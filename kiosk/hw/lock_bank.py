"""The whole bank: latches of any drivers behind one queue and one hand, so that never two coils have current."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol

from kiosk.errors import DeviceFault
from kiosk.hw.pins import OffAtExit
from kiosk.ports.lock_limits import SHORTEST_REST_S
from kiosk.ports.lockers import BankReport, BoardReport, DoorRead, Energised, NotPulsed, Pulsed, Reading
from kiosk.sentences import tell
from kiosk.units import LockerId

log = logging.getLogger(__name__)

REST_S = 2.0
JOIN_S = 3.0  # longer than any pulse


class Latches(Protocol):
    """Some of the bank's latches and doors, on one kind of wire. It posts DoorRead and BoardReport by itself.

    Raises DeviceFault from its constructor, holding nothing, and from `pulse`. Every coil is off at the start.
    """

    @property
    def lockers(self) -> tuple[LockerId, ...]:
        """Whose latches these are."""

    def pulse(self, locker: LockerId, begun: Callable[[], None], stop: threading.Event) -> None:
        """One pulse: tells `begun` as soon as current flows, returns once it is off; `stop` ends it early."""

    def report(self) -> None:
        """Post DoorRead for every door as it stands now."""

    def close(self) -> None:
        """Every coil off, every thread ended. Twice does no harm, and nothing is raised."""


class OneCoilBank:
    """Implements ports.LockBank over any number of drivers. One thread, the hand, gives one pulse after the other.

    At most one order waits for each locker, so the queue is as long as the bank. rest_s: of a latch after its pulse,
    0.5 or more. Off at the end by `close`, at the interpreter's exit, on SIGTERM. Takes the parts over: it closes them,
    also when it cannot be built. Raises DeviceFault where two parts claim one locker.
    """

    def __init__(
        self,
        parts: Iterable[Latches],
        *,
        post: Callable[[BankReport], None],
        mono_s: Callable[[], float],
        rest_s: float = REST_S,
    ) -> None:
        self._parts = tuple(parts)
        self._post, self._mono_s = post, mono_s
        self._rest_s = max(rest_s, SHORTEST_REST_S)
        self._rested_s: dict[LockerId, float] = {}
        self._waiting: list[LockerId] = []
        self._changed = threading.Condition()
        self._stop = threading.Event()
        try:
            self._latches = self._sorted_out()
        except DeviceFault:
            self._close_parts()
            raise
        self._off_at_exit = OffAtExit(self.close)
        self._hand = threading.Thread(target=self._work, name="lock-hand", daemon=True)
        self._hand.start()

    def unlock(self, locker: LockerId) -> None:
        if locker not in self._latches:
            self._tell(
                NotPulsed(
                    locker, tell("there is no locker {locker}: give it a place in [[lockers.bank]]", locker=locker)
                )
            )
            return
        with self._changed:
            if locker not in self._waiting:
                self._waiting.append(locker)
            self._changed.notify()

    def drop(self, locker: LockerId) -> None:
        with self._changed:
            if locker in self._waiting:
                self._waiting.remove(locker)

    def report(self) -> None:
        for part in self._parts:
            part.report()

    def close(self) -> None:
        self._stop.set()
        with self._changed:
            self._waiting.clear()
            self._changed.notify()
        if threading.current_thread() is not self._hand:
            self._hand.join(timeout=JOIN_S)
        self._close_parts()
        self._off_at_exit.done()

    def _sorted_out(self) -> dict[LockerId, Latches]:
        latches: dict[LockerId, Latches] = {}
        for part in self._parts:
            for locker in part.lockers:
                if locker in latches:
                    raise DeviceFault(
                        tell("locker {locker} has two latches: name it once in [[lockers.bank]]", locker=locker)
                    )
                latches[locker] = part
        return latches

    def _close_parts(self) -> None:
        for part in self._parts:
            part.close()

    def _work(self) -> None:
        while (locker := self._next()) is not None:
            self._give(locker)

    def _next(self) -> LockerId | None:
        """The first in the queue whose latch has rested, once there is one; None at the end."""
        with self._changed:
            while not self._stop.is_set():
                now_s = self._mono_s()
                rests = [max(self._rested_s.get(locker, now_s) - now_s, 0.0) for locker in self._waiting]
                if rests and min(rests) <= 0.0:
                    return self._waiting.pop(rests.index(min(rests)))
                self._changed.wait(min(rests, default=None))
        return None

    def _give(self, locker: LockerId) -> None:
        outcome: BankReport
        try:
            self._latches[locker].pulse(locker, partial(self._begun, locker), self._stop)
        except DeviceFault as fault:
            outcome = NotPulsed(locker, str(fault))
        except Exception as error:
            log.exception("locker %s", locker)
            outcome = NotPulsed(
                locker,
                tell(
                    "the latch of locker {locker} failed oddly: {cause} (tell the makers; see log)",
                    locker=locker,
                    cause=error,
                ),
            )
        else:
            outcome = Pulsed(locker, self._mono_s())
        self._rested_s[locker] = self._mono_s() + self._rest_s
        self._tell(outcome)

    def _begun(self, locker: LockerId) -> None:
        self._tell(Energised(locker, self._mono_s()))

    def _tell(self, report: BankReport) -> None:
        if not self._stop.is_set():
            self._post(report)


class LostLatches:
    """Stands in for latches whose driver could not start: the rest of the bank works, and every order tells why."""

    def __init__(
        self,
        name: str,
        lockers: Iterable[LockerId],
        why: str,
        *,
        post: Callable[[BankReport], None],
        mono_s: Callable[[], float],
    ) -> None:
        self._lockers, self._why = tuple(lockers), why
        self._post, self._mono_s = post, mono_s
        post(BoardReport(name, why))

    @property
    def lockers(self) -> tuple[LockerId, ...]:
        return self._lockers

    def pulse(self, locker: LockerId, begun: Callable[[], None], stop: threading.Event) -> None:
        raise DeviceFault(tell("locker {locker} cannot be opened: {why}", locker=locker, why=self._why))

    def report(self) -> None:
        for locker in self._lockers:
            self._post(DoorRead(locker, Reading.UNKNOWN, self._mono_s()))

    def close(self) -> None:
        """Nothing is held."""
