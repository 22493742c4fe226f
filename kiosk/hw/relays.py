"""The mains relays on the Pi's pins, active-high, with the equipment's order enforced (B02)."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Mapping
from contextlib import ExitStack
from typing import Any

from gpiozero import DigitalOutputDevice

from kiosk.errors import DeviceFault
from kiosk.hw.pins import OffAtExit, pin_faults, quietly
from kiosk.rules.broadcast.power import Unit
from kiosk.sentences import tell

log = logging.getLogger(__name__)

OFF_ORDER = (Unit.MICROPHONE, Unit.AMPLIFIER, Unit.SOURCE)


class GpioPower:
    """Implements ports.PowerSwitches; a unit without a pin is powered by other means, yet keeps its place in the order.

    Everything is off when it is constructed and when it ends: by `close`, at the interpreter's exit, on SIGTERM. It
    refuses, with a DeviceFault, an amplifier without its source, in both directions. Any thread may call.
    left_on: what a killed role left on, and stays so without a moment's break.
    """

    def __init__(self, pins: Mapping[Unit, int], *, factory: Any, left_on: Collection[Unit] = ()) -> None:
        self._pins = dict(pins)
        self._relays: dict[Unit, Any] = {}
        self._on: set[Unit] = set(left_on)
        self._closed = False
        self._lock = threading.RLock()
        with ExitStack() as stack:
            stack.callback(self._release)
            for unit in OFF_ORDER:
                if unit in self._pins:
                    with pin_faults(f"relay of the {unit.value}", self._pins[unit]):
                        self._relays[unit] = DigitalOutputDevice(
                            self._pins[unit], initial_value=unit in self._on, pin_factory=factory
                        )
            stack.pop_all()
        self._off_at_exit = OffAtExit(self.close)

    def switch(self, unit: Unit, *, on: bool) -> None:
        with self._lock:
            self._check(unit, on)
            if unit in self._relays:
                with pin_faults(f"relay of the {unit.value}", self._pins[unit]):
                    self._relays[unit].value = on
            (self._on.add if on else self._on.discard)(unit)
        log.info("%s %s", unit.value, "on" if on else "off")

    def reads(self, unit: Unit) -> bool | None:
        with self._lock:
            if self._closed or unit not in self._relays:
                return None
            with pin_faults(f"relay of the {unit.value}", self._pins[unit]):
                return bool(self._relays[unit].value)

    def close(self) -> None:
        """Everything off, the amplifier before its source; again does nothing. What breaks is logged, not raised."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._release()
        self._off_at_exit.done()

    def _check(self, unit: Unit, on: bool) -> None:
        if self._closed:
            raise DeviceFault(tell("the relay of the {unit} is closed: switch it before", unit=tell(unit.value)))
        if unit is Unit.AMPLIFIER and on and Unit.SOURCE not in self._on:
            raise DeviceFault(
                tell(
                    "the {unit} stays off: the {source} is off; switch that on first (B02)",
                    unit=tell(unit.value),
                    source=tell(Unit.SOURCE.value),
                )
            )
        if unit is Unit.SOURCE and not on and Unit.AMPLIFIER in self._on:
            raise DeviceFault(
                tell("the {unit} stays on: the amplifier is on; switch that off first (B02)", unit=tell(unit.value))
            )

    def _release(self) -> None:
        """All off, in order, and only then given back: a freed pin floats."""
        taken = [(unit, self._relays[unit]) for unit in OFF_ORDER if unit in self._relays]
        for unit, relay in taken:
            quietly(f"relay of the {unit.value}", relay.off)
        for unit, relay in taken:
            quietly(f"relay of the {unit.value}", relay.close)
        self._on.clear()
