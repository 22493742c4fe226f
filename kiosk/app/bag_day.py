"""Joining the bag storage's day to a Site: its hours, its lost-tag book, its sheets, its reminders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from kiosk.app.places import Places
from kiosk.app.sealing_key import sealing_key
from kiosk.config.bag_storage import NO_LOCKERS, Lockers
from kiosk.config.site import Site
from kiosk.desks.lockers.attendant import Attendant
from kiosk.desks.lockers.closing_watch import ClosingWatch
from kiosk.desks.lockers.deposits import Note
from kiosk.desks.lockers.lost_tags import LostTags
from kiosk.desks.lockers.sheets import TIDIES
from kiosk.errors import DeviceFault
from kiosk.ledger.air_requests import LedgerAirRequests
from kiosk.ledger.lost_tags import LedgerLostTags
from kiosk.ledger.notices import LedgerNotices
from kiosk.ledger.sheets import LedgerSheets
from kiosk.ledger.store import Ledger
from kiosk.rules.broadcast.calendar import chinese_holidays, day_type_for
from kiosk.rules.broadcast.day import day_on
from kiosk.rules.lockers.closing import MORNING, ClosingChoices, Hours, SheetKind, bag_days, day_of
from kiosk.rules.lockers.lost_tag import LostTagChoices
from kiosk.rules.people.person import Person


def hours_of(site: Site) -> Callable[[date], Hours | None]:
    """When the store opens and closes on a date, by its calendar; None where that names no day type it has."""

    @lru_cache(maxsize=64)  # asked for every bag every second, by the thread that opens doors
    def hours_on(day: date) -> Hours | None:
        business = day_on(
            day, lambda one: site.day_types.get(day_type_for(one, site.calendar, chinese_holidays).id), site.zone_info
        )
        if business is None:
            return None
        return Hours(day, business.opens, business.closes, business.joins_before, business.joins_after)

    return hours_on


def bag_days_of(site: Site) -> Callable[[date], Hours | None]:
    """The days of the bag storage: where the doors stay open, they turn at an hour of its own."""
    return lru_cache(maxsize=64)(bag_days(hours_of(site), (site.lockers or NO_LOCKERS).turn))


def store_day_of(site: Site) -> Callable[[datetime], date]:
    """The business day that numbers of the queue are of: a night may belong to the day before."""
    days = bag_days_of(site)
    return lambda now: day_of(now, days)


def lost_tag_choices(choices: Lockers) -> LostTagChoices:
    """What [lockers] says of lost tags."""
    return LostTagChoices(
        fee_fen=choices.fee_fen,
        two_people=choices.two_people,
        abandoned_s=choices.abandoned_s,
        keep_days=choices.keep_days,
    )


def closing_choices(choices: Lockers) -> ClosingChoices:
    """What [lockers] says of the end of the day."""
    signed = TIDIES if choices.tickets else tuple(SheetKind)
    return ClosingChoices(reminders_s=choices.reminders_s, page=choices.reminder_page, sheets=signed)


def demo_closing_choices(choices: Lockers) -> ClosingChoices:
    """Those of the demo: it begins too late for the sheets of its morning, and ends too soon for an hour's patience."""
    found = closing_choices(choices)
    return replace(found, sheets=tuple(kind for kind in found.sheets if kind not in MORNING), census_by_s=60.0)


def note_keeper(site: Site, where: Places, ledger: Callable[[], Ledger]) -> Note | None:
    """Keeps what shoppers say of their things; nothing where they are not asked, or it could not be sealed."""
    if site.lockers is None or not site.lockers.describe:
        return None
    try:
        return LedgerLostTags(ledger, site.zone_info, sealing_key(where.lost_tags_key)).note
    except DeviceFault:  # told by bag_day
        return None


def bag_day(
    site: Site,
    where: Places,
    ledger: Callable[[], Ledger],
    person: Callable[[str], Person | None],
    tell: Callable[[str], None],
    choices: Callable[[Lockers], ClosingChoices] = closing_choices,
) -> tuple[Attendant, ...]:
    """Who minds lost tags and the end of the day at the lockers' desk. Without its key, no lost tag opens a door.

    choices: of what the store says, what counts at the end of the day.
    """
    assert site.lockers is not None
    zone = site.zone_info
    closing = ClosingWatch(
        bag_days_of(site),
        LedgerSheets(ledger, zone),
        LedgerNotices(ledger, zone),
        LedgerAirRequests(ledger, zone),
        choices(site.lockers),
    )
    try:
        key = sealing_key(where.lost_tags_key)
    except DeviceFault as fault:
        tell(str(fault))
        return (closing,)
    return (LostTags(LedgerLostTags(ledger, zone, key), person, lost_tag_choices(site.lockers)), closing)
