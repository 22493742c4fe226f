from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config.load import check_site, load_site
from kiosk.config.site import Touchscreen
from kiosk.units import Language
from tests.sites import SITE, write_site

SCANNER = '\n[[scanners]]\nid = "{}"\ndevice = "/dev/{}"\n'
SCANNERS = SCANNER.format("lockers", "ttyACM0") + SCANNER.format("counter", "ttyACM1")
SCREEN = '\n[touchscreen]\nwidth = 800\nheight = 480\nwidth_mm = 154.0\nlanguage = "zh-TW"\nscanners = ["lockers"]\n'


def test_the_touchscreen_becomes_a_plain_value(tmp_path: Path) -> None:
    site = load_site(write_site(tmp_path, site=SITE + SCANNERS + SCREEN))

    assert site.touchscreen == Touchscreen(800, 480, 154.0, True, Language("zh-TW"), ("lockers",))


def test_the_small_output_beside_it_reads_it_aloud(tmp_path: Path) -> None:
    site = load_site(write_site(tmp_path, site=SITE + SCANNERS + SCREEN + 'sound = "USB Audio"\n'))

    assert site.touchscreen is not None
    assert site.touchscreen.sound == "USB Audio"


def test_how_long_it_waits_for_a_touch_is_the_stores(tmp_path: Path) -> None:
    site = load_site(write_site(tmp_path, site=SITE + SCANNERS + SCREEN + 'idle = "90s"\n'))

    assert site.touchscreen is not None
    assert site.touchscreen.idle_s == 90.0


def test_every_scanner_is_beside_it_unless_told(tmp_path: Path) -> None:
    screen = SCREEN.replace('scanners = ["lockers"]\n', "")

    site = load_site(write_site(tmp_path, site=SITE + SCANNERS + screen))

    assert site.touchscreen is not None
    assert site.touchscreen.scanners == ("lockers", "counter")


def test_a_store_without_a_touchscreen_has_none(tmp_path: Path) -> None:
    assert load_site(write_site(tmp_path)).touchscreen is None


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        (SCREEN.replace("width_mm = 154.0\n", ""), "touchscreen", "width_mm"),
        (SCREEN.replace("154.0", "15.4"), "touchscreen.width_mm", "15.4"),
        (SCREEN.replace("800", "80"), "touchscreen.width", "80"),
        (SCREEN.replace("zh-TW", "fr"), "touchscreen.language", "fr"),
        (SCREEN.replace('"lockers"', '"locker"'), "touchscreen.scanners", 'there is no scanner "locker"'),
        (SCREEN + 'idle = "5s"\n', "touchscreen.idle", "5s"),
        (SCREEN.replace("height", "hight"), "touchscreen", 'unknown key "hight"'),
    ],
)
def test_a_touchscreen_that_cannot_be_is_told_with_its_place(tmp_path: Path, text: str, place: str, what: str) -> None:
    site, problems = check_site(write_site(tmp_path, site=SITE + SCANNERS + text))

    assert site is None
    assert [problem for problem in map(str, problems) if place in problem and what in problem], [*map(str, problems)]


@pytest.mark.parametrize(("more", "front"), [("", False), ("[touchscreen]\nwidth_mm = 217.0\n", True)])
def test_a_screen_alone_is_work_enough_for_the_front_role(more: str, front: bool, tmp_path: Path) -> None:
    site = load_site(write_site(tmp_path, site=SITE + more))

    assert site.lockers is None
    assert site.has_front is front
