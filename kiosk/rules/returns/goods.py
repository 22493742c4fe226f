"""What the rules need to know of an article: the traits of its category, and those that the till prints on the line."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kiosk.rules.returns.receipt import Line
from kiosk.units import Language


class Trait(Enum):
    """What sets an article apart; the values are what schedules/returns.toml says. One without any is other goods."""

    APPLIANCE = "appliance"  # audio, video and household appliances (R02, R03)
    HYGIENE = "hygiene"  # underwear, nightwear, swimwear, socks (R05)
    CONSUMABLE = "consumable"  # batteries, film (R05)
    TOBACCO_ALCOHOL = "tobacco-alcohol"  # R05
    CLEARANCE = "clearance"  # 清仓品 (R05)
    FRESH = "fresh"  # fresh and frozen goods: their department is told at once (R14)
    VENDOR = "vendor"  # whose vendor has staff in the house (R15)


Traits = frozenset[Trait]


@dataclass(frozen=True, slots=True)
class Category:
    """A category of goods. names: as the till prints it. valid_from, valid_until: days of purchase, None: always."""

    id: str
    title: Mapping[Language, str]
    names: tuple[str, ...]
    traits: Traits
    valid_from: date | None = None
    valid_until: date | None = None


def folded(name: str) -> str:
    """A category's name as it is compared: width, case and spaces of tills differ."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def traits_of(line: Line, categories: Mapping[str, Traits]) -> Traits:
    """The traits of a line. categories: by `folded` name; one that is not there is other goods."""
    traits = categories.get(line.category)
    if traits is None:
        traits = categories.get(folded(line.category), frozenset())
    if line.appliance:
        traits |= {Trait.APPLIANCE}
    if line.clearance:
        traits |= {Trait.CLEARANCE}
    return traits
