"""Counts and checklists of the bag storage: each line durable at once, what is signed never rewritten (L10-L12)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo

from sqlalchemy import insert, select

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.bag_day_schema import locker_sheet, locker_sheet_line, locker_sheet_signed
from kiosk.ledger.notices import hang, take_down
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import digest_of, from_utc_text, plain, utc_text
from kiosk.ports.bag_day import Notice, SheetLine, SignedSheet
from kiosk.rules.lockers.closing import SheetKind
from kiosk.sentences import tell

_SIGNED = select(locker_sheet_signed.c.sheet)


class LedgerSheets:
    """Implements SheetBook. Any thread may call."""

    def __init__(self, ledger: Callable[[], Ledger], zone: tzinfo) -> None:
        """ledger: opens it when it is first needed. zone: on whose clocks times are given back."""
        self._ledger = ledger
        self._zone = zone

    def begin(self, day: date, kind: SheetKind, by: str, at: datetime) -> int:
        """The sheet of that day and kind that is not signed yet, begun now where there is none."""
        unsigned = locker_sheet.c.n.not_in(_SIGNED)
        of_day = (locker_sheet.c.day == day.isoformat()) & (locker_sheet.c.kind == kind.value)
        newest = select(locker_sheet.c.n).where(of_day & unsigned).order_by(locker_sheet.c.n.desc())
        row = {"day": day.isoformat(), "kind": kind.value, "begun": utc_text(at), "person": plain(by)}
        with self._ledger().write() as connection:
            n = connection.execute(newest.limit(1)).scalar()
            return int(connection.execute(insert(locker_sheet), row).lastrowid if n is None else n)

    def add(self, sheet: int, line: SheetLine) -> bool:
        """A line more; False where the sheet is signed already."""
        row = {
            "sheet": sheet,
            "at": utc_text(line.at),
            "person": plain(line.by),
            "content": json.dumps({name: plain(value) for name, value in line.content.items()}, ensure_ascii=False),
        }
        with self._ledger().write() as connection:
            if connection.execute(_SIGNED.where(locker_sheet_signed.c.sheet == sheet)).first() is not None:
                return False
            connection.execute(insert(locker_sheet_line), row)
        return True

    def lines(self, sheet: int) -> tuple[SheetLine, ...]:
        """The lines so far, oldest first."""
        wanted = select(locker_sheet_line).where(locker_sheet_line.c.sheet == sheet).order_by(locker_sheet_line.c.n)
        ledger = self._ledger()
        with ledger.read() as connection:
            rows = connection.execute(wanted).all()
        try:
            return tuple(
                SheetLine(
                    from_utc_text(row.at, self._zone),
                    row.person,
                    {str(name): str(value) for name, value in json.loads(row.content).items()},
                )
                for row in rows
            )
        except (ValueError, TypeError, AttributeError) as error:
            raise LedgerFault(
                tell(
                    "{ledger}: sheet {sheet} makes no sense ({cause}): begin it anew",
                    ledger=ledger.path,
                    sheet=sheet,
                    cause=error,
                )
            ) from error

    def sign(
        self,
        sheet: int,
        by: str,
        at: datetime,
        content: Mapping[str, object],
        notices: tuple[Notice, ...] = (),
        settled: tuple[str, ...] = (),
    ) -> bool:
        """Signed, vouched for, and people told, in one step; False where it was signed before."""
        with self._ledger().write() as connection:
            begun = connection.execute(select(locker_sheet).where(locker_sheet.c.n == sheet)).first()
            taken = connection.execute(_SIGNED.where(locker_sheet_signed.c.sheet == sheet)).first()
            if begun is None or taken is not None:
                return False
            row = {
                "sheet": sheet,
                "day": begun.day,
                "kind": begun.kind,
                "at": utc_text(at),
                "person": plain(by),
                "content": json.dumps(dict(content), ensure_ascii=False, sort_keys=True),
            }
            n = int(connection.execute(insert(locker_sheet_signed), row).lastrowid)
            vouched = audit.Vouched(locker_sheet_signed.name, n, digest_of({**row, "n": n}))
            details = {"kind": begun.kind, "sheet": str(sheet)}
            audit.append(connection, audit.Fact(at, by, "signs", f"{begun.day} {begun.kind}", details, vouched))
            for notice in notices:
                hang(connection, notice)
            for key in settled:
                take_down(connection, key, at, by)
        return True

    def signed(self, day: date) -> tuple[SignedSheet, ...]:
        """What was signed for a business day, oldest first."""
        of_day = locker_sheet_signed.c.day == day.isoformat()
        ledger = self._ledger()
        with ledger.read() as connection:
            rows = connection.execute(select(locker_sheet_signed).where(of_day).order_by(locker_sheet_signed.c.n)).all()
        try:
            return tuple(
                SignedSheet(
                    row.n,
                    date.fromisoformat(row.day),
                    SheetKind(row.kind),
                    from_utc_text(row.at, self._zone),
                    row.person,
                    json.loads(row.content),
                )
                for row in rows
            )
        except (ValueError, TypeError) as error:
            raise LedgerFault(
                tell(
                    "{ledger}: a signed sheet of {day} makes no sense ({cause}): see the audit",
                    ledger=ledger.path,
                    day=day,
                    cause=error,
                )
            ) from error
