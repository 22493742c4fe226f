"""What a screen of the bag storage is to show: frozen, so that a screen is a pure function of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kiosk.rules.lockers.locker import Size


class Kind(Enum):
    """What goes on at a seat."""

    DEPOSIT = "deposit"
    RETRIEVAL = "retrieval"
    REFUSAL = "refusal"  # a tag that opens nothing


@dataclass(frozen=True, slots=True)
class Shown:
    """A shopper's procedure. seat: the screen or reader. step: of the rule's table, "" for a refusal.

    sentence: the key of what the shopper is told. number: of the locker's tag, 0 for none yet. deadline_s: when the
    step ends by itself, monotonic; None for never. over: it only lingers for a moment, to be read.
    """

    seat: str
    kind: Kind
    step: str
    sentence: str
    number: int = 0
    size: Size | None = None
    deadline_s: float | None = None
    over: bool = False


def sentence(kind: Kind, step: str) -> str:
    """The key of what a step says: "deposit.put-in"."""
    return f"{kind.value}.{step.replace(' ', '-')}"
