from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.config.load import load_site
from kiosk.errors import SiteError
from kiosk.rules.service.queue_calls import USUAL, QueueChoices
from kiosk.units import ZoneId
from tests.sites import SITE, write_site


def test_a_store_that_says_nothing_calls_its_numbers_aloud_in_the_whole_store(tmp_path: Path) -> None:
    queue = load_site(write_site(tmp_path, site=SITE)).queue

    assert queue == USUAL
    assert not queue.at_screen


def test_a_store_that_has_a_queue_gives_out_numbers_at_the_touchscreen(tmp_path: Path) -> None:
    queue = load_site(write_site(tmp_path, site=f"{SITE}[queue]\n")).queue

    assert queue == replace(USUAL, at_screen=True)


def test_a_store_calls_its_numbers_as_it_says(tmp_path: Path) -> None:
    more = '[queue]\ndesks = 3\naloud = false\nready = true\nstale = "2min"\ntogether = 2\n'

    site = load_site(write_site(tmp_path, site=f'{SITE}{more}zones = ["hall"]\nboard = false\nat_screen = false\n'))

    assert site.queue == QueueChoices(False, True, 120.0, 2, (ZoneId("hall"),), 3, False)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ('zones = ["hal"]', "hal"),
        ("desks = 0", "queue.desks"),
        ('stale = "1s"', "queue.stale"),
        ("loud = true", "loud"),
    ],
)
def test_a_mistake_about_the_queue_is_told(tmp_path: Path, line: str, wrong: str) -> None:
    with pytest.raises(SiteError, match=wrong):
        load_site(write_site(tmp_path, site=f"{SITE}[queue]\n{line}\n"))
