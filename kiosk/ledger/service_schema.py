"""The tables of the service desk: a line for each record, for each thing that was done to it, for open questions."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, text

from kiosk.ledger.metadata import metadata

service_record = Table(
    "service_record",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("service", Text, nullable=False),
    Column("number", Integer, nullable=False),  # of its service: 1, 2, 3, … without a gap
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("due", Text),
    Column("deeds", Integer, nullable=False),  # how many were done: a change counts only upon the one before
    Column("sealed", Text),  # the answers, encrypted; NULL once they are purged
    Column("over", Text),  # since when, NULL while something may still happen to it
    Column("purged", Text),
    Column("once", Text),  # a mark of what no two records of a service may say; NULL for nothing
    Column("has", Text),  # a mark of what else it is found by; "" for nothing, NULL where nobody looked, or once purged
    Index("service_record_number", "service", "number", unique=True),
    Index("service_record_once", "service", "once", unique=True, sqlite_where=text("once IS NOT NULL")),
    Index("service_record_open", "n", sqlite_where=text("over IS NULL")),
    Index("service_record_to_purge", "service", "over", sqlite_where=text("purged IS NULL")),
    Index("service_record_at", "service", "at"),
    Index("service_record_has", "service", "has", sqlite_where=text("has IS NOT NULL")),
    Index("service_record_to_learn", "service", "n", sqlite_where=text("has IS NULL AND over IS NULL AND deeds > 0")),
)

service_deed = Table(
    "service_deed",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("record", Integer, ForeignKey("service_record.n"), nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("deed", Text, nullable=False),
    Column("sealed", Text),  # what was written about it, encrypted; NULL for nothing, and once it is purged
    Index("service_deed_of_record", "record", "n"),
)

open_question = Table(
    "open_question",
    metadata,
    Column("day", Text, primary_key=True),
    Column("words", Text, primary_key=True),  # what the guide could not answer; nobody's name, no number
    Column("count", Integer, nullable=False),
)

GUARDS: Mapping[str, str] = MappingProxyType(
    {
        "service_record_in_order": """
            CREATE TRIGGER service_record_in_order BEFORE INSERT ON service_record
            WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM service_record WHERE service = NEW.service)
            BEGIN SELECT RAISE(ABORT, 'the records of a service are numbered in order'); END""",
        "service_record_no_delete": """
            CREATE TRIGGER service_record_no_delete BEFORE DELETE ON service_record
            BEGIN SELECT RAISE(ABORT, 'a record keeps its number'); END""",
        "service_record_over_stays": """
            CREATE TRIGGER service_record_over_stays BEFORE UPDATE OF stage, since, owner, number ON service_record
            WHEN OLD.over IS NOT NULL AND NEW.over IS NULL
            BEGIN SELECT RAISE(ABORT, 'a record that is over stays over'); END""",
        "service_deed_no_delete": """
            CREATE TRIGGER service_deed_no_delete BEFORE DELETE ON service_deed
            BEGIN SELECT RAISE(ABORT, 'what was done to a record stays written'); END""",
    }
)
