"""The service desk's book in the ledger: one pattern for every service; what is personal is sealed and purged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.sealed import Sealer
from kiosk.ledger.service_schema import service_deed, service_record
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import from_utc_text, plain, utc_text
from kiosk.rules.service.record import Done, Record


class LedgerServiceRecords:
    """Implements RecordBook. Any thread may call."""

    def __init__(self, ledger: Callable[[], Ledger], zone: tzinfo, key: bytes) -> None:
        """ledger: opens it when it is first needed. zone: of times given back. key: what is personal is sealed with."""
        self._ledger = ledger
        self._zone = zone
        self._sealer = Sealer(key)

    def enter(self, record: Record, *, over: bool) -> Record:
        """A new line, with the next number of its service, taken in the line's own transaction."""
        of_service = service_record.c.service == record.service
        newest = select(func.coalesce(func.max(service_record.c.number), 0)).where(of_service)
        with self._ledger().write() as connection:
            kept = replace(record, number=int(connection.execute(newest).scalar_one()) + 1)
            row = {
                "service": kept.service,
                "number": kept.number,
                "at": utc_text(kept.at),
                "by": plain(kept.by),
                "stage": kept.stage,
                "since": utc_text(kept.since),
                "owner": plain(kept.owner),
                "due": kept.due and utc_text(kept.due),
                "deeds": 0,
                "sealed": self._sealer.seal(kept.answers, kept.name),
                "over": utc_text(kept.at) if over else None,
            }
            connection.execute(insert(service_record), row)
            _note(connection, kept, kept.at, kept.by, "enters")
        return kept

    def keep(self, record: Record, *, was: Record, over: bool) -> bool:
        """How it stands now, with the newest of its history, where it stood as it was."""
        done = record.history[-1]
        as_it_was = (
            (service_record.c.service == record.service)
            & (service_record.c.number == record.number)
            & (service_record.c.deeds == len(was.history))
            & (service_record.c.stage == was.stage)
        )
        values = {
            "stage": record.stage,
            "since": utc_text(record.since),
            "owner": plain(record.owner),
            "due": record.due and utc_text(record.due),
            "deeds": len(record.history),
            "over": utc_text(done.at) if over else None,
        }
        with self._ledger().write() as connection:
            n = connection.execute(select(service_record.c.n).where(as_it_was)).scalar()
            if n is None:
                return False
            connection.execute(update(service_record).where(service_record.c.n == n).values(values))
            row = {
                "record": n,
                "at": utc_text(done.at),
                "by": plain(done.by),
                "deed": done.deed,
                "sealed": self._sealer.seal(done.told, _about(record, len(was.history))) if done.told else None,
            }
            connection.execute(insert(service_deed), row)
            _note(connection, record, done.at, done.by, done.deed)
        return True

    def record(self, service: str, number: int) -> Record | None:
        """The record of that number."""
        of_it = (service_record.c.service == service) & (service_record.c.number == number)
        found = self._records(select(service_record).where(of_it))
        return found[0] if found else None

    def waiting(self) -> tuple[Record, ...]:
        """Every record that is not over, oldest first."""
        return self._records(select(service_record).where(service_record.c.over.is_(None)).order_by(service_record.c.n))

    def since(self, service: str, moment: datetime) -> tuple[Record, ...]:
        """A service's records from a moment on, oldest first."""
        wanted = (service_record.c.service == service) & (service_record.c.at >= utc_text(moment))
        return self._records(select(service_record).where(wanted).order_by(service_record.c.n))

    def purge(self, service: str, before: datetime) -> int:
        """Take what is personal out of records that were over before then; overwritten, not only let go of."""
        moment = utc_text(before)
        due = (
            (service_record.c.service == service) & (service_record.c.over < moment) & service_record.c.purged.is_(None)
        )
        with self._ledger().read() as connection:
            gone = list(connection.execute(select(service_record.c.n).where(due)).scalars())
        if not gone:
            return 0
        with self._ledger().write() as connection:
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
            for n in gone:
                at = {"sealed": None, "purged": moment}
                connection.execute(update(service_record).where(service_record.c.n == n).values(at))
                connection.execute(update(service_deed).where(service_deed.c.record == n).values(sealed=None))
            told = {"records": str(len(gone))}
            audit.append(connection, audit.Fact(before, "retention", "purges what is personal", service, told))
        return len(gone)

    def _records(self, wanted: Select[Any]) -> tuple[Record, ...]:
        with self._ledger().read() as connection:
            rows = connection.execute(wanted).all()
            return tuple(self._record(connection, row) for row in rows)

    def _record(self, connection: Connection, row: Row[Any]) -> Record:
        bare = Record(row.service, row.number, self._at(row.at), row.by, row.stage, self._at(row.since))
        deeds = select(service_deed).where(service_deed.c.record == row.n).order_by(service_deed.c.n)
        history = []
        for place, deed in enumerate(connection.execute(deeds)):
            told = {} if deed.sealed is None else self._sealer.opened(deed.sealed, _about(bare, place))
            history.append(Done(self._at(deed.at), deed.by, deed.deed, told))
        return replace(
            bare,
            answers={} if row.sealed is None else self._sealer.opened(row.sealed, bare.name),
            history=tuple(history),
            owner=row.owner,
            due=row.due and self._at(row.due),
        )

    def _at(self, text: str) -> datetime:
        try:
            return from_utc_text(text, self._zone)
        except ValueError as error:
            raise LedgerFault(f"a time in service_record makes no sense ({error}): restore a backup") from error


def _about(record: Record, place: int) -> str:
    return f"{record.name}, deed {place}"


def _note(connection: Connection, record: Record, at: datetime, by: str, action: str) -> None:
    audit.append(connection, audit.Fact(at, by, action, record.name, {"stage": record.stage}))
