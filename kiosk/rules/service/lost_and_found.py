"""What somebody lost against what was found: what both are told by, and how well they fit (rule S09).

Only what can be tapped is compared. What a thing looks like in words is never shown to who asks for it: that is what
tells its owner from somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.rules.forms.form import Choice, Option
from kiosk.rules.service.record import Record
from kiosk.sentences import N_

CATEGORIES = (
    Option("bag", N_("Bag"), icon="handbag", tone="fetch"),
    Option("wallet", N_("Wallet, card"), icon="wallet", tone="care"),
    Option("phone", N_("Telephone, device"), icon="device-mobile", tone="ease"),
    Option("keys", N_("Keys"), icon="key", tone="care"),
    Option("clothing", N_("Clothing"), icon="coat-hanger", tone="store"),
    Option("other", N_("Something else"), icon="dots-three-circle", tone="plain"),
)
COLORS = (
    Option("black", N_("Black"), colors=("#202024",)),
    Option("white", N_("White, grey"), colors=("#fafaf8", "#8c8e94")),
    Option("red", N_("Red, pink"), colors=("#c82c30", "#f2a7b5")),
    Option("blue", N_("Blue, green"), colors=("#265cbe", "#2e8852")),
    Option("brown", N_("Yellow, brown"), colors=("#e8b428", "#805432")),
    Option("several", N_("Several"), colors=("#c82c30", "#e8b428", "#265cbe")),
)
PLACES = (
    Option("food", N_("Food"), icon="basket", tone="store"),
    Option("clothes", N_("Clothes"), icon="t-shirt", tone="ease"),
    Option("household", N_("Household"), icon="couch", tone="care"),
    Option("checkout", N_("Checkout"), icon="cash-register", tone="fetch"),
    Option("facilities", N_("Toilets, lifts"), icon="toilet", tone="fetch"),
    Option("elsewhere", N_("Somewhere else"), icon="map-pin", tone="plain"),
)
DAYS = (
    Option("0", N_("Today")),
    Option("1", N_("Yesterday")),
    Option("7", N_("This week")),
    Option("30", N_("Longer ago")),
)

CATEGORY = Choice("category", N_("What is it?"), CATEGORIES)
COLOR = Choice("color", N_("What colour is it?"), COLORS)
PLACE = Choice("place", N_("Where was it, most likely?"), PLACES)

SURE, WORTH_A_LOOK = 80, 50
_CATEGORY, _COLOR, _PLACE, _DATE = 40, 25, 15, 20
EARLY = timedelta(days=1)  # people are wrong about the day


@dataclass(frozen=True, slots=True)
class Match:
    """How well a thing that was found fits, 0 to 100."""

    found: Record
    score: int


def score(lost: Record, found: Record) -> int:
    """How well they fit: kind, colour, place, day; 0 for another kind, and for what was found before it was lost."""
    a, b = lost.answers, found.answers
    if a.get("category") != b.get("category") or not a.get("category"):
        return 0
    since = lost_on(lost)
    if found.at.date() < since - EARLY:
        return 0
    fits = _CATEGORY
    fits += _near(a.get("color", ""), b.get("color", ""), "several", _COLOR)
    fits += _near(a.get("place", ""), b.get("place", ""), "elsewhere", _PLACE)
    days = max(0, (found.at.date() - since).days)
    return fits + max(0, _DATE - 2 * days)


def lost_on(lost: Record) -> date:
    """The first day on which it may have been lost."""
    ago = lost.answers.get("when", "0")
    return lost.at.date() - timedelta(days=int(ago) if ago.isdigit() else 0)


def matches(lost: Record, found: Iterable[Record]) -> tuple[Match, ...]:
    """What is worth a look, the best first; of the same score what was found first."""
    scored = (Match(one, score(lost, one)) for one in found)
    return tuple(sorted((one for one in scored if one.score >= WORTH_A_LOOK), key=lambda m: (-m.score, m.found.number)))


def _near(one: str, other: str, anything: str, worth: int) -> int:
    if one == other:
        return worth
    return worth // 2 if anything in (one, other) else 0
