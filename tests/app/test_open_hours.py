"""What the touchscreen knows of the doors: from the store's calendar, over the days that join."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from kiosk.app.bag_day import bag_days_of, hours_of, store_day_of
from kiosk.app.front_screen import open_hours
from kiosk.config.load import load_site
from kiosk.config.site import Site
from kiosk.ports.touchscreen import OpenHours
from tests.ledger.values import SHANGHAI
from tests.sites import CALENDAR, DAY_TYPES, write_site

FRIDAY = date(2026, 11, 27)


def at(clock: str, ahead: int = 0) -> datetime:
    return datetime.fromisoformat(f"{FRIDAY + timedelta(days=ahead)}T{clock}").replace(tzinfo=SHANGHAI)


def open_over_the_weekend(root: Path) -> Site:
    """From Friday at nine until Saturday is over; Sunday opens at nine."""
    title = 'title = { zh-CN = "日", zh-TW = "日", en = "Day" }'
    kinds = f"""
[[day_types]]
id = "friday"
{title}
welcome = {{ start = 09:00:00, end = 09:10:00, playlist = "welcome" }}
dayparts = [{{ start = 09:10:00, end = 00:00:00, playlist = "day" }}]

[[day_types]]
id = "saturday"
{title}
dayparts = [{{ start = 00:00:00, end = 00:00:00, playlist = "day" }}]
"""
    whole = CALENDAR.replace('friday = "weekday"', 'friday = "friday"').replace(
        'saturday = "weekend"', 'saturday = "saturday"'
    )
    return load_site(write_site(root, day_types=DAY_TYPES + kinds, calendar=whole))


def test_the_screen_knows_when_the_doors_close_over_the_days_that_join(tmp_path: Path) -> None:
    hours_on = hours_of(open_over_the_weekend(tmp_path))

    assert open_hours(hours_on, at("12:00", -1)) == OpenHours(at("09:00", -1), at("22:00", -1))
    assert open_hours(hours_on, at("12:00")) == OpenHours(at("09:00"), at("00:00", 2))
    assert open_hours(hours_on, at("12:00", 1)) == OpenHours(at("00:00", 1), at("00:00", 2))
    assert open_hours(hours_on, at("03:00", 2)) == OpenHours(at("09:00", 2), at("22:30", 2))
    assert open_hours(lambda _: None, at("12:00")) is None


def test_the_lockers_and_the_queue_turn_at_five_where_the_doors_stay_open(tmp_path: Path) -> None:
    site = open_over_the_weekend(tmp_path)

    saturday = bag_days_of(site)(FRIDAY + timedelta(days=1))

    assert saturday is not None
    assert (saturday.opens, saturday.closes) == (at("05:00", 1), at("00:00", 2))
    day = store_day_of(site)
    assert [day(at(clock, 1)) for clock in ("04:59", "05:00")] == [FRIDAY, FRIDAY + timedelta(days=1)]
