"""The tables of the queue before the desks: numbers, calls, and which desk is open; nothing personal is in them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from kiosk.ledger.metadata import metadata

queue_ticket = Table(
    "queue_ticket",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("day", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("number", Integer, nullable=False),  # 1, 2, 3, … of its topic and day
    Column("at", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("desk", Integer, nullable=False),  # 0: none has called it
    Column("calls", Integer, nullable=False),
    Index("queue_ticket_once", "day", "topic", "number", unique=True),
)

queue_call = Table(
    "queue_call",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("ticket", Integer, ForeignKey("queue_ticket.n"), nullable=False),
    Column("at", Text, nullable=False),
    Column("desk", Integer, nullable=False),
    Column("heard", Text, nullable=False),  # "asked" until it is over
    Column("over", Text),
    Index("queue_call_of_ticket", "ticket"),
)
Index("queue_call_unheard", queue_call.c.n, sqlite_where=queue_call.c.over.is_(None))

queue_desk = Table(
    "queue_desk",
    metadata,
    Column("desk", Integer, primary_key=True),
    Column("topics", Text, nullable=False),  # what it serves, with blanks between; "" for closed
    Column("person", Text, nullable=False),
    Column("since", Text, nullable=False),
)

GUARDS: Mapping[str, str] = MappingProxyType(
    {
        "queue_ticket_in_order": """
            CREATE TRIGGER queue_ticket_in_order BEFORE INSERT ON queue_ticket
            WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM queue_ticket
                WHERE day = NEW.day AND topic = NEW.topic)
            BEGIN SELECT RAISE(ABORT, 'queue tickets are numbered in order'); END""",
        "queue_call_no_delete": """
            CREATE TRIGGER queue_call_no_delete BEFORE DELETE ON queue_call
            BEGIN SELECT RAISE(ABORT, 'a call stays written'); END""",
        "queue_call_over_stays": """
            CREATE TRIGGER queue_call_over_stays BEFORE UPDATE ON queue_call
            WHEN OLD.over IS NOT NULL
            BEGIN SELECT RAISE(ABORT, 'a call that is over stays over'); END""",
    }
)
