"""What the drawer of the demo shows of the simulated hardware: plain values, from the roles to its window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.ports.lockers_report import LockersReport
from kiosk.rules.broadcast.keypad import Key
from kiosk.rules.broadcast.panel import Lamp


@dataclass(frozen=True, slots=True)
class DrawerView:
    """keys: the panel's buttons, each with the character that works it. lamps: by button. lockers: None before the
    front role is up, and in a store without any. amplifier_on: as the panel's own light would tell."""

    keys: tuple[Key, ...] = ()
    lamps: Mapping[str, Lamp] = field(default_factory=dict)
    lockers: LockersReport | None = None
    amplifier_on: bool = False
