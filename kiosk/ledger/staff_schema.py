"""The tables of staff mode: what is decided at the front and carried out by the broadcast role."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, text

from kiosk.ledger.metadata import metadata

page_decision = Table(
    "page_decision",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("page", Integer, ForeignKey("page.n"), nullable=False),
    Column("step", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("why", Text, nullable=False),  # emptied once it is carried out: the page has it, as long as it may
    Column("at", Text, nullable=False),
    Column("said", Text, nullable=False),  # what the broadcast desk answered, "" before
    Column("over", Text),
    Index("page_decision_once", "page", unique=True, sqlite_where=text("over IS NULL")),
)

warning_seen = Table(  # a line goes once the broadcast role has taken it; the audit chain keeps who it was
    "warning_seen",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("mark", Text, nullable=False),
)

warning_unseen = Table(  # a line goes once somebody has seen to it, or nobody has for thirty days
    "warning_unseen",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("role", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("told", Text, nullable=False),  # JSON: the sentence, for every language
)

GUARDS: Mapping[str, str] = MappingProxyType(
    {
        "page_decision_no_delete": """
            CREATE TRIGGER page_decision_no_delete BEFORE DELETE ON page_decision
            BEGIN SELECT RAISE(ABORT, 'a decision keeps its number'); END""",
        "page_decision_over_stays": """
            CREATE TRIGGER page_decision_over_stays BEFORE UPDATE ON page_decision
            WHEN OLD.over IS NOT NULL
            BEGIN SELECT RAISE(ABORT, 'a decision that is over stays over'); END""",
    }
)
