"""The book of return slips in the ledger: gap-free numbers, no more back than was bought, vouched for line by line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, literal_column, select, update

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.judged_rows import as_row, read_judged
from kiosk.ledger.notices import hang
from kiosk.ledger.print_jobs import LedgerPrintQueue
from kiosk.ledger.returns_schema import (
    return_handover_signed,
    return_judged,
    return_register_signed,
    return_slip,
    return_slip_progress,
)
from kiosk.ledger.sealed import Sealer
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import digest_of, from_utc_text, plain, utc_text
from kiosk.ports.bag_day import Notice
from kiosk.ports.return_slips import SignedHandover, SignedRegister, ToPrint
from kiosk.rules.returns.judged import Judged
from kiosk.rules.returns.receipt import shown_quantity
from kiosk.rules.returns.slip import Event, Goods, Kind, Refused, Slip, Stage, numbered
from kiosk.sentences import tell

_NUMBERS = ("line", "bought_milli", "quantity_milli", "unit_price_fen", "amount_fen")
_WORDS = ("receipt", "item", "barcode", "name", "department", "reason", "clerk")
_BOTH = select(return_slip, return_slip_progress).join(return_slip_progress)


class LedgerReturnSlips:
    """Implements SlipBook. Any thread may call."""

    def __init__(
        self,
        ledger: Callable[[], Ledger],
        zone: tzinfo,
        key: bytes,
        queue: Callable[[], LedgerPrintQueue] | None = None,
    ) -> None:
        """zone: of times given back, and of days. key: what is personal is sealed with. queue: where sheets go."""
        self._ledger, self._zone = ledger, zone
        self._sealer = Sealer(key, "returns.key")
        self._queue = queue

    def fill(self, slip: Slip, notices: tuple[Notice, ...] = (), judged: Judged | None = None) -> Slip | Refused:
        """A new slip with the next number, taken in its own transaction."""
        with self._ledger().write() as connection:
            if judged is not None and (other := _for_records(connection, (judged.record,))):
                slip_number = numbered(other[judged.record])
                return Refused(tell("slip {slip} was filled for that ticket: go on with that one", slip=slip_number))
            left = slip.bought_milli - _come_back(connection, slip.receipt, slip.line)
            if slip.quantity_milli > left:
                why = tell(
                    "line {line} of receipt {receipt} has {left} left to come back, {wanted} are asked for",
                    line=slip.line,
                    receipt=slip.receipt,
                    left=shown_quantity(max(left, 0)),
                    wanted=shown_quantity(slip.quantity_milli),
                )
                return Refused(why)
            newest = int(connection.execute(select(func.coalesce(func.max(return_slip.c.n), 0))).scalar_one())
            slip = replace(slip, number=newest + 1)
            row = self._row(slip)
            connection.execute(insert(return_slip), row)
            connection.execute(insert(return_slip_progress), {"slip": slip.number, **self._progress(slip)})
            vouched = audit.Vouched(return_slip.name, slip.number, digest_of(row))
            details = {"receipt": slip.receipt, "line": str(slip.line), "kind": slip.kind.value}
            if judged is not None:
                connection.execute(insert(return_judged), {"slip": slip.number, **as_row(judged)})
                details |= {"policy": judged.outcome.value, "clauses": " ".join(judged.clauses)}
            fact = audit.Fact(slip.filled, slip.clerk, "fills", _named(slip), details, vouched)
            audit.append(connection, fact)
            for notice in notices:
                hang(connection, replace(notice, key=f"{notice.key} {numbered(slip.number)}"))
        return slip

    def keep(self, slip: Slip, *, was: Slip, by: str, event: Event, to_print: ToPrint | None = None) -> bool:
        """How it stands now, where it stood as it was; its sheets are queued in the same step."""
        as_it_was = (
            (return_slip_progress.c.slip == slip.number)
            & (return_slip_progress.c.deeds == was.deeds)
            & (return_slip_progress.c.stage == was.stage.value)
        )
        assert slip.since is not None
        with self._ledger().write() as connection:
            changed = connection.execute(update(return_slip_progress).where(as_it_was).values(self._progress(slip)))
            if changed.rowcount == 0:
                return False
            told = {"stage": slip.stage.value}
            if event is Event.VOID:
                told |= {"clerk": slip.voided_by[0]}
            if event is Event.REDEEM:
                told |= {"price_fen": str(slip.till_fen), "top_up_fen": str(slip.top_up_fen)}
            audit.append(connection, audit.Fact(slip.since, by, event.value, _named(slip), told))
            if to_print is not None and self._queue is not None:
                for sheet in to_print.sheets:
                    self._queue().enqueue(connection, to_print.printer, sheet, slip.since, by=by)
        return True

    def judged(self, number: int) -> Judged | None:
        """What the clerk found when that slip was filled."""
        wanted = select(return_judged).where(return_judged.c.slip == number)
        with self._ledger().read() as connection:
            row = connection.execute(wanted).first()
        return None if row is None else read_judged(row)

    def slips_for(self, records: tuple[int, ...]) -> Mapping[int, int]:
        """Numbers of slips that count, by the record of the kiosk that each was filled for."""
        with self._ledger().read() as connection:
            return _for_records(connection, records)

    def slip(self, number: int) -> Slip | None:
        """The slip of that number."""
        found = self._slips(_BOTH.where(return_slip.c.n == number))
        return found[0] if found else None

    def of_day(self, day: date) -> tuple[Slip, ...]:
        """The slips that were filled on a day, in the order of their numbers."""
        begin, end = self._bounds(day)
        of_it = (return_slip.c.filled >= begin) & (return_slip.c.filled < end)
        return self._slips(_BOTH.where(of_it).order_by(return_slip.c.n))

    def of_days(self, first: date, last: date) -> tuple[Slip, ...]:
        """The slips that were filled on these days, without what is personal: nothing is decrypted."""
        of_them = (return_slip.c.filled >= self._bounds(first)[0]) & (return_slip.c.filled < self._bounds(last)[1])
        return self._slips(_BOTH.where(of_them).order_by(return_slip.c.n), personal=False)

    def waiting(self) -> tuple[Slip, ...]:
        """Slips that are not over, in the order of their numbers."""
        return self._slips(_BOTH.where(return_slip_progress.c.over.is_(None)).order_by(return_slip_progress.c.slip))

    def last_before(self, day: date) -> int:
        """The last number of the days before, 0 for none."""
        wanted = select(func.coalesce(func.max(return_slip.c.n), 0)).where(return_slip.c.filled < self._bounds(day)[0])
        with self._ledger().read() as connection:
            return int(connection.execute(wanted).scalar_one())

    def come_back(self, receipt: str, line: int) -> int:
        """How much of a receipt's line has come back already, in thousandths; void slips left out."""
        with self._ledger().read() as connection:
            return _come_back(connection, receipt, line)

    def sign_register(self, day: date, by: str, at: datetime, last: int, content: Mapping[str, object]) -> bool:
        """Signed and vouched for; False where it is signed with that last number already."""
        row = {
            "day": day.isoformat(),
            "at": utc_text(at),
            "person": plain(by),
            "last": last,
            "content": json.dumps(dict(content), ensure_ascii=False, sort_keys=True),
        }
        taken = (return_register_signed.c.day == row["day"]) & (return_register_signed.c.last == last)
        with self._ledger().write() as connection:
            if connection.execute(select(return_register_signed.c.n).where(taken)).first() is not None:
                return False
            n = int(connection.execute(insert(return_register_signed), row).lastrowid)
            vouched = audit.Vouched(return_register_signed.name, n, digest_of({**row, "n": n}))
            audit.append(connection, audit.Fact(at, by, "signs", f"return register {day}", {}, vouched))
        return True

    def registers(self, day: date, last: date | None = None) -> tuple[SignedRegister, ...]:
        """Signatures under a day's register, oldest first. last: of the days from that one to this one."""
        of_day = return_register_signed.c.day.between(day.isoformat(), (last or day).isoformat())
        wanted = select(return_register_signed).where(of_day).order_by(return_register_signed.c.n)
        with self._ledger().read() as connection:
            rows = connection.execute(wanted).all()
        return tuple(
            SignedRegister(date.fromisoformat(row.day), from_utc_text(row.at, self._zone), row.person, row.last)
            for row in rows
        )

    def sign_handover(self, day: date, department: str, by: str, at: datetime, slips: tuple[int, ...]) -> bool:
        """Signed and vouched for; False where it is signed already."""
        row = {
            "day": day.isoformat(),
            "department": plain(department),
            "at": utc_text(at),
            "person": plain(by),
            "slips": json.dumps(slips),
        }
        columns = return_handover_signed.c
        taken = (
            (columns.day == row["day"]) & (columns.department == row["department"]) & (columns.slips == row["slips"])
        )
        with self._ledger().write() as connection:
            if connection.execute(select(columns.n).where(taken)).first() is not None:
                return False
            n = int(connection.execute(insert(return_handover_signed), row).lastrowid)
            vouched = audit.Vouched(return_handover_signed.name, n, digest_of({**row, "n": n}))
            details = {"department": department}
            audit.append(connection, audit.Fact(at, by, "takes back", f"returned goods {day}", details, vouched))
        return True

    def handovers(self, day: date, last: date | None = None) -> tuple[SignedHandover, ...]:
        """What departments signed for, oldest first. last: as for registers."""
        of_day = return_handover_signed.c.day.between(day.isoformat(), (last or day).isoformat())
        wanted = select(return_handover_signed).where(of_day).order_by(return_handover_signed.c.n)
        with self._ledger().read() as connection:
            rows = connection.execute(wanted).all()
        return tuple(
            SignedHandover(
                date.fromisoformat(row.day),
                row.department,
                from_utc_text(row.at, self._zone),
                row.person,
                tuple(json.loads(row.slips)),
            )
            for row in rows
        )

    def purge(self, before: datetime) -> int:
        """Take what is personal off slips that were over before then; overwritten, not only let go of."""
        progress = return_slip_progress.c
        moment = utc_text(before)
        settled = (progress.stage == Stage.SETTLED.value) & (progress.since < moment)  # nobody checked at the door
        due = ((progress.over < moment) | settled) & progress.sealed.is_not(None)
        with self._ledger().read() as connection:
            if connection.execute(select(progress.slip).where(due).limit(1)).first() is None:
                return 0
        with self._ledger().write() as connection:
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
            gone = connection.execute(update(return_slip_progress).where(due).values(sealed=None)).rowcount
            told = {"slips": str(gone)}
            fact = audit.Fact(before, "retention", "purges what is personal", "return slips", told)
            audit.append(connection, fact)
        return gone

    def _bounds(self, day: date) -> tuple[str, str]:
        begin = datetime.combine(day, time(), self._zone)
        return utc_text(begin), utc_text(datetime.combine(day + timedelta(days=1), time(), self._zone))

    def _slips(self, wanted: Select[Any], *, personal: bool = True) -> tuple[Slip, ...]:
        with self._ledger().read() as connection:
            rows = connection.execute(wanted).all()
        return tuple(self._slip(row, personal) for row in rows)

    def _slip(self, row: Row[Any], opens: bool) -> Slip:
        sealed = row.sealed if opens else None
        personal = {} if sealed is None else self._sealer.opened(sealed, _about(row.n, row.filled))
        try:
            return Slip(
                **{name: getattr(row, name) for name in (*_NUMBERS, *_WORDS)},
                number=row.n,
                filled=from_utc_text(row.filled, self._zone),
                kind=Kind(row.kind),
                bought=from_utc_text(row.bought, self._zone),
                goods=Goods(row.goods),
                fresh=bool(row.fresh),
                spoiled=bool(row.spoiled),
                stage=Stage(row.stage),
                since=from_utc_text(row.since, self._zone),
                deeds=row.deeds,
                approver=row.approver,
                cashier=row.cashier,
                auditor=row.auditor,
                till_fen=row.till_fen,
                top_up_fen=row.top_up_fen,
                voided_by=(row.void_clerk, row.void_approver),
                void_why=row.void_why,
                member=personal.get("member", ""),
                phone=personal.get("phone", ""),
                note=personal.get("note", ""),
            )
        except (ValueError, TypeError) as error:
            raise LedgerFault(
                tell("return slip {row} makes no sense ({cause}): restore a backup", row=row.n, cause=error)
            ) from error

    def _row(self, slip: Slip) -> dict[str, Any]:
        return {
            **{name: getattr(slip, name) for name in _NUMBERS},
            **{name: plain(getattr(slip, name)) for name in _WORDS},
            "n": slip.number,
            "filled": utc_text(slip.filled),
            "kind": slip.kind.value,
            "bought": utc_text(slip.bought),
            "goods": slip.goods.value,
            "fresh": int(slip.fresh),
            "spoiled": int(slip.spoiled),
        }

    def _progress(self, slip: Slip) -> dict[str, Any]:
        filled = utc_text(slip.filled)
        since = utc_text(slip.since or slip.filled)
        personal = {"member": slip.member, "phone": slip.phone, "note": slip.note}
        return {
            "stage": slip.stage.value,
            "since": since,
            "deeds": slip.deeds,
            "approver": plain(slip.approver),
            "cashier": plain(slip.cashier),
            "auditor": plain(slip.auditor),
            "till_fen": slip.till_fen,
            "top_up_fen": slip.top_up_fen,
            "void_clerk": plain(slip.voided_by[0]),
            "void_approver": plain(slip.voided_by[1]),
            "void_why": plain(slip.void_why),
            "sealed": self._sealer.seal(personal, _about(slip.number, filled)),
            "over": since if slip.is_over else None,
        }


def _come_back(connection: Connection, receipt: str, line: int) -> int:
    of_line = (return_slip.c.receipt == receipt) & (return_slip.c.line == line)
    counts = return_slip_progress.c.stage != Stage.VOID.value
    joined = return_slip.join(return_slip_progress)
    wanted = select(func.coalesce(func.sum(return_slip.c.quantity_milli), 0)).select_from(joined)
    return int(connection.execute(wanted.where(of_line & counts)).scalar_one())


def _for_records(connection: Connection, records: tuple[int, ...]) -> dict[int, int]:
    counts = return_slip_progress.c.stage != Stage.VOID.value
    of_them = return_judged.c.record.in_(records) & (return_judged.c.record > literal_column("0"))  # as its index
    joined = return_judged.join(return_slip_progress, return_slip_progress.c.slip == return_judged.c.slip)
    wanted = select(return_judged.c.record, return_judged.c.slip).select_from(joined).where(counts & of_them)
    return {row.record: row.slip for row in connection.execute(wanted)}


def _about(number: int, filled: str) -> str:
    return f"return slip {number}, {filled}"


def _named(slip: Slip) -> str:
    return f"return slip {numbered(slip.number)}"
