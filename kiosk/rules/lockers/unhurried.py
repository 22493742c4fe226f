"""More time for who asked for it at the screen: how far a time of the bag storage is lengthened.

Twice, and five minutes at most: a locker that nobody gets to is kept from others, and a door that stands open is looked
after by nobody. How long a tag opens its locker once more after the things were fetched is never lengthened (L02), nor
anything that follows from the closing of the store (L03).
"""

from __future__ import annotations

TIMES = 2.0
MOST_S = 300.0


def lengthened(seconds: float) -> float:
    """So long instead; what the store set longer by itself stays as it is."""
    return max(seconds, min(TIMES * seconds, MOST_S))
