"""What can still be read of a damaged ledger is put upon an older one, row by row, as far as the audit bears it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select

from kiosk.ledger import audit
from kiosk.ledger.audit import Fact, Vouched, seal
from kiosk.ledger.files import beside
from kiosk.ledger.schema import as_run, deposit, metadata
from kiosk.ledger.schema import audit as chain
from kiosk.ledger.schema import audit_head as recorded
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import digest_of
from kiosk.ledger.verify import LOST, VOUCHED_FOR
from kiosk.rules.broadcast.as_run import Outcome

_BLOCK = 4096
_FURTHEST = 1 << 40  # no row of a store has a larger number


def copied_as_far_as_readable(path: Path, target: Path) -> None:
    """The file and its journal; what the card does not give back any more is zeros. Raises OSError for the target."""
    for ending in ("", "-wal"):
        source = beside(path, ending)
        if source.exists():
            _copied(source, beside(target, ending))


def poured(damaged: Path, target: Path) -> tuple[str, ...]:
    """Put what is readable into the ledger at `target`; the tables that could not be read to their end.

    A table that could takes the place of the target's; of another one what is readable is added. Raises sqlite3.Error
    for the target, and where the damaged one does not even tell its tables.
    """
    lost = []
    with closing(sqlite3.connect(damaged)) as old, closing(sqlite3.connect(target, isolation_level=None)) as new:
        old.row_factory = sqlite3.Row
        old.text_factory = lambda raw: raw.decode("utf-8", "backslashreplace")
        present = {name for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        guards = new.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        new.execute("BEGIN IMMEDIATE")
        for name, _ in guards:
            new.execute(f'DROP TRIGGER "{name}"')
        for table in metadata.sorted_tables:
            if table.name not in present:
                continue
            whole = _continue_chain(old, new) if table is chain else _pour_table(old, new, table)
            if not whole:
                lost.append(table.name)
        for _, sql in guards:
            new.execute(sql)
        new.execute("COMMIT")
    return tuple(name for name in lost if name != recorded.name)


def vouch_for_the_rest(ledger: Ledger, now: datetime) -> int:
    """Add a line for each row whose own line is lost, and for each that is lost itself; how many lines.

    From then on what is in the ledger is vouched for, and what is not is named.
    """
    with ledger.write() as connection:
        count = 0
        for table, named in VOUCHED_FOR:
            for n, sha256 in list(_without_a_row(connection, table)):
                gone = Vouched(LOST + table.name, n, sha256)
                audit.append(connection, Fact(now, "ledger", "is lost", f"{table.name}/{n}", {}, gone))
                count += 1
            for row in list(_without_a_line(connection, table)):
                subject, vouched = f"{table.name}/{row[named]}", Vouched(table.name, row["n"], digest_of(row))
                audit.append(connection, Fact(now, "ledger", "is recovered without its line", subject, {}, vouched))
                count += 1
    return count


def _without_a_line(connection: Connection, table: Table) -> Iterator[Mapping[str, Any]]:
    known = select(chain.c.record_n).where(chain.c.record == table.name)
    wanted = select(table).where(table.c.n.not_in(known)).order_by(table.c.n)
    if table is as_run:
        wanted = wanted.where(as_run.c.outcome != Outcome.ON_AIR.value)
    if table is deposit:
        wanted = wanted.where(deposit.c.over.is_not(None))
    return (row._asdict() for row in connection.execute(wanted))


def _without_a_row(connection: Connection, table: Table) -> Iterator[tuple[int, str]]:
    told = select(chain.c.record_n).where(chain.c.record == LOST + table.name)
    wanted = (
        select(chain.c.record_n, chain.c.record_sha256)
        .where(chain.c.record == table.name, chain.c.record_n.not_in(told))
        .where(chain.c.record_n.not_in(select(table.c.n)))
        .order_by(chain.c.n)
    )
    return ((row.record_n, row.record_sha256) for row in connection.execute(wanted))


def _pour_table(old: sqlite3.Connection, new: sqlite3.Connection, table: Table) -> bool:
    if table is recorded:
        return True  # as far as the chain goes, and no further
    rows: list[sqlite3.Row] = []
    whole = _read(old, table.name, rows)
    if whole:
        new.execute(f'DELETE FROM "{table.name}"')
    for row in rows:
        names = [name for name in row.keys() if name in table.c]  # noqa: SIM118  a Row is no mapping
        columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
        try:
            new.execute(
                f'INSERT OR REPLACE INTO "{table.name}" ({columns}) VALUES ({marks})', [row[name] for name in names]
            )
        except sqlite3.IntegrityError:  # a value that is none
            whole = False
    return whole


def _continue_chain(old: sqlite3.Connection, new: sqlite3.Connection) -> bool:
    """Lines are taken on as far as each follows the one before; whether that is all there were."""
    lines, head = new.execute("SELECT lines, hash FROM audit_head WHERE id = 1").fetchone()
    rows: list[sqlite3.Row] = []
    whole = _read(old, chain.name, rows)
    names = chain.c.keys()
    last = max((row["n"] for row in rows), default=0)
    for row in sorted(rows, key=lambda row: int(row["n"])):
        if row["n"] <= lines:
            continue
        values = {name: row[name] for name in names}
        if row["n"] != lines + 1 or values["prev"] != head or seal(values) != values["hash"]:
            break
        marks = ", ".join("?" * len(names))
        new.execute(f"INSERT INTO audit ({', '.join(names)}) VALUES ({marks})", list(values.values()))
        lines, head = row["n"], values["hash"]
    new.execute("UPDATE audit_head SET lines = ?, hash = ? WHERE id = 1", (lines, head))
    ended = (lines, head)
    with suppress(sqlite3.DatabaseError):
        ended = tuple(old.execute("SELECT lines, hash FROM audit_head WHERE id = 1").fetchone() or ended)
    return whole and lines >= last and ended == (lines, head)


def _read(old: sqlite3.Connection, name: str, into: list[sqlite3.Row]) -> bool:
    """Every row that can be read, past every hole; whether there was none."""
    whole, after, leap = True, 0, 1
    while after < _FURTHEST:
        try:
            for row in old.execute(f'SELECT rowid AS "_at", * FROM "{name}" WHERE rowid > ? ORDER BY rowid', (after,)):
                into.append(row)
                after, leap = row["_at"], 1
            return whole
        except (sqlite3.DatabaseError, OverflowError):
            whole = False
            after, leap = after + leap, leap * 2
    return whole


def _copied(source: Path, target: Path) -> None:
    length = source.stat().st_size
    with source.open("rb", buffering=0) as inward, target.open("wb") as out:
        at = 0
        while at < length:
            try:
                block = os.pread(inward.fileno(), min(_BLOCK, length - at), at)
            except OSError:
                block = b""
            block = block or bytes(min(_BLOCK, length - at))
            out.write(block)
            at += len(block)
