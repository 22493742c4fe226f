from __future__ import annotations

from pathlib import Path

from kiosk.config.load import check_site, load_site
from kiosk.config.site import Announcers, Badge
from kiosk.rules.broadcast.releases import Asking
from tests.sites import SITE, write_site

PROJECT = Path(__file__).parents[2]


def test_who_may_use_the_desk_becomes_plain_values(tmp_path: Path) -> None:
    text = (
        SITE
        + """
[announcers]
required = true
release = "all"
signed_in = "2min"

[badge]
device = "/dev/ttyUSB0"
baud = 19200
"""
    )

    site = load_site(write_site(tmp_path, site=text))

    assert site.announcers == Announcers(True, Asking.ALL, 120.0)
    assert site.badge == Badge("/dev/ttyUSB0", 19200)


def test_a_store_that_says_nothing_of_it_asks_once_somebody_is_registered(tmp_path: Path) -> None:
    site = load_site(write_site(tmp_path))

    assert site.announcers == Announcers(None, Asking.POLICY, 600.0)
    assert site.badge is None
    assert not any(script.policy for script in site.binder)


def test_the_demo_stores_example_is_right(tmp_path: Path) -> None:
    example = (PROJECT / "site.toml").read_text(encoding="utf-8").partition("# Who may use the broadcast desk")[2]
    example = example.partition("# The buttons of")[0]
    lines = [line.removeprefix("#   ") for line in example.splitlines() if line.startswith("#   ")]

    site, problems = check_site(write_site(tmp_path, site=SITE + "\n".join(lines)))

    assert problems == ()
    assert site is not None
    assert (site.announcers.required, site.badge) == (True, Badge("/dev/ttyUSB0", 9600))
