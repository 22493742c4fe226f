"""The tables of the print queue, and how each printer was last seen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Column, Index, Integer, Table, Text, text

from kiosk.ledger.metadata import metadata

print_job = Table(
    "print_job",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("printer", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("secret", Integer, nullable=False),  # its content is forgotten as soon as it is printed
    Column("stage", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("copy_of", Integer, nullable=False),  # 0: of none
    Column("why", Text, nullable=False),
    Column("content", Text),  # the document, encrypted; NULL once it is forgotten
    Index("print_job_waiting", "printer", "n", sqlite_where=text("stage IN ('waiting', 'printing')")),
    Index("print_job_open", "n", sqlite_where=text("stage IN ('waiting', 'printing', 'unsure')")),
    Index("print_job_to_forget", "since", sqlite_where=text("content IS NOT NULL")),
)

printer_state = Table(
    "printer_state",
    metadata,
    Column("printer", Text, primary_key=True),
    Column("condition", Text, nullable=False),
    Column("since", Text, nullable=False),
)

GUARDS: Mapping[str, str] = MappingProxyType(
    {
        "print_job_no_delete": """
            CREATE TRIGGER print_job_no_delete BEFORE DELETE ON print_job
            BEGIN SELECT RAISE(ABORT, 'a print job keeps its number'); END""",
        "print_job_over_stays": """
            CREATE TRIGGER print_job_over_stays BEFORE UPDATE OF stage ON print_job
            WHEN OLD.stage IN ('printed', 'withdrawn') AND NEW.stage <> OLD.stage
            BEGIN SELECT RAISE(ABORT, 'a print job that is over stays over'); END""",
    }
)
