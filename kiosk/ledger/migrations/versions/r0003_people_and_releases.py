"""Registered people with their PINs and badges, and which pages of the binder are released."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the three tables; people and releases can only grow."""
    op.create_table(
        "people",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("rights", sa.Text, nullable=False),
        sa.Column("trained_on", sa.Text),
        sa.Column("trained_until", sa.Text),
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("pin_sha256", sa.Text),
        sa.Column("badge_sha256", sa.Text),
        sa.Column("removed", sa.Integer, nullable=False),
    )
    op.create_index("people_by_id", "people", ["id", "n"])
    op.create_table(
        "credentials",
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("pin", sa.Text),
        sa.Column("badge", sa.Text),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.Column("paused_until", sa.Text),
    )
    op.create_index("credentials_badge", "credentials", ["badge"], unique=True)
    op.create_table(
        "releases",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("script", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("released", sa.Integer, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
    )
    op.create_index("releases_by_script", "releases", ["script", "n"])
    for table, what in (("people", "people"), ("releases", "releases")):
        for verb in ("update", "delete"):
            op.execute(
                f"""CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table}
                BEGIN SELECT RAISE(ABORT, 'the register of {what} is append-only'); END"""
            )
