"""The audit chain: who did what, each line sealed with the hash of the line before, so that nothing goes unnoticed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from kiosk.errors import LedgerFault
from kiosk.ledger.schema import audit, audit_head
from kiosk.ledger.values import canonical, digest_of, from_utc_text, kept_details, plain, utc_text
from kiosk.sentences import tell


@dataclass(frozen=True, slots=True)
class Vouched:
    """The row of another table that an audit line vouches for, with the digest of its content."""

    record: str
    n: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What is to be added: who (`actor`) did what (`action`) to what (`subject`). at: zone-aware."""

    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, str]
    vouched: Vouched | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the chain as it stands in the ledger; `n` counts from 1 without a gap."""

    n: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, str]
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """How far the chain reaches; noted elsewhere (on paper, say) it proves later that nothing was cut off."""

    lines: int
    hash: str


_HEAD = select(audit_head.c.lines, audit_head.c.hash).where(audit_head.c.id == 1)
_INSERT = insert(audit)
_ADVANCE = update(audit_head).where(audit_head.c.id == 1)


def seal(row: Mapping[str, Any]) -> str:
    """The hash of a line: over its content, its number and the hash before it."""
    return digest_of({name: value for name, value in row.items() if name != "hash"})


def append(connection: Connection, fact: Fact) -> Head:
    """Add a line in the caller's write transaction; returns the new head."""
    before = head(connection)
    row: dict[str, Any] = {
        "n": before.lines + 1,
        "at": utc_text(fact.at),
        "actor": plain(fact.actor),
        "action": plain(fact.action),
        "subject": plain(fact.subject),
        "details": canonical(kept_details(fact.details)),
        "record": fact.vouched.record if fact.vouched else None,
        "record_n": fact.vouched.n if fact.vouched else None,
        "record_sha256": fact.vouched.sha256 if fact.vouched else None,
        "prev": before.hash,
    }
    row["hash"] = seal(row)
    connection.execute(_INSERT, row)
    connection.execute(_ADVANCE, {"lines": row["n"], "hash": row["hash"]})
    return Head(row["n"], row["hash"])


def head(connection: Connection) -> Head:
    """The recorded head. Raises LedgerFault where somebody took it away."""
    row = connection.execute(_HEAD).first()
    if row is None:
        raise LedgerFault(tell("the head of the audit chain is gone: verify the audit, restore the last backup"))
    return Head(row.lines, row.hash)


def between(connection: Connection, zone: tzinfo, begin: datetime, end: datetime) -> Iterator[Line]:
    """The lines of a stretch of time, `end` not included, oldest first. Raises LedgerFault."""
    stretch = (audit.c.at >= utc_text(begin), audit.c.at < utc_text(end))  # text order is time order
    yield from _lines(connection, select(audit).where(*stretch).order_by(audit.c.n), zone)


def lines(connection: Connection, zone: tzinfo, *, after: int = 0) -> Iterator[Line]:
    """The lines past number `after`, oldest first, with times on the clocks of `zone`. Raises LedgerFault."""
    yield from _lines(connection, select(audit).where(audit.c.n > after).order_by(audit.c.n), zone)


def _lines(connection: Connection, wanted: Select[Any], zone: tzinfo) -> Iterator[Line]:
    for row in connection.execute(wanted, execution_options={"yield_per": 500}):
        try:
            at, details = from_utc_text(row.at, zone), json.loads(row.details)
        except (ValueError, TypeError) as error:
            raise LedgerFault(
                tell("line {row} of the audit makes no sense ({cause}): verify the audit", row=row.n, cause=error)
            ) from error
        yield Line(row.n, at, row.actor, row.action, row.subject, details, row.hash)
