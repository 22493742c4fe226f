"""Pick-up cards keep why they were made void."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add the column; of cards that were void before, the audit chain alone knows it."""
    op.add_column("pickup_progress", sa.Column("void_why", sa.Text, nullable=False, server_default=""))
