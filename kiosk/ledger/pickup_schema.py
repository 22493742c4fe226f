"""The tables of pick-up cards and of the tests of what is collected; nothing personal is in them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, text

from kiosk.ledger.metadata import metadata

pickup_card = Table(
    "pickup_card",
    metadata,
    Column("n", Integer, primary_key=True),  # the card's number: 1, 2, 3, … without a gap
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("receipt", Text, nullable=False),
    Column("bought", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("item", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("pieces", Integer, nullable=False),
    Column("invoiced", Integer, nullable=False),
    Column("serial", Text, nullable=False),
    Index("pickup_card_of_line", "receipt", "line"),
)

pickup_progress = Table(
    "pickup_progress",
    metadata,
    Column("card", Integer, ForeignKey("pickup_card.n"), primary_key=True),
    Column("stage", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("deeds", Integer, nullable=False),  # how many were done: a change counts only upon the one before
    Column("handed_by", Text, nullable=False),
    Column("papers", Text, nullable=False),  # JSON array
    Column("over", Text),
    Column("void_why", Text, nullable=False, server_default=""),
    Index("pickup_open", "card", sqlite_where=text("over IS NULL")),
)

test_record = Table(
    "test_record",
    metadata,
    Column("n", Integer, primary_key=True),  # 1, 2, 3, … without a gap
    Column("card", Integer, nullable=False),  # 0 for a test at the return desk
    Column("receipt", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("occasion", Text, nullable=False),
    Column("serial", Text, nullable=False),
    Column("tried", Text, nullable=False),  # JSON array
    Column("found", Text, nullable=False),  # JSON array: of these, what was not as it should be
    Column("note", Text, nullable=False),
    Index("test_record_of_line", "receipt", "line"),
)

GUARDS: Mapping[str, str] = MappingProxyType(
    {
        "pickup_card_in_order": """
            CREATE TRIGGER pickup_card_in_order BEFORE INSERT ON pickup_card
            WHEN NEW.n <> (SELECT coalesce(max(n), 0) + 1 FROM pickup_card)
            BEGIN SELECT RAISE(ABORT, 'pick-up cards are numbered in order'); END""",
        "pickup_card_once": """
            CREATE TRIGGER pickup_card_once BEFORE INSERT ON pickup_card
            WHEN EXISTS (SELECT 1 FROM pickup_card c JOIN pickup_progress p ON p.card = c.n
                WHERE c.receipt = NEW.receipt AND c.line = NEW.line AND p.stage <> 'void')
            BEGIN SELECT RAISE(ABORT, 'a line has one pick-up card'); END""",
        "pickup_card_no_update": """
            CREATE TRIGGER pickup_card_no_update BEFORE UPDATE ON pickup_card
            BEGIN SELECT RAISE(ABORT, 'a pick-up card is not rewritten'); END""",
        "pickup_card_no_delete": """
            CREATE TRIGGER pickup_card_no_delete BEFORE DELETE ON pickup_card
            BEGIN SELECT RAISE(ABORT, 'a pick-up card keeps its number'); END""",
        "pickup_over_stays": """
            CREATE TRIGGER pickup_over_stays BEFORE UPDATE ON pickup_progress
            WHEN OLD.over IS NOT NULL
            BEGIN SELECT RAISE(ABORT, 'a pick-up that is over stays over'); END""",
        "pickup_progress_no_delete": """
            CREATE TRIGGER pickup_progress_no_delete BEFORE DELETE ON pickup_progress
            BEGIN SELECT RAISE(ABORT, 'a pick-up card keeps its number'); END""",
        "test_record_in_order": """
            CREATE TRIGGER test_record_in_order BEFORE INSERT ON test_record
            WHEN NEW.n <> (SELECT coalesce(max(n), 0) + 1 FROM test_record)
            BEGIN SELECT RAISE(ABORT, 'test records are numbered in order'); END""",
        "test_record_no_update": """
            CREATE TRIGGER test_record_no_update BEFORE UPDATE ON test_record
            BEGIN SELECT RAISE(ABORT, 'a test record is not rewritten'); END""",
        "test_record_no_delete": """
            CREATE TRIGGER test_record_no_delete BEFORE DELETE ON test_record
            BEGIN SELECT RAISE(ABORT, 'a test record is not rewritten'); END""",
    }
)
