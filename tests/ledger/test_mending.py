"""A ledger that the card spoilt comes back, with everything that can still be read, and no door opens by a guess."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from kiosk.errors import LedgerFault
from kiosk.ledger import audit, mending
from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.files import copy_ledger, set_aside
from kiosk.ledger.lockers import LedgerLockers
from kiosk.ledger.mending import ALL_OF_IT, lockers_alike, mend
from kiosk.ledger.notices import LedgerNotices
from kiosk.ledger.store import Ledger, open_ledger
from kiosk.ledger.verify import Intact, verify
from kiosk.ports.lockers import Entry
from kiosk.rules.lockers.deposit import Deposit
from kiosk.rules.lockers.locker import Assignment, Door, Locker, Size
from kiosk.units import LockerId
from tests.ledger.shop import ask, fresh_ledger, log_songs
from tests.ledger.values import SHANGHAI, TEN, a_song, played

NOW = datetime(2026, 10, 24, 12, 0, tzinfo=UTC)
LATE = 60  # songs before the backup; as many after it
FULL = LockerId(1)


@pytest.fixture(scope="module")
def worn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger, and beside it the backup of a while ago: since then came songs, and a bag into locker 1."""
    path = tmp_path_factory.mktemp("worn") / "ledger.sqlite"
    with fresh_ledger(path) as ledger:
        book, pages = LedgerLockers(lambda: ledger, SHANGHAI), AsRunPages(ledger, SHANGHAI)
        free = Locker(FULL, Size.SMALL, 1, 1, Assignment.FREE, Door.CLOSED, TEN)
        book.write(Entry(TEN, (free,)))
        log_songs(pages, LATE)
        copy_ledger(path, path.with_name("backup.sqlite"))
        for n in range(LATE + 1, 2 * LATE + 1):
            pages.started(a_song(n))
            pages.ended(played(a_song(n)))
        taken = Locker(FULL, Size.SMALL, 1, 1, Assignment.OCCUPIED, Door.CLOSED, TEN, deposit=1)
        book.write(Entry(TEN, (taken,), (Deposit(1, FULL, 1, 1, TEN, stored=TEN, kept=TEN),)))
    return path


@pytest.fixture
def path(worn: Path, tmp_path: Path) -> Path:
    for one in worn.parent.glob("*.sqlite"):
        (tmp_path / one.name).write_bytes(one.read_bytes())
    return tmp_path / worn.name


def backups(path: Path, *names: str) -> Callable[[Path], Iterator[tuple[str, Path]]]:
    def unpacked(into: Path) -> Iterator[tuple[str, Path]]:
        for name in names:
            ledger = into / f"{name}.sqlite"
            ledger.write_bytes(path.with_name(f"{name}.sqlite").read_bytes())
            yield name, ledger

    return unpacked


def spoil(path: Path, name: str, *, nth: int = 0) -> None:
    """A page of that table or index is what the card makes of it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        pages = connection.execute("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'", (name,)).fetchall()
    with path.open("r+b") as file:
        file.seek((pages[nth][0] - 1) * size)
        file.write(b"\xa5" * size)
    path.with_name(f"{path.name}.suspect").touch()


def has_dbstat() -> bool:
    with closing(sqlite3.connect(":memory:")) as connection:
        return ("ENABLE_DBSTAT_VTAB",) in connection.execute("PRAGMA compile_options").fetchall()


needs_dbstat = pytest.mark.skipif(not has_dbstat(), reason="this SQLite does not tell where its pages are")


def songs(path: Path) -> int:
    return int(str(ask(path, "SELECT count(*) FROM as_run")[0][0]))


def locker(path: Path) -> Locker:
    with open_ledger(path) as ledger:
        return LedgerLockers(lambda: ledger, SHANGHAI).lockers()[0]


def assert_whole(path: Path) -> None:
    with open_ledger(path) as ledger:
        assert ledger.check() == ()
        assert isinstance(verify(ledger), Intact)
        with ledger.read() as connection:
            lines = [line for line in audit.lines(connection, UTC) if line.action == "damaged ledger brought back"]
        assert len(lines) == 1
        (notice,) = LedgerNotices(lambda: ledger, SHANGHAI).hanging()
        assert "the ledger was damaged and is back" in notice.text


@needs_dbstat
def test_where_an_index_is_spoilt_nothing_is_lost(path: Path) -> None:
    spoil(path, "as_run_once")

    mended = mend(path, backups(path, "backup"), NOW)

    assert (mended.how, mended.lockers) == (ALL_OF_IT, 0)
    assert songs(path) == 2 * LATE
    assert (locker(path).assignment, locker(path).unconfirmed) == (Assignment.OCCUPIED, False)
    assert_whole(path)
    assert len(list(path.parent.glob("ledger.sqlite.damaged-*Z"))) == 1


@needs_dbstat
@pytest.mark.rule("L02")
@pytest.mark.parametrize("table", ["as_run", "audit"])
def test_where_rows_are_spoilt_the_rest_is_put_upon_the_backup(path: Path, table: str) -> None:
    spoil(path, table, nth=-1 if table == "audit" else 2)

    mended = mend(path, backups(path, "backup"), NOW)

    assert mended.how == "from backup and what was readable of it since"
    assert mended.lockers == 1
    assert songs(path) == 2 * LATE if table == "audit" else LATE < songs(path) < 2 * LATE
    found = locker(path)
    assert (found.assignment, found.deposit, found.unconfirmed) == (Assignment.QUARANTINED, 1, True)
    assert found.why == "the ledger is older than what lies in it: look"
    with open_ledger(path) as ledger:
        assert LedgerLockers(lambda: ledger, SHANGHAI).next_deposit() == 2, "no number is given twice"
    assert_whole(path)


@pytest.mark.rule("L02")
@pytest.mark.parametrize("content", [b"", b"garbage" * 3000], ids=["gone", "garbage"])
def test_of_what_is_gone_the_newest_whole_backup_is_taken(path: Path, content: bytes) -> None:
    path.with_name("newer.sqlite").write_bytes(b"SQLite format 3\0" + b"\x07" * 9000)
    path.write_bytes(content) if content else path.unlink()

    mended = mend(path, backups(path, "newer", "backup"), NOW)

    assert mended.how == "from backup: what was written since is lost"
    assert songs(path) == LATE
    assert (locker(path).assignment, locker(path).unconfirmed) == (Assignment.OUT_OF_SERVICE, True)
    assert_whole(path)


@needs_dbstat
def test_a_row_that_is_lost_for_good_is_named_by_the_audit(path: Path) -> None:
    spoil(path, "as_run", nth=-2)

    mended = mend(path, backups(path, "backup"), NOW)

    assert mended.how == "from backup and what was readable of it since"
    assert LATE < songs(path) < 2 * LATE
    assert_whole(path)


@needs_dbstat
def test_without_a_backup_it_comes_back_as_far_as_it_can_be_read(path: Path) -> None:
    spoil(path, "as_run", nth=2)

    mended = mend(path, backups(path), NOW)

    assert mended.how == "from what was readable of it: there was no backup"
    assert LATE < songs(path) < 2 * LATE
    assert mended.lockers == 1
    assert_whole(path)


def test_where_nothing_can_be_read_it_is_said_and_nothing_is_touched(path: Path) -> None:
    path.write_bytes(b"garbage" * 3000)

    with pytest.raises(LedgerFault, match="neither it nor a backup can be read"):
        mend(path, backups(path), NOW)

    assert path.read_bytes() == b"garbage" * 3000
    assert list(path.parent.glob(".ledger*")) == []


def test_a_sound_ledger_is_left_alone(path: Path) -> None:
    before = path.read_bytes()

    assert mend(path, backups(path, "backup"), NOW).how == ""
    assert path.read_bytes() == before


def test_the_power_may_go_between_setting_aside_and_putting_in_place(path: Path) -> None:
    """The mended one lies ready, the damaged one has gone aside: the next start takes it up."""
    path.with_name("ledger.sqlite.mended").write_bytes(path.with_name("backup.sqlite").read_bytes())
    path.with_name("ledger.sqlite-wal").write_bytes(b"of the damaged one")
    path.unlink()

    with open_ledger(path) as ledger:
        assert ledger.check() == ()

    assert songs(path) == LATE
    assert not path.with_name("ledger.sqlite.mended").exists()


def test_a_mended_one_that_lies_beside_the_damaged_one_is_made_anew(path: Path) -> None:
    path.with_name("ledger.sqlite.mended").write_bytes(b"whatever")
    path.write_bytes(b"garbage" * 3000)

    mend(path, backups(path, "backup"), NOW)

    assert_whole(path)


def test_two_ledgers_are_alike_where_they_tell_the_same_of_every_locker(path: Path) -> None:
    backup = path.with_name("backup.sqlite")

    assert lockers_alike(path, path)
    assert not lockers_alike(path, backup)
    assert not lockers_alike(path, path.with_name("nowhere"))


def test_a_restored_locker_is_dated_from_then(path: Path) -> None:
    path.unlink()
    mend(path, backups(path, "backup"), NOW + timedelta(hours=1))

    assert locker(path).since == NOW + timedelta(hours=1)


def test_while_somebody_writes_nothing_is_mended(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "WAIT_S", 0.05)
    spoil_the_end(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(LedgerFault, match="is locked by another program"):
            mend(path, backups(path, "backup"), NOW)
    assert not list(path.parent.glob("*.damaged-*"))


def test_whoever_waited_for_its_turn_does_not_write_into_the_one_that_was_set_aside(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as mender, Ledger(path, busy_timeout_s=60.0) as ledger:
        with ledger.read():
            pass
        begun = threading.Event()
        event.listen(ledger.engine, "checkout", lambda *_: begun.set())
        mender.execute("BEGIN IMMEDIATE")
        refused: list[str] = []

        def write() -> None:
            try:
                with ledger.write() as connection:
                    audit.append(connection, audit.Fact(NOW, "anna", "writes", "meanwhile", {}))
            except LedgerFault as fault:
                refused.append(str(fault))

        writer = threading.Thread(target=write)
        writer.start()
        begun.wait()
        aside = set_aside(path, NOW)
        path.with_name("backup.sqlite").rename(path)
        mender.execute("ROLLBACK")
        writer.join()

        assert len(refused) == 1
        assert "was replaced by a mended one" in refused[0]
        assert ask(aside, "SELECT count(*) FROM audit WHERE subject = 'meanwhile'") == [(0,)]
        write()
        assert len(refused) == 1
        assert ask(path, "SELECT count(*) FROM audit WHERE subject = 'meanwhile'") == [(1,)]


def spoil_the_end(path: Path) -> None:
    """The last page is nonsense, whatever it holds."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        file.seek(-4096, 2)
        file.write(b"\xa5" * 4096)
    path.with_name(f"{path.name}.suspect").touch()
