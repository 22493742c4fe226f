"""The queue: each call of a number, whether it was heard, and which desks are open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Create the tables; what was called before is not written down anew."""
    op.create_table(
        "queue_call",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("ticket", sa.Integer, sa.ForeignKey("queue_ticket.n"), nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("desk", sa.Integer, nullable=False),
        sa.Column("heard", sa.Text, nullable=False),
        sa.Column("over", sa.Text),
    )
    op.create_index("queue_call_of_ticket", "queue_call", ["ticket"])
    op.create_index("queue_call_unheard", "queue_call", ["n"], sqlite_where=sa.text("over IS NULL"))
    op.create_table(
        "queue_desk",
        sa.Column("desk", sa.Integer, primary_key=True),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
    )
    for guard in _GUARDS:
        op.execute(guard)


_GUARDS = (
    """CREATE TRIGGER queue_call_no_delete BEFORE DELETE ON queue_call
            BEGIN SELECT RAISE(ABORT, 'a call stays written'); END""",
    """CREATE TRIGGER queue_call_over_stays BEFORE UPDATE ON queue_call
            WHEN OLD.over IS NOT NULL
            BEGIN SELECT RAISE(ABORT, 'a call that is over stays over'); END""",
)
