"""What a store lends, hands out and changes: its choices for the service desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from kiosk.rules.service.festival import USUAL, Festival
from kiosk.units import LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class Lendable:
    """What is lent (S10). count: how many the store has. icon: of the screens."""

    id: str
    title: Mapping[Language, str]
    count: int
    icon: str = "umbrella"


@dataclass(frozen=True, slots=True)
class Consumable:
    """What is handed out and gets less (S11). low: so few are reported."""

    id: str
    title: Mapping[Language, str]
    low: int


@dataclass(frozen=True, slots=True)
class Campaign:
    """Gifts of a campaign (S14). begins, ends: its first and its last day. vendor: whose gifts they are."""

    id: str
    title: Mapping[Language, str]
    vendor: str
    begins: date
    ends: date


@dataclass(frozen=True, slots=True)
class ChangeLimits:
    """Small change, yuan (S13): so much a day, and so much of it for one person."""

    daily: int = 500
    each: int = 20


@dataclass(frozen=True, slots=True)
class ServiceChoices:
    """The store's choices for its service desk."""

    loans: tuple[Lendable, ...] = ()
    consumables: tuple[Consumable, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    change: ChangeLimits = ChangeLimits()
    festivals: tuple[Festival, ...] = USUAL
    shift_ends: tuple[time, ...] = ()  # when a shift is handed over


def titled(title: Mapping[Language, str], language: Language) -> str:
    """A title in a language, else in the next one that is there."""
    return next((title[one] for one in (language, *LANGUAGES) if title.get(one)), "")
