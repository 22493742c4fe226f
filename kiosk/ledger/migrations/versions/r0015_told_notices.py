"""Notices as sentences: what they are made of, beside the text that they had before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the column; notices that hang already keep their text alone."""
    op.add_column("house_notice", sa.Column("told", sa.Text))
