"""What the drawer of the demo shows of the simulated hardware: plain values, from the roles to its window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.ports.lockers_report import LockersReport
from kiosk.rules.broadcast.keypad import Key
from kiosk.rules.broadcast.panel import Lamp
from kiosk.rules.printing.jobs import Condition


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that hangs from the printer. path: of its picture, so wide and high in pixels."""

    path: str
    title: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Paper:
    """The printer as it stands. sheets: the oldest first."""

    condition: Condition = Condition.READY
    sheets: tuple[Sheet, ...] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """A receipt of the demo's till. number: as its barcode says. goods: what was bought, and when."""

    number: str
    goods: str
    bought: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge that can be shown. whose: in words. at_panel: its reader is the announcer's, else the screen's."""

    code: str
    whose: str
    at_panel: bool = False


@dataclass(frozen=True, slots=True)
class DrawerView:
    """keys: the panel's buttons, each with the character that works it. lamps: by button. lockers: None before the
    front role is up, and in a store without any. amplifier_on: as the panel's own light would tell. paper: None while
    no printer is there. receipts, badges: what can be shown to the readers."""

    keys: tuple[Key, ...] = ()
    lamps: Mapping[str, Lamp] = field(default_factory=dict)
    lockers: LockersReport | None = None
    amplifier_on: bool = False
    paper: Paper | None = None
    receipts: tuple[Slip, ...] = ()
    badges: tuple[Badge, ...] = ()
