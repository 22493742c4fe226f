from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config.load import check_site, load_site
from kiosk.config.site import Scanner
from tests.sites import SITE, write_site

PROJECT = Path(__file__).parents[2]
SERIAL = '\n[[scanners]]\nid = "lockers"\ndevice = "/dev/ttyACM0"\nbaud = 19200\n'
TYPING = '\n[[scanners]]\nid = "counter"\ndevice = "/dev/input/by-id/usb-x-event-kbd"\n'
BADGE = '\n[badge]\ndevice = "/dev/ttyACM0"\n'


def test_scanners_become_plain_values(tmp_path: Path) -> None:
    site = load_site(write_site(tmp_path, site=SITE + SERIAL + TYPING))

    assert site.scanners == (
        Scanner("lockers", "/dev/ttyACM0", 19200),
        Scanner("counter", "/dev/input/by-id/usb-x-event-kbd", 9600),
    )


def test_a_store_without_lockers_has_none(tmp_path: Path) -> None:
    assert load_site(write_site(tmp_path)).scanners == ()


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        (
            SERIAL + SERIAL.replace("lockers", "counter"),
            'scanner[2] "counter".device',
            'is the scanner "lockers" already',
        ),
        (BADGE + SERIAL, 'scanner[1] "lockers".device', "is the badge reader already"),
        (TYPING + "baud = 9600\n", 'scanner[1] "counter".baud', "a scanner that types has no speed"),
        (SERIAL + SERIAL.replace("ACM0", "ACM1"), 'scanner[2] "lockers".id', 'the id "lockers" is taken'),
        (SERIAL.replace("19200", "1234"), 'scanner[1] "lockers".baud', "is the number 1234"),
        (SERIAL.replace("device", "port"), 'scanner[1] "lockers"', 'unknown key "port"'),
    ],
)
def test_a_scanner_that_cannot_be_is_told_with_its_place(tmp_path: Path, text: str, place: str, what: str) -> None:
    site, problems = check_site(write_site(tmp_path, site=SITE + text))

    assert site is None
    assert [str(problem) for problem in problems if place in problem.place and what in problem.what]


def test_the_demo_stores_example_is_right(tmp_path: Path) -> None:
    example = (PROJECT / "site.toml").read_text(encoding="utf-8").partition("# What reads the tags")[2]
    example = example.partition("# The self-check")[0]
    lines = [line.removeprefix("#   ") for line in example.splitlines() if line.startswith("#   ")]

    site, problems = check_site(write_site(tmp_path, site=SITE + "\n".join(lines)))

    assert problems == ()
    assert site is not None
    assert [scanner.id for scanner in site.scanners] == ["lockers", "counter"]
