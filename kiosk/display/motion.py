"""How a movement goes on: quick at first, softly to its end."""

from __future__ import annotations


def eased(part: float) -> float:
    """How far a movement is after a part of its time, both from 0 to 1."""
    part = min(1.0, max(0.0, part))
    return 1.0 - (1.0 - part) ** 3
