from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.config.load import check_site, load_site
from kiosk.config.site import Microphone, Panel, Power
from kiosk.rules.broadcast.panel import Hold, Together
from kiosk.rules.broadcast.power import Delays
from tests.sites import SITE, write_site

PROJECT = Path(__file__).parents[2]
TODAY = date(2026, 11, 21)
WIRED = """
[[buttons]]
id = "safe"
action = "reset"
pin = 13
lamp = 17
guard = "with:reset"

[panel]
chip = 4
bounce_ms = 30
hold = "4s"
stuck = "90s"
on_air_lamp = 22
fault_lamp = 21
key_switch = 26

[power]
source_pin = 23
amplifier_pin = 24
microphone_pin = 25
settle = "5s"
warm = "4s"
quiet = "1s"
drain = "6s"
"""


def test_a_wired_panel_becomes_plain_values(tmp_path: Path) -> None:
    text = SITE.replace('action = "reset"', 'action = "reset"\npin = 12') + WIRED

    site = load_site(write_site(tmp_path, site=text))

    assert site.panel == Panel(4, 0.030, 4.0, 90.0, 22, 21, 26)
    assert site.power == Power(23, 24, 25, Delays(5.0, 4.0, 1.0, 6.0))
    safe = site.buttons[3]
    assert (safe.pin, safe.lamp, safe.guard) == (13, 17, Together("reset"))
    assert site.buttons[1].guard == Hold()


def test_a_microphone_becomes_plain_values(tmp_path: Path) -> None:
    text = """
[[buttons]]
id = "over"
action = "talk-over"
latch = true

[microphone]
device = "USB"
channel = 2
gain_db = 12
duck_db = -24
longest = "90s"
settle = "0s"
prelude = "sounds/chime.wav"
postlude = ""
record = true
keep_days = 7
"""
    site = load_site(write_site(tmp_path, site=SITE + text))

    assert site.microphone == Microphone("USB", 2, 12.0, -24.0, 90.0, 0.0, "sounds/chime.wav", "", True, 7)
    assert [(button.id, button.latch) for button in site.talks] == [("over", True)]
    assert site.talk_frame == ("sounds/chime.wav", None)


@pytest.mark.rule("B09")
def test_a_talk_has_the_store_s_own_prelude_where_it_names_none_and_none_where_nobody_talks(tmp_path: Path) -> None:
    site = load_site(write_site(tmp_path / "silent"))
    talking = load_site(write_site(tmp_path / "site", site=SITE + '[[buttons]]\nid = "over"\naction = "talk-over"\n'))

    assert site.talk_frame == (None, None)
    assert talking.talk_frame == (talking.prelude, talking.postlude)


@pytest.mark.rule("B02")
def test_a_store_that_wires_nothing_has_the_usual_delays_and_no_pins(tmp_path: Path) -> None:
    site = load_site(write_site(tmp_path))

    assert site.panel == Panel(None, 0.020, 3.0, 60.0, None)
    assert site.power == Power(None, None, None, Delays(3.0, 2.0, 2.0, 3.0))
    assert all(button.pin is None and button.lamp is None for button in site.buttons)


def test_a_pin_is_told_once_however_many_use_it_wrongly(tmp_path: Path) -> None:
    text = SITE + "\n[power]\nsource_pin = 15\namplifier_pin = 15\n"

    _, problems = check_site(write_site(tmp_path, site=text), TODAY)

    assert [problem.what.partition(":")[0] for problem in problems] == ["GPIO 15 is reserved"] * 2


def test_the_demo_stores_example_of_a_wired_panel_is_right(tmp_path: Path) -> None:
    rest = (PROJECT / "site.toml").read_text(encoding="utf-8").partition("# A panel that is wired")[2]
    example = rest.partition("\n[returns]")[0]  # what follows completes that section
    lines = [line.removeprefix("#   ") for line in example.splitlines() if line.startswith("#   ")]
    text = SITE + "\n".join(lines).replace('id = "promo"', 'id = "example"')

    site, problems = check_site(write_site(tmp_path, site=text), TODAY)

    assert problems == ()
    assert site is not None
    assert (site.buttons[3].pin, site.panel.on_air_lamp, site.power.amplifier_pin) == (5, 22, 24)
    assert site.panel.key_switch == 26
