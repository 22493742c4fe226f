from __future__ import annotations

import os
import pickle
import shutil
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.app.demo_receipts import FILE, leave_demo_receipts
from kiosk.app.places import Places
from kiosk.app.receipts import imported_receipts, kept_since, longest_period, receipts_of, till_database
from kiosk.app.returns import return_desk, with_days
from kiosk.app.till_taking import main, round_of
from kiosk.app.till_watch import BROKEN, TillWatch, as_line, of_line, tills_watched
from kiosk.config.load import load_site
from kiosk.config.returning import Periods, TillDatabase
from kiosk.desks.lockers.messages import Fault, Happened, Mended
from kiosk.errors import DeviceFault, KioskError
from kiosk.rules.returns.policy import last_day
from kiosk.sentences import Sentence
from kiosk.tills.imported import ImportedReceipts
from tests.contracts.test_receipts_contract import COLUMNS, TABLES, till
from tests.rules.returns.policies import demo_book
from tests.sites import SITE, write_site
from tests.tills.exports import CUPS, FIRST, KETTLE, MEAT, NOW, SECOND, ZONE, export

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def where(tmp_path: Path) -> Places:
    """A store with a return desk, and a folder for its till."""
    root = write_site(tmp_path / "site", site=SITE + '\n[returns]\nreceipt_number = "R01########"\n')
    shutil.copy(PROJECT / "schedules/returns.toml", root / "schedules/returns.toml")
    (tmp_path / "state/till").mkdir(parents=True)
    return Places(root, tmp_path / "state")


def old(path: Path, minutes: float = 5) -> Path:
    """Written so long ago."""
    at = NOW.timestamp() - minutes * 60
    os.utime(path, (at, at))
    return path


def test_a_round_takes_what_the_till_left_and_says_what_a_person_must_know(where: Places) -> None:
    old(export(where.state / "till", KETTLE, CUPS))
    old(export(where.state / "till", MEAT.replace("0.535", "0").replace("59.80", "x"), name="bad.csv"))
    old(export(where.state / "till", MEAT, "END,9", name="cut.csv"), minutes=45)

    said = list(round_of(where, NOW))

    assert said == [
        Fault(
            "the till's export cut.csv is not whole for half an hour: 1 lines came and END says 9."
            " Have it exported anew"
        ),
        Happened(
            "the till's export bad.csv cannot be taken: line 2: quantity is 0 (a quantity is more than 0) (mistakes in"
            f" all: 1). It lies in {where.state / 'till/quarantine'}: have it exported anew"
        ),
    ]
    assert [of_line(as_line(one)) for one in said] == said
    assert all(isinstance(of_line(as_line(one)).text, Sentence) for one in said)
    assert imported_receipts(load_site(where.site), where).find("R0100000001") == FIRST
    assert list(round_of(where, NOW))[1:] == [], "the bad one is told once"


@pytest.mark.rule("S20")
def test_receipts_go_when_the_longest_period_and_the_stores_margin_are_over(where: Places) -> None:
    site = load_site(where.site)
    old(export(where.state / "till", KETTLE, CUPS, MEAT))
    list(round_of(where, NOW))

    assert longest_period(demo_book()) == 30
    assert kept_since(site, return_desk(site), NOW) == datetime(2026, 9, 23, tzinfo=ZONE)
    list(round_of(where, datetime(2027, 1, 20, 9, tzinfo=ZONE)))

    found = imported_receipts(site, where)
    assert found.find("R0100000001") is None
    assert found.find("R0100000002") == SECOND


@pytest.mark.rule("S20")
def test_receipts_go_in_time_though_an_export_cannot_be_put_aside(where: Places) -> None:
    old(export(where.state / "till", KETTLE, CUPS))
    list(round_of(where, NOW))
    (where.state / "till/quarantine").write_text("a file where a folder should be")
    old(export(where.state / "till", MEAT.replace("0.535", "0"), name="bad.csv"))

    with pytest.raises(DeviceFault, match="cannot be put there"):
        list(round_of(where, NOW + timedelta(days=2000)))

    assert imported_receipts(load_site(where.site), where).find("R0100000001") is None


@pytest.mark.parametrize(("end", "code"), [("exit 3", "3"), ("kill -9 $$", "-9")])
def test_a_round_that_breaks_down_leaves_its_reason_in_the_log_and_staff_know_of_it_at_the_third(
    where: Places,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    end: str,
    code: str,
) -> None:
    broken = tmp_path / "python"
    broken.write_text(f"#!/bin/sh\necho 'MemoryError: no more of it' >&2\n{end}\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    told: list[Fault | Happened | Mended] = []
    watch = TillWatch(where, where.state / "till", ZONE, told.append)

    for day in range(2):
        watch.look(NOW + timedelta(days=day))
    assert f"the round of the tills ended with {code}, the next one tries again: MemoryError" in caplog.text
    assert told == []
    for day in range(2, 5):
        watch.look(NOW + timedelta(days=day))

    assert told == [Fault(BROKEN)]


def test_the_watch_has_a_round_where_something_waits_and_tells_each_thing_once(where: Places) -> None:
    told: list[Fault | Happened | Mended] = []
    folder = where.state / "till"
    watch = TillWatch(where, folder, ZONE, told.append)
    now = datetime.now(ZONE)

    watch.look(now)
    assert told == []
    os.utime(export(folder, KETTLE, CUPS), (1, 1))
    os.utime(export(folder, MEAT, "END,9", name="cut.csv"), (1, 1))
    watch.look(now)
    watch.look(now)

    [late] = told
    assert isinstance(late, Fault)
    assert "cut.csv is not whole" in late.text
    assert imported_receipts(load_site(where.site), where).find("R0100000001") == FIRST
    (folder / "cut.csv").unlink()
    watch.look(now)
    assert told[1:] == [Mended(late.text)], "nobody has to see to what is mended"


def test_a_line_of_the_round_that_is_none_is_told_as_it_stands() -> None:
    for line in ("Killed", "[1]", "{}"):
        assert of_line(line) == Fault(line)


def test_the_watch_tells_what_is_wrong_with_the_folder_or_the_site(where: Places) -> None:
    told: list[Fault | Happened | Mended] = []
    watch = TillWatch(where, where.state / "till", ZONE, told.append)
    (where.site / "site.toml").write_text("[store")

    watch.look(datetime.now(ZONE))

    [one] = told
    assert isinstance(one, Fault)
    assert "site.toml" in one.text


def test_a_site_that_cannot_be_read_is_told_by_the_process_itself(
    where: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["till_taking", str(where.site), str(where.state)])
    old(export(where.state / "till", MEAT, "END,9", name="cut.csv"), minutes=600)

    assert main() == 0
    assert "cut.csv is not whole" in capsys.readouterr().out
    (where.site / "site.toml").write_text("[store")
    assert main() == 0
    assert "site.toml: end of file: is not valid TOML" in capsys.readouterr().out


def test_a_round_that_takes_too_long_is_ended_and_told(where: Places) -> None:
    told: list[Fault | Happened | Mended] = []
    watch = TillWatch(where, where.state / "till", ZONE, told.append, longest_s=0.01)

    watch.look(datetime.now(ZONE))

    assert told == [Fault("the till's exports could not be taken in time: look at their size and the disk")]


def test_the_watch_runs_beside_the_role_and_ends_with_it(where: Places) -> None:
    told: list[Fault | Happened | Mended] = []
    site = load_site(where.site)

    with tills_watched(site, where, told.append):
        pass
    with tills_watched(replace(site, returns=None), where, told.append):
        pass

    assert told == []


def test_the_till_is_asked_where_the_site_names_its_database(where: Places, tmp_path: Path) -> None:
    site = load_site(where.site)
    assert site.returns is not None
    assert isinstance(receipts_of(site, where), ImportedReceipts)
    (tmp_path / "password").write_text("secret\n")
    database = TillDatabase(till(tmp_path, FIRST), TABLES, COLUMNS, timeout_s=5.0)

    source = receipts_of(replace(site, returns=replace(site.returns, database=database)), where)

    assert source.find("R0100000001") == FIRST
    source.close()
    with pytest.raises(DeviceFault, match="password cannot be read"):
        till_database(site, replace(database, password_file=str(tmp_path / "nowhere")))


def test_a_member_whose_key_is_gone_is_told(where: Places) -> None:
    site = load_site(where.site)
    old(export(where.state / "till", KETTLE))
    list(round_of(where, NOW))
    where.receipts_key.unlink()

    with pytest.raises(DeviceFault, match=r"put receipts\.key back"):
        imported_receipts(site, where).find("R0100000001")


@pytest.mark.rule("R02")
def test_periods_run_over_closed_days_and_public_holidays_as_the_store_says() -> None:
    national_day_eve = date(2026, 9, 30)
    after = with_days(demo_book(), Periods())
    closed = with_days(demo_book(), Periods(frozenset({date(2026, 10, 1)}), public_holidays=False))
    never = with_days(demo_book(), Periods(public_holidays=False))

    assert last_day(national_day_eve, 1, after.shut) == date(2026, 10, 8)
    assert last_day(national_day_eve, 1, closed.shut) == date(2026, 10, 2)
    assert last_day(national_day_eve, 1, never.shut) == date(2026, 10, 1)
    assert last_day(date(2026, 11, 20), 1, after.shut) == date(2026, 11, 21), "a usual Saturday is a day as any other"


def test_a_site_without_a_return_desk_says_how_to_have_one(where: Places) -> None:
    with pytest.raises(KioskError, match=r"add \[returns\] to site\.toml"):
        return_desk(replace(load_site(where.site), returns=None))


def test_the_demo_has_receipts_of_the_last_days_however_often_it_is_started(where: Places) -> None:
    shutil.copy(PROJECT / FILE, where.site / FILE)
    site = load_site(where.site)

    left = [leave_demo_receipts(site, where, NOW.date() - timedelta(days=ago)) for ago in (1, 0, 0)]

    assert left[1] is not None
    assert list(round_of(where, datetime.now(ZONE) + timedelta(days=1))) == []
    kettle = imported_receipts(site, where).find("R0111190002")
    assert kettle is not None
    assert (kettle.bought_on(ZONE), kettle.line(1).name) == (date(2026, 11, 19), "电水壶 1.7L")  # type: ignore[union-attr]
    assert leave_demo_receipts(replace(site, returns=None), where, NOW.date()) is None


def test_the_policy_of_a_store_goes_to_the_process_of_its_screen(where: Places) -> None:
    book = return_desk(load_site(where.site)).book

    assert pickle.loads(pickle.dumps(book)) == book
    assert not book.shut(date(2026, 10, 12))
