"""The broadcast desk's pages of the ledger: what went on the air, one row an item, vouched for by the audit chain."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import Connection, Row, bindparam, literal_column, select, update
from sqlalchemy.dialects.sqlite import insert

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.schema import as_run
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import digest_of, from_utc_text, kept_end, kept_start, moment_of, utc_text
from kiosk.rules.broadcast.as_run import AsRun, Outcome
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.programme import Kind
from kiosk.sentences import tell
from kiosk.units import ZoneId

_TIMES = ("due", "planned_start", "planned_end", "real_start", "real_end")
_INSERT = insert(as_run)
_INSERT_ONCE = _INSERT.on_conflict_do_nothing(index_elements=["day", "key", "real_start"])
_SAME = select(as_run).where(*(as_run.c[name] == bindparam(name) for name in ("day", "key", "real_start")))
_COMPLETE = update(as_run).where(as_run.c.n == bindparam("at_n"))
_ON_AIR = as_run.c.outcome == literal_column("'on air'")  # a literal, or SQLite passes its partial index by


class AsRunPages:
    """Implements AsRunLog on the ledger. Any thread may call."""

    def __init__(self, ledger: Ledger, zone: tzinfo) -> None:
        """zone: on whose clocks times are given back."""
        self._ledger = ledger
        self._zone = zone

    def started(self, entry: AsRun) -> None:
        """An item went on the air: durable when this returns. The same start again changes nothing."""
        row = _row_of(kept_start(entry, self._zone))
        with self._ledger.write() as connection:
            connection.execute(_INSERT_ONCE, row)

    def ended(self, entry: AsRun) -> None:
        """The item is over, or never started: its row is complete and the audit chain vouches for it.

        The same end again changes nothing; another end of what is already over is a ValueError.
        """
        row = _row_of(kept_end(entry, self._zone))
        with self._ledger.write() as connection:
            n = self._complete(connection, row)
            if n is not None:
                audit.append(connection, self._fact(entry, n, row))

    def note(self, at: datetime, actor: str, action: str, subject: str, details: Mapping[str, str]) -> None:
        """Add a line to the audit chain: durable when this returns."""
        fact = audit.Fact(at, actor, action, subject, details)
        with self._ledger.write() as connection:
            audit.append(connection, fact)

    def of_day(self, day: date) -> tuple[AsRun, ...]:
        """A business day's lines in the order in which they started, whatever the clock did."""
        wanted = select(as_run).where(as_run.c.day == day.isoformat()).order_by(as_run.c.n)
        with self._ledger.read() as connection:
            return tuple(self._entry_of(row) for row in connection.execute(wanted))

    def adrift(self) -> tuple[AsRun, ...]:
        """Lines still on the air, oldest first: at a start, those that the power or the role left behind."""
        with self._ledger.read() as connection:
            rows = connection.execute(select(as_run).where(_ON_AIR).order_by(as_run.c.n))
            return tuple(self._entry_of(row) for row in rows)

    def _complete(self, connection: Connection, row: dict[str, Any]) -> int | None:
        """Number of the row that is complete now, None where it was so before."""
        found = None
        if row["real_start"] is not None:
            found = connection.execute(_SAME, row).first()
        if found is None:
            inserted = connection.execute(_INSERT, row)
            return int(inserted.lastrowid)
        if found.outcome == Outcome.ON_AIR.value:
            connection.execute(_COMPLETE, {**row, "at_n": found.n})
            return int(found.n)
        if {**found._mapping, **row} != dict(found._mapping):
            raise ValueError(f"{row['key']} is already over ({found.outcome}): it cannot end again ({row['outcome']})")
        return None

    def _fact(self, entry: AsRun, n: int, row: Mapping[str, Any]) -> audit.Fact:
        return audit.Fact(
            at=moment_of(entry, self._zone),
            actor=entry.operator or "broadcast",
            action=entry.outcome.value,
            subject=entry.key,
            details={"reason": entry.reason} if entry.reason else {},
            vouched=audit.Vouched(as_run.name, n, digest_of({**row, "n": n})),
        )

    def _entry_of(self, row: Row[Any]) -> AsRun:
        try:
            times = {
                name: text and from_utc_text(text, self._zone) for name, text in row._asdict().items() if name in _TIMES
            }
            return AsRun(
                day=date.fromisoformat(row.day),
                key=row.key,
                kind=Kind(row.kind),
                id=row.id,
                air_class=AirClass(row.air_class),
                zones=tuple(ZoneId(zone) for zone in json.loads(row.zones)),
                phase=row.phase,
                outcome=Outcome(row.outcome),
                reason=row.reason,
                operator=row.operator,
                level_dbfs=row.level_dbfs,
                **times,
            )
        except (ValueError, TypeError) as error:
            raise LedgerFault(
                tell(
                    "{path}: line {row} of as_run makes no sense ({cause}): see the audit",
                    path=self._ledger.path,
                    row=row.n,
                    cause=error,
                )
            ) from error


def _row_of(entry: AsRun) -> dict[str, Any]:
    moments = {name: getattr(entry, name) for name in _TIMES}
    return {
        "day": entry.day.isoformat(),
        "key": entry.key,
        "kind": entry.kind.value,
        "id": entry.id,
        "air_class": entry.air_class.value,
        "zones": json.dumps(entry.zones),
        **{name: at and utc_text(at) for name, at in moments.items()},
        "phase": entry.phase,
        "outcome": entry.outcome.value,
        "reason": entry.reason,
        "operator": entry.operator,
        "level_dbfs": entry.level_dbfs,
    }
