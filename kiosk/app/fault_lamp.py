"""The fault lamp: the broadcast role's, lit for the faults of both roles, by a thread of its own.

Neither a desk that hangs nor a front role that is gone can keep it dark. What it says, `kiosk status` tells as well,
wired or not.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kiosk.app.disk import disk_fault
from kiosk.app.hatch import HEALTH, ask
from kiosk.audio.output import SILENT
from kiosk.audio.outputs import Outputs
from kiosk.errors import DeviceFault, KioskError
from kiosk.ports.broadcast import Panel
from kiosk.rules.broadcast.panel import FAULT, Lamp
from kiosk.rules.broadcast.selfcheck import Report, Result, state_line
from kiosk.rules.health.lamp import OtherRole, Says, reasons, says

log = logging.getLogger(__name__)

LOOK_S = 5.0
_LAMPS = {Says.WELL: Lamp.OFF, Says.FAULT: Lamp.ON, Says.MISSING: Lamp.FAULT}

Health = Callable[[], Mapping[str, Any]]


class FaultLamp:
    """A context. panel: None where none is wired. health: of its own role; front: asks the other one, None where the
    store has none; raises DeviceFault or KioskError where it does not answer."""

    def __init__(
        self,
        panel: Panel | None,
        health: Health,
        front: Health | None,
        *,
        mono_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._panel = panel
        self._health = health
        self._front = front
        self._mono_s = mono_s
        self._other = None if front is None else OtherRole("front", mono_s())
        self._said = Says.WELL
        self._why: tuple[str, ...] = ()
        self._broken = ""
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._go, name="fault lamp", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._thread.join(LOOK_S)

    def values(self) -> Mapping[str, Any]:
        """What it says and why, as JSON has it. Any thread."""
        return {"says": self._said.value, "why": list(self._why), "wired": self._panel is not None}

    def look(self) -> Says:
        """Ask both roles, and show it."""
        if self._front is not None and self._other is not None:
            with suppress(KioskError):  # how long it has not answered is what counts
                self._other = OtherRole(self._other.name, self._mono_s(), faults_in(self._front()))
        own, now_s = faults_in(self._health()), self._mono_s()
        now_says, why = says(own, self._other, now_s), reasons(own, self._other, now_s)
        for reason in why:
            if reason not in self._why:
                log.error("the fault lamp comes on: %s", reason)
        if self._why and not why:
            log.warning("the fault lamp goes dark: all is well again")
        self._said, self._why = now_says, why
        self._show(now_says)
        return now_says

    def _show(self, what: Says) -> None:
        """Each time anew: the walk over all lamps leaves it dark."""
        if self._panel is None:
            return
        try:
            self._panel.show(FAULT, _LAMPS[what])
            self._broken = ""
        except DeviceFault as fault:
            if str(fault) != self._broken and not self._closing.is_set():
                log.error("%s", fault)
            self._broken = str(fault)

    def _go(self) -> None:
        while not self._closing.wait(LOOK_S):
            self.look()


def faults_in(health: Mapping[str, Any]) -> tuple[str, ...]:
    """What a role's health tells of faults: the parts that are stuck, and the devices that are away."""
    stuck = [str(part["told"]) for part in health["parts"] if part["stuck"]]
    return (*stuck, *(str(one) for one in health.get("faults", ())))


def front_at(hatch: Path) -> Health:
    """Asks the front role how it does."""
    return lambda: ask(hatch, {"do": HEALTH}, role="front")


def faults_of_broadcast(
    outputs: Outputs, waiting: Callable[[], int], report: Callable[[], Report | None], state: Path
) -> tuple[str, ...]:
    """What is out of order at the broadcast. waiting: lines that the ledger has not taken yet. Any thread."""
    found = []
    if outputs.wire.name == SILENT:
        found.append(f"{SILENT}; look at the sound card and its cable")
    away = [card.card.id for card in outputs.further if card.report.get("away")]
    found += [f"sound output {one} is away; look at its card and cable" for one in away]
    if lines := waiting():
        found.append(f"{lines} lines of the log wait in memory: the ledger cannot be written; see the log for why")
    last = report()
    if last is not None and last.verdict is Result.FAULT:
        found.append(state_line(last))
    if disk := disk_fault(state):
        found.append(disk)
    return tuple(found)
