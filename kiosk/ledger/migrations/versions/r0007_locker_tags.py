"""Tags of the lockers: plaques and tickets that were issued, and how often guessing was tried."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Begin the three tables; what was issued is never rewritten."""
    op.create_table(
        "locker_plaque",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("chip", sa.Text),
        sa.Column("withdrawn", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
    )
    op.create_index("locker_plaque_by_number", "locker_plaque", ["number", "generation", "n"])
    op.create_index("locker_plaque_chip", "locker_plaque", ["chip"], sqlite_where=sa.text("chip IS NOT NULL"))
    op.create_table(
        "locker_ticket",
        sa.Column("deposit", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("withdrawn", sa.Text),
    )
    op.create_index("locker_ticket_mark", "locker_ticket", ["mark"], unique=True)
    op.create_table(
        "locker_guesses",
        sa.Column("entrance", sa.Text, primary_key=True),
        sa.Column("wrong", sa.Text, nullable=False),
        sa.Column("closed", sa.Integer, nullable=False),
    )
    op.execute(
        """CREATE TRIGGER locker_plaque_no_update BEFORE UPDATE ON locker_plaque
        BEGIN SELECT RAISE(ABORT, 'the register of plaques is append-only'); END"""
    )
    op.execute(
        """CREATE TRIGGER locker_plaque_no_delete BEFORE DELETE ON locker_plaque
        BEGIN SELECT RAISE(ABORT, 'the register of plaques is append-only'); END"""
    )
    op.execute(
        """CREATE TRIGGER locker_ticket_stays BEFORE UPDATE OF deposit, number, day, mark ON locker_ticket
        BEGIN SELECT RAISE(ABORT, 'a ticket stays as it was issued'); END"""
    )
    op.execute(
        """CREATE TRIGGER locker_ticket_stays_withdrawn BEFORE UPDATE OF withdrawn ON locker_ticket
        WHEN OLD.withdrawn IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'a ticket that was withdrawn stays withdrawn'); END"""
    )
    op.execute(
        """CREATE TRIGGER locker_ticket_no_delete BEFORE DELETE ON locker_ticket
        BEGIN SELECT RAISE(ABORT, 'a ticket keeps its deposit'); END"""
    )
