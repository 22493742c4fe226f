"""The announcer's panel where no pins are wired: keys and commands press its buttons, and tests break its wires."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from enum import Enum

from kiosk.errors import DeviceFault
from kiosk.rules.broadcast.debounce import Edge
from kiosk.rules.broadcast.panel import Lamp, lit


class _Wire(Enum):
    SOUND = "sound"
    STUCK = "closed for good"
    CUT = "open for good"


class SimulatedPanel:
    """Implements ports.Panel, and has verbs for what hands, age and mice do to a panel. Any thread may call.

    sleep: lets so many seconds pass between the edges of one verb: time.sleep, or a virtual clock's own step.
    """

    def __init__(
        self,
        buttons: Iterable[str],
        lamps: Iterable[str],
        *,
        post: Callable[[Edge], None],
        mono_s: Callable[[], float],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._post, self._mono_s, self._sleep = post, mono_s, sleep
        self._closed = dict.fromkeys(buttons, False)
        self._wires = dict.fromkeys(self._closed, _Wire.SOUND)
        self._shown = dict.fromkeys(lamps, Lamp.OFF)
        self._lock = threading.Lock()
        self._over = False
        self.report()

    def show(self, name: str, lamp: Lamp) -> None:
        if self._over:
            raise DeviceFault("the panel is closed: show a lamp before it is")
        if name in self._shown:
            self._shown[name] = lamp

    def reads(self, name: str) -> bool | None:
        return lit(self._shown[name], self._mono_s()) if name in self._shown and not self._over else None

    def report(self) -> None:
        for button in self._closed:
            stamp_s = self._mono_s()
            self._post(Edge(button, self._closed[button], stamp_s))

    def close(self) -> None:
        """Every lamp goes dark, no button is heard any more; again does nothing."""
        self._over = True
        self._shown = dict.fromkeys(self._shown, Lamp.OFF)

    def press(self, button: str, hold_s: float | None = None) -> None:
        """Press a button; with hold_s also let it go, so much later. Raises DeviceFault for one that is not there."""
        self._move(button, closed=True)
        if hold_s is not None:
            self._sleep(hold_s)
            self.release(button)

    def release(self, button: str) -> None:
        """Let a button go."""
        self._move(button, closed=False)

    def bounce(self, button: str, trace: Iterable[tuple[float, bool]]) -> None:
        """Let a contact close and open as a recording says: seconds from now in rising order, and whether it closes."""
        start_s = self._mono_s()
        for at_s, closed in trace:
            self._sleep(max(0.0, start_s + at_s - self._mono_s()))
            self._move(button, closed=closed)

    def stick(self, button: str) -> None:
        """The contact closes and stays so, whoever lets go."""
        self._move(button, closed=True)
        self._wires[button] = _Wire.STUCK

    def cut_wire(self, button: str) -> None:
        """The contact is open from now on, whoever presses."""
        self._wires[button] = _Wire.SOUND
        self._move(button, closed=False)
        self._wires[button] = _Wire.CUT

    def mend(self, button: str) -> None:
        """The contact is open, and sound again."""
        self._wires[button] = _Wire.SOUND
        self._move(button, closed=False)

    def lamp(self, name: str) -> bool:
        """Whether a lamp is lit now. Raises DeviceFault for one that is not there."""
        if name not in self._shown:
            raise DeviceFault(f"the panel has no lamp {name}; there are: {', '.join(self._shown)}")
        return lit(self._shown[name], self._mono_s())

    def lamps(self) -> dict[str, Lamp]:
        """What every lamp says."""
        return dict(self._shown)

    def _move(self, button: str, *, closed: bool) -> None:
        if button not in self._closed:
            raise DeviceFault(f"the panel has no button {button}; there are: {', '.join(self._closed)}")
        with self._lock:
            if self._over or self._wires[button] is not _Wire.SOUND or self._closed[button] is closed:
                return
            self._closed[button] = closed
            self._post(Edge(button, closed, self._mono_s()))
