"""The lockers as they stand, and every deposit from the reservation to its end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create both tables: no number stands for two lockers, no locker holds two deposits, none is lost or reopened."""
    op.create_table(
        "locker",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("size", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("assignment", sa.Text, nullable=False),
        sa.Column("door", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("deposit", sa.Integer, nullable=False),
        sa.Column("unconfirmed", sa.Integer, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )
    op.create_index("locker_by_number", "locker", ["number"], unique=True)
    op.create_table(
        "deposit",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("locker", sa.Integer, sa.ForeignKey("locker.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("began", sa.Text, nullable=False),
        sa.Column("stored", sa.Text),
        sa.Column("kept", sa.Text),
        sa.Column("over", sa.Text),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("tag", sa.Text, nullable=False),
    )
    op.create_index("deposit_once", "deposit", ["locker"], unique=True, sqlite_where=sa.text("over IS NULL"))
    op.execute(
        """CREATE TRIGGER locker_no_delete BEFORE DELETE ON locker
        BEGIN SELECT RAISE(ABORT, 'a locker stays in the ledger'); END"""
    )
    op.execute(
        """CREATE TRIGGER deposit_in_order BEFORE INSERT ON deposit
        WHEN NEW.n <> (SELECT coalesce(max(n), NEW.n - 1) + 1 FROM deposit)
        BEGIN SELECT RAISE(ABORT, 'deposits are numbered in order'); END"""
    )
    op.execute(
        """CREATE TRIGGER deposit_no_delete BEFORE DELETE ON deposit
        BEGIN SELECT RAISE(ABORT, 'a deposit keeps its number'); END"""
    )
    op.execute(
        """CREATE TRIGGER deposit_over_stays BEFORE UPDATE ON deposit
        WHEN OLD.over IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'a deposit that is over stays over'); END"""
    )
