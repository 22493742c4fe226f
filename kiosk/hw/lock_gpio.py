"""Latches and door sensors on the Pi's own pins: active-high drivers behind each latch, contacts to ground."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from gpiozero import DigitalOutputDevice, InputDevice

from kiosk.errors import DeviceFault
from kiosk.hw.lock_doors import Doors
from kiosk.hw.pins import pin_faults, quietly
from kiosk.ports.lock_limits import bounded_pulse_s
from kiosk.ports.lockers import BankReport, BoardReport, Reading
from kiosk.sentences import tell
from kiosk.units import LockerId

log = logging.getLogger(__name__)

LOOK_S = 0.02  # between two looks at the contacts; two alike count, so what is shorter is bounce or interference
NAME = "pins"  # what reports call this part of the bank


@dataclass(frozen=True, slots=True)
class PinLock:
    """latch: the pin that switches its coil. door: that of its contact, None where none is wired.

    inverted: the contact is open while the door is shut. pulse_s: 0.05 to 2.0, bounded here whatever it says.
    """

    latch: int
    door: int | None = None
    inverted: bool = False
    pulse_s: float = 0.4


class PinLatches:
    """Implements lock_bank.Latches on gpiozero's pins. One more thread looks at the contacts every 20 ms.

    factory: gpiozero's, which stays the caller's to close. look_s: None leaves the looking to `look`, for tests.
    """

    def __init__(
        self,
        locks: Mapping[LockerId, PinLock],
        *,
        factory: Any,
        post: Callable[[BankReport], None],
        mono_s: Callable[[], float],
        look_s: float | None = LOOK_S,
    ) -> None:
        self._locks = dict(locks)
        self._post, self._mono_s = post, mono_s
        self._doors = Doors(locks)
        self._looking = threading.Lock()
        self._closed = threading.Event()
        self._broken: dict[LockerId, str] = {}
        self._outputs: dict[LockerId, Any] = {}
        self._inputs: dict[LockerId, Any] = {}
        with ExitStack() as stack:
            for locker, lock in self._locks.items():
                with pin_faults(f"latch of locker {locker}", lock.latch):
                    self._outputs[locker] = DigitalOutputDevice(lock.latch, pin_factory=factory)
                stack.callback(self._let_go, locker)
            for locker, lock in self._locks.items():
                if lock.door is not None:
                    with pin_faults(f"door of locker {locker}", lock.door):
                        self._inputs[locker] = InputDevice(lock.door, pull_up=True, pin_factory=factory)
                    stack.callback(quietly, f"door of locker {locker}", self._inputs[locker].close)
            self._taken = stack.pop_all()
        self._eye: threading.Thread | None = None
        if look_s is not None:
            self._eye = threading.Thread(target=self._watch, args=(look_s,), name="lock-pins", daemon=True)
            self._eye.start()

    @property
    def lockers(self) -> tuple[LockerId, ...]:
        return tuple(self._locks)

    def pulse(self, locker: LockerId, begun: Callable[[], None], stop: threading.Event) -> None:
        lock = self._locks[locker]
        thing = f"latch of locker {locker}"
        if locker not in self._outputs:
            raise DeviceFault(
                tell(
                    "the {thing} is not used any more: it did not let go; mend its driver, restart the kiosk",
                    thing=thing,
                )
            )
        with pin_faults(thing, lock.latch):
            try:
                self._outputs[locker].on()
                begun()
                stop.wait(bounded_pulse_s(lock.pulse_s))
            finally:
                self._off(locker)

    def look(self) -> None:
        """Read every contact once."""
        with self._looking:
            for locker in self._inputs if not self._closed.is_set() else ():
                for told in self._doors.feed(locker, self._reads(locker), self._mono_s()):
                    self._post(told)

    def report(self) -> None:
        with self._looking:
            for told in self._doors.told(self._mono_s()):
                self._post(told)

    def close(self) -> None:
        self._closed.set()
        if self._eye is not None:
            self._eye.join()
        self._taken.close()

    def _watch(self, look_s: float) -> None:
        while not self._closed.wait(look_s):
            self.look()

    def _reads(self, locker: LockerId) -> Reading:
        lock = self._locks[locker]
        assert lock.door is not None
        try:
            with pin_faults(f"door of locker {locker}", lock.door):
                grounded = bool(self._inputs[locker].value)  # pulled up, so gpiozero counts ground as active
        except DeviceFault as fault:
            self._tell_broken(locker, str(fault))
            return Reading.UNKNOWN
        self._tell_broken(locker, "")
        return Reading.CLOSED if grounded is not lock.inverted else Reading.OPEN

    def _tell_broken(self, locker: LockerId, why: str) -> None:
        """Once when the first contact cannot be read, and once when all can again."""
        before = bool(self._broken)
        if why:
            self._broken[locker] = why
        else:
            self._broken.pop(locker, None)
        if bool(self._broken) is not before:
            self._post(BoardReport(NAME, why))

    def _off(self, locker: LockerId) -> None:
        """A pin that cannot be switched off is let go of: a freed one drives nothing, and the pull-down wins."""
        try:
            self._outputs[locker].off()
        except Exception:
            self._let_go(locker)
            raise

    def _let_go(self, locker: LockerId) -> None:
        output = self._outputs.pop(locker, None)
        if output is not None:
            quietly(f"latch of locker {locker}", output.off)
            quietly(f"latch of locker {locker}", output.close)
