"""The queue before the desks: numbered by day and topic, in order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "queue_ticket",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("desk", sa.Integer, nullable=False),
        sa.Column("calls", sa.Integer, nullable=False),
    )
    op.create_index("queue_ticket_once", "queue_ticket", ["day", "topic", "number"], unique=True)
    op.execute(
        """CREATE TRIGGER queue_ticket_in_order BEFORE INSERT ON queue_ticket
        WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM queue_ticket
            WHERE day = NEW.day AND topic = NEW.topic)
        BEGIN SELECT RAISE(ABORT, 'queue tickets are numbered in order'); END"""
    )
