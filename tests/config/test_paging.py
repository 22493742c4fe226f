from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from kiosk.config.load import load_site
from kiosk.config.site import Site
from kiosk.rules.broadcast.day import USUAL_SHIFTS, Shift
from kiosk.rules.broadcast.page_watch import USUAL, PagingChoices, Unattended
from kiosk.rules.broadcast.paging import PageRequest, Reason, Title, Whom
from kiosk.units import Language, ZoneId
from tests.sites import DAY_TYPES, SITE, write_site


def site_of(folder: Path, more: str = "", days: str = DAY_TYPES) -> Site:
    return load_site(write_site(folder, site=SITE + more, day_types=days))


@pytest.mark.rule("B20")
def test_a_store_that_says_nothing_pages_as_the_handbook_does(tmp_path: Path) -> None:
    site = site_of(tmp_path)

    assert site.paging == USUAL
    assert (USUAL.times, USUAL.ask_every_s, USUAL.message_after_s) == (2, 60, 120)


def test_a_store_pages_as_it_says(tmp_path: Path) -> None:
    site = site_of(
        tmp_path,
        '[paging]\ntimes = 3\nask_every = "30s"\nmessage_after = "90s"\nagain = true\npatience = "5min"\n'
        'unattended = "air"\nkeep_slips = "48h"\nkeep_names = "1h"\n',
    )

    assert site.paging == PagingChoices(30, 90, True, 300, Unattended.AIR, 3, 48 * 3600, 3600)


def test_a_button_pages_whom_it_says(tmp_path: Path) -> None:
    site = site_of(
        tmp_path,
        '[[buttons]]\nid = "wang"\naction = "page"\n'
        'page = { to = "staff", title = "mr", name = "Wang", reason = "call",'
        ' place = "gate 2", language = "en", zones = ["hall"] }\n[[buttons]]\nid = "yes"\naction = "reached"\n',
    )

    page = PageRequest(Whom.STAFF, Title.MR, "Wang", Reason.CALL, "gate 2", Language("en"), zones=(ZoneId("hall"),))
    assert [button.page for button in site.buttons[-2:]] == [page, None]


@pytest.mark.rule("B18")
def test_a_day_type_has_staffed_hours_of_its_own_or_the_stores(tmp_path: Path) -> None:
    usual = site_of(tmp_path / "usual")
    own = site_of(
        tmp_path / "own",
        days=DAY_TYPES
        + "staffed = []\n[staffing]\nhours = [{ start = 09:00:00, end = 18:00:00 }, { start = 19:00:00 }]\n",
    )

    assert usual.day_types["weekday"].staffed == USUAL_SHIFTS
    assert own.day_types["weekday"].staffed == (Shift(time(9), time(18)), Shift(time(19)))
    assert own.day_types["weekend"].staffed == ()
