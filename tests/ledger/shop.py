"""A store's ledger for tests: files to open, and what power, disks and people do to them."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from kiosk.ledger import audit as chain
from kiosk.ledger import schema
from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.migrate import migrate
from kiosk.ledger.store import Ledger, open_ledger
from tests.ledger.values import TEN, a_song, played

TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
ROOT = Path(__file__).parents[2]


def fresh_ledger(path: Path, *, busy_timeout_s: float = 5.0) -> Ledger:
    """A new ledger, migrated in this process because that is quicker than in a child."""
    migrate(path)
    return open_ledger(path, busy_timeout_s=busy_timeout_s)


def log_songs(pages: AsRunPages, count: int) -> None:
    """A morning of songs from start to end."""
    for n in range(1, count + 1):
        pages.started(a_song(n))
        pages.ended(played(a_song(n)))


def pragma(ledger: Ledger, text: str) -> object:
    """Set or ask SQLite on the one connection that a test's ledger uses over and over."""
    with ledger.engine.connect() as connection:
        answer = connection.exec_driver_sql(f"PRAGMA {text}")
        return answer.scalar() if answer.returns_rows else None


def fill_disk(ledger: Ledger) -> None:
    """SQLite refuses any further page from here on, as on a full disk, though what fits in the last page still goes."""
    pragma(ledger, f"max_page_count={pragma(ledger, 'page_count')}")


def free_disk(ledger: Ledger) -> None:
    """Somebody freed space."""
    pragma(ledger, "max_page_count=1000000")


def by_hand(path: Path, *statements: str) -> None:
    """What somebody with the card in a reader may do to the file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def unguarded(path: Path) -> Path:
    """The same file once somebody has dropped every trigger of it."""
    by_hand(path, *(f"DROP TRIGGER {name}" for (name,) in ask(path, TRIGGERS)))
    return path


def ask(path: Path, question: str) -> list[tuple[object, ...]]:
    """Rows straight from the file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(question).fetchall()


def ledger_of_revision_1(path: Path, *, notes: int) -> None:
    """What the first version left behind: one song and a chain of notes, with no recorded head."""
    migrate(path, to="0001")
    song = "2026-10-24", "0001:music/x", "music", "music/x", "music", "[]", "song", "on air", "", TEN.isoformat()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO as_run (day, key, kind, id, air_class, zones, phase, outcome, reason, real_start)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            song,
        )
        prev = schema.NO_HASH
        for n in range(1, notes + 1):
            line = {"n": n, "at": TEN.isoformat(), "actor": "anna", "action": "hello", "subject": str(n)}
            row = {**line, "details": "{}", "prev": prev}
            prev = chain.seal(row)
            columns = "n, at, actor, action, subject, details, prev, hash"
            connection.execute(f"INSERT INTO audit ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*row.values(), prev))


def child(*words: object) -> subprocess.Popen[str]:
    """A process of its own that runs a verb of `children`; speaks by lines."""
    command = [sys.executable, "-m", "tests.ledger.children", *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@contextmanager
def small_disk(at: Path, kilobytes: int) -> Iterator[Path]:
    """A real file system of that size; skips the test where this process may not mount one."""
    at.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(at)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("needs root, to mount a small disk")
    try:
        yield at
    finally:
        subprocess.run(["umount", str(at)], check=True)
