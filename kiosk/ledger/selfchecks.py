"""The self-checks' page of the ledger: what was found before the store opened, for the desk, the front and reports."""

from __future__ import annotations

import json
from datetime import date, tzinfo
from typing import Any

from sqlalchemy import Row, Select, insert, select

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.schema import self_check
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import digest_of, from_utc_text, plain, utc_text
from kiosk.rules.broadcast.checks import Topic
from kiosk.rules.broadcast.selfcheck import Finding, Occasion, Report, Result
from kiosk.sentences import Sentence, from_wire, tell, to_wire

_NEWEST = select(self_check).order_by(self_check.c.n.desc()).limit(1)


class SelfChecks:
    """Reports of self-checks. Any thread may call; every call may raise LedgerFault."""

    def __init__(self, book: Ledger, zone: tzinfo) -> None:
        """zone: on whose clocks times are given back."""
        self._ledger = book
        self._zone = zone

    def keep(self, report: Report) -> None:
        """Write a report down, vouched for by the audit chain: durable when this returns."""
        row: dict[str, Any] = {
            "day": report.day.isoformat(),
            "occasion": report.occasion.value,
            "begun": utc_text(report.begun),
            "ended": utc_text(report.ended),
            "verdict": report.verdict.value,
            "findings": json.dumps([[one.topic.value, one.result.value, _kept(one.what)] for one in report.findings]),
        }
        details = {
            "verdict": report.verdict.value,
            "faults": str(len(report.faults)),
            "unchecked": str(len(report.unchecked)),
        }
        with self._ledger.write() as connection:
            n = int(connection.execute(insert(self_check), row).lastrowid)
            vouched = audit.Vouched(self_check.name, n, digest_of({**row, "n": n}))
            fact = audit.Fact(
                report.ended, "self-check", "finds", f"{report.day} {report.occasion.value}", details, vouched
            )
            audit.append(connection, fact)

    def latest(self) -> Report | None:
        """The newest report, None where there is none yet."""
        return self._one(_NEWEST)

    def of_day(self, day: date) -> tuple[Report, ...]:
        """The reports of a business day, oldest first."""
        wanted = select(self_check).where(self_check.c.day == day.isoformat()).order_by(self_check.c.n)
        with self._ledger.read() as connection:
            return tuple(self._report(row) for row in connection.execute(wanted))

    def _one(self, wanted: Select[Any]) -> Report | None:
        with self._ledger.read() as connection:
            row = connection.execute(wanted).first()
        return None if row is None else self._report(row)

    def _report(self, row: Row[Any]) -> Report:
        try:
            return Report(
                date.fromisoformat(row.day),
                Occasion(row.occasion),
                from_utc_text(row.begun, self._zone),
                from_utc_text(row.ended, self._zone),
                tuple(
                    Finding(Topic(topic), Result(result), from_wire(what))
                    for topic, result, what in json.loads(row.findings)
                ),
            )
        except (ValueError, TypeError) as error:
            raise LedgerFault(
                tell(
                    "{path}: line {row} of self_check makes no sense ({cause}): see the audit",
                    path=self._ledger.path,
                    row=row.n,
                    cause=error,
                )
            ) from error


def _kept(what: str) -> Any:
    return to_wire(what) if isinstance(what, Sentence) else plain(what)
