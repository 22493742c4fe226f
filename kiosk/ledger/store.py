"""Opens the store's memory: one file that both roles write, durable at every commit."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.faults import DamagedLedger, translated
from kiosk.ledger.files import alone_with, beside, schema_version, set_aside
from kiosk.ledger.folders import make_folder, sync_folder
from kiosk.ledger.schema import GUARDS, NEWEST, metadata
from kiosk.sentences import tell

_log = logging.getLogger(__name__)


class Ledger:
    """The open file. Any thread may read and write; writers wait for each other, in this process and the next."""

    def __init__(self, path: Path, *, busy_timeout_s: float = 5.0) -> None:
        """busy_timeout_s: how long a write waits for another writer before it is a fault. Use `open_ledger`."""
        self.path = path
        self.engine = engine_at(path, busy_timeout_s)
        self._file = _identity(path)
        self._closed = False

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that is durable when the block ends, and never happened if it raises. Raises LedgerFault."""
        with self._connected() as connection:
            begun = connection.execution_options(ledger_begin="IMMEDIATE")
            with begun.begin():
                if _identity(self.path) != self._file:  # while this waited for its turn
                    raise LedgerFault(f"{self.path} was replaced by a mended one: what waits is written into that")
                yield begun

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One moment of the ledger, however long the block reads; it hinders no writer. Raises LedgerFault."""
        with self._connected() as connection, connection.begin():
            yield connection

    def check(self) -> tuple[str, ...]:
        """Read the whole file and say what is wrong with it; empty where all is well. Raises LedgerFault."""
        try:
            with self.read() as connection:
                pages = connection.exec_driver_sql("PRAGMA quick_check(20)").scalars().all()
                present = set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
        except DamagedLedger as damage:
            return (str(damage),)
        wanted = {*metadata.tables, *GUARDS, *(str(i.name) for t in metadata.tables.values() for i in t.indexes)}
        problems = [f"{self.path}: {line}" for line in pages if line != "ok"]
        if problems:
            self._suspect()
        missing = sorted(wanted - present)
        return (*problems, *(f"{self.path}: {name} is missing from the schema" for name in missing))

    def make_room(self, spare_bytes: int) -> None:
        """Have the file and its journal take so much of the disk now, for what is written next. Raises LedgerFault."""
        with self.write() as connection:
            connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS room (spare BLOB)")
            connection.exec_driver_sql("INSERT INTO room VALUES (zeroblob(?))", (spare_bytes,))
        with suppress(LedgerFault):  # then the room in the file is less, and what was taken is still let go of
            self.begin_journal_anew()
        with self.write() as connection:
            connection.exec_driver_sql("DROP TABLE room")

    def spare_bytes(self) -> int:
        """How much of the file is free for what is written next. Raises LedgerFault."""
        with self.read() as connection:
            free, page = (
                connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("freelist_count", "page_size")
            )
            return int(free) * int(page)

    def begin_journal_anew(self) -> None:
        """Fold the journal into the file, so that what it takes of the disk is used again. Raises LedgerFault."""
        with self._connected() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(RESTART)")

    def close(self) -> None:
        """Fold the journal into the file and let go of it. Never raises; a second call does nothing."""
        if self._closed:
            return
        try:
            with self._connected() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        except LedgerFault as fault:
            _log.warning("The ledger's journal stays beside it until the next start: %s", fault)
        self._closed = True
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        try:
            with translated(self.path):
                if self._closed:
                    raise LedgerFault(tell("{path} was closed: the role is stopping", path=self.path))
                self._follow()
                with self.engine.connect() as connection:
                    yield connection
        except DamagedLedger:
            self._suspect()
            raise

    def _follow(self) -> None:
        # the other role may have set a damaged file aside: writing on into that one would lose the lines
        found = _identity(self.path)
        if found != self._file:
            _log.error("%s was moved or replaced while it was open; going on with what is there now", self.path)
            self.engine.dispose()
            self._file = found

    def _suspect(self) -> None:
        try:
            beside(self.path, _SUSPECT).touch()
        except OSError as error:
            _log.warning("Cannot note that %s is damaged: %s", self.path, error)


MENDED = ".mended"  # the whole ledger that takes the place of a damaged one
_SUSPECT = ".suspect"  # lies beside a ledger that reported damage, so that the next start reads all of it


def open_ledger(
    path: Path, *, replace_damaged: bool = False, busy_timeout_s: float = 5.0, now: datetime | None = None
) -> Ledger:
    """Open the ledger, creating it and its folder, and bringing an older one up to date after copying it.

    replace_damaged: set a damaged file aside as `<name>.damaged-<timestamp>` and begin a fresh one, loudly; otherwise
    it is DamagedLedger. now: for names and the audit, None for the system's clock. Raises LedgerFault.
    """
    with translated(path):
        make_folder(path.parent)
        with alone_with(path):
            adopt_mended(path)
            damage = damage_of(path)
            if damage is not None and not replace_damaged:
                raise damage
            aside = set_aside(path, now) if damage is not None else None
            beside(path, _SUSPECT).unlink(missing_ok=True)
        found = schema_version(path)
        if found is None and aside is None:
            _log.warning("%s was not there or empty: a new ledger is begun", path)
        if found != NEWEST:
            _migrate_in_child(path)
            sync_folder(path.parent)
        ledger = Ledger(path, busy_timeout_s=busy_timeout_s)
    if aside is not None:
        _log.error("%s; it is kept as %s and a fresh ledger was begun", damage, aside.name)
        _note_replacement(ledger, aside, damage, now)
    return ledger


def engine_at(path: Path, busy_timeout_s: float = 5.0, *, mode: str = "rw") -> Engine:
    """An engine whose transactions begin when they say so and are on the disk when they end.

    mode: SQLite's; "rw" leaves a file alone that is not there, "rwc" creates it.
    """
    address = f"{path.absolute().as_uri()}?mode={mode}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, timeout=busy_timeout_s, check_same_thread=False, uri=True)

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=2)

    def on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver would begin on its own, too late and deferred
        cursor = connection.cursor()
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            (mode,) = cursor.fetchone() or ("?",)
            if mode != "wal":
                raise LedgerFault(
                    tell(
                        "{path} keeps no write-ahead log (it says {mode}): put it on a local disk", path=path, mode=mode
                    )
                )
            for pragma in (
                "synchronous=FULL",  # NORMAL loses committed lines in a power cut
                "foreign_keys=ON",
                "journal_size_limit=4194304",
                "temp_store=MEMORY",
                "trusted_schema=OFF",
            ):
                cursor.execute(f"PRAGMA {pragma}")
        finally:
            cursor.close()

    def on_begin(connection: Connection) -> None:
        how = connection.get_execution_options().get("ledger_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {how}")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)
    return engine


def adopt_mended(path: Path) -> None:
    """Take up what was mended whole before the power went; the lock is the caller's."""
    ready = beside(path, MENDED)
    if ready.exists() and not path.exists():
        for ending in ("-wal", "-shm"):  # of the one that was set aside: its journal is none of this one's
            beside(path, ending).unlink(missing_ok=True)
        ready.rename(path)
        beside(path, _SUSPECT).unlink(missing_ok=True)
        sync_folder(path.parent)
        _log.error("%s was damaged and is back", path)


def damage_of(path: Path) -> DamagedLedger | None:
    try:
        with translated(path):
            version = schema_version(path)
            if version is not None and beside(path, _SUSPECT).exists():
                _read_all(path)
    except DamagedLedger as damage:
        return damage
    return None


def _read_all(path: Path) -> None:
    with translated(path):
        engine = engine_at(path)
        try:
            with engine.connect() as connection:
                verdict = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        finally:
            engine.dispose()
    if verdict != "ok":
        raise DamagedLedger(f"{path} is damaged ({verdict}): restore the last backup")


def _migrate_in_child(path: Path) -> None:
    # Alembic costs more memory than the rest of the ledger and is needed once in a year
    command = [sys.executable, "-m", "kiosk.ledger.migrate", str(path)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise LedgerFault(tell("{path} could not be brought up to date: {cause}", path=path, cause=said[-1]))


def _note_replacement(ledger: Ledger, aside: Path, damage: DamagedLedger | None, now: datetime | None) -> None:
    fact = audit.Fact(
        at=now or datetime.now(UTC),
        actor="ledger",
        action="damaged ledger replaced",
        subject=aside.name,
        details={"damage": str(damage)},
    )
    try:
        with ledger.write() as connection:
            audit.append(connection, fact)
    except LedgerFault:
        ledger.close()
        raise


def _identity(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return (found.st_dev, found.st_ino)
