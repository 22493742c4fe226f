"""Notices for people: they hang until somebody has seen to them, through restarts, for both roles to show."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import Connection, Integer, Row, insert, literal_column, select, update

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.bag_day_schema import house_notice
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import from_utc_text, plain, utc_text
from kiosk.ports.bag_day import ForWhom, Notice
from kiosk.sentences import Sentence, from_wire, tell, to_wire

# a sum: else SQLite reads every notice there ever was in this order
_BY_NUMBER = literal_column("+house_notice.n", Integer)
_HANGING = select(house_notice).where(house_notice.c.over.is_(None)).order_by(_BY_NUMBER)


class LedgerNotices:
    """Implements NoticeBoard. Any thread may call."""

    def __init__(self, ledger: Callable[[], Ledger], zone: tzinfo) -> None:
        """ledger: opens it when it is first needed. zone: on whose clocks times are given back."""
        self._ledger = ledger
        self._zone = zone

    def put(self, notice: Notice) -> None:
        """Tell people; the same key again only renews its text."""
        with self._ledger().write() as connection:
            hang(connection, notice)

    def take_down(self, key: str, at: datetime, by: str = "") -> bool:
        """It is over, or somebody has seen to it."""
        with self._ledger().write() as connection:
            return take_down(connection, key, at, by)

    def hanging(self) -> tuple[Notice, ...]:
        """Every notice that is not over, oldest first."""
        ledger = self._ledger()
        with ledger.read() as connection:
            rows = connection.execute(_HANGING).all()
        try:
            return tuple(
                Notice(row.key, ForWhom(row.for_whom), _told(row), from_utc_text(row.at, self._zone), row.n)
                for row in rows
            )
        except (ValueError, TypeError) as error:
            raise LedgerFault(
                tell("{ledger}: a notice makes no sense ({cause}): see the audit", ledger=ledger.path, cause=error)
            ) from error


def _told(row: Row[Any]) -> str:
    """The sentence, where it still says what the text does."""
    told = from_wire(json.loads(row.told)) if row.told else ""
    return told if told == row.text else str(row.text)


def take_down(connection: Connection, key: str, at: datetime, by: str) -> bool:
    """Take a notice down in the caller's write transaction; whether it hung there."""
    open_one = (house_notice.c.key == key) & house_notice.c.over.is_(None)
    values = {"over": utc_text(at), "person": plain(by)}
    hung = connection.execute(update(house_notice).where(open_one).values(values)).rowcount > 0
    if hung and by:
        audit.append(connection, audit.Fact(at, by, "has seen to", key, {}))
    return hung


def hang(connection: Connection, notice: Notice) -> None:
    """Hang a notice up in the caller's write transaction."""
    open_one = (house_notice.c.key == notice.key) & house_notice.c.over.is_(None)
    row = connection.execute(select(house_notice.c.n, house_notice.c.text).where(open_one)).first()
    text = plain(notice.text)
    told = json.dumps(to_wire(notice.text)) if isinstance(notice.text, Sentence) else None
    if row is not None:
        if row.text != text:
            connection.execute(update(house_notice).where(house_notice.c.n == row.n).values(text=text, told=told))
        return
    values = {
        "told": told,
        "key": plain(notice.key),
        "at": utc_text(notice.at),
        "for_whom": notice.for_whom.value,
        "text": text,
    }
    connection.execute(insert(house_notice), {**values, "person": ""})
    details = {"for": notice.for_whom.value, "text": text}
    audit.append(connection, audit.Fact(notice.at, "bag storage", "tells", notice.key, details))
