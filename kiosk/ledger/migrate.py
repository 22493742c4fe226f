"""Brings a ledger to the newest schema: `python -m kiosk.ledger.migrate PATH`; the only module that loads Alembic."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.faults import translated
from kiosk.ledger.files import alone_with, beside, copy_ledger, schema_version
from kiosk.ledger.folders import make_folder, stamp, unused
from kiosk.ledger.schema import NEWEST
from kiosk.ledger.store import engine_at


def migrate(path: Path, *, to: str = NEWEST, now: datetime | None = None) -> Path | None:
    """Create the ledger, or bring it up to `to` in one transaction after copying it; returns the copy.

    An old ledger is untouched where anything fails. Raises LedgerFault.
    """
    with translated(path):
        make_folder(path.parent)
        with alone_with(path):
            found = schema_version(path)
            if found is not None and found >= to:
                return None
            engine = engine_at(path, mode="rwc")
            try:
                with engine.connect().execution_options(ledger_begin="IMMEDIATE") as connection, connection.begin():
                    return _step(connection, path, found, to, now or datetime.now(UTC))
            finally:
                engine.dispose()


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's settings for the packaged versions; no ini file is needed."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _step(connection: Connection, path: Path, found: str | None, to: str, now: datetime) -> Path | None:
    copy = None
    if found is not None:  # nobody can write between the copy and the change: the transaction is ours already
        copy = unused(beside(path, f".before-{to}-{stamp(now)}"))
        copy_ledger(path, copy)
    command.upgrade(alembic_config(connection), to)
    if copy is not None and to == NEWEST:
        details = {"from": str(found), "to": to}
        audit.append(connection, audit.Fact(now, "ledger", "ledger upgraded", copy.name, details))
    return copy


def main(arguments: list[str]) -> int:
    """Exit code 0 done, 1 the ledger cannot be brought up to date, 2 wrong usage."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m kiosk.ledger.migrate PATH\n")
        return 2
    try:
        migrate(Path(arguments[0]))
    except LedgerFault as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
