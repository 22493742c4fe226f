"""The calls of the queue in the ledger, for the broadcast role to have them heard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, tzinfo

from sqlalchemy import select, update

from kiosk.ledger.queue_schema import queue_call, queue_ticket
from kiosk.ledger.queue_tickets import ticket_of
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import from_utc_text, utc_text
from kiosk.rules.service.queue import Stage, Ticket
from kiosk.rules.service.queue_calls import Call, Heard

MOST = 50  # at a look: a store that called nothing aloud for a year does so from today
_UNHEARD = (
    select(
        queue_ticket,
        queue_call.c.n.label("call"),
        queue_call.c.at.label("called"),
        queue_call.c.desk.label("to"),
    )
    .join(queue_ticket, queue_ticket.c.n == queue_call.c.ticket)
    .where(queue_call.c.over.is_(None))
    .order_by(queue_call.c.n)
    .limit(MOST)
)


class LedgerQueueCalls:
    """Implements QueueCalls. Any thread may call."""

    def __init__(self, ledger: Callable[[], Ledger], zone: tzinfo) -> None:
        """ledger: opens it when it is first needed. zone: on whose clocks times are given back."""
        self._ledger = ledger
        self._zone = zone

    def unheard(self) -> tuple[Call, ...]:
        """What nobody has heard yet, oldest first."""
        with self._ledger().read() as connection:
            rows = connection.execute(_UNHEARD).all()
        return tuple(
            Call(row.call, ticket_of(row, self._zone), from_utc_text(row.called, self._zone), row.to) for row in rows
        )

    def following(self, day: date) -> Ticket | None:
        """Who waits longest."""
        waiting = (queue_ticket.c.day == day.isoformat()) & (queue_ticket.c.stage == Stage.WAITING.value)
        with self._ledger().read() as connection:
            row = connection.execute(select(queue_ticket).where(waiting).order_by(queue_ticket.c.n).limit(1)).first()
        return None if row is None else ticket_of(row, self._zone)

    def close(self, n: int, became: Heard, at: datetime) -> None:
        """What became of a call; one that is over stays as it is."""
        open_one = (queue_call.c.n == n) & queue_call.c.over.is_(None)
        with self._ledger().write() as connection:
            connection.execute(update(queue_call).where(open_one).values(heard=became.value, over=utc_text(at)))
