"""The counts and the tidying at the lockers, as staff do them at a terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.tag_keys import read_keys
from kiosk.ledger.store import open_ledger
from kiosk.ledger.tags import TagPages
from kiosk.rules.lockers.codes import accepted
from kiosk.rules.lockers.tags import Plaque
from tests.bag_counter import LOCKERS, TEN, Counter, furnished
from tests.ledger.shop import ask


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    return furnished(Counter(tmp_path, capsys, monkeypatch), monkeypatch)


@pytest.mark.rule("L10")
def test_the_morning_count_walks_along_the_lockers_and_tells_the_manager_what_is_missing(counter: Counter) -> None:
    typed = f"{counter.tag(1)}\n-\n"

    assert counter.say("mei", "count", typed=typed) == 1

    assert counter.out == (
        "1 of 2 tags are where they should be\n"
        "  locker 3: tag 3 is missing\n"
        "the morning count is signed by 李梅\n"
        "tags are missing: the manager is told\n"
    )
    assert counter.say("tao", "notices", "--json") == 0
    ((told,),) = [json.loads(counter.out)]
    assert told["what"] == "morning count of 2026-11-23: 1 of 2 tags are not there (locker 3: tag 3 is missing)"
    assert counter.say("tao", "notices") == 0
    assert "manager" in counter.out
    assert counter.say("tao", "notices", "--seen", "1") == 0
    assert counter.say("tao", "notices", "--seen", "1") == 1
    assert ("tao", "has seen to", "tags/2026-11-23/morning count") in counter.audit()


@pytest.mark.rule("L11")
def test_the_census_is_broken_off_goes_on_and_is_signed(counter: Counter) -> None:
    counter.now = TEN.replace(hour=22, minute=30)
    assert counter.say("mei", "census", "--later", typed=f"{counter.tag(3)}\n") == 0
    assert "kept, and not signed yet" in counter.out
    assert counter.say("mei", "census", typed="") == 1
    assert counter.err == "kiosk: refused: nobody has looked at locker 3 yet\n"

    assert counter.say("mei", "census", typed=f"1 {counter.tag(1)}\n3 {counter.tag(3)}\n") == 0

    assert counter.out == "2 of 2 tags are where they should be\nthe evening census is signed by 李梅\n"
    ((content, person),) = ask(counter.path, "SELECT content, person FROM locker_sheet_signed")
    said: Any = json.loads(str(content))
    assert (person, said["differences"], said["found"]) == ("mei", [], 2)


@pytest.mark.rule("L11")
def test_forged_and_strange_tags_are_told_while_they_are_counted(counter: Counter) -> None:
    forged = counter.tag(1)[:-1] + ("0" if counter.tag(1)[-1] != "0" else "1")

    assert counter.say("mei", "census", "--later", typed=f"{forged}\nrubbish\n") == 0

    assert "locker 1: not genuine" in counter.err
    assert "0 of 2 tags" in counter.out


def test_a_chip_counts_as_the_plaque_it_stands_for(counter: Counter) -> None:
    with open_ledger(counter.path) as ledger:
        pages = TagPages(lambda: ledger, lambda: accepted(read_keys(counter.state / "locker-tags.key"), TEN))
        pages.issue_plaque(Plaque(1, 1), "test", TEN)
        assert pages.enrol_chip(Plaque(1, 1), "0A1B2C3D", "test", TEN) == ""

    assert counter.say("mei", "census", "--later", typed="0A1B2C3D\n") == 0
    assert "1 of 2 tags" in counter.out
    assert counter.say("mei", "census", "--later", typed="3 0B1B2C3D\n") == 0
    assert "no plaque" in counter.err


@pytest.mark.rule("L12")
def test_the_tidy_list_is_ticked_in_the_terminal_and_signed(counter: Counter) -> None:
    assert counter.say("mei", "tidy", "--later", typed="y\nthe hinge of 3\n") == 0
    assert counter.say("mei", "tidy", typed="y\n" * 5) == 1
    assert "nobody has looked at way yet" in counter.err

    assert counter.say("mei", "tidy", "--language", "en", typed="是\n") == 0

    assert counter.out == "open: doors: the hinge of 3\nthe morning tidying is signed by 李梅\n"
    assert counter.say("mei", "tidy", "--evening", typed="y\n" * 8) == 0


def test_a_store_that_prints_tickets_has_no_tags_to_count(counter: Counter) -> None:
    site = counter.site / "site.toml"
    site.write_text(site.read_text().replace("[lockers]\n", '[lockers]\ntags = "ticket"\n'))

    assert counter.say("mei", "count") == 1
    assert "no tags hang at the lockers" in counter.err


def test_a_store_without_lockers_is_told_so(counter: Counter) -> None:
    site = counter.site / "site.toml"
    site.write_text(site.read_text().replace(LOCKERS, ""))

    assert counter.say("mei", "count") == 1
    assert "has no [lockers]" in counter.err
