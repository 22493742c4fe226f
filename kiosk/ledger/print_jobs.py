"""The print queue of the ledger: a job is kept, encrypted, until it is on paper, through restarts and power cuts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, literal_column, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.printing_schema import print_job, printer_state
from kiosk.ledger.sealed import Sealer
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import from_utc_text, plain, utc_text
from kiosk.rules.printing.document import Document, read, stamped, written
from kiosk.rules.printing.jobs import OVER, Condition, Event, Job, Stage, after
from kiosk.sentences import tell


def _at(*stages: Stage) -> ColumnElement[bool]:
    """Word for word as in its index: SQLite passes that by otherwise, and reads every job there ever was."""
    return print_job.c.stage.in_([literal_column(f"'{stage.value}'") for stage in stages])


_BEGUN = _at(Stage.WAITING, Stage.PRINTING)
_OPEN = _at(*(stage for stage in Stage if stage not in OVER))
_NEXT = select(print_job).where(_BEGUN, print_job.c.stage == Stage.WAITING.value).order_by(print_job.c.n).limit(1)
_BY_THE_STORE = frozenset({Event.BEGUN, Event.DONE, Event.NOT_BEGUN, Event.BROKE_OFF})


class LedgerPrintQueue:
    """Implements ports.printer.PrintQueue. Any thread may call."""

    def __init__(self, ledger: Callable[[], Ledger], zone: tzinfo, key: Callable[[], bytes]) -> None:
        """ledger: opens it when it is first needed. zone: of times given back. key: documents are encrypted with it."""
        self._ledger = ledger
        self._zone = zone
        self._key = key

    @property
    def _sealer(self) -> Sealer:
        return Sealer(self._key(), "print-queue.key")

    def add(self, printer: str, document: Document, at: datetime, *, by: str, secret: bool = False) -> int:
        """A new job, durable with its number when this returns."""
        with self._ledger().write() as connection:
            return self.enqueue(connection, printer, document, at, by=by, secret=secret)

    def add_all(self, printer: str, documents: Iterable[Document], at: datetime, *, by: str) -> tuple[int, ...]:
        """Jobs that belong together: all of them, or none."""
        with self._ledger().write() as connection:
            return tuple(self.enqueue(connection, printer, one, at, by=by) for one in documents)

    def enqueue(  # noqa: PLR0913
        self,
        connection: Connection,
        printer: str,
        document: Document,
        at: datetime,
        *,
        by: str,
        secret: bool = False,
        copy_of: int = 0,
    ) -> int:
        """A new job in the caller's write transaction: what it belongs to is written with it, or neither is."""
        row = {
            "printer": plain(printer),
            "subject": plain(document.title),
            "at": utc_text(at),
            "by": plain(by),
            "secret": int(secret),
            "stage": Stage.WAITING.value,
            "since": utc_text(at),
            "attempt": 0,
            "copy_of": copy_of,
            "why": "",
        }
        content = self._sealer.seal({"document": written(document)}, _about(row["printer"], row["at"]))
        return int(connection.execute(insert(print_job), {**row, "content": content}).lastrowid)

    def begin(self, printer: str, at: datetime) -> tuple[Job, Document] | None:
        """The oldest job that waits for that printer; it counts as being printed when this returns.

        One whose content does not open is unsure from now on, and the next one is taken.
        """
        while True:
            with self._ledger().write() as connection:
                row = connection.execute(_NEXT.where(print_job.c.printer == printer)).first()
                if row is None:
                    return None
                document = self._document(row)
                event = Event.BEGUN if document is not None else Event.LOST_SIGHT
                changes: dict[str, Any] = {"attempt": row.attempt + 1}
                if document is None:
                    changes["why"] = "what was to be printed does not open: print-queue.key is not the one it had"
                stage = Stage.PRINTING if document is not None else Stage.UNSURE
                job = self._changed(connection, row, stage, at, **changes)
                if document is None:
                    _tell(connection, job, event, at, "printing", job.why)
                    continue
            return job, document

    def note(self, n: int, event: Event, at: datetime, *, by: str = "", why: str = "") -> Job | None:
        """What happened to a job; None where that cannot happen to it as it stands."""
        with self._ledger().write() as connection:
            row = connection.execute(select(print_job).where(print_job.c.n == n)).first()
            stage = None if row is None else after(Stage(row.stage), event)
            if row is None or stage is None:
                return None
            changes: dict[str, Any] = {"why": plain(why)}
            if stage in OVER and row.secret:
                connection.exec_driver_sql("PRAGMA secure_delete=ON")
                changes["content"] = None
            job = self._changed(connection, row, stage, at, **changes)
            if event not in _BY_THE_STORE:
                _tell(connection, job, event, at, by or "printing", why)
        return job

    def copy(self, n: int, at: datetime, *, by: str, stamp: str) -> Job | None:
        """A new job that repeats one under a stamp; what it repeats is settled with it."""
        with self._ledger().write() as connection:
            row = connection.execute(select(print_job).where(print_job.c.n == n)).first()
            stage = None if row is None else after(Stage(row.stage), Event.COPIED)
            document = None if row is None or stage is None else self._document(row)
            if row is None or stage is None or document is None:
                return None
            secret = bool(row.secret)
            new = self.enqueue(
                connection, row.printer, stamped(document, stamp), at, by=by, secret=secret, copy_of=row.n
            )
            settled = {"content": None} if secret else {}
            job = self._changed(connection, row, stage, at, **settled)
            _tell(connection, job, Event.COPIED, at, by, f"as job {new}")
            return self._job(connection.execute(select(print_job).where(print_job.c.n == new)).one())

    def lost_sight(self, printer: str, at: datetime, why: str) -> tuple[Job, ...]:
        """Jobs that a start finds begun, each now unsure: nobody saw their end."""
        begun = (_BEGUN, print_job.c.printer == printer, print_job.c.stage == Stage.PRINTING.value)
        with self._ledger().read() as connection:
            found = connection.execute(select(print_job.c.n).where(*begun)).scalars().all()
        noted = (self.note(n, Event.LOST_SIGHT, at, why=why) for n in found)
        return tuple(job for job in noted if job is not None)

    def waits(self, printer: str) -> bool:
        """Whether a job waits for it."""
        waiting = (_BEGUN, print_job.c.printer == printer, print_job.c.stage == Stage.WAITING.value)
        with self._ledger().read() as connection:
            return connection.execute(select(print_job.c.n).where(*waiting).limit(1)).first() is not None

    def open_jobs(self) -> tuple[Job, ...]:
        """What waits, is being printed, or is unsure; oldest first."""
        return self._jobs(_OPEN)

    def recent(self, since: datetime) -> tuple[Job, ...]:
        """Every job since then, and all that are open; oldest first."""
        return self._jobs(or_(_OPEN, print_job.c.at >= utc_text(since)))

    def document(self, n: int) -> Document | None:
        """What a job prints, None once it is forgotten."""
        with self._ledger().read() as connection:
            row = connection.execute(select(print_job).where(print_job.c.n == n)).first()
        return None if row is None else self._document(row)

    def report(self, printer: str, condition: Condition, at: datetime) -> None:
        """How a printer is; the moment stays where nothing changed."""
        values = {"condition": condition.name, "since": utc_text(at)}
        written_row = upsert(printer_state).values(printer=plain(printer), **values)
        changed = printer_state.c.condition != condition.name
        with self._ledger().write() as connection:
            connection.execute(
                written_row.on_conflict_do_update(index_elements=["printer"], set_=values, where=changed)
            )

    def conditions(self) -> dict[str, tuple[Condition, datetime]]:
        """How each printer was when it last changed, and since when."""
        with self._ledger().read() as connection:
            rows = connection.execute(select(printer_state)).all()
        return {row.printer: (Condition[row.condition], from_utc_text(row.since, self._zone)) for row in rows}

    def purge(self, before: datetime) -> int:
        """Forget the content of jobs that were over before then; overwritten, not only let go of."""
        due = ~_OPEN & (print_job.c.since < utc_text(before)) & print_job.c.content.is_not(None)
        with self._ledger().read() as connection:
            if connection.execute(select(print_job.c.n).where(due).limit(1)).first() is None:
                return 0
        with self._ledger().write() as connection:
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
            return connection.execute(update(print_job).where(due).values(content=None)).rowcount

    def _changed(self, connection: Connection, row: Row[Any], stage: Stage, at: datetime, **changes: object) -> Job:
        values = {"stage": stage.value, "since": utc_text(at), **changes}
        connection.execute(update(print_job).where(print_job.c.n == row.n).values(values))
        return self._job(connection.execute(select(print_job).where(print_job.c.n == row.n)).one())

    def _document(self, row: Row[Any]) -> Document | None:
        if row.content is None:
            return None
        try:
            return read(self._sealer.opened(row.content, _about(row.printer, row.at))["document"])
        except (LedgerFault, ValueError, KeyError):
            return None

    def _jobs(self, wanted: ColumnElement[bool]) -> tuple[Job, ...]:
        with self._ledger().read() as connection:
            rows = connection.execute(select(print_job).where(wanted).order_by(print_job.c.n)).all()
        return tuple(self._job(row) for row in rows)

    def _job(self, row: Row[Any]) -> Job:
        try:
            return Job(
                row.n,
                row.printer,
                row.subject,
                from_utc_text(row.at, self._zone),
                Stage(row.stage),
                from_utc_text(row.since, self._zone),
                row.attempt,
                row.copy_of,
                row.why,
            )
        except (ValueError, TypeError) as error:
            raise LedgerFault(
                tell("print job {row} makes no sense ({cause}): restore a backup", row=row.n, cause=error)
            ) from error


def _about(printer: object, at: object) -> str:
    return f"a print job for {printer}, {at}"


def _tell(connection: Connection, job: Job, event: Event, at: datetime, by: str, why: str) -> None:
    details = {"printer": job.printer, "subject": job.subject, **({"why": why} if why else {})}
    audit.append(connection, audit.Fact(at, by, event.value, f"print job {job.n}", details))
