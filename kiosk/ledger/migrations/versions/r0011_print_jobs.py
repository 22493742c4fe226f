"""The print queue: every job until it is on paper, and how each printer is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Create the tables; a job keeps its number, and one that is over is not printed again."""
    op.create_table(
        "print_job",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("printer", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("secret", sa.Integer, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("copy_of", sa.Integer, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("content", sa.Text),
    )
    waiting = sa.text("stage IN ('waiting', 'printing')")
    is_open = sa.text("stage IN ('waiting', 'printing', 'unsure')")
    op.create_index("print_job_waiting", "print_job", ["printer", "n"], sqlite_where=waiting)
    op.create_index("print_job_open", "print_job", ["n"], sqlite_where=is_open)
    op.create_index("print_job_to_forget", "print_job", ["since"], sqlite_where=sa.text("content IS NOT NULL"))
    op.create_table(
        "printer_state",
        sa.Column("printer", sa.Text, primary_key=True),
        sa.Column("condition", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
    )
    for trigger in _TRIGGERS:
        op.execute(trigger)


_TRIGGERS = (
    """CREATE TRIGGER print_job_no_delete BEFORE DELETE ON print_job
    BEGIN SELECT RAISE(ABORT, 'a print job keeps its number'); END""",
    """CREATE TRIGGER print_job_over_stays BEFORE UPDATE OF stage ON print_job
    WHEN OLD.stage IN ('printed', 'withdrawn') AND NEW.stage <> OLD.stage
    BEGIN SELECT RAISE(ABORT, 'a print job that is over stays over'); END""",
)
