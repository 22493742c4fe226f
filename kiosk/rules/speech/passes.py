"""How written forms are spelled out: passes over the text, each a pattern and what is said in its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_SIMPLIFIED = "点两万亿楼层负块币镑号时个摄达从间后热转无线为问会条贰欧"
_TRADITIONAL = "點兩萬億樓層負塊幣鎊號時個攝達從間後熱轉無線為問會條貳歐"
_TO_TRADITIONAL = str.maketrans(_SIMPLIFIED, _TRADITIONAL)

SPAN = r"\s*(?:-{1,2}|[–—−~〜～]{1,2}|→|至|到)\s*"
"""What stands between the two ends of a range."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How the store's Mandarin is spoken. taiwan: in Taiwan's words and traditional characters."""

    taiwan: bool = False

    @property
    def one(self) -> str:
        """How 1 is said in a number that is read digit by digit."""
        return "一" if self.taiwan else "幺"


Pass = tuple[re.Pattern[str], Callable[[re.Match[str], Manner], str]]


def written(pattern: str, *, any_case: bool = False) -> re.Pattern[str]:
    """A pattern of a written form; digits and letters are ASCII ones."""
    return re.compile(pattern, re.IGNORECASE if any_case else 0)


def spelled_out(text: str, passes: Sequence[Pass], manner: Manner) -> str:
    """The text after each pass in turn."""
    for pattern, said in passes:
        if manner.taiwan:
            text = pattern.sub(lambda found, said=said: said(found, manner).translate(_TO_TRADITIONAL), text)  # type: ignore[misc]
        else:
            text = pattern.sub(lambda found, said=said: said(found, manner), text)  # type: ignore[misc]
    return text
