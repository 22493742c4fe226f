from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.app.front_screen import glass_of
from kiosk.config.first_look import first_look
from kiosk.config.load import load_site
from tests.sites import SITE, write_site

PLAIN = "\n[touchscreen]\nwidth_mm = 217.0\n"
CHOSEN = '\n[touchscreen]\nwidth = 800\nheight = 1280\nwidth_mm = 136\nwhole = false\nlanguage = "en"\n'


@pytest.mark.parametrize("table", [PLAIN, CHOSEN], ids=["as usual", "chosen"])
def test_a_first_look_sees_the_screen_as_the_whole_reading_does(table: str, tmp_path: Path) -> None:
    root = write_site(tmp_path, site=SITE + table)

    site = load_site(root)

    assert site.touchscreen is not None
    assert first_look(root) == glass_of(site.touchscreen, site.name)


@pytest.mark.parametrize(
    "text",
    [
        SITE,
        SITE + "\n[touchscreen]\n",
        SITE + "\n[touchscreen]\nwidth_mm = 0\n",
        SITE + '\n[touchscreen]\nwidth_mm = 217.0\nwidth = "wide"\n',
        SITE + '\n[touchscreen]\nwidth_mm = 217.0\nlanguage = "fr"\n',
        SITE + "\n[touchscreen]\nwidth_mm = 217.0\nwhole = 1\n",
        SITE + "\n[[touchscreen]]\nwidth_mm = 217.0\n",
        "no = toml = at all",
        None,
    ],
)
def test_what_is_not_plainly_there_waits_for_the_whole_reading(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "site.toml").write_text(text, encoding="utf-8")

    assert first_look(tmp_path) is None


def test_a_screen_without_a_readable_name_lights_up_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("store = 3" + PLAIN, encoding="utf-8")

    glass = first_look(tmp_path)

    assert glass is not None
    assert glass.name == {}
