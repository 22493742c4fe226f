"""How children that grow share what is left of a row or a column."""

from __future__ import annotations

from kiosk.display.widgets import Grow, Widget


def shared(children: tuple[Widget, ...], own: list[int], left: int) -> list[int]:
    """What is left, given to those that grow."""
    shares = [child.share if isinstance(child, Grow) else 0 for child in children]
    whole, given = sum(shares), 0
    sizes = list(own)
    for place, share in enumerate(shares):
        if share:
            part = left * share // whole if share != whole else left
            left, whole, given = left - part, whole - share, given + part
            sizes[place] += part
    return sizes
