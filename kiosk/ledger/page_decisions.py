"""Where staff at the front say what is to become of a page, and the broadcast role finds it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from sqlalchemy import Integer, literal_column, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from kiosk.ledger.staff_schema import page_decision
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import from_utc_text, plain, utc_text
from kiosk.ports.page_decisions import PageDecision

# a sum: else SQLite reads every one there ever was in this order
_BY_NUMBER = literal_column("+page_decision.n", Integer)
_WAITING = select(page_decision).where(page_decision.c.over.is_(None)).order_by(_BY_NUMBER)


class LedgerPageDecisions:
    """Implements PageDecisions. Any thread may call."""

    def __init__(self, ledger: Callable[[], Ledger], zone: tzinfo) -> None:
        """ledger: opens it when it is first needed. zone: on whose clocks times are given back."""
        self._ledger = ledger
        self._zone = zone

    def ask(self, page: int, step: str, by: str, why: str, at: datetime) -> None:
        """Durable when this returns; a page on which a word waits already takes no other."""
        row = {
            "page": page,
            "step": plain(step),
            "person": plain(by),
            "why": plain(why),
            "at": utc_text(at),
            "said": "",
        }
        with self._ledger().write() as connection:
            connection.execute(insert_or(page_decision).on_conflict_do_nothing(), row)

    def waiting(self) -> tuple[PageDecision, ...]:
        """What nobody has carried out yet, oldest first."""
        with self._ledger().read() as connection:
            rows = connection.execute(_WAITING).all()
        return tuple(
            PageDecision(row.n, row.page, row.step, row.person, row.why, from_utc_text(row.at, self._zone))
            for row in rows
        )

    def close(self, n: int, at: datetime, said: str) -> None:
        """What became of it; why it was is the page's to keep, as long as it may."""
        open_one = (page_decision.c.n == n) & page_decision.c.over.is_(None)
        with self._ledger().write() as connection:
            connection.execute(
                update(page_decision).where(open_one).values(over=utc_text(at), said=plain(said), why="")
            )
