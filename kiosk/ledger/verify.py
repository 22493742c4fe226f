"""Reads the whole audit chain and every row that it vouches for, and names the first thing that was tampered with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Table, select

from kiosk.ledger.audit import Head, seal
from kiosk.ledger.bag_day_schema import kept_tag, locker_sheet_signed, lost_tag_receipt
from kiosk.ledger.pickup_schema import pickup_card, test_record
from kiosk.ledger.returns_schema import (
    return_handover_signed,
    return_register_signed,
    return_slip,
    return_stock_told,
)
from kiosk.ledger.schema import (
    NO_HASH,
    as_run,
    audit,
    audit_head,
    deposit,
    locker_plaque,
    people,
    releases,
    self_check,
)
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import digest_of
from kiosk.rules.broadcast.as_run import Outcome

VOUCHED_FOR: tuple[tuple[Table, str], ...] = (
    (as_run, "key"),
    (people, "id"),
    (releases, "script"),
    (self_check, "day"),
    (lost_tag_receipt, "lost_tag"),
    (kept_tag, "number"),
    (locker_sheet_signed, "day"),
    (locker_plaque, "number"),
    (deposit, "locker"),
    (return_slip, "receipt"),
    (return_register_signed, "day"),
    (return_handover_signed, "day"),
    (return_stock_told, "day"),
    (pickup_card, "receipt"),
    (test_record, "serial"),
)
"""Whose rows the chain vouches for, and the column that names a row to a person."""

LOST = "lost/"
"""Before the name of a table: the line tells that a row of it could not be recovered from a damaged ledger."""

_IN_STRIDES = {"yield_per": 500}  # rows in memory at a time, however long the chain is


class Flaw(Enum):
    """What differs from what was written; the values are what a report says."""

    ALTERED = "content altered"
    MISSING = "line missing"
    ORDER = "lines out of order"
    TRUNCATED = "tail truncated"
    ADDED = "line added behind the recorded head"
    NO_HEAD = "recorded head missing"
    RECORD_ALTERED = "row changed after it was over"
    RECORD_MISSING = "row missing"
    RECORD_UNKNOWN = "row that no line vouches for"


@dataclass(frozen=True, slots=True)
class Intact:
    """All is as it was written: `lines` of them, the last with `hash`."""

    lines: int
    hash: str

    def __str__(self) -> str:
        return f"the audit chain is whole: {self.lines} lines, the last one {self.hash[:16]}…"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first line that is not as it was written, with a sentence for a person."""

    line: int
    flaw: Flaw
    detail: str

    def __str__(self) -> str:
        return f"the audit chain is broken at line {self.line}, {self.flaw.value}: {self.detail}"


Verdict = Intact | Broken


def verify(ledger: Ledger, *, noted: Head | None = None) -> Verdict:
    """Check the chain and the rows it vouches for, as of one moment. Raises LedgerFault where it cannot be read.

    noted: a head written down earlier and elsewhere; it shows a chain that was cut or written anew as a whole.
    """
    with ledger.read() as connection:
        chain = _chain(connection, noted)
        before = chain.line if isinstance(chain, Broken) else None
        found = (_altered_row(connection, table, named, before) for table, named in VOUCHED_FOR)
        altered = min((row for row in found if row is not None), key=lambda row: row.line, default=None)
        if altered is not None or isinstance(chain, Broken):
            return altered or chain
        unknown = (_unknown_row(connection, table, named, chain) for table, named in VOUCHED_FOR)
        return next((row for row in unknown if row is not None), chain)


def _chain(connection: Connection, noted: Head | None) -> Verdict:
    before = Head(0, NO_HASH)
    for line in connection.execute(select(audit).order_by(audit.c.n), execution_options=_IN_STRIDES):
        row = line._asdict()
        flaw = _flaw_of(connection, row, before)
        if flaw is not None:
            return flaw
        before = Head(row["n"], row["hash"])
        if noted is not None and before.lines == noted.lines and before.hash != noted.hash:
            return Broken(before.lines, Flaw.ALTERED, f"line {before.lines} has another hash than was noted")
    return _flaw_of_end(connection, before, noted) or Intact(before.lines, before.hash)


def _flaw_of(connection: Connection, row: Mapping[str, Any], before: Head) -> Broken | None:
    n = before.lines + 1
    if row["n"] != n:
        return Broken(n, Flaw.MISSING, f"line {n} is missing: line {row['n']} comes next")
    follows, sealed = row["prev"] == before.hash, row["hash"] == seal(row)
    if follows and sealed:
        return None
    if follows or seal({**row, "prev": before.hash}) == row["hash"]:
        return Broken(n, Flaw.ALTERED, f"the content of line {n} is not what its hash was made of")
    if sealed and n > 1:
        return Broken(n - 1, Flaw.ALTERED, f"line {n - 1} was written anew: line {n} does not follow it")
    elsewhere = connection.execute(select(audit.c.n).where(audit.c.hash == row["prev"])).scalars().first()
    if elsewhere is not None or row["prev"] == NO_HASH:
        return Broken(n, Flaw.ORDER, f"line {n} belongs behind line {elsewhere or 0}")
    return Broken(n, Flaw.MISSING, f"what stood at line {n} is missing: the next line took its number")


def _flaw_of_end(connection: Connection, last: Head, noted: Head | None) -> Broken | None:
    recorded = connection.execute(select(audit_head.c.lines, audit_head.c.hash)).first()
    if recorded is None:
        return Broken(last.lines + 1, Flaw.NO_HEAD, "no head is recorded: whether lines are missing cannot be told")
    expected = max(recorded.lines, noted.lines if noted is not None else 0)
    if last.lines < expected:
        return Broken(last.lines + 1, Flaw.TRUNCATED, f"the chain ends at line {last.lines} of {expected}")
    if last.lines > recorded.lines:
        return Broken(recorded.lines + 1, Flaw.ADDED, f"the recorded head is line {recorded.lines}")
    if last.hash != recorded.hash:
        return Broken(last.lines, Flaw.ALTERED, f"line {last.lines} has another hash than the recorded head")
    return None


def _altered_row(connection: Connection, table: Table, named: str, before_line: int | None) -> Broken | None:
    """The first line whose row is not as it vouched, of those before `before_line`."""
    wanted = (
        select(audit.c.n.label("line"), audit.c.record_n, audit.c.record_sha256, table)
        .select_from(audit.outerjoin(table, table.c.n == audit.c.record_n))
        .where(audit.c.record == table.name)
        .order_by(audit.c.n)
    )
    if before_line is not None:
        wanted = wanted.where(audit.c.n < before_line)
    told = select(audit.c.record_n).where(audit.c.record == LOST + table.name)
    lost = set(connection.execute(told).scalars())
    for line, record_n, sha256, *values in connection.execute(wanted, execution_options=_IN_STRIDES):
        row = dict(zip(table.c.keys(), values, strict=True))
        if row["n"] is None:
            if record_n in lost:
                continue
            return Broken(
                line, Flaw.RECORD_MISSING, f"row {record_n} of {table.name}, which line {line} tells of, is gone"
            )
        if digest_of(row) != sha256:
            return Broken(line, Flaw.RECORD_ALTERED, f"row {record_n} of {table.name} ({row[named]}) was changed")
    return None


def _unknown_row(connection: Connection, table: Table, named: str, chain: Intact) -> Broken | None:
    vouched = select(audit.c.record_n).where(audit.c.record == table.name)
    over = select(table.c.n, table.c[named].label("named")).where(table.c.n.not_in(vouched))
    if table is as_run:
        over = over.where(as_run.c.outcome != Outcome.ON_AIR.value)
    if table is deposit:
        over = over.where(deposit.c.over.is_not(None))
    row = connection.execute(over.order_by(table.c.n)).first()
    if row is None:
        return None
    what = f"row {row.n} of {table.name} ({row.named}) is vouched for by no line"
    return Broken(chain.lines, Flaw.RECORD_UNKNOWN, what)
