"""What the fault lamp says of both roles: dark while all is well, lit for a fault, blinking where a role is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

MISSING_S = 20.0  # a role that is started anew is back before


class Says(Enum):
    """What the lamp says; the values are what `kiosk status` tells of it."""

    WELL = "dark: all is well"
    FAULT = "lit: there is a fault"
    MISSING = "blinks: a role does not answer"


@dataclass(frozen=True, slots=True)
class OtherRole:
    """What is known of the other role. heard_s: when it last answered, or the first one was asked; monotonic."""

    name: str
    heard_s: float
    faults: Sequence[str] = ()


def says(own: Sequence[str], other: OtherRole | None, now_s: float) -> Says:
    """other: None where the store has none."""
    if other is not None and now_s - other.heard_s > MISSING_S:
        return Says.MISSING
    return Says.FAULT if own or (other is not None and other.faults) else Says.WELL


def reasons(own: Sequence[str], other: OtherRole | None, now_s: float) -> tuple[str, ...]:
    """Why it does not stay dark, in words."""
    if other is None:
        return tuple(own)
    if now_s - other.heard_s > MISSING_S:
        silent = f"the {other.name} role does not answer: see kiosk status, and journalctl -u kiosk-{other.name}"
        return (*own, silent)
    return (*own, *(f"{other.name}: {fault}" for fault in other.faults))
