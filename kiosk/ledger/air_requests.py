"""Where the front role asks for a page of the binder; the broadcast role looks for it every second (L03)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import Row, Select, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from kiosk.errors import LedgerFault
from kiosk.ledger.bag_day_schema import air_request
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import from_utc_text, plain, utc_text
from kiosk.ports.bag_day import AirRequest, AirStage
from kiosk.rules.lockers.closing import Reminder
from kiosk.sentences import tell

_WAITING = select(air_request).where(air_request.c.over.is_(None)).order_by(air_request.c.n)
_KNOWN = select(air_request.c.n)


class LedgerAirRequests:
    """Implements AirRequests. Any thread may call."""

    def __init__(self, ledger: Callable[[], Ledger], zone: tzinfo) -> None:
        """ledger: opens it when it is first needed. zone: on whose clocks times are given back."""
        self._ledger = ledger
        self._zone = zone

    def ask(self, reminder: Reminder, by: str, now: datetime) -> None:
        """Durable when this returns; asking again for the same key changes nothing, and writes nothing."""
        with self._ledger().read() as connection:
            if connection.execute(_KNOWN.where(air_request.c.key == reminder.key)).first() is not None:
                return
        row = {
            "key": plain(reminder.key),
            "script": plain(reminder.page),
            "person": plain(by),
            "asked": utc_text(now),
            "until": utc_text(reminder.until),
            "stage": AirStage.ASKED.value,
            "since": utc_text(now),
            "why": "",
        }
        with self._ledger().write() as connection:
            connection.execute(insert_or(air_request).on_conflict_do_nothing(), row)

    def waiting(self) -> tuple[AirRequest, ...]:
        """What is not over, oldest first."""
        return self._requests(_WAITING)

    def of(self, key: str) -> AirRequest | None:
        """How the request of that key stands, None where there is none."""
        found = self._requests(select(air_request).where(air_request.c.key == key))
        return found[0] if found else None

    def close(self, n: int, stage: AirStage, at: datetime, why: str = "") -> None:
        """What became of a request; one that is over stays as it is."""
        values = {"stage": stage.value, "since": utc_text(at), "over": utc_text(at), "why": plain(why)}
        open_one = (air_request.c.n == n) & air_request.c.over.is_(None)
        with self._ledger().write() as connection:
            connection.execute(update(air_request).where(open_one).values(values))

    def _requests(self, wanted: Select[Any]) -> tuple[AirRequest, ...]:
        ledger = self._ledger()
        with ledger.read() as connection:
            rows = connection.execute(wanted).all()
        try:
            return tuple(self._request(row) for row in rows)
        except (ValueError, TypeError) as error:
            raise LedgerFault(
                tell("{ledger}: a request for the air makes no sense ({cause})", ledger=ledger.path, cause=error)
            ) from error

    def _request(self, row: Row[Any]) -> AirRequest:
        until = from_utc_text(row.until, self._zone)
        return AirRequest(row.n, row.key, row.script, until, AirStage(row.stage), row.why)
