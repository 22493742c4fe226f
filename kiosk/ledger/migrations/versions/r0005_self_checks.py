"""The reports of the self-check before opening (B01), one row each, never rewritten."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Begin the table of self-checks, with its guards."""
    op.create_table(
        "self_check",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("occasion", sa.Text, nullable=False),
        sa.Column("begun", sa.Text, nullable=False),
        sa.Column("ended", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("findings", sa.Text, nullable=False),
    )
    op.create_index("self_check_of_day", "self_check", ["day"])
    op.execute(
        """CREATE TRIGGER self_check_no_update BEFORE UPDATE ON self_check
        BEGIN SELECT RAISE(ABORT, 'a self-check is not rewritten'); END"""
    )
    op.execute(
        """CREATE TRIGGER self_check_no_delete BEFORE DELETE ON self_check
        BEGIN SELECT RAISE(ABORT, 'self-checks are append-only'); END"""
    )
