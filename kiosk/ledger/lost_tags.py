"""The lost-tag book of the ledger: cases, the receipts of their fees, kept tags, and notes about deposits (L07-L09)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.bag_day_schema import deposit_note, kept_tag, lost_tag, lost_tag_receipt
from kiosk.ledger.schema import deposit
from kiosk.ledger.sealed import Sealer
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import digest_of, from_utc_text, plain, utc_text
from kiosk.ports.bag_day import KeptTag
from kiosk.rules.forms.money import shown_fen
from kiosk.rules.lockers.identity import Document, DocumentKind
from kiosk.rules.lockers.lost_tag import Case, Event, Step
from kiosk.sentences import tell
from kiosk.units import LockerId

_NUMBERS = ("locker", "number", "generation", "deposit", "deeds", "fee_fen", "received_fen", "copies", "openings")
_WORDS = ("taken_by", "matched_by", "cashier", "signed_by", "approved_by", "handed_by", "kept", "official")
_WITH_RECEIPT = select(lost_tag, lost_tag_receipt.c.n.label("receipt")).outerjoin(lost_tag_receipt)
_WAITING = _WITH_RECEIPT.where(lost_tag.c.over.is_(None)).order_by(lost_tag.c.n)


class LedgerLostTags:
    """Implements LostTagBook. Any thread may call."""

    def __init__(self, ledger: Callable[[], Ledger], zone: tzinfo, key: bytes) -> None:
        """ledger: opens it when it is first needed. zone: of times given back. key: what is personal is sealed with."""
        self._ledger = ledger
        self._zone = zone
        self._sealer = Sealer(key, "lost-tags.key")

    def enter(self, case: Case) -> Case | None:
        """A new line; None where one is open for the same deposit."""
        with self._ledger().write() as connection:
            open_one = lost_tag.c.over.is_(None) & (lost_tag.c.deposit == case.deposit)
            steps = connection.execute(select(lost_tag.c.step).where(open_one)).scalars()
            if any(_holds(step) for step in steps):
                return None
            n = int(connection.execute(insert(lost_tag), self._row(case)).lastrowid)
            _note(connection, case, n, case.taken_by, "enters a lost tag", {})
        return replace(case, n=n)

    def keep(self, case: Case, *, was: Case, by: str, action: str) -> Case | None:
        """How the case stands now, where it stood as it was."""
        row = self._row(case)
        as_it_was = (lost_tag.c.n == case.n) & (lost_tag.c.deeds == was.deeds) & (lost_tag.c.step == was.step.value)
        with self._ledger().write() as connection:
            changed = connection.execute(update(lost_tag).where(as_it_was & lost_tag.c.over.is_(None)).values(row))
            if changed.rowcount == 0:
                return None
            told: dict[str, str] = {}
            receipt = case.receipt
            if action == Event.PAID.value:
                receipt = _receipt(connection, case)
                told = {"receipt": str(receipt), "received": shown_fen(case.received_fen)}
            if action == Event.HANDED_OVER.value and case.kept:
                told = {"kept": _kept(connection, case)}
            if action == Event.FILED.value:
                told = {"official": case.official}
            _note(connection, case, case.n, by, action, told)
        return replace(case, receipt=receipt)

    def case(self, n: int) -> Case | None:
        """The case of that number."""
        found = self._cases(_WITH_RECEIPT.where(lost_tag.c.n == n))
        return found[0] if found else None

    def of_deposit(self, deposit: int) -> Case | None:
        """The newest case about a deposit."""
        newest = _WITH_RECEIPT.where(lost_tag.c.deposit == deposit).order_by(lost_tag.c.n.desc()).limit(1)
        found = self._cases(newest)
        return found[0] if found else None

    def waiting(self) -> tuple[Case, ...]:
        """Every case that is not over, oldest first."""
        return self._cases(_WAITING)

    def since(self, moment: datetime) -> tuple[Case, ...]:
        """Every case that is not over or was reported since then, oldest first."""
        wanted = lost_tag.c.over.is_(None) | (lost_tag.c.reported >= utc_text(moment))
        return self._cases(_WITH_RECEIPT.where(wanted).order_by(lost_tag.c.n))

    def kept_tags(self, locker: LockerId | None = None) -> tuple[KeptTag, ...]:
        """The book of kept tags, or what it says of one locker, oldest first."""
        wanted = select(kept_tag) if locker is None else select(kept_tag).where(kept_tag.c.locker == locker)
        with self._ledger().read() as connection:
            return tuple(
                KeptTag(
                    row.lost_tag,
                    LockerId(row.locker),
                    row.number,
                    row.generation,
                    from_utc_text(row.at, self._zone),
                    row.place,
                    row.person,
                )
                for row in connection.execute(wanted.order_by(kept_tag.c.n))
            )

    def note(self, deposit: int, text: str, at: datetime) -> None:
        """What was noted about a deposit as it was left."""
        values = {"at": utc_text(at), "sealed": self._sealer.seal({"text": text}, _about_deposit(deposit))}
        written = upsert(deposit_note).values(deposit=deposit, **values)
        with self._ledger().write() as connection:
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
            connection.execute(written.on_conflict_do_update(index_elements=["deposit"], set_=values))

    def note_of(self, deposit: int) -> str:
        """What was noted, "" for nothing."""
        wanted = select(deposit_note.c.sealed).where(deposit_note.c.deposit == deposit)
        with self._ledger().read() as connection:
            sealed = connection.execute(wanted).scalar()
        return "" if sealed is None else self._sealer.opened(sealed, _about_deposit(deposit))["text"]

    def forget_notes(self) -> None:
        """Delete what was noted about deposits that are over; a lost-tag case keeps its own until it is purged."""
        ended = select(deposit.c.n).where(deposit.c.over.is_not(None), deposit.c.n == deposit_note.c.deposit)
        over = ended.exists() & deposit_note.c.deposit.not_in(select(lost_tag.c.deposit))
        with self._ledger().read() as connection:
            if connection.execute(select(deposit_note.c.deposit).where(over).limit(1)).first() is None:
                return
        with self._ledger().write() as connection:
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
            connection.execute(delete(deposit_note).where(over))

    def purge(self, before: datetime) -> int:
        """Take what is personal out of cases and notes that were over before then; overwritten, not only let go of."""
        moment = utc_text(before)
        due = (lost_tag.c.over < moment) & lost_tag.c.purged.is_(None)
        awaited = select(lost_tag.c.deposit).where(lost_tag.c.over.is_(None))
        old = (deposit_note.c.at < moment) & deposit_note.c.deposit.not_in(awaited)
        with self._ledger().read() as connection:
            cases = list(connection.execute(select(lost_tag.c.n).where(due)).scalars())
            notes = connection.execute(select(deposit_note.c.deposit).where(old)).first()
        if not cases and notes is None:
            return 0
        with self._ledger().write() as connection:
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
            gone = {"sealed": None, "purged": moment}
            connection.execute(update(lost_tag).where(lost_tag.c.n.in_(cases)).values(gone))
            connection.execute(delete(deposit_note).where(old))
            for n in cases:
                fact = audit.Fact(before, "retention", "purges what is personal", f"lost tag {n}", {})
                audit.append(connection, fact)
        return len(cases)

    def _cases(self, wanted: Select[Any]) -> tuple[Case, ...]:
        ledger = self._ledger()
        with ledger.read() as connection:
            rows = connection.execute(wanted).all()
        return tuple(self._case(row, ledger) for row in rows)

    def _case(self, row: Row[Any], ledger: Ledger) -> Case:
        personal = {} if row.sealed is None else self._sealer.opened(row.sealed, _about(row.deposit, row.reported))
        fields: dict[str, Any] = {name: getattr(row, name) for name in (*_NUMBERS, *_WORDS)}
        try:
            document = personal.get("document", "")
            return Case(
                **fields | {"locker": LockerId(row.locker)},
                n=row.n,
                reported=from_utc_text(row.reported, self._zone),
                since=from_utc_text(row.since, self._zone),
                step=Step(row.step),
                described=row.described and from_utc_text(row.described, self._zone),
                note_seen=row.note_seen and from_utc_text(row.note_seen, self._zone),
                description=personal.get("description", ""),
                name=personal.get("name", ""),
                address=personal.get("address", ""),
                document=Document(DocumentKind(document), personal.get("number", "")) if document else None,
                why=personal.get("why", ""),
                receipt=row.receipt or 0,
                tag_found=bool(row.tag_found),
            )
        except (ValueError, TypeError) as error:
            raise LedgerFault(
                tell(
                    "{ledger}: case {row} of lost_tag makes no sense ({cause}): restore a backup",
                    ledger=ledger.path,
                    row=row.n,
                    cause=error,
                )
            ) from error

    def _row(self, case: Case) -> dict[str, Any]:
        reported = utc_text(case.reported)
        personal = {
            "description": case.description,
            "name": case.name,
            "address": case.address,
            "document": case.document.kind.value if case.document else "",
            "number": case.document.number if case.document else "",
            "why": case.why,
        }
        return {
            **{name: getattr(case, name) for name in _NUMBERS},
            **{name: plain(getattr(case, name)) for name in _WORDS},
            "reported": reported,
            "step": case.step.value,
            "since": utc_text(case.since),
            "described": case.described and utc_text(case.described),
            "note_seen": case.note_seen and utc_text(case.note_seen),
            "tag_found": int(case.tag_found),
            "sealed": self._sealer.seal(personal, _about(case.deposit, reported)),
            "over": utc_text(case.since) if case.is_over else None,
        }


def _holds(step: str) -> bool:
    return step not in {one.value for one in (Step.HANDED_OVER, Step.HELD_BACK, Step.WITHDRAWN)}


def _about(deposit: int, reported: str) -> str:
    """The line that what is sealed belongs to: known before the line has its number."""
    return f"the lost tag of deposit {deposit}, {reported}"


def _about_deposit(n: int) -> str:
    return f"the note about deposit {n}"


def _receipt(connection: Connection, case: Case) -> int:
    row = {
        "lost_tag": case.n,
        "at": utc_text(case.since),
        "fee_fen": case.fee_fen,
        "received_fen": case.received_fen,
        "person": plain(case.cashier),
    }
    n = int(connection.execute(insert(lost_tag_receipt), row).lastrowid)
    _vouch(connection, case, lost_tag_receipt.name, n, row, case.cashier, "gives a receipt")
    return n


def _kept(connection: Connection, case: Case) -> str:
    row = {
        "lost_tag": case.n,
        "locker": case.locker,
        "number": case.number,
        "generation": case.generation,
        "at": utc_text(case.since),
        "place": plain(case.kept),
        "person": plain(case.handed_by),
    }
    n = int(connection.execute(insert(kept_tag), row).lastrowid)
    _vouch(connection, case, kept_tag.name, n, row, case.handed_by, "keeps the remaining tag")
    return case.kept


def _vouch(  # noqa: PLR0913
    connection: Connection, case: Case, record: str, n: int, row: Mapping[str, object], by: str, action: str
) -> None:
    vouched = audit.Vouched(record, n, digest_of({**row, "n": n}))
    audit.append(connection, audit.Fact(case.since, by, action, f"lost tag {case.n}", {"number": str(n)}, vouched))


def _note(connection: Connection, case: Case, n: int, by: str, action: str, told: Mapping[str, str]) -> None:
    details = {"locker": str(case.locker), "tag": str(case.number), "step": case.step.value, **told}
    audit.append(connection, audit.Fact(case.since, by, action, f"lost tag {n}", details))
