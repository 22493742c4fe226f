"""The table of the queue before the desks; nothing personal is in it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Column, Index, Integer, Table, Text

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

GUARDS: Mapping[str, str] = MappingProxyType(
    {
        "queue_ticket_in_order": """
            CREATE TRIGGER queue_ticket_in_order BEFORE INSERT ON queue_ticket
            WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM queue_ticket
                WHERE day = NEW.day AND topic = NEW.topic)
            BEGIN SELECT RAISE(ABORT, 'queue tickets are numbered in order'); END""",
    }
)
