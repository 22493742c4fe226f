"""Staff mode: warnings that somebody has seen to, for the broadcast role to take down."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0019"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "warning_seen",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("mark", sa.Text, nullable=False),
    )
