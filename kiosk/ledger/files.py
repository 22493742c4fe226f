"""The ledger as a file: its folder, its lock, what lies beside it, and copies that are whole or not there."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from kiosk.errors import LedgerFault
from kiosk.ledger.folders import stamp, sync_folder, unused
from kiosk.ledger.schema import NEWEST, REVISIONS, VERSION_TABLE
from kiosk.sentences import tell

_COMPANIONS = ("-wal", "-shm", "-journal")


def beside(path: Path, ending: str) -> Path:
    """The file next to the ledger whose name is the ledger's and `ending`."""
    return path.with_name(path.name + ending)


@contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """Keep other processes from replacing or migrating the ledger meanwhile; they wait. The lock dies with us."""
    handle = os.open(beside(path, ".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def set_aside(path: Path, now: datetime | None = None) -> Path:
    """Rename a damaged ledger and its journal so that a person can still look into it; returns its new name."""
    aside = unused(beside(path, f".damaged-{stamp(now)}"))
    for ending in _COMPANIONS:
        if beside(path, ending).exists():
            beside(path, ending).rename(beside(aside, ending))
    path.rename(aside)
    sync_folder(path.parent)
    return aside


def copy_ledger(source: Path, target: Path) -> None:
    """Copy the ledger as of one moment while others may be writing; `target` is whole or not there.

    Raises LedgerFault where the source turns out damaged. SQLite and system errors pass through.
    """
    part = beside(target, ".part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(part)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")  # one file, no companions
            (verdict,) = new.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise LedgerFault(
                tell(
                    "{source} is damaged, its copy says {verdict}: restore an earlier backup",
                    source=source,
                    verdict=verdict,
                )
            )
        with part.open("rb") as whole:
            os.fsync(whole.fileno())
        part.rename(target)
        sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)


def schema_version(path: Path) -> str | None:
    """The revision of the ledger's schema, None for a file that is not there or still empty.

    Reads the ends of the growing tables too, which a power cut would have hit. Raises LedgerFault for a database that
    is no ledger or is newer than this program; sqlite3.DatabaseError for a damaged one.
    """
    if not path.exists() or path.stat().st_size == 0:
        return None
    with closing(sqlite3.connect(path, timeout=5.0, isolation_level=None)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            return None
        row = (
            connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()
            if VERSION_TABLE in tables
            else None
        )
        if row is None:
            raise LedgerFault(
                tell("{path} is a database but not a ledger: move it away or name another file", path=path)
            )
        version = str(row[0])
        if version not in REVISIONS:
            raise LedgerFault(
                tell(
                    "{path} was written by a newer program (its schema is {version}, this program knows {newest}):"
                    " install the newer program, or restore the copy that its upgrade made beside the ledger",
                    path=path,
                    version=version,
                    newest=NEWEST,
                )
            )
        for table in ("as_run", "audit"):
            connection.execute(f"SELECT * FROM {table} ORDER BY n DESC LIMIT 1").fetchall()
        return version
