"""The head of the chain is recorded, so that a tail cut off shows; the database itself refuses forks and rewrites."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Record the head that the chain has today and put up the guards."""
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1", name="audit_head_is_one_row"), primary_key=True),
        sa.Column("lines", sa.Integer, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    op.execute(
        f"""INSERT INTO audit_head (id, lines, hash) VALUES (
            1,
            coalesce((SELECT max(n) FROM audit), 0),
            coalesce((SELECT hash FROM audit ORDER BY n DESC LIMIT 1), '{"0" * 64}')
        )"""
    )
    op.create_index(
        "audit_record_once", "audit", ["record", "record_n"], unique=True, sqlite_where=sa.text("record IS NOT NULL")
    )
    op.execute(
        """CREATE TRIGGER audit_follows_head BEFORE INSERT ON audit
        WHEN NOT EXISTS (SELECT 1 FROM audit_head WHERE lines = NEW.n - 1 AND hash = NEW.prev)
        BEGIN SELECT RAISE(ABORT, 'an audit line must follow the recorded head'); END"""
    )
    op.execute(
        """CREATE TRIGGER audit_head_advances BEFORE UPDATE ON audit_head
        WHEN NEW.lines <> OLD.lines + 1
        BEGIN SELECT RAISE(ABORT, 'the head of the audit chain moves one line at a time'); END"""
    )
    op.execute(
        """CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head
        BEGIN SELECT RAISE(ABORT, 'the head of the audit chain stays'); END"""
    )
    op.execute(
        """CREATE TRIGGER as_run_over_no_update BEFORE UPDATE ON as_run
        WHEN OLD.outcome <> 'on air'
        BEGIN SELECT RAISE(ABORT, 'what is over on the air is not rewritten'); END"""
    )
    op.execute(
        """CREATE TRIGGER as_run_no_delete BEFORE DELETE ON as_run
        BEGIN SELECT RAISE(ABORT, 'the as-run log is append-only'); END"""
    )
