"""The lockers and what lies in them: a step of the bag-storage desk is one transaction, audit lines and all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.faults import FullDisk
from kiosk.ledger.reserve import Reserve
from kiosk.ledger.schema import deposit, locker
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import digest_of, from_utc_text, plain, utc_text
from kiosk.ports.lockers import Entry
from kiosk.rules.lockers.deposit import Deposit, Outcome
from kiosk.rules.lockers.locker import Assignment, Door, Locker, Size
from kiosk.rules.lockers.shown_tag import TagKind
from kiosk.sentences import tell
from kiosk.units import LockerId

_Kept = TypeVar("_Kept", Locker, Deposit)

_LOCKERS = select(locker).order_by(locker.c.id)
_LYING = select(deposit).where(deposit.c.over.is_(None)).order_by(deposit.c.n)
_NEWEST = select(func.max(deposit.c.n))
_INSERT = upsert(locker)
_KEEP_LOCKER = _INSERT.on_conflict_do_update(
    index_elements=["id"],
    set_={column.name: _INSERT.excluded[column.name] for column in locker.c if column.name != "id"},
)
_NEW_DEPOSIT = insert(deposit)
_KEEP_DEPOSIT = (
    update(deposit)
    .where(deposit.c.n == bindparam("at_n"))
    .values({name: bindparam(name) for name in ("stored", "kept", "over", "outcome", "by")})
)


class LedgerLockers:
    """Implements LockerBook on the ledger. Any thread may call; one role writes."""

    def __init__(self, ledger: Callable[[], Ledger], zone: tzinfo, reserve: Reserve | None = None) -> None:
        """ledger: opens it when it is first needed, raising LedgerFault while it cannot. zone: of times given back.

        reserve: room for what has happened already; without it, a full disk is full for everything.
        """
        self._ledger = ledger
        self._zone = zone
        self._reserve = reserve

    def lockers(self) -> tuple[Locker, ...]:
        """Every locker as it stands, in the order of their positions."""
        return tuple(self._sensible(row, _locker) for row in self._rows(_LOCKERS))

    def deposits(self) -> tuple[Deposit, ...]:
        """Those that are not over, oldest first."""
        return tuple(self._sensible(row, _deposit) for row in self._rows(_LYING))

    def deposit(self, n: int) -> Deposit | None:
        """The deposit of a number, however long ago; None where there is none."""
        rows = self._rows(select(deposit).where(deposit.c.n == n))
        return self._sensible(rows[0], _deposit) if rows else None

    def next_deposit(self) -> int:
        """The number of the next deposit."""
        ((newest,),) = self._rows(_NEWEST)
        return int(newest or 0) + 1

    def write(self, entry: Entry) -> None:
        """Make a step durable: on the disk when this returns, and never happened if it raises."""
        if self._reserve is None:
            self._write(entry)
            return
        if not self._reserve.keep(entry.at) and not entry.happened:
            raise self._reserve.nothing_new()
        try:
            self._write(entry)
        except FullDisk:
            if not entry.happened:
                raise
            self._reserve.use()
            self._write(entry)

    def _write(self, entry: Entry) -> None:
        with self._ledger().write() as connection:
            for each in entry.lockers:
                connection.execute(_KEEP_LOCKER, _locker_row(each))
            for lies in entry.deposits:
                _keep_deposit(connection, lies, entry.at)
            for note in entry.notes:
                audit.append(connection, audit.Fact(entry.at, note.actor, note.action, note.subject, note.details))

    def _rows(self, wanted: Any) -> list[Row[Any]]:
        with self._ledger().read() as connection:
            return list(connection.execute(wanted))

    def _sensible(self, row: Row[Any], read: Callable[[Row[Any], tzinfo], _Kept]) -> _Kept:
        try:
            return read(row, self._zone)
        except (ValueError, TypeError) as error:
            told = f"{self._ledger().path}: row {row[0]} of the lockers makes no sense"
            raise LedgerFault(tell("{told} ({cause}): restore a backup", told=told, cause=error)) from error


def _keep_deposit(connection: Connection, lies: Deposit, at: datetime) -> None:
    row = _deposit_row(lies)
    if connection.execute(_KEEP_DEPOSIT, {**row, "at_n": lies.n}).rowcount == 0:
        connection.execute(_NEW_DEPOSIT, row)
    if lies.over is not None:
        vouched = audit.Vouched(deposit.name, lies.n, digest_of(row))
        details = {"outcome": lies.outcome.value, "locker": str(lies.locker)}
        audit.append(connection, audit.Fact(at, lies.by or "tag", "ends", f"deposit {lies.n}", details, vouched))


def _locker(row: Row[Any], zone: tzinfo) -> Locker:
    return Locker(
        LockerId(row.id),
        Size(row.size),
        row.number,
        row.generation,
        Assignment(row.assignment),
        Door(row.door),
        from_utc_text(row.since, zone),
        row.deposit,
        bool(row.unconfirmed),
        row.why,
    )


def _deposit(row: Row[Any], zone: tzinfo) -> Deposit:
    def moment(text: str | None) -> datetime | None:
        return None if text is None else from_utc_text(text, zone)

    return Deposit(
        row.n,
        LockerId(row.locker),
        row.number,
        row.generation,
        from_utc_text(row.began, zone),
        moment(row.stored),
        moment(row.kept),
        moment(row.over),
        Outcome(row.outcome),
        row.by,
        TagKind(row.tag),
    )


def _locker_row(each: Locker) -> dict[str, Any]:
    return {
        "id": each.id,
        "size": each.size.value,
        "number": each.number,
        "generation": each.generation,
        "assignment": each.assignment.value,
        "door": each.door.value,
        "since": utc_text(each.since),
        "deposit": each.deposit,
        "unconfirmed": int(each.unconfirmed),
        "why": plain(each.why),
    }


def _deposit_row(lies: Deposit) -> dict[str, Any]:
    return {
        "n": lies.n,
        "locker": lies.locker,
        "number": lies.number,
        "generation": lies.generation,
        "began": utc_text(lies.began),
        "stored": lies.stored and utc_text(lies.stored),
        "kept": lies.kept and utc_text(lies.kept),
        "over": lies.over and utc_text(lies.over),
        "outcome": lies.outcome.value,
        "by": plain(lies.by),
        "tag": lies.tag.value,
    }
