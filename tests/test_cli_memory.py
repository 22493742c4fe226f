"""`kiosk log` and `kiosk speech`: what the store remembers, and what is spoken before it opens."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from kiosk.ledger.as_run import AsRunPages
from tests import sites
from tests.commanded import Kiosk, Said, kiosk, moment, site, state
from tests.ledger.shop import by_hand, fresh_ledger, unguarded
from tests.ledger.values import SHANGHAI, TEN, a_song, played

__all__ = ["kiosk", "site", "state"]


@pytest.mark.parametrize("page", ["as-run", "audit"])
def test_a_machine_without_a_ledger_says_so_and_begins_none(
    kiosk: Kiosk, site: Path, tmp_path: Path, page: str
) -> None:
    said = kiosk("log", page, where=(site, tmp_path / "state"))

    assert said.code == 1
    assert "there is no ledger" in said.err
    assert not (tmp_path / "state").exists()


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A state directory whose ledger holds one song."""
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger:
        pages = AsRunPages(ledger, SHANGHAI)
        pages.started(a_song())
        pages.ended(played(a_song()))
        pages.note(TEN, "anna", "presses", "promo", {"means": "script"})
    return tmp_path


def test_the_as_run_log_is_read_by_day(kiosk: Kiosk, site: Path, kept: Path) -> None:
    day = TEN.date().isoformat()

    (line,) = kiosk("log", "as-run", "--date", day, "--json", where=(site, kept)).json
    table = kiosk("log", "as-run", "--date", day, where=(site, kept))
    other = kiosk("log", "as-run", "--date", date(1999, 1, 1), "--json", where=(site, kept))

    assert (line["id"], line["outcome"], line["zones"]) == ("music/morning_tea", "played", ["hall", "food"])
    assert moment(line["start"]) == datetime.fromisoformat("2026-10-24T10:03:00.020+08:00")
    assert "10:03:00" in table.out
    assert other.json == []


def test_what_the_demo_broadcast_is_read_where_the_store_remembers_nothing_of_its_own(
    kiosk: Kiosk, site: Path, kept: Path, tmp_path: Path
) -> None:
    state = tmp_path / "state"
    (state / "demo").mkdir(parents=True)
    (kept / "ledger.sqlite").rename(state / "demo" / "ledger.sqlite")
    with fresh_ledger(tmp_path / "own.sqlite"):
        pass

    assert kiosk("log", "audit", "--verify", where=(site, state)).out != ""
    day = TEN.date().isoformat()
    assert len(kiosk("log", "as-run", "--date", day, "--json", where=(site, state)).json) == 1

    (tmp_path / "own.sqlite").rename(state / "ledger.sqlite")
    assert kiosk("log", "as-run", "--date", day, "--json", where=(site, state)).json == []


def test_the_audit_is_read_and_verified(kiosk: Kiosk, site: Path, kept: Path) -> None:
    lines = kiosk("log", "audit", "--json", where=(site, kept))
    whole = kiosk("log", "audit", "--verify", "--json", where=(site, kept))

    assert {"n", "at", "actor", "action", "subject", "details", "hash"} == set(lines.json[0])
    assert (whole.code, whole.json["intact"]) == (0, True)


def test_an_audit_that_somebody_changed_exits_1(kiosk: Kiosk, site: Path, kept: Path) -> None:
    unguarded(kept / "ledger.sqlite")
    by_hand(kept / "ledger.sqlite", "UPDATE audit SET actor = 'nobody' WHERE action = 'presses'")

    said = kiosk("log", "audit", "--verify", "--json", where=(site, kept))

    assert (said.code, said.json["intact"]) == (1, False)


def test_everything_known_beforehand_is_spoken_before_opening(kiosk: Kiosk, tmp_path: Path) -> None:
    few = sites.SITE.replace("[speech]\n", '[speech]\nsurnames = ["王", "李"]\n')
    where = (sites.write_site(tmp_path / "site", site=few), tmp_path / "state")

    first = kiosk("speech", "prepare", "--json", where=where)
    again = kiosk("speech", "prepare", where=where)

    assert (first.code, again.code) == (0, 0)
    assert [one["what"] for one in first.json][:4] == ["evacuation", "lost-child", "closing-30", "page 王"]
    assert len(first.json) == 3 + 2 * 2
    assert all(one["engine"] == "espeak" and one["new"] and not one["trouble"] for one in first.json)
    assert "3 texts of scripts and 4 pages, 0 of them new; nothing is missing" in again.out


def test_what_no_voice_or_only_a_lesser_one_could_say_is_told_with_the_reason(kiosk: Kiosk, tmp_path: Path) -> None:
    def prepared(engines: str) -> Said:
        lines = f'{engines}\ncommand = "/bin/false"\nsurnames = []'
        text = sites.SITE.replace('engines = ["espeak"]', lines)
        root = sites.write_site(tmp_path / "site", site=text)
        return kiosk("speech", "prepare", "--json", where=(root, tmp_path / "state"))

    lesser, none = prepared('engines = ["command", "espeak"]'), prepared('engines = ["command"]')

    assert (lesser.code, none.code) == (1, 1)
    assert lesser.json[0]["engine"] == "espeak"
    assert lesser.json[0]["trouble"].startswith(
        "said by espeak instead: command: false failed: exit code 1; see [speech]"
    )
    assert none.json[0]["engine"] is None
    assert none.json[0]["trouble"].startswith("no voice: command: false failed")
