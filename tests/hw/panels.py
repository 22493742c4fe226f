"""Panels on a bench: the driver on gpiozero's mock pins and the simulated one, with the same hands on both."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from gpiozero import GPIOZeroError
from gpiozero.pins.mock import MockFactory, MockPin

from kiosk.hw.gpio_panel import GpioPanel
from kiosk.hw.simulated_panel import SimulatedPanel
from kiosk.ports.broadcast import Panel
from kiosk.rules.broadcast.debounce import Edge
from kiosk.rules.broadcast.panel import ON_AIR

CONTACTS = {"promo": 5, "evacuate": 6, "reset": 12}
LAMPS = {"promo": 17, "evacuate": 27, ON_AIR: 22}


class HandClock:
    """Monotonic seconds that pass when somebody says so."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def mono_s(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        self.now_s += seconds


class BenchPin(MockPin):  # type: ignore[misc] # gpiozero has no types
    """A pin that stamps its edges by the factory's clock, and whose output can break."""

    def __init__(self, factory: BenchFactory, info: Any) -> None:
        super().__init__(factory, info)
        self.broken = ""

    def _call_when_changed(self) -> None:
        super(MockPin, self)._call_when_changed(self.factory.clock.mono_s(), self._state)

    def _set_state(self, value: bool) -> None:
        if self.broken:
            raise GPIOZeroError(self.broken)
        super()._set_state(value)
        self.factory.switched.append((int(self.info.name.removeprefix("GPIO")), bool(value)))


class BenchFactory(MockFactory):  # type: ignore[misc] # gpiozero has no types
    """Mock pins on a clock of their own; switched: every write to an output, in order."""

    def __init__(self, clock: HandClock) -> None:
        super().__init__(revision="a02082", pin_class=BenchPin)
        self.clock = clock
        self.switched: list[tuple[int, bool]] = []

    def is_free(self, *pins: int) -> bool:
        """Whether nobody holds any of the pins."""
        holders = [
            holder()
            for pin in pins
            for _, info in self.board_info.find_pin(pin)
            for holder in self._reservations.get(info, [])
        ]
        return all(holder is None for holder in holders)


class Bench(Protocol):
    """A panel, what it posted, and the hands on it."""

    clock: HandClock
    edges: list[Edge]
    panel: Panel

    def press(self, button: str, hold_s: float) -> None: ...
    def bounce(self, button: str, trace: Iterable[tuple[float, bool]]) -> None: ...
    def stick(self, button: str) -> None: ...
    def cut_wire(self, button: str) -> None: ...
    def lamp(self, name: str) -> bool: ...
    def close(self) -> None: ...


class GpioBench:
    """The driver; fingers and faults drive its mock pins. shut: contacts that are closed before it starts."""

    def __init__(self, shut: tuple[str, ...] = (), tell: Callable[[str], None] = lambda text: None) -> None:
        self.clock = HandClock()
        self.edges: list[Edge] = []
        self.factory = BenchFactory(self.clock)
        self._dead: set[str] = set()
        for name in shut:
            self.pin(CONTACTS[name])._set_pull = lambda value: None  # to ground it stays, whatever pulls
            self.pin(CONTACTS[name])._pull = "up"
            self.pin(CONTACTS[name])._state = False
        self.panel = GpioPanel(
            CONTACTS, LAMPS, factory=self.factory, post=self.edges.append, mono_s=self.clock.mono_s, tell=tell
        )

    def pin(self, number: int) -> Any:
        return self.factory.pin(number)

    def press(self, button: str, hold_s: float) -> None:
        self.bounce(button, ((0.0, True), (hold_s, False)))

    def bounce(self, button: str, trace: Iterable[tuple[float, bool]]) -> None:
        start_s = self.clock.mono_s()
        for at_s, closed in trace:
            self.clock.sleep(start_s + at_s - self.clock.mono_s())
            self._drive(button, closed)

    def stick(self, button: str) -> None:
        self._drive(button, True)
        self._dead.add(button)

    def cut_wire(self, button: str) -> None:
        self._drive(button, False)
        self._dead.add(button)

    def lamp(self, name: str) -> bool:
        self.panel.turn()
        return bool(self.pin(LAMPS[name]).state)

    def close(self) -> None:
        self.panel.close()

    def _drive(self, button: str, closed: bool) -> None:
        pin = self.pin(CONTACTS[button])
        if button not in self._dead:
            (pin.drive_low if closed else pin.drive_high)()


class SimulatedBench:
    """The simulated panel, by its own verbs."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.edges: list[Edge] = []
        self.panel = SimulatedPanel(
            CONTACTS, LAMPS, post=self.edges.append, mono_s=self.clock.mono_s, sleep=self.clock.sleep
        )
        self.press = self.panel.press
        self.bounce = self.panel.bounce
        self.stick = self.panel.stick
        self.cut_wire = self.panel.cut_wire
        self.lamp = self.panel.lamp
        self.close = self.panel.close
