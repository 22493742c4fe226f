"""What the touchscreen shows while nobody touches it: today's promotions in turn, and at night a dark screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kiosk.rules.front.session import Business, Session
from kiosk.units import Language

EACH_S = 9.0  # long enough to read a slide twice


@dataclass(frozen=True, eq=False, slots=True)
class Promotion:
    """Something that is on. picture: a file of the site, "" for none. icon: shown where there is no picture.

    valid_from, valid_until: both included; None for always.
    """

    id: str
    title: Mapping[Language, str]
    text: Mapping[Language, str] = field(default_factory=dict)
    picture: str = ""
    icon: str = "seal-percent"
    tone: str = "brand"
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Promotions:
    """Those of a day, as the screens are told of them."""

    today: tuple[Promotion, ...]


def on(promotions: tuple[Promotion, ...], today: date) -> tuple[Promotion, ...]:
    """What is on at a date; a campaign comes and leaves by itself."""
    return tuple(
        one
        for one in promotions
        if (one.valid_from is None or one.valid_from <= today) and (one.valid_until is None or today <= one.valid_until)
    )


def resting(session: Session, now_s: float, after_s: float, slides: int) -> int | None:
    """The slide that is shown because nobody has touched the screen for so long; None while somebody may be there.

    after_s: 0 for never. slides: how many there are; none, none is shown.
    """
    rested_s = now_s - session.touched_s - after_s
    if not after_s or not slides or rested_s < 0 or not session.untouched or session.business is not Business.NONE:
        return None
    return int(rested_s // EACH_S) % slides


def next_slide_s(session: Session, now_s: float, after_s: float, slides: int) -> float | None:
    """In how many seconds `resting` says something else; None for never by itself."""
    if not after_s or not slides or not session.untouched or session.business is not Business.NONE:
        return None
    rested_s = now_s - session.touched_s - after_s
    if rested_s < 0:
        return -rested_s
    return EACH_S - rested_s % EACH_S if slides > 1 else None
