"""The announcer's panel on the Pi's pins: contacts to ground with pull-ups, lamps behind active-high drivers.

Every contact's edges are only reported; rules/broadcast/debounce makes presses of them.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial
from typing import Any

from gpiozero import DigitalOutputDevice, InputDevice

from kiosk.errors import DeviceFault
from kiosk.hw.pins import OffAtExit, pin_faults, quietly
from kiosk.rules.broadcast.debounce import Edge
from kiosk.rules.broadcast.panel import Lamp, lit, next_change_s
from kiosk.sentences import tell

log = logging.getLogger(__name__)


class GpioPanel:
    """Implements ports.Panel. Edges are posted from gpiozero's thread; one more thread blinks the lamps.

    contacts, lamps: the pin of each by name. factory: gpiozero's, which stays the caller's to close. post: an inbox.
    mono_s: the monotonic clock that also stamps the factory's edges. tell: where the blinking thread says what broke.
    Constructing it posts how every contact stands. Raises DeviceFault, and then holds nothing.
    """

    def __init__(
        self,
        contacts: Mapping[str, int],
        lamps: Mapping[str, int],
        *,
        factory: Any,
        post: Callable[[Edge], None],
        mono_s: Callable[[], float],
        tell: Callable[[str], None] = log.error,
    ) -> None:
        self._mono_s = mono_s
        self._tell = tell
        self._broken: set[str] = set()
        self._shown = dict.fromkeys(lamps, Lamp.OFF)
        self._turning = threading.Condition(threading.RLock())
        self._closed = False
        self._lamps: dict[str, _LampPin] = {}
        self._contacts: list[_Contact] = []
        with ExitStack() as stack:
            for name, pin in lamps.items():
                self._lamps[name] = _LampPin(name, pin, factory)
                stack.callback(self._lamps[name].close)
            for name, pin in contacts.items():
                self._contacts.append(_Contact(name, pin, factory, post, mono_s))
                stack.callback(self._contacts[-1].close)
            self.report()
            self._taken = stack.pop_all()
        self._off_at_exit = OffAtExit(self.close)
        self._blinker = threading.Thread(target=self._blink, name="panel-lamps", daemon=True)
        self._blinker.start()

    def show(self, name: str, lamp: Lamp) -> None:
        with self._turning:
            if self._closed:
                raise DeviceFault(tell("the panel is closed: show a lamp before it is"))
            if name in self._shown:
                self._shown[name] = lamp
                self._broken.discard(name)
                self._lamps[name].set(lit(lamp, self._mono_s()))
                self._turning.notify()

    def reads(self, name: str) -> bool | None:
        with self._turning:
            return None if self._closed or name not in self._lamps else self._lamps[name].read()

    def report(self) -> None:
        for contact in self._contacts:
            contact.report()

    def turn(self) -> None:
        """Set every lamp as it should be now; the panel's own thread does so whenever a blinking lamp changes."""
        with self._turning:
            now_s = self._mono_s()
            for name, lamp in self._shown.items() if not self._closed else ():
                try:
                    self._lamps[name].set(lit(lamp, now_s))
                except DeviceFault as fault:
                    if name not in self._broken:
                        self._tell(str(fault))
                    self._broken.add(name)

    def close(self) -> None:
        """Every lamp off, every pin given back; again does nothing. Raises nothing: what breaks is logged."""
        with self._turning:
            if self._closed:
                return
            self._closed = True
            self._turning.notify()
        self._blinker.join()
        self._taken.close()
        self._off_at_exit.done()

    def _blink(self) -> None:
        with self._turning:
            while not self._closed:
                self.turn()
                now_s = self._mono_s()
                changes = [
                    change for lamp in self._shown.values() if (change := next_change_s(lamp, now_s)) is not None
                ]
                self._turning.wait(min(changes) - now_s if changes else None)


class _LampPin:
    """A lamp's output: off at the start and at the end."""

    def __init__(self, name: str, pin: int, factory: Any) -> None:
        self._thing, self._pin = name if name.endswith("lamp") else f"lamp {name}", pin
        self._on = False
        with pin_faults(self._thing, pin):
            self._output = DigitalOutputDevice(pin, pin_factory=factory)

    def set(self, on: bool) -> None:
        if on is not self._on:
            with pin_faults(self._thing, self._pin):
                self._output.value = on
            self._on = on

    def read(self) -> bool:
        with pin_faults(self._thing, self._pin):
            return bool(self._output.value)

    def close(self) -> None:
        quietly(self._thing, self._output.off)
        quietly(self._thing, self._output.close)


class _Contact:
    """A button's input. The pin keeps its handler weakly: this object has to live as long as it reports."""

    def __init__(
        self, name: str, pin: int, factory: Any, post: Callable[[Edge], None], mono_s: Callable[[], float]
    ) -> None:
        self._name, self._post, self._mono_s = name, post, mono_s
        self._faults = partial(pin_faults, f"button {name}", pin)
        with ExitStack() as stack, self._faults():
            self._input = InputDevice(pin, pull_up=True, pin_factory=factory)
            stack.callback(self._input.close)
            self._input.pin.edges = "both"
            self._input.pin.when_changed = self._changed
            stack.pop_all()

    def report(self) -> None:
        stamp_s = self._mono_s()  # taken first: an edge between the two is the newer of both
        with self._faults():
            closed = bool(self._input.value)
        self._post(Edge(self._name, closed, stamp_s))

    def close(self) -> None:
        quietly(f"button {self._name}", self._deafen)
        quietly(f"button {self._name}", self._input.close)

    def _deafen(self) -> None:
        self._input.pin.when_changed = None

    def _changed(self, ticks: float, state: int) -> None:
        """ticks: seconds of the monotonic clock, by the kernel where there is one. state: 0 is to ground, so closed."""
        self._post(Edge(self._name, state == 0, ticks))
