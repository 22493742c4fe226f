"""The queue of the ledger: numbers without a gap, each called to one desk only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.queue_schema import queue_call, queue_desk, queue_ticket
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import from_utc_text, utc_text
from kiosk.rules.service.desk_figures import Turn
from kiosk.rules.service.queue import Event, Stage, Ticket, Topic, after, next_for
from kiosk.rules.service.queue_calls import Heard
from kiosk.sentences import tell


class LedgerQueue:
    """Implements QueueBook. Any thread may call."""

    def __init__(self, ledger: Callable[[], Ledger], zone: tzinfo) -> None:
        self._ledger = ledger
        self._zone = zone

    def take(self, topic: Topic, day: date, at: datetime) -> Ticket:
        """A new ticket with the next number of its topic and day, taken in its own transaction."""
        of_topic = (queue_ticket.c.day == day.isoformat()) & (queue_ticket.c.topic == topic.value)
        newest = select(func.coalesce(func.max(queue_ticket.c.number), 0)).where(of_topic)
        with self._ledger().write() as connection:
            number = int(connection.execute(newest).scalar_one()) + 1
            row = {"day": day.isoformat(), "topic": topic.value, "number": number, "at": utc_text(at)}
            stands = {"stage": Stage.WAITING.value, "since": utc_text(at), "desk": 0, "calls": 0}
            n = int(connection.execute(insert(queue_ticket), {**row, **stands}).lastrowid)
            return ticket_of(connection.execute(select(queue_ticket).where(queue_ticket.c.n == n)).one(), self._zone)

    def call_next(self, desk: int, topics: frozenset[Topic], day: date, at: datetime, by: str) -> Ticket | None:
        """The one who waits longest comes to this desk, and whoever was there is served."""
        with self._ledger().write() as connection:
            tickets = self._of_day(connection, day)
            for ticket in tickets:
                if ticket.stage is Stage.CALLED and ticket.desk == desk:
                    self._turn(connection, ticket, Event.SERVED, at, by)
            found = next_for(tickets, topics)
            return None if found is None else self._turn(connection, found, Event.CALL, at, by, desk=desk, calls=1)

    def note(self, n: int, event: Event, at: datetime, by: str) -> Ticket | None:
        """What happened to a ticket; None where that cannot happen to it as it stands."""
        with self._ledger().write() as connection:
            row = connection.execute(select(queue_ticket).where(queue_ticket.c.n == n)).first()
            ticket = None if row is None else ticket_of(row, self._zone)
            if ticket is None or after(ticket.stage, event) is None:
                return None
            changes: dict[str, int] = {}
            if event is Event.RECALL:
                changes = {"calls": ticket.calls + 1}
            if event is Event.BACK:
                changes = {"calls": 0, "desk": 0}
            return self._turn(connection, ticket, event, at, by, **changes)

    def of_day(self, day: date) -> tuple[Ticket, ...]:
        """The tickets of a day, in the order in which they were taken."""
        with self._ledger().read() as connection:
            return self._of_day(connection, day)

    def standing(self, day: date) -> tuple[Ticket, ...]:
        """Those of a day that wait, are called or did not come, in the order in which they were taken; few, ever."""
        stages = [stage.value for stage in (Stage.WAITING, Stage.CALLED, Stage.NO_SHOW)]
        with self._ledger().read() as connection:
            return self._of_day(connection, day, queue_ticket.c.stage.in_(stages))

    def turns_s(self, day: date, newest: int) -> tuple[float, ...]:
        """How long each of those took who were served last, from the call to the end, seconds."""
        served = (queue_ticket.c.day == day.isoformat()) & (queue_ticket.c.stage == Stage.SERVED.value)
        ended = select(queue_ticket.c.n, queue_ticket.c.since).where(served)
        last = ended.order_by(queue_ticket.c.since.desc()).limit(newest).subquery()  # first the few, then their calls
        called = select(func.max(queue_call.c.at)).where(queue_call.c.ticket == last.c.n).scalar_subquery()
        wanted = select(called, last.c.since)
        with self._ledger().read() as connection:
            rows = connection.execute(wanted).all()
        times = [(from_utc_text(begun, self._zone), from_utc_text(over, self._zone)) for begun, over in rows if begun]
        return tuple((over - begun).total_seconds() for begun, over in times)

    def turns(self, first: date, last: date) -> tuple[Turn, ...]:
        """Every number of some days, with when it was called first."""
        called = select(func.min(queue_call.c.at)).where(queue_call.c.ticket == queue_ticket.c.n).scalar_subquery()
        days = queue_ticket.c.day.between(first.isoformat(), last.isoformat())
        wanted = select(queue_ticket, called.label("called")).where(days).order_by(queue_ticket.c.n)
        with self._ledger().read() as connection:
            rows = connection.execute(wanted).all()
        return tuple(
            Turn(ticket_of(row, self._zone), row.called and from_utc_text(row.called, self._zone)) for row in rows
        )

    def open_desk(self, desk: int, topics: frozenset[Topic], at: datetime, by: str) -> None:
        """From now on a desk serves these; none: it is closed."""
        served = " ".join(sorted(topic.value for topic in topics))
        row = {"desk": desk, "topics": served, "person": by, "since": utc_text(at)}
        with self._ledger().write() as connection:
            connection.execute(insert_or(queue_desk).on_conflict_do_update(("desk",), set_=row), row)
            audit.append(
                connection, audit.Fact(at, by, "opens" if topics else "closes", f"desk {desk}", {"for": served})
            )

    def desks(self) -> Mapping[int, frozenset[Topic]]:
        """What each desk serves that was opened or closed ever; nothing where it is closed."""
        with self._ledger().read() as connection:
            rows = connection.execute(select(queue_desk).order_by(queue_desk.c.desk)).all()
        return {row.desk: frozenset(topic for topic in Topic if topic.value in row.topics.split()) for row in rows}

    def _of_day(self, connection: Connection, day: date, only: ColumnElement[bool] | None = None) -> tuple[Ticket, ...]:
        of_day = select(queue_ticket).where(queue_ticket.c.day == day.isoformat()).order_by(queue_ticket.c.n)
        of_day = of_day if only is None else of_day.where(only)
        return tuple(ticket_of(row, self._zone) for row in connection.execute(of_day))

    def _turn(
        self, connection: Connection, ticket: Ticket, event: Event, at: datetime, by: str, **changes: int
    ) -> Ticket:
        stage = after(ticket.stage, event)
        assert stage is not None
        values = {"stage": stage.value, "since": utc_text(at), **changes}
        connection.execute(update(queue_ticket).where(queue_ticket.c.n == ticket.n).values(values))
        if event in (Event.CALL, Event.RECALL):
            call = {"ticket": ticket.n, "at": utc_text(at), "desk": values.get("desk", ticket.desk)}
            connection.execute(insert(queue_call), {**call, "heard": Heard.ASKED.value})
        told = {"desk": str(values.get("desk", ticket.desk))}
        audit.append(connection, audit.Fact(at, by, event.value, f"queue ticket {ticket.day} {ticket.shown}", told))
        now_it = connection.execute(select(queue_ticket).where(queue_ticket.c.n == ticket.n)).one()
        return ticket_of(now_it, self._zone)


def ticket_of(row: Row[Any], zone: tzinfo) -> Ticket:
    """A ticket as the ledger has it. Raises LedgerFault."""
    try:
        return Ticket(
            row.n,
            date.fromisoformat(row.day),
            Topic(row.topic),
            row.number,
            from_utc_text(row.at, zone),
            Stage(row.stage),
            from_utc_text(row.since, zone),
            row.desk,
            row.calls,
        )
    except (ValueError, TypeError) as error:
        raise LedgerFault(
            tell("queue ticket {row} makes no sense ({cause}): restore a backup", row=row.n, cause=error)
        ) from error
