"""What the stock's own system was told of goods that came back: each word a line that the audit chain vouches for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, tzinfo

from sqlalchemy import func, insert, select

from kiosk.ledger import audit
from kiosk.ledger.returns_schema import return_stock_told
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import digest_of, from_utc_text, plain, utc_text
from kiosk.rules.returns.stock import StockTold

_DAY = return_stock_told.c.day


class LedgerStock:
    """Implements StockBook. Any thread may call."""

    def __init__(self, ledger: Callable[[], Ledger], zone: tzinfo) -> None:
        """zone: of times given back."""
        self._ledger, self._zone = ledger, zone

    def tell(self, told: StockTold, after: int) -> StockTold | None:
        """Durable with its number, where nobody said another word about that day meanwhile."""
        row = {
            "day": told.day.isoformat(),
            "at": utc_text(told.at),
            "person": plain(told.by),
            "came": json.dumps(told.came),
            "went": json.dumps(told.went),
            "undoes": told.undoes,
        }
        newest = select(func.coalesce(func.max(return_stock_told.c.n), 0)).where(row["day"] == _DAY)
        with self._ledger().write() as connection:
            if int(connection.execute(newest).scalar_one()) != after:
                return None
            n = int(connection.execute(insert(return_stock_told), row).lastrowid)
            vouched = audit.Vouched(return_stock_told.name, n, digest_of({**row, "n": n}))
            action = "undoes that stock was told of" if told.undoes else "has told stock of"
            details = {"came": str(len(told.came)), "went": str(len(told.went))}
            audit.append(
                connection, audit.Fact(told.at, told.by, action, f"returned goods {told.day}", details, vouched)
            )
        return replace(told, n=n)

    def said(self, day: date, last: date | None = None) -> tuple[StockTold, ...]:
        """Every word about a day, oldest first."""
        of_days = _DAY.between(day.isoformat(), (last or day).isoformat())
        wanted = select(return_stock_told).where(of_days).order_by(return_stock_told.c.n)
        with self._ledger().read() as connection:
            rows = connection.execute(wanted).all()
        return tuple(
            StockTold(
                row.n,
                date.fromisoformat(row.day),
                from_utc_text(row.at, self._zone),
                row.person,
                tuple(json.loads(row.came)),
                tuple(json.loads(row.went)),
                row.undoes,
            )
            for row in rows
        )
