"""Pages that somebody waits for, and the message slips that are taken when nobody comes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create both tables; numbers are never used twice, and what is over stays over."""
    op.create_table(
        "page",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("operator", sa.Text, nullable=False),
        sa.Column("whom", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("plate", sa.Text, nullable=False),
        sa.Column("zones", sa.Text, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("caller", sa.Text, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("aired", sa.Text),
        sa.Column("questions", sa.Integer, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("over", sa.Text),
        sa.Column("forgotten", sa.Text),
    )
    op.create_index("page_open", "page", ["n"], sqlite_where=sa.text("over IS NULL"))
    op.create_index("page_to_forget", "page", ["over"], sqlite_where=sa.text("forgotten IS NULL"))
    op.create_table(
        "message_slip",
        sa.Column("page", sa.Integer, sa.ForeignKey("page.n"), primary_key=True),
        sa.Column("written", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("for_whom", sa.Text, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("page_at", sa.Text, nullable=False),
    )
    op.execute(
        """CREATE TRIGGER page_no_delete BEFORE DELETE ON page
        BEGIN SELECT RAISE(ABORT, 'a page keeps its number'); END"""
    )
    op.execute(
        """CREATE TRIGGER page_over_stays BEFORE UPDATE OF stage, since ON page
        WHEN OLD.over IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'a page that is over stays over'); END"""
    )
    op.execute(
        """CREATE TRIGGER message_slip_no_delete BEFORE DELETE ON message_slip
        BEGIN SELECT RAISE(ABORT, 'a message slip keeps its number'); END"""
    )
