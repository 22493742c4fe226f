"""The mains relays of the broadcast equipment."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from kiosk.rules.broadcast.power import Unit

log = logging.getLogger(__name__)


@dataclass(slots=True)
class SimulatedPower:
    """Implements ports.PowerSwitches where no relay is wired: it remembers, and says so in the log."""

    on: set[Unit] = field(default_factory=set)
    history: list[tuple[Unit, bool]] = field(default_factory=list)

    def switch(self, unit: Unit, *, on: bool) -> None:
        (self.on.add if on else self.on.discard)(unit)
        self.history.append((unit, on))
        log.info("%s %s (simulated)", unit.value, "on" if on else "off")

    def reads(self, unit: Unit) -> bool | None:
        return None
