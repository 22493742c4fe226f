from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config.load import load_site
from kiosk.errors import SiteError
from kiosk.rules.service.festival import USUAL, Festival
from kiosk.units import LANGUAGES
from tests.sites import SITE, write_site

TITLE = 'title = { zh-CN = "店庆", zh-TW = "店慶", en = "Our anniversary" }'


def test_a_store_that_names_none_greets_on_the_usual_festivals(tmp_path: Path) -> None:
    assert load_site(write_site(tmp_path, site=SITE)).service.festivals == USUAL


@pytest.mark.rule("S08")
def test_a_store_greets_on_festivals_of_its_own_by_both_calendars(tmp_path: Path) -> None:
    more = f'[[festivals]]\nid = "ours"\n{TITLE}\ndate = "5-18"\n'
    more += f'[[festivals]]\nid = "eve"\n{TITLE}\ndate = "1-1"\nlunar = true\ndays_before = 1\n'

    ours, eve = load_site(write_site(tmp_path, site=SITE + more)).service.festivals

    assert ours == Festival("ours", ours.title, 5, 18)
    assert ours.title[LANGUAGES[2]] == "Our anniversary"
    assert (eve.month, eve.day, eve.lunar, eve.before) == (1, 1, True, 1)


@pytest.mark.parametrize("date", ["13-1", "2", "", "0-0", "1-32"])
def test_a_date_that_no_calendar_has_is_told(tmp_path: Path, date: str) -> None:
    with pytest.raises(SiteError, match="festivals"):
        load_site(write_site(tmp_path, site=f'{SITE}[[festivals]]\nid = "x"\n{TITLE}\ndate = "{date}"\n'))
