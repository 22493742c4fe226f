from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.config.bag_storage import Lockers, Place
from kiosk.config.load import check_site, load_site
from kiosk.config.lockers import positions
from kiosk.rules.lockers.locker import Size
from kiosk.units import LockerId, ScriptId
from tests.sites import SITE, write_site

PROJECT = Path(__file__).parents[2]
WALL = '[[lockers.rows]]\nsize = "medium"\nlockers = "2, 1"\nplace = "left wall"\n'


def test_a_store_without_lockers_has_none(tmp_path: Path) -> None:
    assert load_site(write_site(tmp_path)).lockers is None


def test_a_store_that_names_its_doors_has_the_usual_choices(tmp_path: Path) -> None:
    lockers = load_site(write_site(tmp_path, site=SITE + WALL)).lockers

    left = Place(Size.MEDIUM, "left wall")
    assert lockers == Lockers({LockerId(1): left, LockerId(2): left})
    assert list(lockers.places) == [1, 2]


def test_what_the_store_says_of_its_lockers_becomes_plain_values(tmp_path: Path) -> None:
    text = """
[lockers]
rest = "3s"
tries = 2
answer = "2s"
undecided = "45s"
open_longest = "4min"
close = "1min"
show_tag = "90s"
grace = "0s"
again = 0
describe = true
wrong_tags = 3
forgeries = 2
wrong_within = "30min"
fee = 7.5
two_people = false
abandoned = "24h"
keep_days = 0
reminders = ["10min", "45min"]
reminder_page = "closing-30"
tidy = ["doors wiped"]
"""

    lockers = load_site(write_site(tmp_path, site=SITE + text + WALL)).lockers

    left = Place(Size.MEDIUM, "left wall")
    assert lockers == Lockers(
        places={LockerId(1): left, LockerId(2): left},
        rest_s=3.0,
        tries=2,
        answer_s=2.0,
        undecided_s=45.0,
        open_longest_s=240.0,
        close_s=60.0,
        show_tag_s=90.0,
        grace_s=0.0,
        again=0,
        fee_fen=750,
        two_people=False,
        abandoned_s=86_400.0,
        keep_days=0,
        reminders_s=(2700.0, 600.0),
        reminder_page=ScriptId("closing-30"),
        tidy=("doors wiped",),
        describe=True,
        wrong_tags=3,
        forgeries=2,
        wrong_within_s=1800.0,
    )


def test_the_demo_stores_example_of_a_wired_bank_is_right(tmp_path: Path) -> None:
    example = (PROJECT / "site.toml").read_text(encoding="utf-8").partition("[lockers]\n")[2]
    example = example.partition("# A panel that is wired")[0].partition("\n[returns]")[0]
    lines = [line.removeprefix("#   ") for line in example.splitlines()]
    text = "\n".join(line for line in lines if not line.startswith(("# ", "reminder_page")))  # of its own binder

    site, problems = check_site(write_site(tmp_path, site=SITE + "[lockers]\n" + text))

    assert problems == ()
    assert site is not None
    assert site.lockers is not None
    assert sorted(locker for bank in site.lockers.banks for locker in bank.locks) == list(range(1, 13))


def test_the_demo_store_has_twelve_lockers_of_three_sizes() -> None:
    lockers = load_site(PROJECT).lockers

    assert lockers is not None
    sizes = [place.size for place in lockers.places.values()]
    assert (len(sizes), set(sizes)) == (12, set(Size))
    # its reminders come between its closing calls
    usual = Lockers(lockers.places, reminders_s=(2700.0, 1200.0), reminder_page=ScriptId("bags"))
    assert lockers == usual, "the demo store's lines show the usual choices"


@pytest.mark.parametrize(
    ("text", "numbers"), [("1", [1]), ("1-3", [1, 2, 3]), ("1 - 2,7 , 9-9", [1, 2, 7, 9]), ("512", [512])]
)
def test_positions_are_written_as_stretches(text: str, numbers: list[int]) -> None:
    assert list(positions(text)) == numbers


@pytest.mark.parametrize("text", ["", ",", "1,", "0", "01", "-3", "3-1", "513", "1-", "１", "1..3", "9" * 50])
def test_what_names_no_lockers_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        positions(text)
