"""What the return desk found, pick-up cards, and tests of what is collected: numbered in order, never rewritten."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Create the tables and their guards."""
    op.create_table(
        "return_judged",
        sa.Column("slip", sa.Integer, sa.ForeignKey("return_slip.n"), primary_key=True),
        sa.Column("record", sa.Integer, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("remedy", sa.Text, nullable=False),
        sa.Column("clauses", sa.Text, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("kiosk", sa.Text, nullable=False),
        sa.Column("kiosk_remedy", sa.Text, nullable=False),
    )
    op.create_index("return_judged_of_record", "return_judged", ["record"], sqlite_where=sa.text("record > 0"))
    op.execute(
        """CREATE TRIGGER return_judged_no_update BEFORE UPDATE ON return_judged
            BEGIN SELECT RAISE(ABORT, 'what was judged is not rewritten'); END"""
    )
    op.execute(
        """CREATE TRIGGER return_judged_no_delete BEFORE DELETE ON return_judged
            BEGIN SELECT RAISE(ABORT, 'what was judged is not rewritten'); END"""
    )
    op.create_table(
        "pickup_card",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("receipt", sa.Text, nullable=False),
        sa.Column("bought", sa.Text, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("pieces", sa.Integer, nullable=False),
        sa.Column("invoiced", sa.Integer, nullable=False),
        sa.Column("serial", sa.Text, nullable=False),
    )
    op.create_index("pickup_card_of_line", "pickup_card", ["receipt", "line"])
    op.create_table(
        "pickup_progress",
        sa.Column("card", sa.Integer, sa.ForeignKey("pickup_card.n"), primary_key=True),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("deeds", sa.Integer, nullable=False),
        sa.Column("handed_by", sa.Text, nullable=False),
        sa.Column("papers", sa.Text, nullable=False),
        sa.Column("over", sa.Text),
    )
    op.create_index("pickup_open", "pickup_progress", ["card"], sqlite_where=sa.text("over IS NULL"))
    op.create_table(
        "test_record",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("card", sa.Integer, nullable=False),
        sa.Column("receipt", sa.Text, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("occasion", sa.Text, nullable=False),
        sa.Column("serial", sa.Text, nullable=False),
        sa.Column("tried", sa.Text, nullable=False),
        sa.Column("found", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_index("test_record_of_line", "test_record", ["receipt", "line"])
    op.execute(
        """CREATE TRIGGER pickup_card_in_order BEFORE INSERT ON pickup_card
            WHEN NEW.n <> (SELECT coalesce(max(n), 0) + 1 FROM pickup_card)
            BEGIN SELECT RAISE(ABORT, 'pick-up cards are numbered in order'); END"""
    )
    op.execute(
        """CREATE TRIGGER pickup_card_once BEFORE INSERT ON pickup_card
            WHEN EXISTS (SELECT 1 FROM pickup_card c JOIN pickup_progress p ON p.card = c.n
                WHERE c.receipt = NEW.receipt AND c.line = NEW.line AND p.stage <> 'void')
            BEGIN SELECT RAISE(ABORT, 'a line has one pick-up card'); END"""
    )
    op.execute(
        """CREATE TRIGGER pickup_card_no_update BEFORE UPDATE ON pickup_card
            BEGIN SELECT RAISE(ABORT, 'a pick-up card is not rewritten'); END"""
    )
    op.execute(
        """CREATE TRIGGER pickup_card_no_delete BEFORE DELETE ON pickup_card
            BEGIN SELECT RAISE(ABORT, 'a pick-up card keeps its number'); END"""
    )
    op.execute(
        """CREATE TRIGGER pickup_over_stays BEFORE UPDATE ON pickup_progress
            WHEN OLD.over IS NOT NULL
            BEGIN SELECT RAISE(ABORT, 'a pick-up that is over stays over'); END"""
    )
    op.execute(
        """CREATE TRIGGER pickup_progress_no_delete BEFORE DELETE ON pickup_progress
            BEGIN SELECT RAISE(ABORT, 'a pick-up card keeps its number'); END"""
    )
    op.execute(
        """CREATE TRIGGER test_record_in_order BEFORE INSERT ON test_record
            WHEN NEW.n <> (SELECT coalesce(max(n), 0) + 1 FROM test_record)
            BEGIN SELECT RAISE(ABORT, 'test records are numbered in order'); END"""
    )
    op.execute(
        """CREATE TRIGGER test_record_no_update BEFORE UPDATE ON test_record
            BEGIN SELECT RAISE(ABORT, 'a test record is not rewritten'); END"""
    )
    op.execute(
        """CREATE TRIGGER test_record_no_delete BEFORE DELETE ON test_record
            BEGIN SELECT RAISE(ABORT, 'a test record is not rewritten'); END"""
    )
