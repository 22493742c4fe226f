from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.app.bag_day import bag_day, closing_choices, hours_of, lost_tag_choices
from kiosk.app.places import Places
from kiosk.config.load import load_site
from kiosk.config.site import Site
from kiosk.desks.lockers.closing_watch import ClosingWatch
from kiosk.desks.lockers.lost_tags import LostTags
from kiosk.desks.lockers.sheets import TIDIES
from kiosk.errors import LedgerFault
from kiosk.ledger.store import Ledger
from kiosk.rules.lockers.closing import SheetKind
from kiosk.units import ScriptId
from tests import sites

LOCKERS = """
[lockers]
fee = 7.5
keep_days = 3
reminder_page = "closing-30"
[[lockers.rows]]
size = "small"
lockers = "1-3"
place = "left wall"
"""
MONDAY = date(2026, 11, 23)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return load_site(sites.write_site(tmp_path / "site", site=sites.SITE + LOCKERS))


def no_ledger() -> Ledger:
    raise LedgerFault("there is none yet")


def test_the_hours_are_the_calendars(site: Site) -> None:
    hours = hours_of(site)(MONDAY)

    assert hours is not None
    assert (hours.day, hours.opens) == (MONDAY, datetime(2026, 11, 23, 9, tzinfo=site.zone_info))
    assert hours.closes - hours.opens == timedelta(hours=13)
    assert hours_of(replace(site, day_types={}))(MONDAY) is None


def test_the_stores_choices_reach_the_desk(site: Site) -> None:
    assert site.lockers is not None

    lost, closing = lost_tag_choices(site.lockers), closing_choices(site.lockers)

    assert (lost.fee_fen, lost.keep_days) == (750, 3)
    assert (closing.page, closing.sheets) == (ScriptId("closing-30"), tuple(SheetKind))
    assert closing_choices(replace(site.lockers, tickets=True)).sheets == TIDIES


def test_without_its_key_no_lost_tag_opens_a_door_and_the_day_goes_on(site: Site, tmp_path: Path) -> None:
    where = Places(tmp_path / "site", tmp_path / "state")
    told: list[str] = []

    both = bag_day(site, where, no_ledger, lambda id: None, told.append)
    where.lost_tags_key.write_bytes(b"short")
    one = bag_day(site, where, no_ledger, lambda id: None, told.append)

    assert [type(attendant) for attendant in both] == [LostTags, ClosingWatch]
    assert [type(attendant) for attendant in one] == [ClosingWatch]
    assert "put it back from the backup" in told[0]
