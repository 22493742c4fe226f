"""Counting tags at the readers of the front role: who counts where, and what a command asks of it through the hatch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from kiosk.app.bag_day import bag_days_of
from kiosk.app.front_wiring import Tags, World
from kiosk.config.site import Site
from kiosk.desks.lockers.counts import Counts
from kiosk.desks.lockers.messages import CountBegun, CountLeft, CountLooked, CountSigned, Message, Wanted
from kiosk.desks.lockers.plaques import hanging
from kiosk.ledger.sheets import LedgerSheets
from kiosk.ports.bag_day import CountShown
from kiosk.rules.lockers.closing import SheetKind, business_day
from kiosk.rules.people.person import Person
from kiosk.units import LockerId

LONGEST = 200  # characters of a code
KINDS = {"count": SheetKind.MORNING_COUNT, "census": SheetKind.EVENING_CENSUS}


def counts_of(
    site: Site, world: World, tags: Tags, person: Callable[[str], Person | None], seats: frozenset[str]
) -> Counts:
    """The attendant. seats: where somebody may count; its readers are sent to them by whoever joins it to the desk."""
    days = bag_days_of(site)

    def day(now: datetime) -> date | None:
        hours = business_day(now, days)
        return None if hours is None else hours.day

    return Counts(
        LedgerSheets(world.ledger, site.zone_info),
        lambda text: hanging(text, tags.ring.accepted(), tags.pages),
        person,
        day,
        frozenset() if site.lockers is None or site.lockers.tickets else seats,
    )


def wanted_of_count(asked: Mapping[str, Any], operator: str) -> Wanted:
    """What a member of staff asks about a count. Raises ValueError, KeyError, TypeError for what is not so."""
    seat = str(asked["seat"])
    if asked["do"] == "count-begin":
        return CountBegun(seat, KINDS[asked["kind"]], operator)
    return CountSigned(seat, operator)


def count_message(asked: Mapping[str, Any], operator: str) -> Message:
    """What whoever counts says at a keyboard: a code, with the locker or without, or that it is left off."""
    seat = str(asked["seat"])
    if asked["do"] == "count-leave":
        return CountLeft(seat, operator)
    at = asked.get("at")
    return CountLooked(seat, operator, str(asked["text"])[:LONGEST], None if at is None else LockerId(int(at)))


def count_values(count: CountShown) -> dict[str, Any]:
    """A count as JSON has it."""
    return {
        "at": count.at,
        "seen": count.seen,
        "lockers": count.lockers,
        "told": [[one.n, one.said, one.wrong] for one in count.told],
        "found": count.found,
        "expected": count.expected,
        "differences": list(count.differences),
    }
