"""The lock banks that a site wires, as plain values that any process can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.ports.lock_limits import BoardKind
from kiosk.units import LockerId


@dataclass(frozen=True, slots=True)
class PinBank:
    """Lockers on the Pi's own pins. Each locker: the pin of its latch, and that of its door contact or None."""

    locks: Mapping[LockerId, tuple[int, int | None]]
    inverted: bool
    pulse_s: float


@dataclass(frozen=True, slots=True)
class ExpanderBank:
    """Lockers on MCP23017 expanders of one I2C bus. Each locker: the pin of its latch, and of its door contact or None.

    address: of the chip with the latches; door_address: of that with the contacts, often the same.
    """

    bus: int
    address: int
    door_address: int
    locks: Mapping[LockerId, tuple[int, int | None]]
    inverted: bool
    pulse_s: float


@dataclass(frozen=True, slots=True)
class BoardBank:
    """Lockers on one lock board at an RS-485 line. Each locker: its lock on the board, 1 or more. name: for people."""

    name: str
    port: str
    kind: BoardKind
    baud: int
    address: int
    channels: int
    locks: Mapping[LockerId, int]
    inverted: bool
    pulse_s: float
    echo: bool


LockBankChoices = PinBank | ExpanderBank | BoardBank
