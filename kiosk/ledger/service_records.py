"""The service desk's book in the ledger: one pattern for every service; what is personal is sealed and purged."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Collection
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
from kiosk.ports.service import Beside
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.service import Refused, twice
from kiosk.sentences import tell


class LedgerServiceRecords:
    """Implements RecordBook. Any thread may call."""

    def __init__(self, ledger: Callable[[], Ledger], zone: tzinfo, key: bytes) -> None:
        """ledger: opens it when it is first needed. zone: of times given back. key: what is personal is sealed with."""
        self._ledger = ledger
        self._zone = zone
        self._sealer = Sealer(key, "service.key")
        self._key = key

    def enter(self, record: Record, *, over: bool, beside: Beside | None = None) -> Record | Refused:
        """A new line, with the next number of its service, taken in the line's own transaction."""
        once = self._mark(record.service, beside.once) if beside is not None else None
        of_service = service_record.c.service == record.service
        newest = select(func.coalesce(func.max(service_record.c.number), 0)).where(of_service)
        with self._ledger().write() as connection:
            if beside is not None and (refused := self._refused(connection, record, beside, once)) is not None:
                return refused
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
                "once": once,
            }
            connection.execute(insert(service_record), row)
            _note(connection, kept, kept.at, kept.by, "enters")
        return kept

    def keep(self, record: Record, *, was: Record, over: bool, once: str = "", has: str = "") -> bool:
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
            "once": self._mark(record.service, once),
            "has": self._mark(record.service, has, "has") or "",
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

    def waiting(self, at_rest: Collection[tuple[str, str]] = ()) -> tuple[Record, ...]:
        """Every record that is not over, oldest first. at_rest: but for those of a service that stand at a stage."""
        wanted = select(service_record).where(service_record.c.over.is_(None))
        for service, stage in at_rest:
            wanted = wanted.where((service_record.c.service != service) | (service_record.c.stage != stage))
        return self._records(wanted.order_by(service_record.c.n))

    def waiting_of(self, service: str) -> tuple[Record, ...]:
        """A service's records that are not over, oldest first."""
        of_it = (service_record.c.service == service) & service_record.c.over.is_(None)
        indexed = service_record.c.purged.is_(None)  # as all of them are
        return self._records(select(service_record).where(of_it & indexed).order_by(service_record.c.n))

    def since(self, service: str, moment: datetime) -> tuple[Record, ...]:
        """A service's records from a moment on, oldest first."""
        wanted = (service_record.c.service == service) & (service_record.c.at >= utc_text(moment))
        return self._records(select(service_record).where(wanted).order_by(service_record.c.n))

    def said_once(self, service: str, once: str) -> int:
        """The number of the record that says it, 0 for none."""
        with self._ledger().read() as connection:
            return self._said_once(connection, service, self._mark(service, once))

    def that_has(self, service: str, has: str) -> int:
        """The number of the newest record that is found by that, 0 for none."""
        if not has:
            return 0
        mark = self._mark(service, has, "has")
        wanted = select(service_record.c.number).where(
            service_record.c.service == service, service_record.c.has == mark, service_record.c.has.is_not(None)
        )
        with self._ledger().read() as connection:  # for the greatest one SQLite would go through all from the newest on
            return max(connection.execute(wanted).scalars(), default=0)

    def learn(self, service: str, stages: Collection[str], has: Callable[[Record], str], most: int) -> int:
        """Note what records have of which that was not noted: those from before there was a mark of it."""
        columns = service_record.c
        unknown = columns.has.is_(None) & columns.over.is_(None) & (columns.deeds > 0)
        wanted = select(service_record).where((columns.service == service) & unknown & columns.stage.in_(stages))
        with self._ledger().read() as connection:
            rows = connection.execute(wanted.order_by(columns.n).limit(most)).all()
            known = {row.n: self._mark(service, has(self._record(connection, row)), "has") or "" for row in rows}
        if not known:
            return 0
        with self._ledger().write() as connection:
            for n, mark in known.items():
                still = (columns.n == n) & columns.has.is_(None)
                connection.execute(update(service_record).where(still).values(has=mark))
        return len(known)

    def looked(self, at: datetime, by: str, about: str) -> None:
        """Who looks is in the audit chain, and stays there (S20)."""
        with self._ledger().write() as connection:
            audit.append(connection, audit.Fact(at, by, "has looked at", about, {}))

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
                at = {"sealed": None, "purged": moment, "has": None}
                connection.execute(update(service_record).where(service_record.c.n == n).values(at))
                connection.execute(update(service_deed).where(service_deed.c.record == n).values(sealed=None))
            told = {"records": str(len(gone))}
            audit.append(connection, audit.Fact(before, "retention", "purges what is personal", service, told))
        return len(gone)

    def _records(self, wanted: Select[Any]) -> tuple[Record, ...]:
        with self._ledger().read() as connection:
            return self._found(connection, wanted)

    def _found(self, connection: Connection, wanted: Select[Any]) -> tuple[Record, ...]:
        return tuple(self._record(connection, row) for row in connection.execute(wanted).all())

    def _refused(self, connection: Connection, record: Record, beside: Beside, once: str | None) -> Refused | None:
        """Why a record cannot be kept beside the others; nobody else writes meanwhile."""
        if number := self._said_once(connection, record.service, once):
            return twice(record.service, number)
        if beside.objects is None:
            return None
        recent = (service_record.c.over.is_(None)) | (service_record.c.at >= utc_text(beside.since))
        wanted = select(service_record).where(service_record.c.service == record.service, recent)
        return beside.objects(self._found(connection, wanted.order_by(service_record.c.n)))

    def _said_once(self, connection: Connection, service: str, mark: str | None) -> int:
        wanted = select(service_record.c.number).where(
            service_record.c.service == service, service_record.c.once == mark, service_record.c.once.is_not(None)
        )
        return connection.execute(wanted).scalar() or 0

    def _mark(self, service: str, said: str, what: str = "once") -> str | None:
        """What is said, told from another without being readable: it may be a telephone number, or a card's."""
        text = f"{service} {what} {said}".encode("utf-8", "backslashreplace")
        return hmac.new(self._key, text, hashlib.sha256).hexdigest()[:32] if said else None

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
            raise LedgerFault(
                tell("a time in service_record makes no sense ({cause}): restore a backup", cause=error)
            ) from error


def _about(record: Record, place: int) -> str:
    return f"{record.name}, deed {place}"


def _note(connection: Connection, record: Record, at: datetime, by: str, action: str) -> None:
    audit.append(connection, audit.Fact(at, by, action, record.name, {"stage": record.stage}))
