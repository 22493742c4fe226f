from __future__ import annotations

import logging
import sqlite3
import subprocess
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.faults import DamagedLedger
from kiosk.ledger.files import copy_ledger, set_aside
from kiosk.ledger.migrate import migrate
from kiosk.ledger.store import Ledger, engine_at, open_ledger
from kiosk.ledger.verify import Intact, verify
from tests.ledger.shop import ask, by_hand, child, fill_disk, free_disk, fresh_ledger, log_songs, pragma, small_disk
from tests.ledger.values import SHANGHAI, TEN, a_song, played

NIGHT = datetime(2026, 10, 24, 3, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


def pages_of(ledger: Ledger) -> AsRunPages:
    return AsRunPages(ledger, SHANGHAI)


def notes_until_it_fails(ledger: Ledger) -> int:
    """How many were acknowledged."""
    for acknowledged in range(10_000):
        try:
            pages_of(ledger).note(TEN, "anna", "page", "guest", {})
        except LedgerFault:
            return acknowledged
    return 10_000


def spoil_the_middle(path: Path) -> None:
    """A card that lost a stretch of the file."""
    content = bytearray(path.read_bytes())
    middle = len(content) // 4096 * 7 // 8 * 4096  # behind the schema, among the lines
    content[middle : middle + 4 * 4096] = bytes(4 * 4096)
    path.write_bytes(content)


def test_every_commit_goes_to_the_disk_before_it_returns(path: Path) -> None:
    with fresh_ledger(path) as ledger:
        assert pragma(ledger, "journal_mode") == "wal"
        assert pragma(ledger, "synchronous") == 2  # FULL
        assert pragma(ledger, "foreign_keys") == 1


def test_what_was_logged_is_there_after_a_restart(path: Path) -> None:
    with fresh_ledger(path) as ledger:
        pages_of(ledger).started(a_song())

    with open_ledger(path) as ledger:
        assert pages_of(ledger).of_day(TEN.date()) == (a_song(),)


def test_an_orderly_close_leaves_one_file_and_may_come_twice(path: Path) -> None:
    ledger = fresh_ledger(path)
    log_songs(pages_of(ledger), 5)

    ledger.close()
    ledger.close()

    assert sorted(each.name for each in path.parent.iterdir()) == ["ledger.sqlite", "ledger.sqlite.lock"]


def test_a_role_that_stops_leaves_no_journal_to_the_one_that_goes_on(path: Path) -> None:
    with fresh_ledger(path) as staying, fresh_ledger(path) as stopping:
        log_songs(pages_of(stopping), 5)
        pages_of(staying).started(a_song(6))

        stopping.close()

        assert path.with_name("ledger.sqlite-wal").stat().st_size == 0
        assert len(pages_of(staying).of_day(TEN.date())) == 6


def test_a_closed_ledger_takes_nothing_any_more(path: Path) -> None:
    ledger = fresh_ledger(path)
    ledger.close()

    with pytest.raises(LedgerFault, match="was closed"):
        pages_of(ledger).started(a_song())


def test_a_transaction_that_fails_never_happened(path: Path) -> None:
    fact = audit.Fact(TEN, "anna", "page", "guest", {})
    with fresh_ledger(path) as ledger:
        with suppress(RuntimeError), ledger.write() as connection:
            audit.append(connection, fact)
            raise RuntimeError("the desk broke")

        assert verify(ledger) == Intact(0, "0" * 64)


# a start of Python that migrates takes half a second
def test_a_new_ledger_is_made_with_its_folder_by_a_child_that_alone_loads_alembic(tmp_path: Path) -> None:
    with child("open", tmp_path / "state" / "deep" / "ledger.sqlite") as opening:
        said, _ = opening.communicate()

    assert said.split() == ["opened", "without", "alembic"]
    assert (tmp_path / "state" / "deep" / "ledger.sqlite").exists()


def test_a_locked_ledger_is_a_fault_that_passes(path: Path) -> None:
    with fresh_ledger(path, busy_timeout_s=0.01) as ledger:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(LedgerFault, match=r"ledger.sqlite is locked by another program"):
                pages_of(ledger).started(a_song())

        pages_of(ledger).started(a_song())

        assert pages_of(ledger).of_day(TEN.date()) == (a_song(),)


def test_reading_goes_on_while_another_program_writes(path: Path) -> None:
    with fresh_ledger(path, busy_timeout_s=0.01) as ledger:
        log_songs(pages_of(ledger), 1)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")

            assert pages_of(ledger).of_day(TEN.date()) == (played(a_song()),)


def test_a_read_only_ledger_is_a_fault_that_names_the_remedy(path: Path) -> None:
    with fresh_ledger(path) as ledger:
        pragma(ledger, "query_only=ON")
        with pytest.raises(LedgerFault, match=r"ledger.sqlite is read-only .*: make its disk writable again"):
            pages_of(ledger).started(a_song())

        pragma(ledger, "query_only=OFF")
        pages_of(ledger).started(a_song())

        assert pages_of(ledger).of_day(TEN.date()) == (a_song(),)


def test_a_full_disk_is_a_fault_that_names_the_remedy(path: Path) -> None:
    with fresh_ledger(path) as ledger:
        fill_disk(ledger)
        with pytest.raises(LedgerFault, match=r"ledger.sqlite has no room: the disk is full .*: free some space"):
            log_songs(pages_of(ledger), 30)

        free_disk(ledger)
        log_songs(pages_of(ledger), 30)

        assert len(pages_of(ledger).of_day(TEN.date())) == 30
        assert isinstance(verify(ledger), Intact)


def test_a_really_full_disk_loses_no_line_that_was_acknowledged(tmp_path: Path) -> None:
    with small_disk(tmp_path / "card", kilobytes=1024) as card, fresh_ledger(card / "ledger.sqlite") as ledger:
        acknowledged = notes_until_it_fails(ledger)

        assert 10 < acknowledged < 10_000
        verdict = verify(ledger)
        assert isinstance(verdict, Intact)
        assert verdict.lines == acknowledged


def test_a_disk_that_is_read_only_at_the_start_is_a_fault(tmp_path: Path) -> None:
    with small_disk(tmp_path / "card", kilobytes=1024) as card:
        fresh_ledger(card / "ledger.sqlite").close()
        subprocess.run(["mount", "-o", "remount,ro", str(card)], check=True)

        with pytest.raises(LedgerFault, match="is read-only"):
            open_ledger(card / "ledger.sqlite")


def test_a_folder_that_cannot_be_made_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")

    with pytest.raises(LedgerFault, match=r"state/ledger.sqlite cannot be opened"):
        open_ledger(tmp_path / "state" / "ledger.sqlite")


@pytest.mark.parametrize("content", [b"not a database at all, " * 500, b"SQLite format 3\x00" + b"\x07" * 9000])
def test_a_damaged_ledger_is_refused_and_stays_where_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    with pytest.raises(DamagedLedger, match=r"ledger.sqlite is damaged.*: restore the last backup"):
        open_ledger(path)

    assert path.read_bytes() == content


# the fresh file is migrated in a child: half a second
def test_a_damaged_ledger_is_replaced_on_demand_and_everybody_hears_of_it(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path.write_bytes(b"garbage" * 1000)

    with open_ledger(path, replace_damaged=True, now=NIGHT) as ledger:
        aside = path.with_name("ledger.sqlite.damaged-20261024T030000Z")
        with ledger.read() as connection:
            (line,) = audit.lines(connection, UTC)

        assert aside.read_bytes() == b"garbage" * 1000
        assert (line.at, line.action, line.subject) == (NIGHT, "damaged ledger replaced", aside.name)
        assert "is damaged" in line.details["damage"]
        assert [record.levelno for record in caplog.records] == [logging.ERROR]
        pages_of(ledger).started(a_song())
        assert pages_of(ledger).of_day(TEN.date()) == (a_song(),)


def test_a_sound_ledger_is_not_replaced(path: Path) -> None:
    with fresh_ledger(path) as ledger:
        pages_of(ledger).started(a_song())

    with open_ledger(path, replace_damaged=True) as ledger:
        assert pages_of(ledger).of_day(TEN.date()) == (a_song(),)


def test_the_check_finds_nothing_wrong_with_a_sound_ledger(path: Path) -> None:
    with fresh_ledger(path) as ledger:
        log_songs(pages_of(ledger), 3)

        assert ledger.check() == ()


def test_the_check_names_a_guard_that_somebody_took_away(path: Path) -> None:
    with fresh_ledger(path) as ledger:
        by_hand(path, "DROP TRIGGER audit_no_delete")

        assert ledger.check() == (f"{path}: audit_no_delete is missing from the schema",)


def test_damage_in_the_middle_is_found_by_the_check_and_then_by_the_next_start(path: Path) -> None:
    with fresh_ledger(path) as ledger:
        log_songs(pages_of(ledger), 150)
    spoil_the_middle(path)
    with open_ledger(path) as ledger:  # a start reads the ends only: it has ten seconds, not minutes
        found = ledger.check()

    assert found
    with pytest.raises(DamagedLedger, match="restore the last backup"):
        open_ledger(path)


def test_a_suspicion_that_proves_wrong_is_forgotten(path: Path) -> None:
    fresh_ledger(path).close()
    path.with_name("ledger.sqlite.suspect").touch()

    open_ledger(path).close()

    assert not path.with_name("ledger.sqlite.suspect").exists()


def test_a_role_follows_when_the_other_one_replaced_the_file(path: Path) -> None:
    with fresh_ledger(path) as front:
        pages_of(front).started(a_song(1))
        aside = set_aside(path, NIGHT)
        migrate(path)

        pages_of(front).started(a_song(2))

        assert pages_of(front).of_day(TEN.date()) == (a_song(2),)
    assert ask(aside, "SELECT key FROM as_run") == [(a_song(1).key,)]


def test_a_ledger_that_vanished_is_a_fault_and_not_begun_anew_on_the_quiet(path: Path) -> None:
    with fresh_ledger(path) as ledger:
        set_aside(path, NIGHT)

        with pytest.raises(LedgerFault, match="cannot be opened"):
            pages_of(ledger).started(a_song())

    assert not path.exists()


def test_a_copy_is_whole_while_the_ledger_is_in_use(path: Path) -> None:
    with fresh_ledger(path) as ledger:
        log_songs(pages_of(ledger), 3)
        copy_ledger(path, path.with_name("copy.sqlite"))
        log_songs(pages_of(ledger), 4)

    with open_ledger(path.with_name("copy.sqlite")) as copy:
        assert len(pages_of(copy).of_day(TEN.date())) == 3
        assert isinstance(verify(copy), Intact)


@pytest.mark.parametrize("change", ["kind = 'opera'", "real_start = 'soon'", "zones = 7", "zones = '{'"])
def test_a_line_that_makes_no_sense_is_a_fault_when_read(path: Path, change: str) -> None:
    with fresh_ledger(path) as ledger:
        pages_of(ledger).started(a_song())
        by_hand(path, f"UPDATE as_run SET {change}")

        with pytest.raises(LedgerFault, match="line 1 of as_run makes no sense"):
            pages_of(ledger).of_day(TEN.date())


def test_a_damaged_ledger_is_not_copied_over_a_good_backup(path: Path) -> None:
    with fresh_ledger(path) as ledger:
        log_songs(pages_of(ledger), 150)
    target = path.with_name("copy.sqlite")
    target.write_bytes(b"last night's backup")
    spoil_the_middle(path)

    with open_ledger(path), pytest.raises(LedgerFault, match="is damaged"):
        copy_ledger(path, target)

    assert target.read_bytes() == b"last night's backup"
    assert list(path.parent.glob("*.part")) == []


def test_two_ledgers_damaged_in_the_same_second_are_both_kept(path: Path) -> None:
    path.write_bytes(b"first")
    first = set_aside(path, NIGHT)
    path.write_bytes(b"second")
    second = set_aside(path, NIGHT)

    assert (first.read_bytes(), second.read_bytes()) == (b"first", b"second")


def test_a_file_that_was_created_but_never_written_becomes_a_ledger(path: Path) -> None:
    by_hand(path, "PRAGMA user_version = 1")

    migrate(path)

    open_ledger(path).close()


def test_a_folder_whose_file_system_keeps_no_journal_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerFault, match="keeps no write-ahead log"):
        engine_at(Path("/dev/null"), mode="memory").connect()
