"""The store guide: what it could not answer, counted by day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "open_question",
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("words", sa.Text, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
