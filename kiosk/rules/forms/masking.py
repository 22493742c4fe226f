"""What is personal, so far covered that only its owner knows it again (rule S20)."""

from __future__ import annotations

MASK = "•"


def masked(text: str) -> str:
    """As 13•••••••78, 王•: at most a quarter of it at either end, at least one character of it covered."""
    shown = len(text) // 4
    first = max(1, shown) if len(text) > 1 else 0
    return text[:first] + MASK * (len(text) - first - shown) + (text[-shown:] if shown else "")
