"""The tables of return slips: what stands on a slip never changes, how far it has come does."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, text

from kiosk.ledger.metadata import metadata

return_slip = Table(
    "return_slip",
    metadata,
    Column("n", Integer, primary_key=True),  # the slip's number: 1, 2, 3, … without a gap
    Column("filled", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("receipt", Text, nullable=False),
    Column("bought", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("bought_milli", Integer, nullable=False),
    Column("item", Text, nullable=False),
    Column("barcode", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("quantity_milli", Integer, nullable=False),
    Column("unit_price_fen", Integer, nullable=False),
    Column("amount_fen", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("goods", Text, nullable=False),
    Column("fresh", Integer, nullable=False),
    Column("spoiled", Integer, nullable=False),
    Column("clerk", Text, nullable=False),
    Index("return_slip_of_line", "receipt", "line"),
    Index("return_slip_of_day", "filled"),
)

return_slip_progress = Table(
    "return_slip_progress",
    metadata,
    Column("slip", Integer, ForeignKey("return_slip.n"), primary_key=True),
    Column("stage", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("deeds", Integer, nullable=False),  # how many were done: a change counts only upon the one before
    Column("approver", Text, nullable=False),
    Column("cashier", Text, nullable=False),
    Column("auditor", Text, nullable=False),
    Column("till_fen", Integer, nullable=False),
    Column("top_up_fen", Integer, nullable=False),
    Column("void_clerk", Text, nullable=False),
    Column("void_approver", Text, nullable=False),
    Column("void_why", Text, nullable=False),
    Column("sealed", Text),  # member, phone and note, encrypted; NULL once they are purged
    Column("over", Text),
    Index("return_slip_open", "slip", sqlite_where=text("over IS NULL")),
    Index("return_slip_to_purge", "over", sqlite_where=text("sealed IS NOT NULL")),
)

return_judged = Table(
    "return_judged",
    metadata,
    Column("slip", Integer, ForeignKey("return_slip.n"), primary_key=True),
    Column("record", Integer, nullable=False),  # of what the shopper chose at the kiosk, 0 for none
    Column("outcome", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("clauses", Text, nullable=False),  # JSON array of ids
    Column("said", Text, nullable=False),  # JSON array of pairs: question, the clerk's answer
    Column("kiosk", Text, nullable=False),
    Column("kiosk_remedy", Text, nullable=False),
    Index("return_judged_of_record", "record", sqlite_where=text("record > 0")),
)

return_register_signed = Table(
    "return_register_signed",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("day", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("last", Integer, nullable=False),  # the last number it covers, 0 for a day without slips
    Column("content", Text, nullable=False),  # JSON: slips, void, totals
    Index("return_register_signed_once", "day", "last", unique=True),
)

return_handover_signed = Table(
    "return_handover_signed",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("day", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("slips", Text, nullable=False),  # JSON array of numbers
    Index("return_handover_signed_once", "day", "department", "slips", unique=True),
)

return_stock_told = Table(
    "return_stock_told",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("day", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("came", Text, nullable=False),  # JSON array of numbers of slips
    Column("went", Text, nullable=False),  # JSON array of numbers of slips
    Column("undoes", Integer, nullable=False),  # which line was a slip of the finger, 0 for none
    Index("return_stock_told_of_day", "day"),
)

GUARDS: Mapping[str, str] = MappingProxyType(
    {
        "return_slip_in_order": """
            CREATE TRIGGER return_slip_in_order BEFORE INSERT ON return_slip
            WHEN NEW.n <> (SELECT coalesce(max(n), 0) + 1 FROM return_slip)
            BEGIN SELECT RAISE(ABORT, 'slips are numbered in order'); END""",
        "return_slip_within_bought": """
            CREATE TRIGGER return_slip_within_bought BEFORE INSERT ON return_slip
            WHEN NEW.quantity_milli <= 0 OR NEW.bought_milli < NEW.quantity_milli + (
                SELECT coalesce(sum(s.quantity_milli), 0) FROM return_slip s
                JOIN return_slip_progress p ON p.slip = s.n
                WHERE s.receipt = NEW.receipt AND s.line = NEW.line AND p.stage <> 'void')
            BEGIN SELECT RAISE(ABORT, 'no more comes back than was bought'); END""",
        "return_slip_no_update": """
            CREATE TRIGGER return_slip_no_update BEFORE UPDATE ON return_slip
            BEGIN SELECT RAISE(ABORT, 'a slip is not rewritten'); END""",
        "return_slip_no_delete": """
            CREATE TRIGGER return_slip_no_delete BEFORE DELETE ON return_slip
            BEGIN SELECT RAISE(ABORT, 'a slip keeps its number'); END""",
        "return_slip_void_stays": """
            CREATE TRIGGER return_slip_void_stays BEFORE UPDATE OF stage, deeds ON return_slip_progress
            WHEN OLD.over IS NOT NULL
            BEGIN SELECT RAISE(ABORT, 'a slip that is over stays over'); END""",
        "return_slip_progress_no_delete": """
            CREATE TRIGGER return_slip_progress_no_delete BEFORE DELETE ON return_slip_progress
            BEGIN SELECT RAISE(ABORT, 'a slip keeps its number'); END""",
        "return_judged_no_update": """
            CREATE TRIGGER return_judged_no_update BEFORE UPDATE ON return_judged
            BEGIN SELECT RAISE(ABORT, 'what was judged is not rewritten'); END""",
        "return_judged_no_delete": """
            CREATE TRIGGER return_judged_no_delete BEFORE DELETE ON return_judged
            BEGIN SELECT RAISE(ABORT, 'what was judged is not rewritten'); END""",
        "return_register_no_update": """
            CREATE TRIGGER return_register_no_update BEFORE UPDATE ON return_register_signed
            BEGIN SELECT RAISE(ABORT, 'what is signed is not rewritten'); END""",
        "return_register_no_delete": """
            CREATE TRIGGER return_register_no_delete BEFORE DELETE ON return_register_signed
            BEGIN SELECT RAISE(ABORT, 'what is signed is not rewritten'); END""",
        "return_stock_told_no_update": """
            CREATE TRIGGER return_stock_told_no_update BEFORE UPDATE ON return_stock_told
            BEGIN SELECT RAISE(ABORT, 'what was told is not rewritten'); END""",
        "return_stock_told_no_delete": """
            CREATE TRIGGER return_stock_told_no_delete BEFORE DELETE ON return_stock_told
            BEGIN SELECT RAISE(ABORT, 'what was told is not rewritten'); END""",
        "return_handover_no_update": """
            CREATE TRIGGER return_handover_no_update BEFORE UPDATE ON return_handover_signed
            BEGIN SELECT RAISE(ABORT, 'what is signed is not rewritten'); END""",
        "return_handover_no_delete": """
            CREATE TRIGGER return_handover_no_delete BEFORE DELETE ON return_handover_signed
            BEGIN SELECT RAISE(ABORT, 'what is signed is not rewritten'); END""",
    }
)
