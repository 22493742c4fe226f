"""The as-run log and the audit chain."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create both tables; the chain can only grow."""
    op.create_table(
        "as_run",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("air_class", sa.Text, nullable=False),
        sa.Column("zones", sa.Text, nullable=False),
        sa.Column("due", sa.Text),
        sa.Column("planned_start", sa.Text),
        sa.Column("planned_end", sa.Text),
        sa.Column("real_start", sa.Text),
        sa.Column("real_end", sa.Text),
        sa.Column("phase", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("operator", sa.Text),
        sa.Column("level_dbfs", sa.REAL),
    )
    op.create_index("as_run_once", "as_run", ["day", "key", "real_start"], unique=True)
    op.create_index("as_run_on_air", "as_run", ["n"], sqlite_where=sa.text("outcome = 'on air'"))
    op.create_table(
        "audit",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("record", sa.Text),
        sa.Column("record_n", sa.Integer),
        sa.Column("record_sha256", sa.Text),
        sa.Column("prev", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    op.execute(
        """CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END"""
    )
    op.execute(
        """CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END"""
    )
