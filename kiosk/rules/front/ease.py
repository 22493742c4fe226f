"""What makes the screen easier for somebody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ease:
    """What makes the screen easier for somebody: larger text, stronger contrast, everything to touch within reach,
    twice the time for everything, each screen read aloud."""

    large_text: bool = False
    high_contrast: bool = False
    low_reach: bool = False
    more_time: bool = False
    aloud: bool = False


AS_USUAL = Ease()
