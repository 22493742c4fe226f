"""Return slips: numbered in order, no more back than was bought, what is signed never rewritten."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Create the tables and the guards of their numbers and quantities."""
    op.create_table(
        "return_slip",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("filled", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("receipt", sa.Text, nullable=False),
        sa.Column("bought", sa.Text, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("bought_milli", sa.Integer, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("barcode", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("department", sa.Text, nullable=False),
        sa.Column("quantity_milli", sa.Integer, nullable=False),
        sa.Column("unit_price_fen", sa.Integer, nullable=False),
        sa.Column("amount_fen", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("goods", sa.Text, nullable=False),
        sa.Column("fresh", sa.Integer, nullable=False),
        sa.Column("spoiled", sa.Integer, nullable=False),
        sa.Column("clerk", sa.Text, nullable=False),
    )
    op.create_index("return_slip_of_line", "return_slip", ["receipt", "line"])
    op.create_index("return_slip_of_day", "return_slip", ["filled"])
    op.create_table(
        "return_slip_progress",
        sa.Column("slip", sa.Integer, sa.ForeignKey("return_slip.n"), primary_key=True),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("deeds", sa.Integer, nullable=False),
        sa.Column("approver", sa.Text, nullable=False),
        sa.Column("cashier", sa.Text, nullable=False),
        sa.Column("auditor", sa.Text, nullable=False),
        sa.Column("till_fen", sa.Integer, nullable=False),
        sa.Column("top_up_fen", sa.Integer, nullable=False),
        sa.Column("void_clerk", sa.Text, nullable=False),
        sa.Column("void_approver", sa.Text, nullable=False),
        sa.Column("void_why", sa.Text, nullable=False),
        sa.Column("sealed", sa.Text),
        sa.Column("over", sa.Text),
    )
    op.create_index("return_slip_open", "return_slip_progress", ["slip"], sqlite_where=sa.text("over IS NULL"))
    op.create_index(
        "return_slip_to_purge", "return_slip_progress", ["over"], sqlite_where=sa.text("sealed IS NOT NULL")
    )
    op.create_table(
        "return_register_signed",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_index("return_register_signed_once", "return_register_signed", ["day", "last"], unique=True)
    op.create_table(
        "return_handover_signed",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("department", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("slips", sa.Text, nullable=False),
    )
    op.create_index(
        "return_handover_signed_once", "return_handover_signed", ["day", "department", "slips"], unique=True
    )
    for trigger in _TRIGGERS:
        op.execute(trigger)


_TRIGGERS = (
    """CREATE TRIGGER return_slip_in_order BEFORE INSERT ON return_slip
    WHEN NEW.n <> (SELECT coalesce(max(n), 0) + 1 FROM return_slip)
    BEGIN SELECT RAISE(ABORT, 'slips are numbered in order'); END""",
    """CREATE TRIGGER return_slip_within_bought BEFORE INSERT ON return_slip
    WHEN NEW.quantity_milli <= 0 OR NEW.bought_milli < NEW.quantity_milli + (
        SELECT coalesce(sum(s.quantity_milli), 0) FROM return_slip s
        JOIN return_slip_progress p ON p.slip = s.n
        WHERE s.receipt = NEW.receipt AND s.line = NEW.line AND p.stage <> 'void')
    BEGIN SELECT RAISE(ABORT, 'no more comes back than was bought'); END""",
    """CREATE TRIGGER return_slip_no_update BEFORE UPDATE ON return_slip
    BEGIN SELECT RAISE(ABORT, 'a slip is not rewritten'); END""",
    """CREATE TRIGGER return_slip_no_delete BEFORE DELETE ON return_slip
    BEGIN SELECT RAISE(ABORT, 'a slip keeps its number'); END""",
    """CREATE TRIGGER return_slip_void_stays BEFORE UPDATE OF stage, deeds ON return_slip_progress
    WHEN OLD.over IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a slip that is over stays over'); END""",
    """CREATE TRIGGER return_slip_progress_no_delete BEFORE DELETE ON return_slip_progress
    BEGIN SELECT RAISE(ABORT, 'a slip keeps its number'); END""",
    """CREATE TRIGGER return_register_no_update BEFORE UPDATE ON return_register_signed
    BEGIN SELECT RAISE(ABORT, 'what is signed is not rewritten'); END""",
    """CREATE TRIGGER return_register_no_delete BEFORE DELETE ON return_register_signed
    BEGIN SELECT RAISE(ABORT, 'what is signed is not rewritten'); END""",
    """CREATE TRIGGER return_handover_no_update BEFORE UPDATE ON return_handover_signed
    BEGIN SELECT RAISE(ABORT, 'what is signed is not rewritten'); END""",
    """CREATE TRIGGER return_handover_no_delete BEFORE DELETE ON return_handover_signed
    BEGIN SELECT RAISE(ABORT, 'what is signed is not rewritten'); END""",
)
