"""How far the printing of lost-tag slips has come: each is printed once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the table; nothing personal is in it."""
    op.create_table(
        "lost_tag_slip",
        sa.Column("lost_tag", sa.Integer, sa.ForeignKey("lost_tag.n"), primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
    )
